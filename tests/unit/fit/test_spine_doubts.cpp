#include "stages/fit/spine_doubts.hpp"

#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"
#include "types/spine_names.hpp"
#include "types/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>

namespace matfit {
namespace {

const LyingLimits& limits() {
  static const LyingLimits shipped =
      load_lying_limits(test::project_folder() / "calibration" / "lying_limits.toml");
  return shipped;
}

// A spine half a metre long whose course in the mat's plane bulges by `bulge_m`, its heights flat.
SpineFit fitted(SpineBasis basis, double bulge_m = 0.03) {
  SpineFit fit;
  fit.status = FitStatus::converged;
  fit.basis = basis;
  for (std::size_t i = 0; i < spine_level_names.size(); ++i) {
    const double u = static_cast<double>(i) / 18.0;
    SpineLevel level;
    level.level = spine_level_names[i];
    level.x_m = 0.4 + bulge_m * std::sin(pi * u);
    level.y_m = 0.3 + 0.5 * u;
    level.sd_m = 0.005;
    if (basis != SpineBasis::none) {
      level.z_m = 0.05;
      // A hollow between the seventh thoracic vertebra and the sacrum.
      level.neutral_z_m = u > 0.38 ? 0.02 * std::sin(pi * (u - 0.38) / 0.62) : 0.0;
    }
    fit.levels.push_back(level);
  }
  fit.metrics["midline_bend_mm"] = gaussian_estimate(10.0, 5.0);
  if (basis == SpineBasis::none) return fit;
  fit.metrics["tilt_deg"] = gaussian_estimate(1.0, 2.0);
  fit.metrics["thoracolumbar_angle_deg"] = gaussian_estimate(2.0, 3.0);
  fit.metrics["rms_deviation_mm"] = {2.0, 1.0, 0.5, 4.0};
  fit.metrics["max_deviation_mm"] = {4.0, 2.0, 1.0, 8.0};
  fit.metrics["thorax_sink_mm"] = {40.0, 10.0, 25.0, 65.0};
  fit.metrics["lordosis_angle_change_deg"] = gaussian_estimate(-1.0, 3.0);
  fit.metrics["lordosis_depth_change_mm"] = gaussian_estimate(-1.0, 3.0);
  return fit;
}

RollEstimate roll_of(double none, double low, double steep) {
  RollEstimate roll;
  roll.probability = {none, low, steep};
  if (none >= 0.6) roll.propped = false;
  if (none <= 0.4) roll.propped = true;
  if (low >= 0.6) roll.roll = Roll::low;
  if (steep >= 0.6) roll.roll = Roll::steep;
  return roll;
}

SpineFit on_the_side(const RollEstimate& roll, SpineBasis basis = SpineBasis::curve) {
  return with_doubts(fitted(basis), Posture::left, roll, std::nullopt, limits());
}

SpineFit on_the_back(double hip_load, SpineBasis basis = SpineBasis::curve) {
  return with_doubts(fitted(basis), Posture::supine, std::nullopt, hip_load, limits());
}

TEST(SpineDoubts, leave_a_level_upright_lie_as_it_is) {
  for (const SpineFit& fit : {on_the_side(roll_of(0.9, 0.1, 0.0)), on_the_back(0.7)}) {
    EXPECT_TRUE(fit.doubts.empty());
    EXPECT_TRUE(fit.note.empty());
    EXPECT_DOUBLE_EQ(fit.metrics.at("tilt_deg").sd, 2.0);
    EXPECT_DOUBLE_EQ(fit.levels[9].sd_m, 0.005);
    EXPECT_DOUBLE_EQ(fit.levels[9].z_m, 0.05);
  }
}

TEST(SpineDoubts, widen_what_a_roll_turns_upright_by_as_much_as_the_roll) {
  const SpineFit low = on_the_side(roll_of(0.1, 0.8, 0.1));
  const SpineFit steep = on_the_side(roll_of(0.1, 0.1, 0.8));
  ASSERT_EQ(low.doubts, std::vector<SpineDoubt>{SpineDoubt::body_rolled});
  EXPECT_THAT(low.note, testing::HasSubstr("by 20-40 degrees"));
  EXPECT_THAT(steep.note, testing::HasSubstr("by 60 degrees"));
  // The bulge's angle is some 13 degrees; half of it and more comes upright.
  EXPECT_GT(low.metrics.at("thoracolumbar_angle_deg").sd, 6.0);
  EXPECT_GT(steep.metrics.at("thoracolumbar_angle_deg").sd,
            1.2 * low.metrics.at("thoracolumbar_angle_deg").sd);
  const double sine = std::sqrt((8.0 * 0.25 + 1.0 * 0.75) / 9.0);
  EXPECT_NEAR(low.levels[9].sd_m, std::hypot(0.005, 0.03 * sine), 1e-6);
  EXPECT_DOUBLE_EQ(low.levels[9].z_m, 0.05);
  const Estimate& largest = low.metrics.at("max_deviation_mm");
  EXPECT_DOUBLE_EQ(largest.value, 4.0);
  EXPECT_DOUBLE_EQ(largest.ci95_low, 0.0);
  EXPECT_GT(largest.ci95_high, 15.0);
  // What does not hang on that plane stays.
  EXPECT_DOUBLE_EQ(low.metrics.at("thorax_sink_mm").sd, 10.0);
  EXPECT_DOUBLE_EQ(low.metrics.at("midline_bend_mm").sd, 5.0);
}

TEST(SpineDoubts, say_perhaps_where_the_roll_is_undecided_and_widen_less) {
  const SpineFit perhaps = on_the_side(roll_of(0.5, 0.4, 0.1));
  const SpineFit surely = on_the_side(roll_of(0.1, 0.72, 0.18));
  ASSERT_EQ(perhaps.doubts, std::vector<SpineDoubt>{SpineDoubt::body_perhaps_rolled});
  EXPECT_FALSE(perhaps.note.empty());
  const auto sd = [](const SpineFit& fit) { return fit.metrics.at("thoracolumbar_angle_deg").sd; };
  EXPECT_GT(sd(perhaps), 3.5);
  EXPECT_LT(sd(perhaps), sd(surely));
}

TEST(SpineDoubts, mirror_with_the_person) {
  const RollEstimate roll = roll_of(0.1, 0.8, 0.1);
  SpineFit right = fitted(SpineBasis::curve);
  for (SpineLevel& level : right.levels) level.x_m = 0.8 - level.x_m;
  right = with_doubts(right, Posture::right, roll, std::nullopt, limits());
  const SpineFit left = on_the_side(roll);
  for (const auto& [name, metric] : left.metrics) {
    EXPECT_NEAR(right.metrics.at(name).sd, metric.sd, 1e-9) << name;
    EXPECT_NEAR(right.metrics.at(name).value, metric.value, 1e-9) << name;
  }
}

TEST(SpineDoubts, withhold_heights_under_the_load_of_a_raised_bed) {
  const SpineFit raised = on_the_back(1.5);
  ASSERT_EQ(raised.doubts, std::vector<SpineDoubt>{SpineDoubt::load_as_raised});
  EXPECT_THAT(raised.note, testing::HasSubstr("1.5 times"));
  EXPECT_FALSE(raised.metrics.contains("lordosis_angle_change_deg"));
  EXPECT_FALSE(raised.metrics.contains("lordosis_depth_change_mm"));
  EXPECT_TRUE(raised.metrics.contains("thorax_sink_mm"));
  for (const SpineLevel& level : raised.levels) EXPECT_TRUE(std::isnan(level.z_m));
  // Without a stiffness there are none to withhold, and the plane's bars stay.
  const SpineFit in_plane = on_the_back(1.5, SpineBasis::none);
  EXPECT_EQ(in_plane.doubts, raised.doubts);
  EXPECT_DOUBLE_EQ(in_plane.levels[3].sd_m, 0.005);
}

TEST(SpineDoubts, widen_the_change_of_lordosis_where_the_bed_may_be_raised) {
  const SpineFit perhaps = on_the_back(1.1);
  ASSERT_EQ(perhaps.doubts, std::vector<SpineDoubt>{SpineDoubt::load_perhaps_as_raised});
  // Ten degrees of lordosis are lost where somebody is bent by 60.
  EXPECT_NEAR(perhaps.metrics.at("lordosis_angle_change_deg").sd, std::hypot(3.0, 10.0), 0.1);
  EXPECT_GT(perhaps.metrics.at("lordosis_depth_change_mm").sd, 4.0);
  EXPECT_DOUBLE_EQ(perhaps.levels[9].z_m, 0.05);
}

TEST(SpineDoubts, are_none_of_a_spine_that_was_not_fitted) {
  const SpineFit fit =
      with_doubts(SpineFit(), Posture::left, roll_of(0.1, 0.8, 0.1), std::nullopt, limits());
  EXPECT_TRUE(fit.doubts.empty());
}

TEST(SpineDoubts, have_names_that_read_back) {
  for (const SpineDoubt doubt : all_spine_doubts) {
    EXPECT_EQ(spine_doubt_named(name_of(doubt)), doubt);
  }
  EXPECT_FALSE(spine_doubt_named("bent"));
}

TEST(LyingLimits, name_what_is_wrong_in_their_file) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "lying_limits.toml";
  std::ofstream(path) << "format = \"matfit-lying-limits\"\nformat_version = 1\n"
                         "[sources]\nx = \"x\"\n[roll]\nlow_deg = 120\nsource = \"x\"\n"
                         "[raised]\nsource = \"x\"\n[lordosis]\nsource = \"x\"\n";
  try {
    load_lying_limits(path);
    FAIL() << "no error";
  } catch (const UsageError& error) {
    EXPECT_THAT(error.what(),
                testing::AllOf(testing::HasSubstr("line 6"), testing::HasSubstr("roll.low_deg")));
  }
}

}  // namespace
}  // namespace matfit
