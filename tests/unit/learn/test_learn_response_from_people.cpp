#include "made_people.hpp"
#include "stages/learn/learn_response_from_people.hpp"
#include "types/response_curve.hpp"
#include "types/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

using test::made_people;
using test::MadePeople;

constexpr double reference_mass_kg = 66.5;

PeopleResponse learned_from(const std::vector<PersonMap>& maps) {
  return learn_response_from_people(maps, test::made_cell_area_m2, reference_mass_kg);
}

TEST(LearnResponseFromPeople, FindsTheExponentWithinItsStatedError) {
  double worst = 0.0;
  double squares = 0.0;
  int studies = 0;
  for (const double exponent : {0.5, 0.7, 1.0}) {
    for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
      const PeopleResponse found = learned_from(made_people({.exponent = exponent, .seed = seed}));
      ASSERT_TRUE(found.learned) << found.reason;
      EXPECT_LT(found.exponent.sd, 0.1);
      const double z = (found.exponent.value - exponent) / found.exponent.sd;
      worst = std::max(worst, std::abs(z));
      squares += z * z;
      ++studies;
    }
  }
  EXPECT_LT(worst, 3.0);
  EXPECT_LT(std::sqrt(squares / studies), 1.5);
}

TEST(LearnResponseFromPeople, NoiseOfTheWeightDoesNotDriveTheExponentToZero) {
  // Least scatter within a person would answer with the smallest exponent.
  const PeopleResponse found =
      learned_from(made_people({.people = 20, .exponent = 0.7, .weight_sd = 0.08}));
  ASSERT_TRUE(found.learned) << found.reason;
  EXPECT_NEAR(found.exponent.value, 0.7, 3.0 * found.exponent.sd);
  EXPECT_GT(found.exponent.value, 0.55);
}

TEST(LearnResponseFromPeople, TellsAKeptOutPersonsMassAndEvensTheLoads) {
  const PeopleResponse found = learned_from(made_people({.exponent = 0.5}));
  ASSERT_EQ(found.kept_out.size(), 8U);
  EXPECT_LT(found.scatter_after, 0.05);
  EXPECT_GT(found.scatter_before, 2.0 * found.scatter_after);
  EXPECT_LT(*found.mass_error_after, 0.05);
  EXPECT_GT(*found.mass_error_before, 2.0 * *found.mass_error_after);
}

TEST(LearnResponseFromPeople, ACurvesPressuresAreRightWithinTheirStatedError) {
  const PeopleResponse found = learned_from(made_people({.exponent = 0.6}));
  const Response response(found.curve);
  ASSERT_FALSE(found.error.empty());
  for (const ResponseError& error : found.error) {
    const double truth_pa = 1000.0 * std::pow(error.reading / 60.0, 0.6);
    EXPECT_LT(std::abs(std::log(response.pressure_pa(error.reading) / truth_pa)),
              3.0 * error.relative_sd)
        << error.reading;
  }
  MatProfile profile;
  profile.error = found.error;
  EXPECT_GT(found.error.back().relative_sd, error_at(profile, found.middle_reading).relative_sd);
}

TEST(LearnResponseFromPeople, NeedsNoMassButThenClaimsNone) {
  std::vector<PersonMap> maps = made_people({.exponent = 0.6});
  const PeopleResponse with = learned_from(maps);
  for (PersonMap& map : maps) map.mass_kg.reset();
  const PeopleResponse without = learned_from(maps);
  ASSERT_TRUE(without.learned);
  EXPECT_DOUBLE_EQ(without.exponent.value, with.exponent.value);
  EXPECT_FALSE(without.mass_error_after.has_value());
  EXPECT_FALSE(without.exponent_from_masses.known());
}

TEST(LearnResponseFromPeople, SaysWhenThereAreTooFewPeople) {
  const PeopleResponse found = learned_from(made_people({.people = 3}));
  EXPECT_FALSE(found.learned);
  EXPECT_THAT(found.reason, testing::HasSubstr("3 people"));
}

TEST(LearnResponseFromPeople, SaysWhenPosturesDifferTooLittle) {
  // The same map over and over, but for noise: nothing tells concentration from weight.
  std::vector<PersonMap> maps = made_people({.people = 6});
  for (std::size_t i = 0; i < maps.size(); ++i) {
    maps[i].reading = maps[i - i % 8].reading * (1.0 + 0.01 * static_cast<double>(i % 8));
  }
  EXPECT_FALSE(learned_from(maps).learned);
}

TEST(LearnResponseFromPeople, DoesNotDependOnTheOrderOfTheMaps) {
  std::vector<PersonMap> maps = made_people({});
  const PeopleResponse once = learned_from(maps);
  std::reverse(maps.begin(), maps.end());
  const PeopleResponse again = learned_from(maps);
  EXPECT_NEAR(once.exponent.value, again.exponent.value, 1e-12);
  EXPECT_NEAR(once.exponent.sd, again.exponent.sd, 1e-12);
}

TEST(ResponseFamily, ALogarithmBecomesACurveThatFollowsIt) {
  const ResponseCurve curve = curve_of(ResponseFamily::logarithm, 70.0, 500.0, 2000.0);
  const Response response(curve);
  for (const double reading : {5.0, 30.0, 100.0, 700.0, 1900.0}) {
    const double truth = 500.0 * std::log1p(reading / 70.0);
    EXPECT_NEAR(response.pressure_pa(reading), truth, 0.01 * truth);
  }
  EXPECT_NEAR(local_exponent(ResponseFamily::logarithm, 70.0, 1e-6), 1.0, 1e-6);
  EXPECT_LT(local_exponent(ResponseFamily::logarithm, 70.0, 1000.0), 0.4);
}

}  // namespace
}  // namespace matfit
