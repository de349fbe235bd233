#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace matfit {

// By how much a wedge or pillow rolls a body that lies on its side, in the steps that public
// recordings have.
enum class Roll { none, low, steep };

inline constexpr std::size_t roll_count = 3;
inline constexpr std::array<Roll, roll_count> all_rolls = {Roll::none, Roll::low, Roll::steep};

std::string_view name_of(Roll roll);  // in degrees: "0", "20-40", "60"
std::optional<Roll> roll_named(std::string_view name);

struct RollEstimate {
  std::array<double, roll_count> probability{};  // sums to 1
  std::optional<bool> propped;                   // whether at all; absent: undecided
  std::optional<Roll> roll;                      // absent: undecided
};

}  // namespace matfit
