#pragma once

#include <string>

namespace matfit {

// What a figure in a recording or a table may be, both ends included, in the unit of the table.
// Outside, a wrong unit or a slip of the pen is far more likely than such a person or mat.
struct Limits {
  double low;
  double high;
  const char* reason;
};

namespace limits {

inline constexpr Limits grid_lines = {1, 4096, "lines of cells of a mat"};
inline constexpr Limits grid_cells = {1, 1 << 20, "cells of a frame"};
inline constexpr Limits frames = {1, 2e7, "a week at 30 frames a second"};
inline constexpr Limits pitch_mm = {0.5, 500, "from a foot scanner's cell to a single load cell"};
inline constexpr Limits pitch_mm_sd = {0, 100, "the standard deviation of a pitch"};
inline constexpr Limits sample_rate_hz = {1e-4, 1e4, "frames a second, not seconds a frame"};
inline constexpr Limits stature_cm = {90, 250, "children of three to the tallest; cm, not m"};
inline constexpr Limits mass_kg = {10, 400, "kg, not lb or g"};
inline constexpr Limits age_years = {0, 120, "years"};
inline constexpr Limits shoulder_breadth_mm = {150, 600, "between the acromia; mm, not cm"};
inline constexpr Limits waist_breadth_mm = {100, 900, "breadth, not girth; mm, not cm"};
inline constexpr Limits hip_breadth_mm = {120, 900, "breadth, not girth; mm, not cm"};
inline constexpr Limits pillow_height_mm = {0, 400, "mm, not cm"};
inline constexpr Limits roll_deg = {0, 90, "a wedge's angle in degrees"};
inline constexpr Limits firmness = {1, 10, "the retail scale, 1 soft to 10 firm"};
inline constexpr Limits thickness_mm = {5, 1000, "from a topper to a box spring; mm, not cm"};
inline constexpr Limits mattress_age_years = {0, 100, "years"};
inline constexpr Limits shear_kn_per_m = {0, 100, "Pasternak's G; kN/m, not N/m"};
inline constexpr Limits indentation_mm = {0, 1000, "no deeper than a mattress is thick"};
inline constexpr Limits curve_pressure_kpa = {0, 1000, "kPa, not Pa"};
inline constexpr Limits curve_relative_sd = {0, 1, "a share of the pressure"};
inline constexpr Limits curve_sd_kpa = {0, 100, "the error of a curve's pressure; kPa, not Pa"};
inline constexpr Limits indenter_force_n = {-500, 50000, "an indenter's force"};
inline constexpr Limits indenter_force_kg = {-50, 5000, "an indenter's force"};
inline constexpr Limits indenter_force_lbf = {-100, 11000, "an indenter's force"};
inline constexpr Limits indenter_pressure_kpa = {-10, 1000, "kPa, not Pa"};
inline constexpr Limits indenter_depth_mm = {-1000, 1000, "an indenter's travel; mm, not m"};
inline constexpr Limits indenter_depth_inch = {-40, 40, "an indenter's travel; inch, not mm"};
inline constexpr Limits indenter_cycles = {0, 100000, "the number of a loading"};
inline constexpr Limits zone_mm = {0, 3000, "along the body, from the head end; mm, not cm"};
inline constexpr Limits level_pressure_mmhg = {0, 7500, "a calibration bladder's; mmHg, not Pa"};
inline constexpr Limits level_pressure_kpa = {0, 1000, "a calibration bladder's; kPa, not Pa"};
inline constexpr Limits level_mass_kg = {0.01, 2000, "a calibration weight; kg, not g"};
inline constexpr Limits level_area_cm2 = {0.1, 1e6, "under a calibration weight; cm2, not mm2"};

}  // namespace limits

// InputError with file, place, value, limits and reason unless low <= value <= high.
void require_within(double value, const Limits& limits, const std::string& file,
                    const std::string& place);

// The shortest text that gives the number again.
std::string number_text(double value);

}  // namespace matfit
