#include "stages/calibrate/learn_response_from_loads.hpp"

#include "numeric/statistics.hpp"
#include "stages/calibrate/response_curve.hpp"
#include "stages/calibrate/response_trials.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

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

// --- errors --------------------------------------------------------------------------------------

struct MeanAndSpread {
  double mean = 0.0;
  double sd = 0.0;  // over the cells
  double rms = 0.0;
  std::size_t count = 0;
};

MeanAndSpread over_cells(const Eigen::ArrayXd& values) {
  std::vector<double> finite;
  double square = 0.0;
  for (const double v : values) {
    if (!std::isfinite(v)) continue;
    finite.push_back(v);
    square += v * v;
  }
  if (finite.empty()) return {};
  return {mean(finite), standard_deviation(finite),
          std::sqrt(square / static_cast<double>(finite.size())), finite.size()};
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

// --- profile -------------------------------------------------------------------------------------

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

// --- certificate ---------------------------------------------------------------------------------

CertifiedLevel certified(const LevelReading& reading, const LoadedRecording& source,
                         const Eigen::ArrayXd& left_out_error, const ResponseModel& model,
                         const CellEvidence& cells) {
  const MatGeometry& g = source.recording.mat.geometry;
  const Eigen::ArrayXd pressure = modelled_pressure(model, reading, cells);
  const MeanAndSpread measured = over_cells(pressure);
  CertifiedLevel level;
  level.recording = source.recording.path;
  level.sha256 = source.recording.sha256;
  level.direction = source.load.direction;
  level.known_pa = reading.pressure_pa;
  level.first_frame = reading.part.first;
  level.last_frame = reading.part.last;
  level.drift = reading.part.drift;
  level.cells = measured.count;
  level.measured_pa = measured.mean;
  level.sd_pa = measured.sd;
  for (Eigen::Index c = 0; c < pressure.size(); ++c) {
    const double error = pressure[c] - reading.pressure_pa;
    if (!(std::abs(error) > std::abs(level.worst_error_pa))) continue;
    level.worst_error_pa = error;
    level.worst_cell = {static_cast<int>(c) / g.cols, static_cast<int>(c) % g.cols};
  }
  if (left_out_error.size() > 0) {
    const MeanAndSpread error = over_cells(left_out_error);
    level.left_out_rms_pa = error.rms;
    level.left_out_mean_pa = error.mean;
  }
  if (source.load.mass_kg) {
    LevelReading everywhere = reading;
    everywhere.under_it.assign(everywhere.under_it.size(), true);
    const Eigen::ArrayXd all = modelled_pressure(model, everywhere, cells);
    level.load_over_weight = all.isFinite().select(all, 0.0).sum() * g.cell_area_m2() /
                             (*source.load.mass_kg * standard_gravity_m_per_s2);
  }
  return level;
}

void add_hysteresis(MatCertificate& certificate, const LevelReadings& levels,
                    const std::vector<LoadedRecording>& recordings) {
  double sum = 0.0, worst = 0.0, count = 0.0;
  for (std::size_t l = 0; l < levels.pressure_pa.size(); ++l) {
    double up = 0.0, down = 0.0, ups = 0.0, downs = 0.0;
    for (std::size_t i = 0; i < levels.recordings.size(); ++i) {
      if (levels.recordings[i].level != l) continue;
      const double off_pa = certificate.levels[i].measured_pa - certificate.levels[i].known_pa;
      const LoadDirection direction = recordings[levels.recordings[i].source].load.direction;
      if (direction == LoadDirection::up) up += off_pa, ups += 1.0;
      if (direction == LoadDirection::down) down += off_pa, downs += 1.0;
    }
    if (ups == 0.0 || downs == 0.0) continue;
    const double difference = (down / downs - up / ups) / levels.highest_pa();
    sum += difference;
    count += 1.0;
    if (std::abs(difference) > std::abs(worst)) worst = difference;
  }
  if (count == 0.0) return;
  certificate.hysteresis_mean = sum / count;
  certificate.hysteresis_worst = worst;
}

std::string why_not_own(std::size_t cell, const CellEvidence& cells) {
  if (!cells.responds[cell]) return "no response";
  if (!cells.loaded[cell]) return "not under any load";
  return "readings missing at a level, or not rising with it";
}

void add_cells(MatCertificate& certificate, const CellEvidence& cells, int cols) {
  for (std::size_t c = 0; c < cells.responds.size(); ++c) {
    if (cells.full_range[c]) continue;
    certificate.uncalibrated.push_back(
        {static_cast<int>(c) / cols, static_cast<int>(c) % cols, why_not_own(c, cells)});
  }
}

void add_curve(MatCertificate& certificate, const MatProfile& profile) {
  constexpr int steps = 60;
  const Response response(profile.response, profile.lowest_reading);
  for (int i = 0; i <= steps; ++i) {
    const double reading = profile.highest_reading * i / steps;
    certificate.curve.emplace_back(reading, response.pressure_pa(reading));
  }
}

void add_notes(MatCertificate& certificate, const MatProfile& profile,
               const LearnFromLoadsOptions& options) {
  certificate.notes.emplace_back(
      "Below the lowest level the curve runs straight to zero; beyond the highest one readings "
      "are held at it and flagged.");
  certificate.notes.emplace_back(
      "The highest level is not left out in turn, as nothing beyond it is converted.");
  if (options.reference_relative_sd > 0.0) {
    certificate.notes.push_back(
        fmt::format("The known loads' own error of {:.2g} % (1 sd) is part of the profile's error.",
                    100.0 * options.reference_relative_sd));
  } else {
    certificate.notes.emplace_back(
        "The error of the known loads themselves was not stated and is not part of the profile's "
        "error.");
  }
  if (profile.basis == "known_weights") {
    certificate.notes.emplace_back(
        "A weight was taken to press evenly on its area; how far that holds shows in the load over "
        "weight.");
  }
  if (profile.creep) {
    certificate.notes.push_back(fmt::format(
        "Under a constant load the readings grew by {:.2g} % for each e-fold of time; the curves "
        "hold for a load {:.0f} s old.",
        100.0 * profile.creep->rate_per_log_second, profile.creep->reference_s));
  }
}

MatCertificate certificate_of(const LevelReadings& levels, const CellEvidence& cells,
                              const ResponseModel& model, const std::vector<ResponseTrial>& trials,
                              std::size_t chosen, const MatProfile& profile,
                              const std::vector<LoadedRecording>& recordings,
                              const LearnFromLoadsOptions& options) {
  MatCertificate out;
  out.profile_id = profile.id;
  out.model = profile.model;
  out.rows = profile.rows;
  out.cols = profile.cols;
  out.unit = profile.unit;
  out.basis = profile.basis;
  out.source = profile.source;
  double squares = 0.0, count = 0.0;
  for (std::size_t i = 0; i < levels.recordings.size(); ++i) {
    const LevelReading& reading = levels.recordings[i];
    out.levels.push_back(
        certified(reading, recordings[reading.source], trials[chosen].error_pa[i], model, cells));
    const MeanAndSpread error =
        over_cells(modelled_pressure(model, reading, cells) - reading.pressure_pa);
    squares += error.rms * error.rms * static_cast<double>(error.count);
    count += static_cast<double>(error.count);
  }
  for (const ResponseTrial& trial : trials) {
    out.trials.push_back({std::string(name_of(trial.kind)), trial.own_curves, trial.left_out_rms});
  }
  out.chosen = chosen;
  out.lowest_pa = levels.pressure_pa.front();
  out.highest_pa = levels.highest_pa();
  out.lowest_reading = profile.lowest_reading;
  out.highest_reading = profile.highest_reading;
  out.residual_rms = std::sqrt(squares / count) / levels.highest_pa();
  if (profile.creep) out.creep_per_log_second = profile.creep->rate_per_log_second;
  std::vector<double> gains;
  for (std::size_t c = 0; c < cells.responds.size(); ++c) {
    if (cells.responds[c] && cells.loaded[c]) {
      gains.push_back(model.typical.gain[static_cast<Eigen::Index>(c)]);
    }
  }
  out.gain_sd = standard_deviation(gains);
  out.notes = levels.notes;
  add_hysteresis(out, levels, recordings);
  add_cells(out, cells, profile.cols);
  add_curve(out, profile);
  add_notes(out, profile, options);
  return out;
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
  out.certificate =
      certificate_of(levels, cells, model, trials, chosen, out.profile, recordings, options);
  return out;
}

}  // namespace matfit
