#include "stages/calibrate/profile_use.hpp"

#include "numeric/statistics.hpp"
#include "stages/calibrate/unit_slips.hpp"
#include "types/error.hpp"
#include "types/response_curve.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace matfit {

void require_same_mat(const MatProfile& profile, const Recording& recording) {
  const MatGeometry& g = recording.mat.geometry;
  if (profile.rows != g.rows || profile.cols != g.cols) {
    throw InputError({recording.path, "mat profile " + profile.id,
                      fmt::format("{} x {} cells", profile.rows, profile.cols),
                      fmt::format("{} x {}, as in the recording", g.rows, g.cols),
                      "name the profile of the mat that was recorded"});
  }
  if (profile.unit != recording.unit) {
    throw InputError({recording.path, "mat profile " + profile.id,
                      fmt::format("made for values in {}", name_of(profile.unit)),
                      fmt::format("{}, as in the recording", name_of(recording.unit)),
                      "calibrate the mat with recordings of the same export"});
  }
}

void take_background_pattern(const MatProfile& profile, const Survey& survey, bool whole_numbers,
                             Background& background) {
  if (background.from_empty_frames || profile.background.size() == 0 || survey.empty()) return;
  Eigen::ArrayXf pattern(survey.median.size());
  for (Eigen::Index c = 0; c < pattern.size(); ++c) {
    pattern[c] = static_cast<float>(profile.background(c / profile.cols, c % profile.cols));
  }
  // With its pattern taken off, an unloaded cell reads the same everywhere.
  Survey even = survey;
  even.frames.rowwise() -= pattern.transpose();
  even.median -= pattern;
  Background found = background_under_body(even, whole_numbers);
  if (!found.certain) found.level = 0.0;
  background = found;
  background.level_per_cell = pattern + static_cast<float>(found.level);
  background.level = found.level + profile.background.mean();
}

void add_cells_without_response(const MatProfile& profile, Defects& defects) {
  const std::vector<std::uint8_t> known = defects.mask({profile.rows, profile.cols, 1.0, 1.0});
  for (std::size_t c = 0; c < profile.cell_status.size(); ++c) {
    if (profile.cell_status[c] != CellCalibration::no_response || known[c] != 0) continue;
    const int cell = static_cast<int>(c);
    defects.dead_cells.push_back({cell / profile.cols, cell % profile.cols});
  }
}

std::optional<double> typical_reading(const MatProfile& profile, const Survey& loaded,
                                      const Background& background, double dead_zone) {
  std::vector<double> readings;
  for (Eigen::Index c = 0; c < loaded.median.size(); ++c) {
    const double reading = loaded.median[c] - background.level_per_cell[c];
    if (reading > dead_zone) readings.push_back(reading / gain_of_cell(profile, c));
  }
  if (readings.empty()) return std::nullopt;
  return median(std::move(readings));
}

double pa_per_reading(const MatProfile& profile, double reading) {
  const double at = std::clamp(reading, profile.lowest_reading, profile.highest_reading);
  const Response response(profile.response, profile.lowest_reading);
  return at > 0.0 ? response.pressure_pa(at) / at : 0.0;
}

UnitScale scale_of_profile(const Recording& recording, double load_n) {
  UnitScale scale;
  scale.evidence.given = std::string(name_of(recording.unit));
  scale.evidence.source = "profile";
  scale.evidence.absolute = true;
  if (!(load_n > 0.0)) return scale;
  const double load_kg = load_n / standard_gravity_m_per_s2;
  scale.load_text = fmt::format("{:.3g} kN", load_n / 1000.0);
  if (recording.subject && recording.subject->mass_kg) {
    scale.load_over_weight = load_kg / *recording.subject->mass_kg;
    scale.evidence.absolute = scale_stands(*scale.load_over_weight);
  } else {
    scale.implied_mass_kg = load_kg;
    scale.evidence.absolute = is_mass_of_a_person(load_kg);
  }
  return scale;
}

namespace {

// Without what differs from cell to cell.
double shared_sd(const ResponseError& error) {
  return std::sqrt(std::max(0.0, error.relative_sd * error.relative_sd -
                                     error.cell_relative_sd * error.cell_relative_sd));
}

}  // namespace

void state_profile(const MatProfile& profile, double reading, UnitScale& scale) {
  scale.evidence.scale_to_mmhg = scale.pa_per_unit * pa_per_reading(profile, reading) / pa_per_mmhg;
  if (profile.error.empty()) return;
  scale.evidence.relative_sd = shared_sd(error_at(profile, reading));
  scale.evidence.response_known = true;
  const Response response(profile.response, profile.lowest_reading);
  scale.evidence.error.clear();
  for (const ResponseError& error : profile.error) {
    scale.evidence.error.push_back(
        {scale.pa_per_unit * response.pressure_pa(error.reading), shared_sd(error)});
  }
}

std::vector<RelativeError> cell_errors(const MatProfile& profile) {
  const Response response(profile.response, profile.lowest_reading);
  std::vector<RelativeError> errors;
  for (const ResponseError& error : profile.error) {
    errors.push_back({response.pressure_pa(error.reading), error.cell_relative_sd});
  }
  return errors;
}

}  // namespace matfit
