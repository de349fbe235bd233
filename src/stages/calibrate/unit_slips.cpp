#include "stages/calibrate/unit_slips.hpp"

#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace matfit {

namespace {

constexpr double lightest_kg = 30.0;
constexpr double heaviest_kg = 250.0;
constexpr double usual_kg = 70.0;
// The longer side of mats for a seat or a bed.
constexpr double least_bed_m = 1.0;
constexpr double least_mat_m = 0.35;
constexpr double largest_mat_m = 2.8;
constexpr std::size_t most_named = 3;

double longer_side_m(const MatGeometry& geometry) {
  return std::max(geometry.length_m(), geometry.width_m());
}

// A mat that already has the size of a bed gives no reason to doubt its pitch.
bool fits_mat(const UnitMistake& slip, const MatGeometry& geometry) {
  if (!slip.pitch_factor) return true;
  const double stated_m = longer_side_m(geometry);
  const double true_m = stated_m / *slip.pitch_factor;
  const bool doubtful = stated_m < least_bed_m || stated_m > largest_mat_m;
  return doubtful && true_m > least_mat_m && true_m < largest_mat_m;
}

// Load over weight that the slip leads to.
double factor_of(const UnitMistake& slip, const StatedLoad& stated) {
  if (slip.pitch_factor) return *slip.pitch_factor * *slip.pitch_factor;
  if (!slip.force_per_unit_n) return slip.factor;
  const double pa_per_unit = stated.unit == PressureUnit::mmhg ? pa_per_mmhg : pa_per_kpa;
  return pa_per_unit * stated.geometry.cell_area_m2() / *slip.force_per_unit_n;
}

// How far the load is from what the slip leads to, in ln; absent where it is too far.
std::optional<double> distance_of(const UnitMistake& slip, const StatedLoad& stated) {
  const double load_kg = stated.load_n / standard_gravity_m_per_s2;
  const double factor = factor_of(slip, stated);
  if (stated.mass_kg) {
    const double distance = std::abs(std::log(load_kg / *stated.mass_kg / factor));
    if (distance > std::log1p(slip.tolerance)) return std::nullopt;
    return distance;
  }
  if (!is_mass_of_a_person(load_kg / factor)) return std::nullopt;
  return std::abs(std::log(load_kg / factor / usual_kg));
}

bool stands(const StatedLoad& stated) {
  const double load_kg = stated.load_n / standard_gravity_m_per_s2;
  return stated.mass_kg ? scale_stands(load_kg / *stated.mass_kg) : is_mass_of_a_person(load_kg);
}

}  // namespace

bool scale_stands(double load_over_weight) {
  return load_over_weight > 0.5 && load_over_weight < 1.5;
}

bool is_mass_of_a_person(double mass_kg) { return mass_kg > lightest_kg && mass_kg < heaviest_kg; }

std::string suspected_slips(const StatedLoad& stated, const CalibrationKnowledge& known) {
  if (!(stated.load_n > 0.0)) return "";
  if (!stated.mass_kg && stands(stated)) return "";
  std::vector<std::pair<double, std::string>> found;
  for (const UnitMistake& slip : known.unit_mistakes) {
    if (slip.given && *slip.given != stated.unit) continue;
    if (!fits_mat(slip, stated.geometry)) continue;
    const std::optional<double> distance = distance_of(slip, stated);
    if (distance) found.emplace_back(*distance, slip.text);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string text;
  for (std::size_t i = 0; i < std::min(found.size(), most_named); ++i) {
    text += (i == 0 ? "" : ", or ") + found[i].second;
  }
  const double least_kg = stated.mass_kg.value_or(lightest_kg);
  if (text.empty() && !stands(stated) && stated.load_n > least_kg * standard_gravity_m_per_s2) {
    return fmt::format("raw counts taken for {}", name_of(stated.unit));
  }
  return text;
}

}  // namespace matfit
