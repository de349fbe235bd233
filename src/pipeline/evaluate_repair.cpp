#include "pipeline/evaluate_repair.hpp"

#include "stages/calibrate/grade.hpp"
#include "stages/calibrate/repair.hpp"
#include "types/pressure_series.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>

namespace matfit {

namespace {

constexpr double most_load_error = 0.02;

template <typename Value>
using RowMajor = Eigen::Array<Value, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// The map as one frame whose planned cells were repaired.
PressureField repaired_field(const MatGeometry& g, const FrameBlock& frame, double noise,
                             const RepairPlan& plan) {
  PressureSeries series;
  series.geometry = g;
  series.frames_pa = std::make_shared<MemoryFrames>(frame);
  series.time_s = {0.0};
  series.valid = {1};
  series.noise_pa = noise;
  series.repaired.setConstant(g.rows, g.cols, false);
  series.repair_relative_sd.setZero(g.rows, g.cols);
  for (const RepairPlan::Cell& cell : plan.cells) {
    series.repaired(cell.cell / g.cols, cell.cell % g.cols) = true;
    series.repair_relative_sd(cell.cell / g.cols, cell.cell % g.cols) = cell.relative_sd;
  }
  return mean_field(series, 0, 1, {});
}

bool is_said(double load_sd, const std::vector<QualityRule>& rules) {
  return !grade_quality({{"repaired_load_sd", {load_sd, ""}}}, rules).reasons.empty();
}

}  // namespace

bool RepairTrial::keeps_load() const { return std::abs(load_error) <= most_load_error; }

RepairTrial tried_repair(const SoundMap& sound, const InjectedFault& fault,
                         const std::vector<QualityRule>& rules) {
  const MatGeometry& g = sound.geometry;
  const auto at_fault = [&fault](auto&& map) {
    return map.block(fault.first_row, fault.first_col, fault.rows, fault.cols);
  };
  RowMajor<std::uint8_t> defective = RowMajor<std::uint8_t>::Zero(g.rows, g.cols);
  at_fault(defective).setConstant(1);
  RowMajor<float> map = sound.load.cast<float>();
  at_fault(map).setZero();
  FrameBlock frame = Eigen::Map<const FrameBlock>(map.data(), 1, map.size());
  const RepairPlan plan = plan_repair(g, {defective.data(), defective.data() + defective.size()},
                                      {}, frame.row(0).transpose());
  repair(plan, frame.row(0));
  const PressureField field = repaired_field(g, frame, sound.noise, plan);

  RepairTrial trial;
  trial.fault = fault;
  trial.load_error = field.pressure_pa.sum() / sound.load.sum() - 1.0;
  trial.load_sd = plan.load_sd_share;
  trial.said = is_said(trial.load_sd, rules);
  const Eigen::ArrayXXd in_sd = at_fault((field.pressure_pa - sound.load).abs() / field.sd_pa);
  const auto loaded = at_fault(sound.loaded);
  trial.cells = static_cast<std::size_t>(loaded.count());
  for (std::size_t k = 0; k < repair_coverage_sd.size(); ++k) {
    trial.cells_within[k] =
        static_cast<std::size_t>((loaded && in_sd <= repair_coverage_sd[k]).count());
  }
  return trial;
}

double RepairScore::kept_share() const {
  return static_cast<double>(keep_load) / static_cast<double>(std::max<std::size_t>(trials, 1));
}

RepairScore repair_score(const std::vector<RepairTrial>& trials) {
  RepairScore score;
  score.trials = trials.size();
  double cells = 0.0;
  for (const RepairTrial& t : trials) {
    score.keep_load += t.keeps_load() ? 1 : 0;
    score.mean_load_error += t.load_error;
    score.said += t.said ? 1 : 0;
    score.said_of_lost += t.said && !t.keeps_load() ? 1 : 0;
    cells += static_cast<double>(t.cells);
    for (std::size_t k = 0; k < repair_coverage_sd.size(); ++k) {
      score.load_coverage[k] +=
          std::abs(t.load_error) <= repair_coverage_sd[k] * t.load_sd ? 1.0 : 0.0;
      score.cell_coverage[k] += static_cast<double>(t.cells_within[k]);
    }
  }
  const double count = std::max(static_cast<double>(trials.size()), 1.0);
  score.mean_load_error /= count;
  for (double& share : score.load_coverage) share /= count;
  for (double& share : score.cell_coverage) share /= std::max(cells, 1.0);
  return score;
}

}  // namespace matfit
