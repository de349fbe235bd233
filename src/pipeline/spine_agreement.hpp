#pragma once

#include "pipeline/batch.hpp"
#include "stages/acquire/study.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

enum class SpineComparison { repeat, mirror };  // same posture again; left side against right

std::string_view name_of(SpineComparison comparison);

// How far the spines of one person on one mattress differ between recordings, in the standard
// deviations stated. What all of them share (mattress, mat, body size) cancels in a difference, so
// that z far below 1 is usual and tells nothing against the bars; z above 1 says that they do not
// hold what differs from one lie to the next, ways to lie included.
struct SpineAgreement {
  std::string mattress_id;
  SpineComparison comparison = SpineComparison::repeat;
  std::string metric;  // of the contract; unit as its name says
  std::size_t people = 0;
  std::size_t pairs = 0;
  double rms_difference = 0.0;
  double median_sd = 0.0;  // of one recording
  double rms_z = 0.0;      // difference over the root of the summed variances
  double within_two_sd = 0.0;
  double within_half_sd = 0.0;  // what within_two_sd would be, were the bars four times narrower
  double least_person_within_two_sd = 0.0;
};

// Of the bouts in the middle of recordings, by mattress, comparison and metric; where the study
// labels the posture, of bouts that have it. Bouts on whose spine there is a doubt are left out.
// `items` in the order of `entries`.
std::vector<SpineAgreement> spine_agreement(const std::vector<StudyEntry>& entries,
                                            const std::vector<BatchItem>& items);

// How many of a condition's recordings carry each doubt on the spine, in the order of
// all_spine_doubts, the last none; by mattress and condition.
struct SpineDoubtCount {
  std::string mattress_id;
  std::string condition;
  std::array<std::size_t, all_spine_doubts.size() + 1> recordings{};
};

std::vector<SpineDoubtCount> spine_doubt_counts(const std::vector<StudyEntry>& entries,
                                                const std::vector<BatchItem>& items);

}  // namespace matfit
