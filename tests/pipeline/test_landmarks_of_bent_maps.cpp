#include "pipeline/batch.hpp"
#include "pipeline/evaluate_landmarks.hpp"
#include "stages/calibrate/profile_file.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace matfit {
namespace {

namespace fs = std::filesystem;

// The annotated recordings, of whose people nothing is stated.
std::vector<StudyEntry> annotated_recordings(const fs::path& datasets,
                                             const std::vector<RecordingAnnotation>& annotations) {
  std::set<std::string> wanted;
  for (const RecordingAnnotation& a : annotations) wanted.insert(a.key);
  std::vector<StudyEntry> entries;
  for (const auto& file : fs::recursive_directory_iterator(datasets / "pmatdata")) {
    const std::string key = pmatdata_key(file.path());
    if (!wanted.contains(key)) continue;
    StudyEntry entry;
    entry.path = file.path();
    entry.recording_id = key;
    entries.push_back(entry);
  }
  std::sort(entries.begin(), entries.end(), [](const StudyEntry& a, const StudyEntry& b) {
    return a.recording_id < b.recording_id;
  });
  return entries;
}

// A profile that takes the readings for the pressure to some power.
fs::path power_profile(const fs::path& folder, int cols, double exponent) {
  MatProfile profile;
  profile.id = fmt::format("power {}", exponent);
  profile.basis = "people";
  profile.rows = 64;
  profile.cols = cols;
  profile.response.kind = ResponseKind::power;
  profile.response.exponent = exponent;
  profile.highest_reading = 5000.0;
  const fs::path path = folder / fmt::format("{}-{}.json", cols, exponent);
  std::ofstream(path) << profile_json(profile);
  return path;
}

struct Medians {
  std::map<std::string, double> cells;  // by mat and view, as "II Air back"
  std::map<std::string, double> found;  // share of the landmarks annotated
};

class LandmarksOfBentMaps : public testing::Test {
 protected:
  static Medians medians(const fs::path& datasets, double exponent) {
    static const Knowledge known = load_knowledge(test::project_folder() / "calibration");
    const std::vector<RecordingAnnotation> annotations =
        read_landmark_annotations(datasets / "annotations" / "pmatdata_landmarks.json");
    const test::TemporaryFolder folder;
    std::vector<StudyEntry> entries = annotated_recordings(datasets, annotations);
    EXPECT_EQ(entries.size(), annotations.size());
    if (exponent != 1.0) {
      const std::string first = power_profile(folder.path(), 32, exponent).string();
      const std::string second = power_profile(folder.path(), 27, exponent).string();
      for (StudyEntry& e : entries) e.profile = e.recording_id.starts_with("I_") ? first : second;
    }
    BatchOptions options;
    options.jobs = 2;
    std::vector<RecordingResult> results;
    for (BatchItem& item : analyze_batch(entries, known, options)) {
      EXPECT_TRUE(item.result) << item.failure->message;
      if (item.result) results.push_back(std::move(*item.result));
    }
    Medians medians;
    for (const LandmarkErrorSummary& s : evaluate_landmarks(results, annotations).summaries) {
      if (s.landmark != "all") continue;
      const std::string set = s.group + " " + s.view;
      medians.cells[set] = s.median_cells;
      medians.found[set] = 1.0 - static_cast<double>(s.missing) / static_cast<double>(s.count);
      RecordProperty(fmt::format("{} {}", set, exponent), fmt::format("{:.3f}", s.median_cells));
    }
    return medians;
  }
};

// Half a cell is what two annotators differ by.
const std::map<std::string, double> highest_median_cells = {
    {"I back", 0.85},      {"I side", 1.25},         {"II Air back", 1.15},
    {"II Air side", 1.05}, {"II Sponge back", 0.85}, {"II Sponge side", 1.05}};

TEST_F(LandmarksOfBentMaps, AreAsGoodAsThoseOfReadingsTakenForPressure) {
  MATFIT_REAL_RECORDINGS(datasets);
  const Medians raw = medians(datasets, 1.0);
  ASSERT_EQ(raw.cells.size(), highest_median_cells.size());
  for (const double exponent : {0.5, 0.8}) {
    const Medians bent = medians(datasets, exponent);
    for (const auto& [set, limit] : highest_median_cells) {
      EXPECT_LT(raw.cells.at(set), limit) << set;
      EXPECT_GT(raw.found.at(set), 0.94) << set;
      EXPECT_NEAR(bent.cells.at(set), raw.cells.at(set), 0.1) << set << ", exponent " << exponent;
      EXPECT_NEAR(bent.found.at(set), raw.found.at(set), 0.03) << set << ", exponent " << exponent;
    }
  }
}

}  // namespace
}  // namespace matfit
