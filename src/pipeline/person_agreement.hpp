#pragma once

#include "pipeline/recording_summary.hpp"
#include "types/estimate.hpp"
#include "types/study_finding.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// A stated figure of a person beside what the mat makes of it, judged by the other people of the
// same mat: a common factor, of a wrong pitch or unknown units, is theirs too.
struct StatedAgainstSeen {
  double stated = 0.0;
  Estimate seen;     // what the recordings and the other people's factor say, in the same unit
  double sds = 0.0;  // log of seen over stated, in standard deviations
};

struct PersonAgreement {
  std::string subject_id;
  std::vector<std::size_t> recordings;         // of the summaries
  std::optional<StatedAgainstSeen> mass_kg;    // absent: not stated, or no three others to judge by
  std::optional<StatedAgainstSeen> stature_m;  // likewise
};

// How well one stated figure and what the mat sees go together over all people of a mat.
struct StudyAgreement {
  std::size_t people = 0;
  double scatter = 0.0;      // of the log of seen over stated, robust
  double expected = 0.0;     // what honest figures scatter by
  double correlation = 0.0;  // rank correlation of seen and stated
};

struct MatAgreement {
  std::string mat;
  double load_exponent = 1.0;  // under which each person weighs the same in every recording
  std::vector<PersonAgreement> persons;  // in the order of their first recording
  std::optional<StudyAgreement> masses;
  std::optional<StudyAgreement> statures;
};

// One a mat, in the order of its first recording; recordings without a person do not count.
std::vector<MatAgreement> compare_persons(const std::vector<RecordingSummary>& summaries,
                                          const StudyLimits& limits);

// Persons whose figures disagree, pairs that agree once their figures are exchanged, and mats on
// which a stated figure goes with what is seen of hardly anybody.
std::vector<StudyFinding> person_findings(const std::vector<MatAgreement>& mats,
                                          const std::vector<RecordingSummary>& summaries,
                                          const StudyLimits& limits);

}  // namespace matfit
