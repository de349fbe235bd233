#include "pipeline/batch.hpp"
#include "pipeline/gather.hpp"
#include "pipeline/knowledge.hpp"
#include "pipeline/results_folder.hpp"
#include "pipeline/study_checks.hpp"
#include "stages/write/results.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <string>

namespace matfit {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const Knowledge& known() {
  static const Knowledge knowledge = load_knowledge(test::project_folder() / "calibration");
  return knowledge;
}

std::vector<StudyEntry> sample() {
  return gather_entries({{test::project_folder() / "datasets/sample/study"}, {}, {}, {}}).entries;
}

// The sample study with its first recording under the name of its last person too.
std::vector<StudyEntry> sample_with_a_copy() {
  std::vector<StudyEntry> entries = sample();
  StudyEntry copy = entries.front();
  copy.recording_id = "copy";
  copy.subject_id = entries.back().subject_id;
  copy.subject = entries.back().subject;
  entries.push_back(copy);
  return entries;
}

RunInfo run(const std::vector<StudyEntry>& entries, const fs::path& out, int jobs) {
  const ResultsFolder folder(out, result_formats_named({"json", "h5", "html"}));
  BatchOptions options;
  options.jobs = jobs;
  options.store = [&folder](const RecordingResult& result) { folder.store(result); };
  const std::vector<BatchItem> items = analyze_batch(entries, known(), options);
  RunInfo info;
  info.findings = findings_across(items, known().calibration);
  folder.finish(items, info);
  return read_run_json(out / "run.json");
}

RecordingResult stored(const fs::path& folder, const std::string& id) {
  return read_recording_result(recording_json_path(folder, id), recording_arrays_path(folder, id));
}

TEST(StudyRun, TheSampleStudyHasNoFinding) {
  const std::vector<BatchItem> items = analyze_batch(sample(), known(), {});
  const auto findings = findings_across(items, known().calibration);
  for (const StudyFinding& f : findings) ADD_FAILURE() << f.text;
}

TEST(StudyRun, ACopyUnderAnotherNameIsSaidEverywhere) {
  const test::TemporaryFolder folder;
  const std::vector<StudyEntry> entries = sample_with_a_copy();
  const RunInfo info = run(entries, folder.path(), 1);
  const std::string original = entries.front().recording_id;
  // That the copy is not the person it names may be seen as well.
  ASSERT_FALSE(info.findings.empty());
  EXPECT_EQ(info.findings[0].code, "duplicate_recording");
  EXPECT_THAT(info.findings[0].recording_ids, ElementsAre(original, "copy"));
  for (const std::string& id : {original, std::string("copy")}) {
    EXPECT_THAT(stored(folder.path(), id).quality.reasons,
                Contains(Field(&QualityReason::code, "duplicate_recording")))
        << id;
  }
  EXPECT_THAT(stored(folder.path(), entries[1].recording_id).quality.reasons,
              Not(Contains(Field(&QualityReason::code, "duplicate_recording"))));
  std::ifstream page(folder.path() / "index.html");
  const std::string html((std::istreambuf_iterator<char>(page)), std::istreambuf_iterator<char>());
  EXPECT_THAT(html, HasSubstr("hold the same recording"));
}

TEST(StudyRun, ObservingSaysTheSameOfQualityPosturesAndTheStudyAsAnalysing) {
  BatchOptions options;
  options.jobs = 2;
  const std::vector<BatchItem> analysed = analyze_batch(sample_with_a_copy(), known(), options);
  options.work = observed_result;
  const std::vector<BatchItem> observed = analyze_batch(sample_with_a_copy(), known(), options);
  ASSERT_EQ(observed.size(), analysed.size());
  for (std::size_t i = 0; i < observed.size(); ++i) {
    const RecordingResult& full = *analysed[i].result;
    const RecordingResult& seen = *observed[i].result;
    EXPECT_EQ(seen.quality.grade, full.quality.grade);
    ASSERT_EQ(seen.quality.reasons.size(), full.quality.reasons.size());
    ASSERT_EQ(seen.bouts.size(), full.bouts.size());
    for (std::size_t b = 0; b < seen.bouts.size(); ++b) {
      EXPECT_EQ(seen.bouts[b].bout.posture, full.bouts[b].bout.posture);
      EXPECT_TRUE(seen.bouts[b].hotspots.empty());
    }
  }
  const auto of_analysed = findings_across(analysed, known().calibration);
  const auto of_observed = findings_across(observed, known().calibration);
  ASSERT_FALSE(of_analysed.empty());
  ASSERT_EQ(of_observed.size(), of_analysed.size());
  for (std::size_t i = 0; i < of_observed.size(); ++i) {
    EXPECT_EQ(of_observed[i].text, of_analysed[i].text);
  }
}

TEST(StudyRun, TheFindingsFollowFromTheStoredResultsToo) {
  const test::TemporaryFolder folder;
  const RunInfo info = run(sample_with_a_copy(), folder.path(), 1);
  std::vector<RecordingResult> results;
  std::vector<RecordingSummary> summaries;
  for (const std::string& id : info.recording_ids) {
    results.push_back(stored(folder.path(), id));
    summaries.push_back(summarise_recording(results.back(), known().anthropometry));
  }
  const std::vector<StudyFinding> again = study_findings(summaries, known().calibration.study);
  ASSERT_EQ(again.size(), info.findings.size());
  EXPECT_EQ(again[0].text, info.findings[0].text);
  EXPECT_EQ(again[0].recording_ids, info.findings[0].recording_ids);

  // Without the finding the reasons that it left go.
  EXPECT_GE(mark_findings(results, {}).size(), 2U);
  for (const RecordingResult& r : results) {
    EXPECT_THAT(r.quality.reasons,
                Not(Contains(Field(&QualityReason::code, "duplicate_recording"))));
  }
  EXPECT_THAT(mark_findings(results, {}), IsEmpty());
}

}  // namespace
}  // namespace matfit
