#include "stages/acquire/read_recording.hpp"
#include "stages/acquire/study.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace matfit {
namespace {

namespace fs = std::filesystem;

// What SHA256SUMS.txt says of each file.
std::map<std::string, std::string> published_sums(const fs::path& folder) {
  std::ifstream in(folder / "SHA256SUMS.txt");
  std::map<std::string, std::string> sums;
  std::string sum;
  std::string name;
  while (in >> sum >> name) sums[name] = sum;
  return sums;
}

// An independent reading of the same whole numbers: sum and count.
std::pair<double, std::size_t> sum_and_count(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  double sum = 0.0;
  std::size_t count = 0;
  long number = -1;
  for (const char c : text + "\n") {
    if (c >= '0' && c <= '9') {
      number = 10 * std::max(number, 0L) + (c - '0');
    } else if (number >= 0) {
      sum += static_cast<double>(number);
      ++count;
      number = -1;
    }
  }
  return {sum, count};
}

TEST(RealRecordings, of_pmatdata_are_all_read_with_their_format_sum_and_checksum) {
  MATFIT_REAL_RECORDINGS(datasets);
  const fs::path folder = datasets / "pmatdata";
  const auto sums = published_sums(folder);
  ASSERT_FALSE(sums.empty());
  std::map<std::string, int> read;
  for (const auto& item : fs::recursive_directory_iterator(folder)) {
    const std::string name = item.path().lexically_relative(folder).generic_string();
    if (item.path().extension() != ".txt" || !name.starts_with("experiment-")) continue;
    const Recording recording = read_recording(item.path());
    ++read[recording.format];
    EXPECT_EQ(recording.format, name.starts_with("experiment-ii/") ? "pmatdata-ii" : "pmatdata-i");
    const FrameBlock frames = recording.frames->read(0, recording.size());
    const auto [sum, count] = sum_and_count(item.path());
    EXPECT_EQ(static_cast<std::size_t>(frames.size()), count) << name;
    EXPECT_EQ(frames.cast<double>().sum(), sum) << name;
    ASSERT_TRUE(sums.contains(name)) << name;
    EXPECT_EQ(recording.sha256, sums.at(name)) << name;
  }
  EXPECT_EQ(read["pmatdata-i"], 153);
  EXPECT_EQ(read["pmatdata-ii"], 293);
}

TEST(RealRecordings, of_popu_are_all_read_with_posture_and_person) {
  MATFIT_REAL_RECORDINGS(datasets);
  ReadOptions options;
  options.row_pitch_m = options.col_pitch_m = 0.028;
  std::map<Posture, int> files;
  for (const auto& item : fs::recursive_directory_iterator(datasets / "popu-preview")) {
    if (item.path().extension() != ".json") continue;
    const Recording recording = read_recording(item.path(), options);
    const bool over = item.path().generic_string().find("tactilus") != std::string::npos;
    EXPECT_EQ(recording.mat.geometry.rows, over ? 64 : 12);
    EXPECT_EQ(recording.subject->mass_kg, 96.0);
    const std::string name = item.path().stem().string();
    if (name == "others") {
      EXPECT_TRUE(recording.labels.empty());
    } else {
      EXPECT_EQ(recording.size(), 10U) << name;
      EXPECT_TRUE(name.starts_with(name_of(recording.labels.front()))) << name;
      ++files[recording.labels.front()];
    }
  }
  EXPECT_EQ(files[Posture::prone], 42);
  EXPECT_EQ(files[Posture::left], 42);
  EXPECT_EQ(files[Posture::empty], 2);
}

TEST(RealRecordings, become_studies_with_the_annotations_ids_and_one_id_a_person) {
  MATFIT_REAL_RECORDINGS(datasets);
  const test::TemporaryFolder folder;
  const std::string script = (test::project_folder() / "scripts/pmatdata_study").string();
  const std::string command =
      script + " " + datasets.string() + " " + folder.path().string() + " 2>/dev/null";
  ASSERT_EQ(std::system(command.c_str()), 0);
  const Study one = read_study(folder.path() / "experiment-i");
  const Study two = read_study(folder.path() / "experiment-ii");
  EXPECT_EQ(one.entries.size(), 153U);
  EXPECT_EQ(two.entries.size(), 293U);
  std::map<std::string, StudyEntry> entries;
  for (const Study* study : {&one, &two}) {
    for (const StudyEntry& entry : study->entries) entries[entry.recording_id] = entry;
  }
  std::ifstream in(datasets / "annotations" / "pmatdata_landmarks.json");
  const nlohmann::json annotations = nlohmann::json::parse(in);
  EXPECT_EQ(annotations.size(), 132U);
  for (const auto& [id, annotation] : annotations.items()) {
    ASSERT_TRUE(entries.contains(id)) << id;
    const std::string posture = annotation["posture"];
    EXPECT_TRUE(posture.starts_with(name_of(entries[id].posture.value()))) << id;
  }
  // By age, stature and mass S4 of the second experiment is S5 of the first.
  EXPECT_EQ(entries["II_S4_Air_B1"].subject_id, "S5");
  EXPECT_EQ(entries["II_S4_Air_B1"].subject->mass_kg, entries["I_S5_1"].subject->mass_kg);
  const Recording recording = read_entry(entries["I_S3_14"]);
  EXPECT_EQ(recording.labels, std::vector<Posture>(recording.size(), Posture::left));
}

}  // namespace
}  // namespace matfit
