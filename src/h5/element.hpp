#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <vector>

namespace matfit::h5 {

// What a dataset's values are. Other kinds of number are converted by HDF5 when read.
enum class Element { uint8, uint16, int32, int64, float32, float64, other };

template <typename T>
constexpr Element element_of() {
  if constexpr (std::is_same_v<T, std::uint8_t>) return Element::uint8;
  if constexpr (std::is_same_v<T, std::uint16_t>) return Element::uint16;
  if constexpr (std::is_same_v<T, std::int32_t>) return Element::int32;
  if constexpr (std::is_same_v<T, std::int64_t>) return Element::int64;
  if constexpr (std::is_same_v<T, float>) return Element::float32;
  if constexpr (std::is_same_v<T, double>) return Element::float64;
  return Element::other;
}

template <typename T>
concept Storable = element_of<T>()
!= Element::other;

// Slowest-varying dimension first (row-major).
using Shape = std::vector<std::size_t>;

}  // namespace matfit::h5
