#include "types/recording.hpp"

#include <array>
#include <stdexcept>

namespace matfit {

namespace {

constexpr std::array<std::string_view, 3> unit_names = {"raw", "mmHg", "kPa"};

}  // namespace

std::string_view name_of(PressureUnit unit) { return unit_names[static_cast<std::size_t>(unit)]; }

std::optional<PressureUnit> pressure_unit_named(std::string_view name) {
  for (std::size_t i = 0; i < unit_names.size(); ++i) {
    if (unit_names[i] == name) return static_cast<PressureUnit>(i);
  }
  return std::nullopt;
}

FrameBlock MemoryFrames::read(std::size_t first, std::size_t count) const {
  if (first + count > size()) throw std::out_of_range("frames beyond the end of the recording");
  return frames_.middleRows(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(count));
}

}  // namespace matfit
