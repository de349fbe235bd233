#include "stages/learn/response_trials.hpp"

#include "numeric/statistics.hpp"
#include "types/response_curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace matfit {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
// Of what a typical cell reads; a cell below has lost its contact.
constexpr double least_response = 0.1;
// Of the least error, or of the range: less than any mat repeats.
constexpr double worth_a_parameter = 1.05;
constexpr double no_difference = 0.001;
constexpr int gain_rounds = 4;

double quantile_of_finite(const Eigen::ArrayXd& values, double q) {
  std::vector<double> finite;
  for (const double v : values) {
    if (std::isfinite(v)) finite.push_back(v);
  }
  return finite.empty() ? nan : quantile(std::move(finite), q);
}

// What a typical cell reads at each level, by cells of these gains.
Eigen::ArrayXd level_medians(const LevelReadings& levels, const CellEvidence& cells,
                             const Eigen::ArrayXd& gain) {
  Eigen::ArrayXd medians(levels.reading.rows());
  for (Eigen::Index l = 0; l < medians.size(); ++l) {
    Eigen::ArrayXd ratio = levels.reading.row(l).transpose() / gain;
    for (Eigen::Index c = 0; c < ratio.size(); ++c) {
      if (!cells.responds[static_cast<std::size_t>(c)]) ratio[c] = nan;
    }
    medians[l] = quantile_of_finite(ratio, 0.5);
  }
  return medians;
}

}  // namespace

CellEvidence cell_evidence(const LevelReadings& levels) {
  const Eigen::Index count = levels.background.size();
  const auto size = static_cast<std::size_t>(count);
  CellEvidence cells{std::vector<bool>(size, true), std::vector<bool>(size, false),
                     std::vector<bool>(size, true)};
  // Of the upper half of the cells, so that many without response do not pass for typical.
  Eigen::ArrayXd typical(levels.reading.rows());
  for (Eigen::Index l = 0; l < typical.size(); ++l) {
    typical[l] = quantile_of_finite(levels.reading.row(l).transpose(), 0.75);
  }
  for (Eigen::Index c = 0; c < count; ++c) {
    const auto cell = static_cast<std::size_t>(c);
    double highest = 0.0;  // over typical
    double before = 0.0;
    for (Eigen::Index l = 0; l < typical.size(); ++l) {
      const double v = levels.reading(l, c);
      if (std::isfinite(v)) {
        cells.loaded[cell] = true;
        highest = std::max(highest, v / typical[l]);
      }
      if (!(v > before)) cells.full_range[cell] = false;
      before = v;
    }
    cells.responds[cell] = !cells.loaded[cell] || highest > least_response;
    // A cell without any finite reading in the background is not there or is dead.
    if (!std::isfinite(levels.background[c])) cells.responds[cell] = false;
    if (!cells.responds[cell]) cells.full_range[cell] = false;
  }
  return cells;
}

TypicalResponse typical_response(const LevelReadings& levels, const CellEvidence& cells,
                                 std::optional<std::size_t> left_out) {
  const Eigen::Index count = levels.background.size();
  TypicalResponse out;
  out.gain = Eigen::ArrayXd::Ones(count);
  Eigen::ArrayXd typical;
  for (int round = 0; round < gain_rounds; ++round) {
    typical = level_medians(levels, cells, out.gain);
    Eigen::ArrayXd gain = Eigen::ArrayXd::Constant(count, nan);
    for (Eigen::Index c = 0; c < count; ++c) {
      const auto cell = static_cast<std::size_t>(c);
      if (!cells.loaded[cell] || !cells.responds[cell]) continue;
      double product = 0.0, square = 0.0;
      for (Eigen::Index l = 0; l < typical.size(); ++l) {
        const double v = levels.reading(l, c);
        if (!std::isfinite(v) || left_out == static_cast<std::size_t>(l)) continue;
        product += v * typical[l];
        square += typical[l] * typical[l];
      }
      if (product > 0.0) gain[c] = product / square;
    }
    const double middle = quantile_of_finite(gain, 0.5);
    out.gain = gain.isFinite().select(gain / middle, 1.0);
  }
  typical = level_medians(levels, cells, out.gain);
  for (std::size_t l = 0; l < levels.pressure_pa.size(); ++l) {
    if (left_out == l) continue;
    out.points.reading.push_back(typical[static_cast<Eigen::Index>(l)]);
    out.points.pressure_pa.push_back(levels.pressure_pa[l]);
  }
  return out;
}

std::optional<ResponseModel> fit_model(const LevelReadings& levels, const CellEvidence& cells,
                                       ResponseKind kind, bool own_curves,
                                       std::optional<std::size_t> left_out) {
  ResponseModel model;
  model.kind = kind;
  model.own_curves = own_curves;
  model.typical = typical_response(levels, cells, left_out);
  const auto common = fit_response(kind, model.typical.points);
  if (!common) return std::nullopt;
  model.common = *common;
  if (!own_curves) return model;
  ResponsePoints points;
  for (Eigen::Index c = 0; c < levels.background.size(); ++c) {
    model.of_cell.push_back(model.common);
    if (!cells.full_range[static_cast<std::size_t>(c)]) continue;
    points = model.typical.points;
    std::size_t next = 0;
    for (std::size_t l = 0; l < levels.pressure_pa.size(); ++l) {
      if (left_out == l) continue;
      points.reading[next++] =
          levels.reading(static_cast<Eigen::Index>(l), c) / model.typical.gain[c];
    }
    if (const auto curve = fit_response(kind, points)) model.of_cell.back() = *curve;
  }
  return model;
}

Eigen::ArrayXd modelled_pressure(const ResponseModel& model, const LevelReading& reading,
                                 const CellEvidence& cells) {
  Eigen::ArrayXd pressure = Eigen::ArrayXd::Constant(reading.reading.size(), nan);
  const Response common(model.common);
  for (Eigen::Index c = 0; c < pressure.size(); ++c) {
    const auto cell = static_cast<std::size_t>(c);
    if (!reading.under_it[cell] || !cells.responds[cell]) continue;
    const double value = reading.reading[c] / model.typical.gain[c];
    pressure[c] = model.of_cell.empty() ? common.pressure_pa(value)
                                        : Response(model.curve(c)).pressure_pa(value);
  }
  return pressure;
}

std::vector<ResponseTrial> response_trials(const LevelReadings& levels, const CellEvidence& cells) {
  std::vector<ResponseTrial> trials;
  const std::size_t highest = levels.pressure_pa.size() - 1;
  for (const ResponseKind kind :
       {ResponseKind::linear, ResponseKind::power, ResponseKind::monotone_cubic}) {
    for (const bool own : {false, true}) {
      ResponseTrial trial;
      trial.kind = kind;
      trial.own_curves = own;
      trial.error_pa.resize(levels.recordings.size());
      std::vector<double> mean_squares(highest, 0.0);
      std::vector<double> counts(highest, 0.0);
      bool fitted = true;
      for (std::size_t l = 0; l < highest && fitted; ++l) {
        const auto model = fit_model(levels, cells, kind, own, l);
        fitted = model.has_value();
        for (std::size_t i = 0; i < levels.recordings.size() && fitted; ++i) {
          const LevelReading& reading = levels.recordings[i];
          if (reading.level != l) continue;
          trial.error_pa[i] = modelled_pressure(*model, reading, cells) - reading.pressure_pa;
          for (const double error : trial.error_pa[i]) {
            if (!std::isfinite(error)) continue;
            mean_squares[l] += error * error;
            counts[l] += 1.0;
          }
        }
      }
      if (!fitted) continue;
      double sum = 0.0, used = 0.0;
      for (std::size_t l = 0; l < highest; ++l) {
        if (counts[l] == 0.0) continue;
        sum += mean_squares[l] / counts[l];
        used += 1.0;
      }
      trial.left_out_rms = std::sqrt(sum / std::max(used, 1.0)) / levels.highest_pa();
      trials.push_back(std::move(trial));
    }
  }
  return trials;
}

std::size_t best_trial(const std::vector<ResponseTrial>& trials) {
  const auto less = [](const auto& a, const auto& b) { return a.left_out_rms < b.left_out_rms; };
  const double least = std::min_element(trials.begin(), trials.end(), less)->left_out_rms;
  const auto found = std::find_if(trials.begin(), trials.end(), [least](const auto& trial) {
    return trial.left_out_rms <= std::max(worth_a_parameter * least, least + no_difference);
  });
  return static_cast<std::size_t>(found - trials.begin());
}

}  // namespace matfit
