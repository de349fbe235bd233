#pragma once

#include "stages/learn/fit_response.hpp"
#include "stages/learn/level_readings.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <optional>
#include <vector>

namespace matfit {

// What a cell's readings allow.
struct CellEvidence {
  std::vector<bool> responds;    // follows the load where it was under one
  std::vector<bool> loaded;      // was under a load at all
  std::vector<bool> full_range;  // rises strictly through every level
};

// What a typical cell reads at each level, and how each cell's readings compare with it.
struct TypicalResponse {
  ResponsePoints points;
  Eigen::ArrayXd gain;  // a cell each, 1 where nothing is known; median 1
};

CellEvidence cell_evidence(const LevelReadings& levels);

// Alternates between the median over the cells of reading over gain and the gain that fits a cell's
// readings best. `left_out`: a level that takes no part.
TypicalResponse typical_response(const LevelReadings& levels, const CellEvidence& cells,
                                 std::optional<std::size_t> left_out = std::nullopt);

// One way to turn readings into pressure: a kind of curve, for all cells with a gain each, or for
// each cell that rises through every level by itself.
struct ResponseModel {
  ResponseKind kind = ResponseKind::linear;
  bool own_curves = false;
  TypicalResponse typical;
  ResponseCurve common;
  std::vector<ResponseCurve> of_cell;  // empty without own curves; for readings over gain

  const ResponseCurve& curve(Eigen::Index cell) const {
    return of_cell.empty() ? common : of_cell[static_cast<std::size_t>(cell)];
  }
};

// Absent where the kind cannot be fitted to the levels left.
std::optional<ResponseModel> fit_model(const LevelReadings& levels, const CellEvidence& cells,
                                       ResponseKind kind, bool own_curves,
                                       std::optional<std::size_t> left_out = std::nullopt);

// Pressures that a model gives for one recording, a cell each; NaN where the cell was not under the
// load or does not respond.
Eigen::ArrayXd modelled_pressure(const ResponseModel& model, const LevelReading& reading,
                                 const CellEvidence& cells);

struct ResponseTrial {
  ResponseKind kind = ResponseKind::linear;
  bool own_curves = false;
  double left_out_rms = 0.0;             // share of the highest level
  std::vector<Eigen::ArrayXd> error_pa;  // for each recording: of a model without its level;
                                         // empty for the highest level
};

// All kinds, each common and own, simplest first. The highest level is not left out: beyond it a
// profile converts nothing, and below the others there is always the zero.
std::vector<ResponseTrial> response_trials(const LevelReadings& levels, const CellEvidence& cells);

// The simplest trial whose error is above the least by no more than a twentieth, or a thousandth of
// the range.
std::size_t best_trial(const std::vector<ResponseTrial>& trials);

}  // namespace matfit
