#include "pipeline/batch.hpp"

#include "pipeline/mat_profiles.hpp"
#include "pipeline/parallel_outcomes.hpp"
#include "pipeline/study_checks.hpp"
#include "types/error.hpp"

#include <exception>

namespace matfit {

namespace {

BatchItem run_entry(const StudyEntry& entry, const Knowledge& known, const MatProfiles& profiles,
                    const BatchOptions& options) {
  BatchItem item;
  item.recording_id = entry.recording_id;
  item.path = entry.path.string();
  try {
    AnalyzeOptions analyze_options = options.analyze;
    analyze_options.calibrate.profile = profiles.of(entry);
    item.result = options.work(read_entry(entry), known, analyze_options);
    item.summary = summarise_recording(*item.result, known.anthropometry);
    if (options.store) options.store(*item.result);
  } catch (const UsageError&) {
    throw;  // the results folder cannot be written: nothing can go on
  } catch (const std::exception& fault) {
    item.result.reset();
    item.summary.reset();
    item.failure = RecordingFailure{entry.recording_id, item.path, fault.what()};
  }
  return item;
}

}  // namespace

std::vector<BatchItem> analyze_batch(const std::vector<StudyEntry>& entries, const Knowledge& known,
                                     const BatchOptions& options) {
  const MatProfiles profiles(entries);
  std::vector<BatchItem> items(entries.size());
  for_each_in_parallel(
      entries.size(), options.jobs,
      [&](std::size_t i) { items[i] = run_entry(entries[i], known, profiles, options); },
      [&](std::size_t i, std::size_t done) {
        if (options.finished) options.finished(items[i], done, entries.size());
      });
  return items;
}

std::vector<StudyFinding> findings_across(const std::vector<BatchItem>& items,
                                          const CalibrationKnowledge& known) {
  std::vector<RecordingSummary> summaries;
  for (const BatchItem& item : items) {
    if (item.summary) summaries.push_back(*item.summary);
  }
  return with_effects(study_findings(summaries, known.study), known.findings);
}

}  // namespace matfit
