#include "pipeline/batch.hpp"

#include "pipeline/gather.hpp"
#include "pipeline/knowledge.hpp"
#include "pipeline/results_folder.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace {

namespace fs = std::filesystem;
using namespace matfit;
using testing::HasSubstr;

const Knowledge& known() {
  static const Knowledge knowledge = load_knowledge(test::project_folder() / "calibration");
  return knowledge;
}

const fs::path sample_study = test::project_folder() / "datasets/sample/study";

std::map<std::string, std::string> contents(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files[fs::relative(entry.path(), folder).generic_string()] = {
        std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  return files;
}

// Analyses into `out` and returns every file but run.json, the only one that holds times.
std::map<std::string, std::string> run(const std::vector<StudyEntry>& entries, const fs::path& out,
                                       int jobs) {
  const ResultsFolder folder(out, result_formats_named({"json", "csv", "h5", "html"}));
  BatchOptions options;
  options.jobs = jobs;
  options.store = [&folder](const RecordingResult& result) { folder.store(result); };
  folder.finish(analyze_batch(entries, known(), options), {});
  auto files = contents(out);
  EXPECT_EQ(files.erase("run.json"), 1U);
  return files;
}

}  // namespace

TEST(Batch, OneWorkerAndThreeGiveTheSameBytes) {
  const std::vector<StudyEntry> entries = gather_entries({{sample_study}, {}, {}, {}}).entries;
  const test::TemporaryFolder one;
  const test::TemporaryFolder three;
  const auto first = run(entries, one.path() / "out", 1);
  const auto second = run(entries, three.path() / "out", 3);
  ASSERT_GT(first.size(), 2 * entries.size());
  EXPECT_TRUE(first == second);
}

TEST(Batch, AFailedRecordingIsOneFailureAndTheOthersAreComplete) {
  std::vector<StudyEntry> entries = gather_entries({{sample_study}, {}, {}, {}}).entries;
  ASSERT_GE(entries.size(), 3U);
  entries.resize(3);
  entries[1].path = "/no/such/file.h5";
  const std::vector<BatchItem> items = analyze_batch(entries, known(), {});
  ASSERT_EQ(items.size(), 3U);
  EXPECT_TRUE(items[0].result.has_value());
  EXPECT_TRUE(items[2].result.has_value());
  ASSERT_TRUE(items[1].failure.has_value());
  EXPECT_EQ(items[1].failure->recording_id, entries[1].recording_id);
  EXPECT_THAT(items[1].failure->message, HasSubstr("/no/such/file.h5"));
}

TEST(Batch, TheResultsFolderHoldsWhatTheContractNames) {
  const std::vector<StudyEntry> entries = gather_entries({{sample_study}, {}, {}, {}}).entries;
  const test::TemporaryFolder folder;
  const auto files = run(entries, folder.path() / "out", 2);
  for (const char* name :
       {"summary.csv", "bouts.csv", "hotspots.csv", "comparison.csv", "index.html"}) {
    EXPECT_EQ(files.count(name), 1U) << name;
  }
  for (const StudyEntry& entry : entries) {
    EXPECT_EQ(files.count("recordings/" + entry.recording_id + ".json"), 1U);
    EXPECT_EQ(files.count("recordings/" + entry.recording_id + ".h5"), 1U);
    EXPECT_EQ(files.count("reports/" + entry.subject_id + ".html"), 1U);
  }
}

TEST(ResultsFolder, RefusesAFolderThatHoldsSomethingElse) {
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "thesis.txt") << "mine";
  EXPECT_THROW(ResultsFolder(folder.path(), result_formats_named({"json"})), UsageError);
  EXPECT_TRUE(fs::exists(folder.path() / "thesis.txt"));
}

TEST(ResultsFolder, ClearsWhatAnEarlierRunLeft) {
  const test::TemporaryFolder folder;
  ResultsFolder(folder.path(), result_formats_named({"json"})).finish({}, {});
  fs::create_directories(folder.path() / "recordings");
  std::ofstream(folder.path() / "recordings/old.json") << "{}";
  const ResultsFolder cleared(folder.path(), result_formats_named({"json"}));
  EXPECT_FALSE(fs::exists(folder.path() / "recordings/old.json"));
  EXPECT_FALSE(fs::exists(folder.path() / "run.json"));
}

TEST(ResultsFolder, NeverTouchesRecordingsThatOnlyShareAName) {
  const test::TemporaryFolder folder;
  fs::create_directories(folder.path() / "recordings");
  std::ofstream(folder.path() / "recordings/mine.h5") << "precious";
  EXPECT_THROW(ResultsFolder(folder.path(), result_formats_named({"json"})), UsageError);
  StudyEntry input;
  input.path = folder.path() / "recordings/mine.h5";
  ResultsFolder(folder.path() / "out", result_formats_named({"json"})).finish({}, {});
  EXPECT_THROW(ResultsFolder(folder.path(), result_formats_named({"json"}), {input}), UsageError);
  EXPECT_TRUE(fs::exists(input.path));
}

TEST(ResultFormats, AnUnknownWordIsRefused) {
  EXPECT_THROW(result_formats_named({"json", "docx"}), UsageError);
  EXPECT_THROW(result_formats_named({}), UsageError);
}

TEST(Gather, TwoRecordingsOfOneIdAreRefused) {
  EXPECT_THROW(gather_entries({{sample_study, sample_study}, {}, {}, {}}), UsageError);
}

TEST(Gather, WhatTheUserSaysWinsOverTheStudy) {
  EntryRequest request;
  request.paths = {sample_study};
  request.read.view = View::below;
  for (const StudyEntry& entry : gather_entries(request).entries) {
    EXPECT_EQ(entry.read.view, View::below);
  }
}
