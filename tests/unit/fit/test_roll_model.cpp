#include "stages/fit/roll_model.hpp"

#include "numeric/random.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <stdexcept>

namespace matfit {
namespace {

// Somebody on the left side in the body frame: the trunk's load along the middle and, `wedge`
// strong, an even load behind it, where low columns are.
struct OnTheSide {
  PressureField field;
  BodyFit body;

  explicit OnTheSide(double wedge) {
    field.geometry = {64, 30, 0.028, 0.028};
    field.orientation = {HeadEnd::first_row, View::above, false, 1.0};
    field.pressure_pa = Eigen::ArrayXXd::Zero(64, 30);
    for (Eigen::Index r = 10; r < 40; ++r) {
      for (Eigen::Index c = 13; c < 18; ++c) field.pressure_pa(r, c) = 4000.0;
      for (Eigen::Index c = 3; c < 13; ++c) field.pressure_pa(r, c) = 800.0 * wedge;
    }
    field.sd_pa = Eigen::ArrayXXd::Zero(64, 30);
    field.repaired.setConstant(64, 30, false);
    put(Landmark::left_shoulder, {0.43, 0.35});
    put(Landmark::left_hip, {0.43, 0.90});
  }
  void put(Landmark landmark, const Eigen::Vector2d& place) {
    LandmarkEstimate estimate;
    estimate.position_m = place;
    body.at(landmark) = estimate;
  }
  Eigen::VectorXd features() const { return *roll_features(field, Posture::left, body); }
};

TEST(RollFeatures, show_a_wedge_behind_the_trunk_and_not_before_it) {
  const Eigen::VectorXd flat = OnTheSide(0.0).features();
  const Eigen::VectorXd propped = OnTheSide(1.0).features();
  const Eigen::VectorXd change = propped - flat;
  EXPECT_GT(change.head(8).sum(), 10.0);  // behind, up to 0.15 m from the axis
  EXPECT_NEAR(change.tail(10).cwiseAbs().maxCoeff(), 0.0, 1e-12);
}

TEST(RollFeatures, are_the_same_in_a_mirror_upside_down_and_in_other_units) {
  const OnTheSide plain(1.0);
  OnTheSide mirrored(1.0);
  mirrored.field.pressure_pa = plain.field.pressure_pa.rowwise().reverse() * 7.5;
  mirrored.body = BodyFit();
  const double width = 30 * 0.028;
  mirrored.put(Landmark::right_shoulder, {width - 0.43, 0.35});
  mirrored.put(Landmark::right_hip, {width - 0.43, 0.90});
  const auto other = roll_features(mirrored.field, Posture::right, mirrored.body);
  ASSERT_TRUE(other);
  EXPECT_LT((*other - plain.features()).cwiseAbs().maxCoeff(), 1e-9);

  OnTheSide turned(1.0);
  turned.field.orientation.head_end = HeadEnd::last_row;
  turned.field.pressure_pa = plain.field.pressure_pa.reverse();
  const double length = 64 * 0.028;
  turned.put(Landmark::left_shoulder, {width - 0.43, length - 0.35});
  turned.put(Landmark::left_hip, {width - 0.43, length - 0.90});
  EXPECT_LT((turned.features() - plain.features()).cwiseAbs().maxCoeff(), 1e-9);
}

TEST(RollFeatures, need_a_side_a_shoulder_a_hip_and_a_load) {
  OnTheSide side(0.0);
  EXPECT_FALSE(roll_features(side.field, Posture::supine, side.body));
  EXPECT_FALSE(roll_features(side.field, Posture::right, side.body));
  side.field.pressure_pa.setZero();
  EXPECT_FALSE(roll_features(side.field, Posture::left, side.body));
}

std::vector<RollSample> samples(std::uint64_t seed) {
  Random random(seed);
  std::vector<RollSample> out;
  for (int i = 0; i < 60; ++i) {
    const Roll truth = all_rolls[static_cast<std::size_t>(i % 3)];
    const double wedge[] = {0.0, 0.6, 1.8};
    Eigen::VectorXd features = OnTheSide(wedge[i % 3]).features();
    for (double& f : features) f += random.normal(0.0, 0.2);
    out.push_back({"P" + std::to_string(i % 5), features, truth});
  }
  return out;
}

TEST(RollModel, tells_the_rolls_that_it_learned_and_says_undecided_between_them) {
  const RollModel model = train_roll_model(samples(1));
  int right = 0;
  for (const RollSample& sample : samples(2)) {
    const RollEstimate estimate = model.predict(sample.features);
    EXPECT_NEAR(estimate.probability[0] + estimate.probability[1] + estimate.probability[2], 1.0,
                1e-12);
    right += estimate.roll == sample.truth ? 1 : 0;
    EXPECT_EQ(estimate.propped, sample.truth != Roll::none);
  }
  EXPECT_GE(right, 54);
  RollModel strict = model;
  strict.least_confidence = 0.9999;
  EXPECT_FALSE(strict.predict(OnTheSide(1.2).features()).roll);
}

TEST(RollModel, is_the_same_after_a_file) {
  const RollModel model = train_roll_model(samples(1));
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "roll.toml") << roll_model_text(model);
  const RollModel read = load_roll_model(folder.path() / "roll.toml");
  for (const RollSample& sample : samples(3)) {
    const RollEstimate a = model.predict(sample.features);
    const RollEstimate b = read.predict(sample.features);
    for (std::size_t i = 0; i < roll_count; ++i) {
      EXPECT_NEAR(a.probability[i], b.probability[i], 1e-4);
    }
  }
}

TEST(RollModel, needs_every_kind_and_a_whole_file) {
  std::vector<RollSample> flat = samples(1);
  std::erase_if(flat, [](const RollSample& sample) { return sample.truth == Roll::steep; });
  EXPECT_THROW(train_roll_model(flat), std::invalid_argument);
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "roll.toml")
      << "format = \"matfit-roll-model\"\nformat_version = 1\nmean = [1.0]\n";
  EXPECT_THROW(load_roll_model(folder.path() / "roll.toml"), UsageError);
}

TEST(RollModel, that_is_shipped_calls_a_trunk_without_wedge_flat) {
  const RollModel shipped =
      load_roll_model(test::project_folder() / "calibration" / "roll_model.toml");
  EXPECT_EQ(shipped.predict(shipped.mean).probability.size(), roll_count);
  EXPECT_LT(shipped.predict(OnTheSide(0.0).features()).probability[2], 0.3);
}

}  // namespace
}  // namespace matfit
