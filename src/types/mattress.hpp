#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// How a pressure-indentation curve was measured: an indenter shears the foam at its rim and reads
// stiffer than uniform pressure.
enum class CurveKind { uniform, disc_203mm, platen_344mm };

std::string_view name_of(CurveKind kind);
std::optional<CurveKind> curve_kind_named(std::string_view name);

struct CurvePoint {
  double indentation_m = 0.0;
  double pressure_pa = 0.0;
};

struct Mattress {
  std::string id;
  std::string name;
  std::optional<double> firmness;  // retail scale, 1 soft .. 10 firm
  std::optional<double> thickness_m;
  std::optional<double> age_years;
  std::string material;
  std::vector<CurvePoint> curve;  // empty: not measured; else strictly increasing in both
  CurveKind curve_kind = CurveKind::uniform;
  // Of the curve's pressures, 1 sd: root of the summed squares over that of the pressures; absent
  // where the test did not say it.
  std::optional<double> curve_relative_sd;
  std::optional<double> shear_n_per_m;  // Pasternak G
};

}  // namespace matfit
