#include "stages/acquire/curve_check.hpp"

#include "stages/acquire/limits.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

namespace matfit {

std::vector<CurvePoint> checked_curve(const std::vector<CurveRow>& rows, const std::string& file) {
  if (rows.size() < 2) {
    throw InputError({file, "the curve", std::to_string(rows.size()) + " points", "two or more",
                      "measure the mattress at more indentations"});
  }
  std::vector<CurvePoint> curve;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const CurveRow& row = rows[i];
    require_within(row.indentation_mm, limits::indentation_mm, file, row.place);
    require_within(row.pressure_kpa, limits::curve_pressure_kpa, file, row.place);
    if (i > 0 && !(row.indentation_mm > rows[i - 1].indentation_mm &&
                   row.pressure_kpa > rows[i - 1].pressure_kpa)) {
      throw InputError(
          {file, row.place,
           number_text(row.indentation_mm) + " mm, " + number_text(row.pressure_kpa) + " kPa",
           "more than " + number_text(rows[i - 1].indentation_mm) + " mm and " +
               number_text(rows[i - 1].pressure_kpa) + " kPa of the point before",
           "sort the points and keep the loading half of the test only"});
    }
    curve.push_back({row.indentation_mm / 1000.0, row.pressure_kpa * pa_per_kpa});
  }
  return curve;
}

}  // namespace matfit
