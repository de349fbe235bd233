#include "types/fit_assessment.hpp"

namespace matfit {

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::too_soft: return "too_soft";
    case Verdict::right: return "right";
    case Verdict::too_firm: return "too_firm";
    case Verdict::undecided: break;
  }
  return "undecided";
}

}  // namespace matfit
