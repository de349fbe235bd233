#include "sleeper_in_time.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "stages/calibrate/creep.hpp"
#include "support/datasets.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>

namespace matfit {
namespace {

using test::sleeper_in_time;
using test::SleeperInTime;
using test::trial_of;

TEST(CreepFactors, TakeTheCreepOutOfAPersonWhoLayAlready) {
  SleeperInTime course;
  course.creep_per_decade = 0.18;
  course.lead_s = 20.0;
  const CreepTrial trial = trial_of(course, "someone");
  const CreepLaw law{0.18 / std::log(10.0), 0.003};
  Occupation all;
  all.loaded.assign(course.frames, 1);
  all.empty.assign(course.frames, 0);
  std::vector<double> time_s;
  for (std::size_t t = 0; t < course.frames; ++t) time_s.push_back(static_cast<double>(t));
  const std::vector<float> factors =
      creep_factors(law, all, time_s, &trial.courses.front(), LeadPrior{});
  for (std::size_t t = 0; t < course.frames; ++t) {
    EXPECT_NEAR(factors[t] / log_time_factor(law.rate_per_log_second, time_s[t] + 20.0), 1.0, 0.02);
  }
}

TEST(CreepFactors, BeginAnewWhenThePersonComesBack) {
  Occupation who;
  who.empty = {1, 0, 0, 0, 1, 0, 0};
  who.loaded = {0, 1, 1, 0, 0, 1, 1};
  const std::vector<float> f =
      creep_factors({0.1, 0.0}, who, {0, 10, 20, 30, 40, 50, 60}, nullptr, LeadPrior{});
  EXPECT_EQ(f[0], 1.0F);
  EXPECT_NEAR(f[1], 1.0 + 0.1 * std::log(5.0), 1e-6) << "came between two frames";
  EXPECT_GT(f[2], f[1]);
  EXPECT_GT(f[3], f[2]) << "somebody who sits up half has not left";
  EXPECT_EQ(f[4], 1.0F);
  EXPECT_EQ(f[5], f[1]);
}

TEST(CreepCompensation, LeavesNoCreepInARecordingOfAMatWhoseLawIsKnown) {
  const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  SleeperInTime course;
  course.creep_per_decade = 0.18;
  course.lead_s = 12.0;
  const Recording recording = sleeper_in_time(course);
  auto profile = std::make_shared<MatProfile>();
  profile->id = "mat";
  profile->basis = "known_weights";
  profile->rows = recording.mat.geometry.rows;
  profile->cols = recording.mat.geometry.cols;
  profile->absolute = true;
  profile->response.factor = 10.0;
  profile->highest_reading = 1e6;
  CalibrateOptions options;
  options.profile = profile;
  const PressureSeries plain = calibrate(recording, known, options);
  profile->creep = CreepLaw{0.18 / std::log(10.0), 0.002, 60.0};
  const PressureSeries freed = calibrate(recording, known, options);
  EXPECT_FALSE(plain.quality.creep.compensated);
  EXPECT_GT(plain.quality.creep.rate_per_decade.value, 0.10);
  EXPECT_TRUE(freed.quality.creep.compensated);
  EXPECT_LT(std::abs(freed.quality.creep.rate_per_decade.value), 0.02);
  const std::size_t last = freed.load_n.size() - 1;
  EXPECT_GT(plain.load_n[last] / plain.load_n[1], 1.08);
  EXPECT_NEAR(freed.load_n[last] / freed.load_n[1], 1.0, 0.02);
  // The curve holds for a load of a minute's age: there nothing changes.
  EXPECT_NEAR(freed.load_n[48] / plain.load_n[48], 1.0, 0.02);
}

}  // namespace
}  // namespace matfit
