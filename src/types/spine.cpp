#include "types/spine.hpp"

namespace matfit {

std::string_view name_of(SpinePlane plane) {
  return plane == SpinePlane::frontal ? "frontal" : "sagittal";
}

std::string_view name_of(SpineBasis basis) {
  switch (basis) {
    case SpineBasis::curve: return "curve";
    case SpineBasis::preset: return "preset";
    case SpineBasis::none: break;
  }
  return "none";
}

std::string_view name_of(SpineDoubt doubt) {
  switch (doubt) {
    case SpineDoubt::body_rolled: return "body_rolled";
    case SpineDoubt::body_perhaps_rolled: return "body_perhaps_rolled";
    case SpineDoubt::load_as_raised: return "load_as_raised";
    case SpineDoubt::load_perhaps_as_raised: break;
  }
  return "load_perhaps_as_raised";
}

std::optional<SpineDoubt> spine_doubt_named(std::string_view name) {
  for (const SpineDoubt doubt : all_spine_doubts) {
    if (name == name_of(doubt)) return doubt;
  }
  return std::nullopt;
}

}  // namespace matfit
