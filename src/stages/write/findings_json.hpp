#pragma once

#include "stages/write/json_node.hpp"
#include "types/result.hpp"
#include "types/study_finding.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace matfit {

// The lists "failures" and "findings" of run.json and of a study's inspection, and back.
nlohmann::ordered_json failures_json(const std::vector<RecordingFailure>& failures);
nlohmann::ordered_json findings_json(const std::vector<StudyFinding>& findings);
std::vector<RecordingFailure> failures_of(const JsonNode& failures);
std::vector<StudyFinding> findings_of(const JsonNode& findings);

}  // namespace matfit
