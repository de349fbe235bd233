#include "pipeline/learn_mat_from_people.hpp"
#include "stages/calibrate/profile_file.hpp"
#include "stages/write/recording_file.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"
#include "synthetic/simulate_recording.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>

namespace matfit {
namespace {

namespace fs = std::filesystem;

const Knowledge& knowledge() {
  static const Knowledge known = load_knowledge(test::project_folder() / "calibration");
  return known;
}

// Subject number -> kg, from the published UTF-16 table, which holds nothing but ASCII.
std::map<std::string, double> masses_kg(const fs::path& table) {
  std::ifstream in(table, std::ios::binary);
  std::string bytes((std::istreambuf_iterator<char>(in)), {});
  std::erase_if(bytes, [](char c) { return c <= 0 || c == '\r'; });
  std::map<std::string, double> masses;
  std::istringstream lines(bytes);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    masses["S" + line.substr(0, line.find(','))] = std::stod(line.substr(line.rfind(',') + 1));
  }
  return masses;
}

StudyEntry entry_of(const fs::path& path, const std::string& person, Posture posture,
                    const std::string& condition) {
  StudyEntry entry;
  entry.path = path;
  entry.recording_id = person + "_" + path.stem().string();
  entry.subject_id = person;
  entry.condition = condition;
  entry.posture = posture;
  return entry;
}

// The first experiment as the study of it describes it.
std::vector<StudyEntry> experiment_i(const fs::path& datasets) {
  const fs::path folder = datasets / "pmatdata/experiment-i";
  const std::map<std::string, double> masses = masses_kg(folder / "subject-info-i.csv");
  std::vector<StudyEntry> entries;
  for (int person = 1; person <= 9; ++person) {
    for (int file = 1; file <= 17; ++file) {
      const bool right = file == 2 || file == 4 || file == 5 || file == 13;
      const bool left = file == 3 || file == 6 || file == 7 || file == 14;
      const Posture posture = right ? Posture::right : left ? Posture::left : Posture::supine;
      const char* condition = file >= 4 && file <= 7 ? "wedge" : file >= 15 ? "bed raised" : "flat";
      entries.push_back(entry_of(folder / fmt::format("S{}", person) / fmt::format("{}.txt", file),
                                 fmt::format("S{}", person), posture, condition));
      entries.back().subject = Subject{};
      entries.back().subject->id = entries.back().subject_id;
      entries.back().subject->mass_kg = masses.at(entries.back().subject_id);
    }
  }
  return entries;
}

// One mattress of the second experiment.
std::vector<StudyEntry> experiment_ii(const fs::path& datasets, const std::string& mattress) {
  std::vector<StudyEntry> entries;
  for (int person = 1; person <= 5; ++person) {
    const fs::path folder =
        datasets / "pmatdata/experiment-ii" / fmt::format("S{}", person) / (mattress + "_Mat");
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(folder)) files.push_back(file.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      const char letter = file.stem().string()[("Matrix_" + mattress + "_").size()];
      if (letter == 'G') continue;
      const Posture posture = letter == 'C'   ? Posture::right
                              : letter == 'D' ? Posture::left
                                              : Posture::supine;
      const char* condition = letter == 'E' ? "wedge" : letter == 'F' ? "bed raised" : "flat";
      entries.push_back(entry_of(file, fmt::format("S{}", person), posture, condition));
    }
  }
  return entries;
}

LearnedMat learned_from(const PeopleMaps& maps) {
  LearnMatOptions options;
  options.id = "mat";
  return learn_mat_from_people(maps, knowledge().calibration, options);
}

TEST(LearnMatFromPeople, KeptOutPeopleOfTheFirstExperimentGainFromAll) {
  MATFIT_REAL_RECORDINGS(datasets);
  const PeopleMaps maps = people_maps_of(experiment_i(datasets), knowledge(), {});
  EXPECT_THAT(maps.failures, testing::IsEmpty());
  EXPECT_EQ(maps.all.size(), 153U);
  EXPECT_EQ(maps.flat.size(), 90U);
  const LearnedMat learned = learned_from(maps);

  const PeopleResponse& response = learned.response;
  ASSERT_TRUE(response.learned) << response.reason;
  EXPECT_EQ(response.family, ResponseFamily::power);
  EXPECT_NEAR(response.exponent.value, 0.56, 0.04);
  EXPECT_LT(response.exponent.sd, 0.06);
  EXPECT_GT(response.scatter_before, 0.125);
  EXPECT_LT(response.scatter_after, 0.052);
  EXPECT_LT(response.scatter_after, response.other_family_scatter);
  for (const KeptOutResponse& row : response.kept_out) {
    EXPECT_LT(row.scatter_after, 0.6 * row.scatter_before) << row.person;
  }
  EXPECT_LT(*response.mass_error_after, 0.8 * *response.mass_error_before);
  // Nine doubtful masses alone leave the exponent open.
  EXPECT_GT(response.exponent_from_masses.ci95_high - response.exponent_from_masses.ci95_low, 0.4);

  EXPECT_EQ(learned.pattern.decision, PatternDecision::repeats) << learned.pattern.reason;
  EXPECT_NEAR(learned.pattern.roughness_before, 0.245, 0.01);
  EXPECT_LE(learned.pattern.roughness_after, 0.182);
  for (const KeptOutRoughness& row : learned.pattern.kept_out) {
    EXPECT_LT(row.after, 0.9 * row.before) << row.person;
  }

  EXPECT_TRUE(learned.creep.learned) << learned.creep.reason;
  EXPECT_LT(learned.creep.rate_after, 0.35 * learned.creep.rate_before);
  ASSERT_TRUE(learned.profile.creep);
  EXPECT_NEAR(learned.profile.creep->rate_per_log_second * std::log(10.0), 0.22, 0.04);
  EXPECT_NEAR(learned.profile.creep->reference_s, 50.0, 10.0) << "half of a recording, and 10 s";
}

TEST(LearnMatFromPeople, TheProfileIsReadBackAsItIs) {
  MATFIT_REAL_RECORDINGS(datasets);
  const LearnedMat learned = learned_from(people_maps_of(experiment_i(datasets), knowledge(), {}));
  const test::TemporaryFolder folder;
  const fs::path path = folder.path() / "mat.json";
  std::ofstream(path) << profile_json(learned.profile);
  const MatProfile read = read_profile(path);
  EXPECT_EQ(read.basis, "people");
  EXPECT_FALSE(read.absolute);
  EXPECT_EQ(read.response.exponent, learned.profile.response.exponent);
  EXPECT_TRUE((read.gain == learned.profile.gain).all());
  EXPECT_EQ(profile_json(read), profile_json(learned.profile));
}

TEST(LearnMatFromPeople, TheSpongesPatternRepeatsAndTheAirMattresssDoesNot) {
  MATFIT_REAL_RECORDINGS(datasets);
  const LearnedMat sponge =
      learned_from(people_maps_of(experiment_ii(datasets, "Sponge"), knowledge(), {}));
  EXPECT_EQ(sponge.pattern.decision, PatternDecision::repeats) << sponge.pattern.reason;
  EXPECT_LT(sponge.pattern.roughness_after, 0.8 * sponge.pattern.roughness_before);
  EXPECT_NEAR(sponge.response.exponent.value, 0.73, 0.08);
  EXPECT_LT(sponge.response.scatter_after, 0.75 * sponge.response.scatter_before);
  EXPECT_FALSE(sponge.profile.creep) << "single frames tell nothing of time";

  const LearnedMat air =
      learned_from(people_maps_of(experiment_ii(datasets, "Air"), knowledge(), {}));
  EXPECT_EQ(air.pattern.decision, PatternDecision::does_not_repeat);
  EXPECT_LT(air.pattern.halves_correlation.value, 0.3);
  EXPECT_EQ(air.profile.gain.size(), 0);
  EXPECT_NEAR(air.response.exponent.value, 0.53, 0.08);
  EXPECT_LT(air.response.scatter_after, 0.6 * air.response.scatter_before);
}

TEST(LearnMatFromPeople, ThreePeopleAreNotEnough) {
  MATFIT_REAL_RECORDINGS(datasets);
  std::vector<StudyEntry> entries = experiment_i(datasets);
  std::erase_if(entries, [](const StudyEntry& e) { return e.subject_id > "S3"; });
  const LearnedMat learned = learned_from(people_maps_of(entries, knowledge(), {}));
  EXPECT_FALSE(learned.changes_anything());
  EXPECT_EQ(learned.pattern.decision, PatternDecision::not_enough);
  EXPECT_EQ(learned.profile.gain.size(), 0);
}

TEST(LearnMatFromPeople, OneThreadIsAsManyAsFour) {
  MATFIT_REAL_RECORDINGS(datasets);
  PeopleMapsOptions many;
  many.jobs = 4;
  const auto entries = experiment_ii(datasets, "Sponge");
  EXPECT_EQ(profile_json(learned_from(people_maps_of(entries, knowledge(), {})).profile),
            profile_json(learned_from(people_maps_of(entries, knowledge(), many)).profile));
}

// A recording without labels, so that the model has to tell the posture.
TEST(PeopleMapsOfStudy, TakeNoLieBelowTheConfidenceOfTheDataFile) {
  RecordingPlan plan;
  plan.id = "unlabelled";
  plan.body = average_body(Sex::female, 1.68, 64.0);
  plan.mattress = typical_mattress(Firmness::medium);
  plan.sensor = ideal_sensor({64, 32, 0.0285, 0.0285});
  plan.timeline = {{Posture::supine, 3.0, plain_pose(Posture::supine)}};
  Recording recording = simulate_recording(plan).recording;
  recording.labels.clear();
  const test::TemporaryFolder folder;
  write_recording(recording, folder.path() / "unlabelled.h5");
  StudyEntry entry;
  entry.recording_id = plan.id;
  entry.path = folder.path() / "unlabelled.h5";

  Knowledge known = knowledge();
  EXPECT_EQ(people_maps_of({entry}, known, {}).all.size(), 1U);
  known.calibration.least_posture_confidence = 1.0;
  const PeopleMaps demanding = people_maps_of({entry}, known, {});
  EXPECT_TRUE(demanding.all.empty());
  EXPECT_THAT(demanding.left_out, testing::SizeIs(1));
}

}  // namespace
}  // namespace matfit
