#pragma once

#include "types/result.hpp"
#include "types/study_finding.hpp"

#include <array>
#include <filesystem>
#include <string>
#include <vector>

namespace matfit {

// What is said of the recordings of a study or folder before any analysis.
struct StudyInspection {
  std::string study;                        // its folder, as named
  std::vector<RecordingResult> recordings;  // of each what was read and its quality
  std::vector<RecordingFailure> failures;
  std::vector<StudyFinding> findings;
};

// A row of the table, in words; what is not known is empty.
struct InspectionRow {
  std::string recording_id;
  std::string subject_id;
  std::string format;
  std::string frames;            // "120, 2 min"
  std::string load_over_weight;  // "0.97"
  std::string pressures;         // what they rest on
  std::string grade;
  std::string reason_code;  // of what holds the grade where it is
  std::string reason;
};

// One a recording, in order. `language`: of the words.
std::vector<InspectionRow> inspection_rows(const StudyInspection& inspection,
                                           const std::string& language = "en");

// One JSON document, schema "matfit-study-inspection"; "quality" of each recording is that of the
// results, "main_reason" null where nothing limits it.
std::string inspection_json(const StudyInspection& inspection);

// One self-contained page. UsageError where it cannot be written.
void write_inspection_page(const StudyInspection& inspection, const std::string& version,
                           const std::filesystem::path& path);

}  // namespace matfit
