#pragma once

#include "types/mattress_curve.hpp"

#include <filesystem>
#include <optional>
#include <vector>

namespace matfit {

// The indenter that the tables do not tell.
struct Indenter {
  double area_m2 = 0.0;
  CurveKind kind = CurveKind::platen_344mm;
};

// Force against depth as a testing machine writes it, readings in order. Columns: one of force_n,
// force_kg, force_lbf, pressure_kpa; one of depth_mm, indentation_mm, depth_inch; optional cycle,
// thickness_mm, layer (of a mattress measured layer by layer), zone with y_from_mm and y_to_mm
// (along the body, from the head end). Of several files without a zone column each is a zone named
// after it. InputError names line and column, UsageError a wrong header.
IndenterTest read_indenter_tables(const std::vector<std::filesystem::path>& paths,
                                  const Indenter& indenter,
                                  const std::optional<double>& thickness_m);

}  // namespace matfit
