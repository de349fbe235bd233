#include "stages/calibrate/gain_steps.hpp"

#include "numeric/statistics.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

namespace matfit {

namespace {

constexpr int least_cells = 6;  // loaded in all six rows
constexpr std::size_t least_boundaries = 8;
constexpr float least_load = 2.0F;  // of a light load: beside a body, a sheet bears less
constexpr float softening = 2.0F;   // of the quiet reading: under it, less is no less
// Of jumps at boundaries: smoother maps than the smoothest of PmatData have shapes too.
constexpr double least_scatter = 0.15;
constexpr double least_alike = 0.85;  // of the cells jump the same way
constexpr double least_poses_alike = 0.8;
constexpr double least_near = 0.6;  // of the jump is between the two rows at the boundary
constexpr double least_kept = 0.7;  // and between the next ones
constexpr int beside = 3;           // rows on each side

// Of the four differences from row to row that do not cross the boundary.
using Slopes = std::array<double, 4>;

// What a pose shows of the boundary before a row.
struct Jump {
  double log = 0.0;
  double near = 0.0;
  double next = 0.0;
  double alike = 0.0;
  double sd = 0.0;  // of `log`, by its scatter over the cells
  Slopes slopes = {};
};

// Least squares for a straight line with a jump in the middle of six values.
double jump_of(const Eigen::Array<float, 2 * beside, 1>& y) {
  return 13.0 / 12.0 * (y[3] - y[2]) + 1.0 / 3.0 * (y[4] - y[1]) - 5.0 / 12.0 * (y[5] - y[0]);
}

std::optional<Jump> jump_before(const DefectMap& map, const DefectMap::Readings& log, int row) {
  std::vector<double> jumps;
  std::vector<double> near;
  std::vector<double> next;
  std::array<std::vector<double>, 4> slopes;
  for (int c = 0; c < map.cols(); ++c) {
    bool loaded = true;
    for (int r = row - beside; r < row + beside && loaded; ++r) {
      loaded = !map.missing(r, c) && map.reading(r, c) > least_load * map.light_load();
    }
    if (!loaded) continue;
    const Eigen::Array<float, 2 * beside, 1> y = log.block<2 * beside, 1>(row - beside, c);
    jumps.push_back(jump_of(y));
    near.push_back(y[3] - y[2]);
    next.push_back(y[4] - y[1]);
    const std::array<float, 4> steps = {y[1] - y[0], y[2] - y[1], y[4] - y[3], y[5] - y[4]};
    for (std::size_t k = 0; k < steps.size(); ++k) slopes[k].push_back(steps[k]);
  }
  if (static_cast<int>(jumps.size()) < least_cells) return std::nullopt;
  Jump out;
  out.log = median(jumps);
  out.near = median(std::move(near));
  out.next = median(std::move(next));
  const auto cells = static_cast<double>(jumps.size());
  const auto same =
      std::count_if(jumps.begin(), jumps.end(), [&](double jump) { return jump * out.log > 0.0; });
  out.alike = static_cast<double>(same) / cells;
  out.sd = std::sqrt(pi / 2.0 / cells) * robust_sd(jumps);
  for (std::size_t k = 0; k < slopes.size(); ++k) out.slopes[k] = median(std::move(slopes[k]));
  return out;
}

// Jumps before each row where at least half of the poses show one.
using Jumps = std::map<int, std::vector<Jump>>;

Jumps jumps_of(const std::vector<DefectMap>& poses) {
  Jumps jumps;
  for (const DefectMap& pose : poses) {
    const DefectMap::Readings log = (pose.reading.max(0.0F) + softening * pose.quiet).log();
    for (int row = beside; row + beside <= pose.rows(); ++row) {
      if (const auto jump = jump_before(pose, log, row)) jumps[row].push_back(*jump);
    }
  }
  for (auto at = jumps.begin(); at != jumps.end();) {
    at = 2 * at->second.size() < poses.size() ? jumps.erase(at) : std::next(at);
  }
  return jumps;
}

template <typename Part>
double over_poses(const std::vector<Jump>& jumps, const Part& part) {
  std::vector<double> values;
  for (const Jump& jump : jumps) values.push_back(part(jump));
  return median(std::move(values));
}

double steepest(const std::vector<Jump>& jumps) {
  double most = 0.0;
  for (std::size_t k = 0; k < Slopes().size(); ++k) {
    most = std::max(most,
                    std::abs(over_poses(jumps, [&](const Jump& jump) { return jump.slopes[k]; })));
  }
  return most;
}

struct Candidate {
  GainStep step;
  double over_scatter = 0.0;
};

// Absent where the boundary's jump is not one of gain.
std::optional<Candidate> candidate_at(int row, const std::vector<Jump>& jumps, double scatter,
                                      const GainStepOptions& options) {
  const double log = over_poses(jumps, [](const Jump& jump) { return jump.log; });
  const double near = over_poses(jumps, [](const Jump& jump) { return jump.near; });
  const double next = over_poses(jumps, [](const Jump& jump) { return jump.next; });
  if (std::abs(log) < options.least_log) return std::nullopt;
  if (near / log < least_near || next / log < least_kept) return std::nullopt;
  if (over_poses(jumps, [](const Jump& jump) { return jump.alike; }) < least_alike) {
    return std::nullopt;
  }
  const auto agreeing = std::count_if(jumps.begin(), jumps.end(),
                                      [&](const Jump& jump) { return jump.log * log > 0.0; });
  const auto poses = static_cast<double>(jumps.size());
  if (static_cast<double>(agreeing) < least_poses_alike * poses) return std::nullopt;
  const double over = std::abs(log) / std::hypot(scatter, steepest(jumps));
  if (over < options.least_over_scatter) return std::nullopt;
  const double of_cells = over_poses(jumps, [](const Jump& jump) { return jump.sd; });
  return Candidate{{true, row, std::exp(log), std::hypot(scatter, of_cells / std::sqrt(poses)),
                    static_cast<int>(jumps.size())},
                   over};
}

std::vector<GainStep> steps_between_rows(const std::vector<DefectMap>& poses,
                                         const GainStepOptions& options) {
  const Jumps jumps = jumps_of(poses);
  if (jumps.size() < least_boundaries) return {};
  std::vector<double> sizes;
  for (const auto& [row, of_row] : jumps) {
    sizes.push_back(std::abs(over_poses(of_row, [](const Jump& jump) { return jump.log; })));
  }
  constexpr double sd_over_median = 1.4826;
  const double scatter = std::max(sd_over_median * median(std::move(sizes)), least_scatter);
  std::vector<Candidate> found;
  for (const auto& [row, of_row] : jumps) {
    const auto candidate = candidate_at(row, of_row, scatter, options);
    if (!candidate) continue;
    if (!found.empty() && row - found.back().step.line < beside) {
      // Two boundaries share lines: the clearer one.
      if (candidate->over_scatter > found.back().over_scatter) found.back() = *candidate;
    } else {
      found.push_back(*candidate);
    }
  }
  std::vector<GainStep> steps;
  for (const Candidate& candidate : found) steps.push_back(candidate.step);
  return steps;
}

void leave_out(DefectMap& map, const BridgedLines& lines) {
  const int count = lines.last_line - lines.first_line;
  const int cells = lines.last - lines.first;
  auto marks = lines.rows ? map.missing.block(lines.first_line, lines.first, count, cells)
                          : map.missing.block(lines.first, lines.first_line, cells, count);
  marks.setConstant(true);
}

}  // namespace

std::vector<GainStep> find_gain_steps(std::vector<DefectMap> poses,
                                      const std::vector<BridgedLines>& bridged,
                                      const GainStepOptions& options) {
  for (DefectMap& pose : poses) {
    for (const BridgedLines& lines : bridged) leave_out(pose, lines);
  }
  std::vector<GainStep> steps = steps_between_rows(poses, options);
  std::vector<DefectMap> turned;
  for (const DefectMap& pose : poses) turned.push_back(pose.transposed());
  for (GainStep step : steps_between_rows(turned, options)) {
    step.between_rows = false;
    steps.push_back(step);
  }
  return steps;
}

}  // namespace matfit
