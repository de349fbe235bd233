#pragma once

#include "pipeline/recording_summary.hpp"
#include "stages/calibrate/knowledge.hpp"
#include "types/result.hpp"
#include "types/study_finding.hpp"

#include <cstddef>
#include <vector>

namespace matfit {

// What only a look across recordings shows: one recording under two names, persons who disagree
// with what is stated of them. `summaries` in input order, whichever run or shard they come from.
// Their effects are left empty.
std::vector<StudyFinding> study_findings(const std::vector<RecordingSummary>& summaries,
                                         const StudyLimits& limits = {});

// The findings with what they affect and mean by quality.toml. UsageError where a code has no rule.
std::vector<StudyFinding> with_effects(std::vector<StudyFinding> findings,
                                       const std::vector<FindingRule>& rules);

// Gives each recording of a finding the reason in its quality; reasons that an earlier look across
// fewer recordings left are taken out. Returns the places in `results` that changed.
std::vector<std::size_t> mark_findings(std::vector<RecordingResult>& results,
                                       const std::vector<StudyFinding>& findings);

}  // namespace matfit
