#pragma once

#include <zlib.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

// MATLAB files of format version 5, byte by byte as MathWorks describes them ("MAT-File Format"),
// so that the reader's library is not its own judge.
namespace matfit::test {

namespace mat_v5 {

inline std::string word(std::uint32_t value) {
  std::string bytes(4, '\0');
  std::memcpy(bytes.data(), &value, 4);
  return bytes;
}

inline std::string element(std::uint32_t type, std::string data) {
  std::string bytes = word(type) + word(static_cast<std::uint32_t>(data.size())) + data;
  bytes.append((8 - bytes.size() % 8) % 8, '\0');
  return bytes;
}

inline constexpr std::uint32_t int8 = 1;
inline constexpr std::uint32_t uint16 = 4;
inline constexpr std::uint32_t int32 = 5;
inline constexpr std::uint32_t uint32 = 6;
inline constexpr std::uint32_t float64 = 9;
inline constexpr std::uint32_t matrix_type = 14;
inline constexpr std::uint32_t packed_type = 15;

using Shape = std::vector<std::int32_t>;

inline std::string matrix(std::uint32_t kind, const Shape& shape, std::string_view name,
                          const std::string& rest) {
  std::string extents(shape.size() * 4, '\0');
  std::memcpy(extents.data(), shape.data(), extents.size());
  return element(matrix_type, element(uint32, word(kind) + word(0)) + element(int32, extents) +
                                  element(int8, std::string(name)) + rest);
}

}  // namespace mat_v5

// Values in MATLAB's order, the first index running fastest.
inline std::string mat_numbers(std::string_view name, const mat_v5::Shape& shape,
                               const std::vector<double>& values) {
  std::string data(values.size() * 8, '\0');
  std::memcpy(data.data(), values.data(), data.size());
  return mat_v5::matrix(6, shape, name, mat_v5::element(mat_v5::float64, data));
}

// A class of doubles whose values are stored in two bytes, as MATLAB does with whole numbers.
inline std::string mat_short_numbers(std::string_view name, const mat_v5::Shape& shape,
                                     const std::vector<double>& values) {
  const std::vector<std::uint16_t> numbers(values.begin(), values.end());
  std::string data(numbers.size() * 2, '\0');
  std::memcpy(data.data(), numbers.data(), data.size());
  return mat_v5::matrix(6, shape, name, mat_v5::element(mat_v5::uint16, data));
}

inline std::string mat_text(std::string_view name, std::string_view text) {
  std::string data;
  for (const char c : text) data += {c, '\0'};
  return mat_v5::matrix(4, {1, static_cast<std::int32_t>(text.size())}, name,
                        mat_v5::element(mat_v5::uint16, data));
}

// Elements made by the functions above with an empty name.
inline std::string mat_cells(std::string_view name, const std::vector<std::string>& cells) {
  std::string rest;
  for (const std::string& cell : cells) rest += cell;
  return mat_v5::matrix(1, {1, static_cast<std::int32_t>(cells.size())}, name, rest);
}

struct MatField {
  std::string name;
  std::string element;
};

inline std::string mat_structure(std::string_view name, const std::vector<MatField>& fields) {
  std::string names;
  std::string rest;
  for (const MatField& field : fields) {
    names += field.name + std::string(32 - field.name.size(), '\0');
    rest += field.element;
  }
  // The length of the names, 32, stands in a small element of its own.
  return mat_v5::matrix(2, {1, 1}, name,
                        mat_v5::word(mat_v5::int32 | 4U << 16) + mat_v5::word(32) +
                            mat_v5::element(mat_v5::int8, names) + rest);
}

inline std::string mat_packed(const std::string& element) {
  uLongf size = compressBound(element.size());
  std::string data(size, '\0');
  compress2(reinterpret_cast<Bytef*>(data.data()), &size,
            reinterpret_cast<const Bytef*>(element.data()), element.size(), 6);
  data.resize(size);
  return mat_v5::word(mat_v5::packed_type) + mat_v5::word(static_cast<std::uint32_t>(size)) + data;
}

inline std::string mat_file(const std::vector<std::string>& elements) {
  std::string bytes = "MATLAB 5.0 MAT-file, written by a test";
  bytes.resize(124, ' ');
  bytes += {'\0', '\1', 'I', 'M'};
  for (const std::string& element : elements) bytes += element;
  return bytes;
}

}  // namespace matfit::test
