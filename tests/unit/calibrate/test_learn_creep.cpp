#include "numeric/random.hpp"
#include "sleeper_in_time.hpp"
#include "stages/calibrate/learn_creep.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

namespace matfit {
namespace {

using test::SleeperInTime;
using test::trial_of;

// A weight put on the mat at 0 s.
CreepTrial weight(const std::string& name, double rate, unsigned seed) {
  Random random(seed);
  LyingCourse course;
  course.seen = true;
  course.quiet_s = 300.0;
  course.runs.resize(1);
  for (int t = 1; t < 300; t += 10) {
    course.runs[0].push_back({static_cast<double>(t), 500.0 * log_time_factor(rate, t) *
                                                          (1.0 + random.normal(0.0, 0.001))});
  }
  return {name, {course}};
}

TEST(LearnCreep, FindsTheRateThatPeopleShare) {
  std::vector<CreepTrial> trials;
  for (unsigned person = 0; person < 4; ++person) {
    for (unsigned k = 0; k < 3; ++k) {
      SleeperInTime course;
      course.creep_per_decade = 0.18;
      course.lead_s = 4.0 + 7.0 * person + 2.0 * k;
      course.seed = 10 * person + k + 1;
      trials.push_back(trial_of(course, "person " + std::to_string(person)));
    }
  }
  const auto learned = learn_creep(trials);
  ASSERT_TRUE(learned);
  const double truth = 0.18 / std::log(10.0);
  EXPECT_NEAR(learned->law.rate_per_log_second, truth, 0.15 * truth);
  EXPECT_LT(std::abs(learned->law.rate_per_log_second - truth), 3.0 * learned->law.rate_sd);
  EXPECT_EQ(learned->trials, 12U);
  EXPECT_EQ(learned->persons.size(), 4U);
}

TEST(LearnCreep, AKnownConstantLoadTellsTheRateBest) {
  const auto learned = learn_creep({weight("10 kg", 0.05, 1), weight("20 kg", 0.05, 2)});
  ASSERT_TRUE(learned);
  EXPECT_NEAR(learned->law.rate_per_log_second, 0.05, 0.001);
  EXPECT_LT(learned->law.rate_sd, 0.003);
}

TEST(LearnCreep, PeopleWhoDifferWidenTheError) {
  std::vector<CreepTrial> alike, different;
  for (unsigned k = 0; k < 6; ++k) {
    alike.push_back(weight("w" + std::to_string(k), 0.05, k));
    different.push_back(weight("w" + std::to_string(k), 0.03 + 0.008 * k, k));
  }
  EXPECT_LT(learn_creep(alike)->between_person_sd, 0.002);
  EXPECT_NEAR(learn_creep(different)->between_person_sd, 0.015, 0.006);
  EXPECT_GT(learn_creep(different)->law.rate_sd, 2.0 * learn_creep(alike)->law.rate_sd);
}

TEST(LearnCreep, NothingComesOfNothing) { EXPECT_FALSE(learn_creep({})); }

std::vector<CreepTrial> weights_of(const std::vector<double>& rates) {
  std::vector<CreepTrial> trials;
  for (unsigned k = 0; k < rates.size(); ++k) {
    trials.push_back(weight("w" + std::to_string(k), rates[k], k));
  }
  return trials;
}

TEST(ProveCreep, TakesTheSharedRateOutOfThoseWhoWereKeptOut) {
  const CreepProof proof = prove_creep(weights_of({0.05, 0.052, 0.048, 0.05, 0.051}));
  EXPECT_TRUE(proof.learned) << proof.reason;
  EXPECT_NEAR(proof.law.rate_per_log_second, 0.05, 0.002);
  EXPECT_LT(proof.rate_after, 0.1 * proof.rate_before);
  ASSERT_EQ(proof.kept_out.size(), 5U);
  // The others' mean is 0.04975: what is left of the second is its own rate less that.
  EXPECT_NEAR(proof.kept_out[1].left, 0.00225, 0.001);
}

TEST(ProveCreep, ItsErrorIsThatOfTheNextPerson) {
  const CreepProof proof = prove_creep(weights_of({0.04, 0.06, 0.05, 0.045, 0.055}));
  EXPECT_TRUE(proof.learned) << proof.reason;
  EXPECT_NEAR(proof.law.rate_sd, 0.0085, 0.003);
}

TEST(ProveCreep, LearnsNothingFromRatesThatPeopleDoNotShare) {
  const CreepProof proof = prove_creep(weights_of({0.08, -0.05, 0.02, -0.04, 0.06}));
  EXPECT_FALSE(proof.learned);
  EXPECT_EQ(proof.kept_out.size(), 5U);
}

TEST(ProveCreep, LearnsNothingFromThreePeople) {
  const CreepProof proof = prove_creep(weights_of({0.05, 0.05, 0.05}));
  EXPECT_FALSE(proof.learned);
  EXPECT_NE(proof.reason.find("3 people"), std::string::npos);
}

}  // namespace
}  // namespace matfit
