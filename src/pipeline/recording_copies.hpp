#pragma once

#include "pipeline/recording_summary.hpp"
#include "types/study_finding.hpp"

#include <cstddef>
#include <vector>

namespace matfit {

// Two recordings that are one.
struct RecordingCopy {
  std::size_t first = 0;  // of the summaries; first < second
  std::size_t second = 0;
  bool same_file = false;  // the same bytes
  bool mirrored = false;   // rows, columns or both run the other way
  double likeness = 0.0;   // of the likest maps; 1: the same
};

// Pairs whose files are the same or whose likest maps are at least as alike as `limits` ask for; in
// order of first, then second. Copies that were cut, rescaled, shifted, mirrored or made noisier
// are found; two recordings of a person who lies the same way twice are not called so. Compares all
// pairs, but most of them by a vector of 128 numbers that mirroring does not change.
std::vector<RecordingCopy> find_copies(const std::vector<RecordingSummary>& summaries,
                                       const StudyLimits& limits);

}  // namespace matfit
