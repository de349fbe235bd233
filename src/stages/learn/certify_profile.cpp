#include "stages/learn/certify_profile.hpp"

#include "numeric/statistics.hpp"
#include "stages/learn/spread_over_cells.hpp"
#include "types/response_curve.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <cmath>
#include <string>

namespace matfit {

namespace {

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
               double reference_relative_sd) {
  certificate.notes.emplace_back(
      "Below the lowest level the curve runs straight to zero; beyond the highest one readings "
      "are held at it and flagged.");
  certificate.notes.emplace_back(
      "The highest level is not left out in turn, as nothing beyond it is converted.");
  if (reference_relative_sd > 0.0) {
    certificate.notes.push_back(
        fmt::format("The known loads' own error of {:.2g} % (1 sd) is part of the profile's error.",
                    100.0 * reference_relative_sd));
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

}  // namespace

MatCertificate certificate_of(const MatProfile& profile, const ProfileEvidence& from) {
  const auto& [levels, cells, model, trials, chosen, recordings, reference_relative_sd] = from;
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
  add_notes(out, profile, reference_relative_sd);
  return out;
}

}  // namespace matfit
