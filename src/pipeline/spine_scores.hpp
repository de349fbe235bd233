#pragma once

#include "pipeline/evaluate_spines.hpp"

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// A value that is known, what was told of it, and what simple ways say. NaN: says nothing.
struct JudgedValue {
  static constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

  double truth = 0.0;
  Estimate told;
  double regression = nothing;
  double inversion = nothing;
  double springs = nothing;
};

// In the unit of the values; NaN where there are too few. All but the first over the values told.
struct SpineScore {
  static constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

  std::size_t cases = 0;  // in which the value exists
  std::size_t told = 0;
  double rmse = nothing;
  double bias = nothing;         // mean of told less true
  double coverage = nothing;     // share of 95 % intervals that hold the truth
  double width = nothing;        // mean of the intervals
  double correlation = nothing;  // of told and true
  double regression_rmse = nothing;
  double inversion_rmse = nothing;
  double springs_rmse = nothing;
  double over_regression = nothing;  // ratio of the errors on the cases that both tell
};

SpineScore score_of(const std::vector<JudgedValue>& values);

// The heights of all levels as one quantity; the others are metrics by their names.
inline constexpr const char* all_level_heights = "level_heights_mm";

using Spines = std::vector<const JudgedSpine*>;
// Those in which the quantity exists.
std::vector<JudgedValue> judged_values(const Spines& spines, const std::string& quantity,
                                       SpineBasis basis);
SpineScore score_of(const Spines& spines, const std::string& quantity, SpineBasis basis);

// Spines that share a trait: "posture", "supine".
struct SpineGroup {
  std::string trait;
  std::string name;
  Spines spines;
};

// All, then by posture, firmness, mat, kind of curve, zones, sag, body, body mass index and
// departure; empty groups are left out.
std::vector<SpineGroup> groups_of(const std::vector<JudgedSpine>& spines);

// How good an estimate with a measured curve is to be.
struct SpineTarget {
  std::string quantity;
  std::optional<double> rmse;    // at most
  double over_regression = 1.0;  // at most
};

const std::vector<SpineTarget>& spine_targets();

}  // namespace matfit
