#include "types/mattress.hpp"

namespace matfit {

std::string_view name_of(CurveKind kind) {
  switch (kind) {
    case CurveKind::disc_203mm: return "disc_203mm";
    case CurveKind::platen_344mm: return "platen_344mm";
    case CurveKind::uniform: break;
  }
  return "uniform";
}

std::optional<CurveKind> curve_kind_named(std::string_view name) {
  for (const CurveKind kind :
       {CurveKind::uniform, CurveKind::disc_203mm, CurveKind::platen_344mm}) {
    if (name_of(kind) == name) return kind;
  }
  return std::nullopt;
}

}  // namespace matfit
