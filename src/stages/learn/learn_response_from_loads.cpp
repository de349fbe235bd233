#include "stages/learn/learn_response_from_loads.hpp"

#include "numeric/statistics.hpp"
#include "stages/learn/certify_profile.hpp"
#include "stages/learn/response_trials.hpp"
#include "stages/learn/spread_over_cells.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr std::size_t least_levels = 3;

Eigen::ArrayXXd as_map(const Eigen::ArrayXd& flat, const MatGeometry& g) {
  return Eigen::Map<const Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
      flat.data(), g.rows, g.cols);
}

void require_enough(const LevelReadings& levels, const CellEvidence& cells,
                    const std::vector<LoadedRecording>& recordings, const std::string& table) {
  if (levels.pressure_pa.size() < least_levels) {
    throw InputError(
        {table, "",
         fmt::format("{} levels over zero that differ by 5 % or more", levels.pressure_pa.size()),
         "three or more", "add recordings at other pressures"});
  }
  const auto responding = std::count(cells.responds.begin(), cells.responds.end(), true);
  if (2 * responding < static_cast<std::ptrdiff_t>(cells.responds.size())) {
    throw InputError(
        {table, "",
         fmt::format("{} of {} cells follow the load", responding, cells.responds.size()),
         "half of them or more", "check the mat and the recordings"});
  }
  const TypicalResponse typical = typical_response(levels, cells);
  for (std::size_t l = 0; l < typical.points.size(); ++l) {
    const double before = l == 0 ? 0.0 : typical.points.reading[l - 1];
    if (typical.points.reading[l] > before) continue;
    const auto at = std::find_if(levels.recordings.begin(), levels.recordings.end(),
                                 [l](const LevelReading& r) { return r.level == l; });
    const KnownLoad& load = recordings[at->source].load;
    throw InputError(
        {load.file, load.place,
         fmt::format("a typical reading of {:.4g} over the background", typical.points.reading[l]),
         fmt::format("more than {:.4g}, that of the level below", before),
         "check the pressures and files; leave out levels at which the mat is saturated"});
  }
}

// Relative error at each level: of a model without that level, at the highest one of the final
// model. What all cells share is pooled over neighbouring levels, as each level shows it only once
// or twice.
std::vector<ResponseError> level_errors(const LevelReadings& levels, const ResponseTrial& trial,
                                        const ResponseModel& model, const CellEvidence& cells,
                                        double reference_relative_sd) {
  const std::size_t count = levels.pressure_pa.size();
  std::vector<double> common(count, 0.0), own(count, 0.0), seen(count, 0.0);
  for (std::size_t i = 0; i < levels.recordings.size(); ++i) {
    const LevelReading& reading = levels.recordings[i];
    const Eigen::ArrayXd error =
        trial.error_pa[i].size() > 0
            ? trial.error_pa[i]
            : modelled_pressure(model, reading, cells) - reading.pressure_pa;
    const MeanAndSpread relative = over_cells(error / reading.pressure_pa);
    common[reading.level] += relative.mean * relative.mean;
    own[reading.level] += relative.sd * relative.sd;
    seen[reading.level] += 1.0;
  }
  std::vector<ResponseError> out;
  for (std::size_t l = 0; l < count; ++l) {
    double sum = 0.0, weight = 0.0;
    for (std::size_t k = l == 0 ? 0 : l - 1; k <= std::min(l + 1, count - 1); ++k) {
      sum += common[k];
      weight += seen[k];
    }
    const double cell_variance = own[l] / seen[l];
    const double common_variance = sum / weight + reference_relative_sd * reference_relative_sd;
    out.push_back({model.typical.points.reading[l], std::sqrt(common_variance + cell_variance),
                   std::sqrt(cell_variance)});
  }
  return out;
}

std::optional<CreepLaw> creep_of(const LevelReadings& levels) {
  std::vector<double> rates, ages;
  for (const LevelReading& reading : levels.recordings) {
    if (!reading.part.creep_per_log_second) continue;
    rates.push_back(*reading.part.creep_per_log_second);
    ages.push_back(*reading.part.age_s);
  }
  if (rates.size() < 2) return std::nullopt;
  return CreepLaw{mean(rates), standard_deviation(rates), median(ages)};
}

MatProfile profile_of(const LevelReadings& levels, const CellEvidence& cells,
                      const ResponseModel& model, const ResponseTrial& trial,
                      const std::vector<LoadedRecording>& recordings,
                      const LearnFromLoadsOptions& options) {
  const Recording& first = recordings.front().recording;
  const MatGeometry& g = first.mat.geometry;
  const bool weights = std::any_of(recordings.begin(), recordings.end(),
                                   [](const auto& r) { return r.load.mass_kg.has_value(); });
  MatProfile profile;
  profile.id = options.id;
  profile.model = first.mat.model;
  profile.basis = weights ? "known_weights" : "known_pressures";
  profile.unit = first.unit;
  profile.rows = g.rows;
  profile.cols = g.cols;
  profile.absolute = true;
  profile.response = model.common;
  profile.gain = as_map(model.typical.gain, g);
  const Eigen::ArrayXd background = levels.background.isFinite().select(levels.background, 0.0);
  profile.background = as_map(background, g);
  profile.cell_curves = model.of_cell;
  profile.lowest_reading = model.typical.points.reading.front();
  profile.highest_reading = model.typical.points.reading.back();
  profile.error = level_errors(levels, trial, model, cells, options.reference_relative_sd);
  profile.creep = creep_of(levels);
  profile.source = fmt::format(
      "{} levels of {} from {:.4g} to {:.4g} mmHg in {} recordings", levels.pressure_pa.size(),
      weights ? "known weight" : "known pressure", levels.pressure_pa.front() / pa_per_mmhg,
      levels.highest_pa() / pa_per_mmhg, levels.recordings.size());
  for (std::size_t c = 0; c < cells.responds.size(); ++c) {
    const bool own = model.own_curves && cells.full_range[c];
    profile.cell_status.push_back(!cells.responds[c] ? CellCalibration::no_response
                                  : own              ? CellCalibration::own
                                                     : CellCalibration::common);
  }
  return profile;
}

}  // namespace

LearnedProfile learn_response_from_loads(const std::vector<LoadedRecording>& recordings,
                                         const LearnFromLoadsOptions& options) {
  const LevelReadings levels = read_levels(recordings, options.table);
  const CellEvidence cells = cell_evidence(levels);
  require_enough(levels, cells, recordings, options.table);
  const std::vector<ResponseTrial> trials = response_trials(levels, cells);
  const std::size_t chosen = best_trial(trials);
  const ResponseTrial& trial = trials[chosen];
  const ResponseModel model = *fit_model(levels, cells, trial.kind, trial.own_curves);
  LearnedProfile out;
  out.profile = profile_of(levels, cells, model, trial, recordings, options);
  out.certificate = certificate_of(out.profile, {levels, cells, model, trials, chosen, recordings,
                                                 options.reference_relative_sd});
  return out;
}

}  // namespace matfit
