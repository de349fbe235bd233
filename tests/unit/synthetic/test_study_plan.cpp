#include "synthetic/study_plan.hpp"
#include "types/error.hpp"

#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace matfit {
namespace {

constexpr const char* sound_seed = R"(format = "matfit-study-seed"
format_version = 1
seed = 5
sample_rate_hz = 2.0
[mat]
rows = 60
cols = 30
row_pitch_mm = 32
col_pitch_mm = 30
[[mattress]]
id = "m"
feel = "soft"
thickness_mm = 220
[[person]]
id = "p"
sex = "female"
stature_cm = 170
mass_kg = 60
age_years = 44
symptoms = ["numbness"]
[[recording]]
person = "p"
mattress = "m"
faults = ["dead_column", "hot_cell", "corrupt_frames"]
head_end = "last_row"
timeline = [["empty", 3], ["prone", 10]]
)";

class SeedFile : public testing::Test {
 protected:
  StudyPlan plan_of(const std::string& text) {
    const auto path = folder_.path() / "seed.toml";
    std::ofstream(path, std::ios::binary) << text;
    return read_study_plan(path);
  }

  // The seed file with one line replaced by another.
  std::string changed(const std::string& line, const std::string& other) {
    std::string text = sound_seed;
    const auto at = text.find(line);
    EXPECT_NE(at, std::string::npos);
    return text.replace(at, line.size(), other);
  }

  void expect_refusal(const std::string& text, const std::string& line,
                      const std::string& expected) {
    try {
      plan_of(text);
      ADD_FAILURE() << "accepted";
    } catch (const UsageError& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr("seed.toml: line " + line));
      EXPECT_THAT(error.what(), testing::HasSubstr(expected));
    }
  }

 private:
  test::TemporaryFolder folder_;
};

TEST_F(SeedFile, SaysWhoLiesOnWhat) {
  const StudyPlan plan = plan_of(sound_seed);
  ASSERT_EQ(plan.people.size(), 1U);
  EXPECT_EQ(plan.people[0].subject.id, "p");
  EXPECT_EQ(plan.people[0].subject.symptoms, std::vector<std::string>{"numbness"});
  EXPECT_EQ(*plan.mattresses[0].measured.thickness_m, 0.220);
  ASSERT_EQ(plan.recordings.size(), 1U);
  const RecordingPlan& recording = plan.recordings[0].plan;
  EXPECT_EQ(recording.id, "p-m");
  EXPECT_EQ(recording.orientation.head_end, HeadEnd::last_row);
  EXPECT_EQ(recording.timeline[1].posture, Posture::prone);
  EXPECT_EQ(recording.sensor.stuck.size(), 1U);
  EXPECT_GE(recording.sensor.corrupt_leading_frames, 2);
  int dead_columns = 0;
  for (int c = 0; c < 30; ++c) dead_columns += (recording.sensor.gain.col(c) == 0.0).all();
  EXPECT_EQ(dead_columns, 1);
}

TEST_F(SeedFile, RecordingHasItsPersonAndMattressInIt) {
  const StudyPlan plan = plan_of(sound_seed);
  const SimulatedRecording simulated = simulate(plan, plan.recordings[0]);
  EXPECT_EQ(simulated.recording.subject->id, "p");
  EXPECT_EQ(simulated.recording.mattress->id, "m");
  EXPECT_EQ(simulated.recording.size(), 26U);
}

TEST_F(SeedFile, IsRefusedWithLineAndExpectation) {
  expect_refusal(changed("mass_kg = 60", "mass_kg = 6"), "18", "35 to 200");
  expect_refusal(changed("mass_kg = 60", "weight = 60"), "14", "mass_kg is missing");
  expect_refusal(changed("age_years = 44", "age_years = 44\nshoe = 39"), "20", "no such key");
  expect_refusal(changed("feel = \"soft\"", "feel = \"hard\""), "12", "soft, medium or firm");
  expect_refusal(changed("person = \"p\"", "person = \"q\""), "22", "an id that stands");
  expect_refusal(changed("[\"prone\", 10]", "[\"prone\"]"), "26", "[[\"empty\", 5]");
  expect_refusal(changed("\"hot_cell\"", "\"cold_cell\""), "24", "hot_cell");
  expect_refusal(changed("seed = 5", "seed = "), "3", "");
}

TEST(RandomStudy, GivesEveryPersonEveryMattressAndTheSameStudyForTheSameSeed) {
  StudyRequest request;
  request.persons = 3;
  request.seed = 8;
  const StudyPlan plan = random_study(request);
  EXPECT_EQ(plan.recordings.size(), 9U);
  EXPECT_EQ(plan.recordings[4].plan.id, "P2-medium");
  const StudyPlan again = random_study(request);
  EXPECT_EQ(again.people[2].body.mass_kg, plan.people[2].body.mass_kg);
  request.seed = 9;
  EXPECT_NE(random_study(request).people[2].body.mass_kg, plan.people[2].body.mass_kg);
  request.mattresses = {"hard"};
  EXPECT_THROW(random_study(request), UsageError);
}

}  // namespace
}  // namespace matfit
