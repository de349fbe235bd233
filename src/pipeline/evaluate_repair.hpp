#pragma once

#include "pipeline/injected_faults.hpp"
#include "stages/calibrate/knowledge.hpp"
#include "types/mat_geometry.hpp"

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <vector>

namespace matfit {

// A line, or part of one, taken out of a sound map and repaired.
struct RepairTrial {
  InjectedFault fault;
  double load_error = 0.0;  // of the whole map, relative
  double load_sd = 0.0;     // as stated
  bool said = false;        // the rules of quality speak of the repaired load
  // The fault's loaded cells, and how many of them lie within so many of their standard deviations.
  std::size_t cells = 0;
  std::array<std::size_t, 2> cells_within = {};

  bool keeps_load() const;
};

// Standard deviations that hold 68.3 % and 95 % of normal errors.
inline constexpr std::array<double, 2> repair_coverage_sd = {1.0, 1.96};

// A tared map without faults.
struct SoundMap {
  MatGeometry geometry;
  Eigen::ArrayXXd load;  // rows x cols
  double noise = 0.0;    // standard deviation of an unloaded cell
  Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic> loaded;
};

// Takes the fault's cells out of a map and repairs them.
RepairTrial tried_repair(const SoundMap& sound, const InjectedFault& fault,
                         const std::vector<QualityRule>& rules);

// Of the trials of one kind, in one group of recordings.
struct RepairScore {
  std::size_t trials = 0;
  std::size_t keep_load = 0;
  double mean_load_error = 0.0;
  std::array<double, 2> load_coverage = {};  // shares within repair_coverage_sd
  std::array<double, 2> cell_coverage = {};
  std::size_t said = 0;
  std::size_t said_of_lost = 0;  // of those that do not keep the load

  std::size_t lost() const { return trials - keep_load; }
  double kept_share() const;
};

RepairScore repair_score(const std::vector<RepairTrial>& trials);

}  // namespace matfit
