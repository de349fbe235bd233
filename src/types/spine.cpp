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

}  // namespace matfit
