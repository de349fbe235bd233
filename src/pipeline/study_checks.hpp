#pragma once

#include "pipeline/recording_summary.hpp"
#include "types/study_finding.hpp"

#include <vector>

namespace matfit {

// What only a look across recordings shows: one recording under two names, persons who disagree
// with what is stated of them. `summaries` in input order, whichever run or shard they come from.
std::vector<StudyFinding> study_findings(const std::vector<RecordingSummary>& summaries,
                                         const StudyLimits& limits = {});

}  // namespace matfit
