#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace matfit {

// The numbers are those of /labels/posture in a recording file.
enum class Posture : unsigned char {
  unknown = 0,
  empty = 1,
  supine = 2,
  prone = 3,
  left = 4,
  right = 5,
  sitting = 6,
};

inline constexpr std::size_t posture_count = 7;

// One probability per Posture, indexed by its number; sums to 1.
using PostureProbabilities = std::array<double, posture_count>;

std::string_view name_of(Posture posture);
std::optional<Posture> posture_named(std::string_view name);

inline bool is_side(Posture p) { return p == Posture::left || p == Posture::right; }
inline bool is_lying(Posture p) {
  return p == Posture::supine || p == Posture::prone || is_side(p);
}
inline Posture mirrored(Posture p) {
  if (p == Posture::left) return Posture::right;
  if (p == Posture::right) return Posture::left;
  return p;
}

}  // namespace matfit
