#pragma once

#include "pipeline/analyze.hpp"
#include "pipeline/recording_summary.hpp"
#include "stages/acquire/study.hpp"
#include "types/result.hpp"
#include "types/study_finding.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// One recording's way through the batch: its result, or why there is none.
struct BatchItem {
  std::string recording_id;
  std::string path;
  std::optional<RecordingResult> result;
  std::optional<RecordingFailure> failure;
  std::optional<RecordingSummary> summary;  // of the result, for checks across recordings
};

struct BatchOptions {
  AnalyzeOptions analyze;
  // What is done with a recording: analyze() or observed_result().
  std::function<RecordingResult(const Recording&, const Knowledge&, const AnalyzeOptions&)> work =
      matfit::analyze;
  int jobs = 1;
  // Called from the workers, once a finished recording, in the order of finishing.
  std::function<void(const BatchItem& item, std::size_t done, std::size_t total)> finished;
  // Called from the workers with each result before it is kept, for files of one recording.
  std::function<void(const RecordingResult& result)> store;
};

// Many recordings on several threads: items in the order of the entries whatever the number of
// threads; one that fails is one failure, the others are complete.
std::vector<BatchItem> analyze_batch(const std::vector<StudyEntry>& entries, const Knowledge& known,
                                     const BatchOptions& options);

// What the items say together, in their order.
std::vector<StudyFinding> findings_across(const std::vector<BatchItem>& items,
                                          const CalibrationKnowledge& known);

}  // namespace matfit
