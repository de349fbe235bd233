#include "numeric/log_time_fit.hpp"

#include "numeric/random.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

constexpr double rate = 0.08;
constexpr double noise = 0.003;

// Two minutes in runs of their own level, seen from `lead_s` after lying down.
std::vector<LogTimeRun> runs_after(double lead_s, Random& random, double scatter = noise) {
  std::vector<LogTimeRun> runs(2);
  for (int t = 0; t < 120; t += 4) {
    const double level = t < 50 ? 700.0 : 640.0;
    const double factor = log_time_factor(rate, t + lead_s);
    runs[t < 50 ? 0 : 1].push_back(
        {static_cast<double>(t), level * factor * (1.0 + random.normal(0.0, scatter))});
  }
  return runs;
}

TEST(LogTimeFit, FindsTheRateOfCourseWithoutNoise) {
  Random random(1);
  const LogTimeFit fit = fit_log_time(runs_after(0.0, random, 0.0), nullptr);
  ASSERT_TRUE(fit.known());
  EXPECT_NEAR(fit.rate().value, rate, 1e-4);
}

TEST(LogTimeFit, ItsErrorIsThatOfRepeatedFits) {
  double squares = 0.0;
  constexpr int repeats = 200;
  for (int k = 0; k < repeats; ++k) {
    Random random(derived_seed(3, static_cast<std::uint64_t>(k)));
    const LogTimeRate found = fit_log_time(runs_after(0.0, random), nullptr).rate();
    const double z = (found.value - rate) / found.sd;
    squares += z * z;
  }
  EXPECT_GT(squares / repeats, 0.4);
  EXPECT_LT(squares / repeats, 1.7);
}

TEST(LogTimeFit, TheIntervalHoldsTheRateWhereLyingDownWasNotSeen) {
  const LeadPrior prior;
  int held = 0;
  constexpr int repeats = 200;
  for (int k = 0; k < repeats; ++k) {
    Random random(derived_seed(4, static_cast<std::uint64_t>(k)));
    const double lead_s = prior.median_s * std::exp(random.normal() * std::log(prior.factor));
    const LogTimeRate found = fit_log_time(runs_after(lead_s, random), &prior).rate();
    held += std::abs(rate - found.value) <= 1.96 * found.sd ? 1 : 0;
  }
  EXPECT_GE(held, repeats * 88 / 100);
}

TEST(LogTimeFit, AnUnknownLeadWidensTheError) {
  Random random(5);
  const std::vector<LogTimeRun> runs = runs_after(0.0, random);
  const LeadPrior prior;
  EXPECT_GT(fit_log_time(runs, &prior).rate().sd, 2.0 * fit_log_time(runs, nullptr).rate().sd);
}

TEST(LogTimeFit, AFewWildPointsDoNotMatter) {
  Random random(6);
  std::vector<LogTimeRun> runs = runs_after(0.0, random);
  runs[0][5].value *= 1.4;
  runs[1][7].value *= 0.5;
  EXPECT_NEAR(fit_log_time(runs, nullptr).rate().value, rate, 0.01);
}

TEST(LogTimeFit, TellsTheLeadWhereTheRateIsKnown) {
  for (const double lead_s : {3.0, 12.0, 60.0}) {
    Random random(7);
    const LeadPrior prior;
    const LogTimeFit fit = fit_log_time(runs_after(lead_s, random, 0.001), &prior);
    EXPECT_NEAR(std::log(fit.lead_s(rate, 0.004) / lead_s), 0.0, 0.35) << lead_s;
  }
}

TEST(LogTimeFit, TooFewPointsTellNothing) {
  EXPECT_FALSE(fit_log_time({{{1.0, 5.0}, {2.0, 5.1}, {3.0, 5.2}, {4.0, 5.3}}}, nullptr).known());
  EXPECT_FALSE(fit_log_time({}, nullptr).known());
}

}  // namespace
}  // namespace matfit
