#pragma once

#include "types/result.hpp"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

// What one person's recordings on one mattress say together.
struct ComparisonRow {
  std::string subject_id;
  std::string mattress_id;
  std::string mattress_name;  // empty: not given
  std::size_t recordings = 0;
  double lying_s = 0.0;
  Estimate alignment;
  Estimate pressure_relief;
  Estimate support;
  Estimate score;
  Verdict verdict = Verdict::undecided;
  bool verdicts_differ = false;  // some decided recordings contradict others
};

using RecordingGroup = std::vector<const RecordingResult*>;

// The recordings of one person, one group a mattress, in the order of their first recording.
std::vector<RecordingGroup> grouped_by_mattress(const RecordingGroup& recordings);

// Parts are means weighted by the time lying, their intervals the mean interval: errors of one
// person on one mattress share body and curve, so they do not average out. The verdict is the
// one that holds for 60 % of the time lying or more, else undecided. `recordings` holds at least
// one.
ComparisonRow row_of(const RecordingGroup& recordings);

// How many of the recordings have each grade, best first; those that any has.
std::vector<std::pair<Grade, std::size_t>> grade_counts(const RecordingGroup& recordings);

// Seconds in a lying posture.
double lying_s(const RecordingResult& result);

// One row for each subject and mattress, where the subject lay on at least two; subjects and
// mattresses in the order of `results`.
std::vector<ComparisonRow> compare_mattresses(const std::vector<RecordingResult>& results);

}  // namespace matfit
