#include "synthetic/spine_truth.hpp"

#include "types/units.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

const MatGeometry mat{84, 52, 0.026, 0.026};

SleeperBody anyone() { return average_body(Sex::female, 1.68, 64.0); }

// A body in its pose whose trunk nodes were displaced by rise(s); nothing else moved.
struct Displaced {
  PosedBody body;
  FineGrid grid;
  Settled settled;
};

template <typename Rise>
Displaced displaced(Posture posture, Rise rise) {
  PosedBody body = pose_body(anyone(), plain_pose(posture), mat);
  const FineGrid grid = underside_of(body, 0.0125).grid;
  Settled settled;
  settled.rise_m = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(body.nodes.size()));
  for (int k = 0; k < body.trunk_nodes; ++k) {
    settled.rise_m[k] = rise(k * body.trunk_node_spacing_m);
  }
  settled.indentation_m = Eigen::ArrayXXd::Zero(grid.rows, grid.cols);
  return {std::move(body), grid, std::move(settled)};
}

std::map<std::string, double> metrics(const Displaced& d, Posture posture) {
  return true_metrics(d.body, posture, d.settled, d.grid);
}

TEST(SpineTruth, LevelsRunFromC7ToS1TowardsTheFeet) {
  const Displaced d = displaced(Posture::supine, [](double) { return 0.0; });
  const std::vector<TrueSpineLevel> levels = true_spine(d.body, d.settled);
  ASSERT_EQ(levels.size(), 19U);
  EXPECT_EQ(levels.front().level, "C7");
  EXPECT_EQ(levels.back().level, "S1");
  for (std::size_t i = 1; i < levels.size(); ++i) EXPECT_GT(levels[i].y_m, levels[i - 1].y_m);
  EXPECT_NEAR(levels.back().y_m - levels.front().y_m, 0.29 * 1.68, 0.03);
}

TEST(SpineTruth, StraightSpineOnTheSideHasNoDeviation) {
  const auto m = metrics(displaced(Posture::left, [](double) { return -0.03; }), Posture::left);
  EXPECT_NEAR(m.at("tilt_deg"), 0.0, 1e-6);
  EXPECT_NEAR(m.at("rms_deviation_mm"), 0.0, 1e-6);
  EXPECT_NEAR(m.at("max_deviation_mm"), 0.0, 1e-6);
  EXPECT_NEAR(m.at("thoracolumbar_angle_deg"), 0.0, 1e-6);
}

TEST(SpineTruth, PelvisLowerThanShouldersIsPositiveTilt) {
  const double slope = std::tan(4.0 / deg_per_rad);
  const auto m =
      metrics(displaced(Posture::right, [&](double s) { return -slope * s; }), Posture::right);
  EXPECT_NEAR(m.at("tilt_deg"), 4.0, 1e-6);
  EXPECT_NEAR(m.at("rms_deviation_mm"), 0.0, 1e-6);
}

TEST(SpineTruth, SpineConvexTowardsTheMattressHasPositiveAngle) {
  const auto hammock = [](double s) { return 0.5 * (s - 0.25) * (s - 0.25); };
  const auto m = metrics(displaced(Posture::left, hammock), Posture::left);
  EXPECT_GT(m.at("thoracolumbar_angle_deg"), 3.0);
  EXPECT_GT(m.at("max_deviation_mm"), m.at("rms_deviation_mm"));
  const auto arch =
      metrics(displaced(Posture::left, [&](double s) { return -hammock(s); }), Posture::left);
  EXPECT_NEAR(arch.at("thoracolumbar_angle_deg"), -m.at("thoracolumbar_angle_deg"), 1e-9);
}

TEST(SpineTruth, UnmovedBodyKeepsItsNeutralLordosis) {
  for (const Posture posture : {Posture::supine, Posture::prone}) {
    const auto m = metrics(displaced(posture, [](double) { return -0.05; }), posture);
    EXPECT_NEAR(m.at("lordosis_depth_change_mm"), 0.0, 1e-6);
    EXPECT_NEAR(m.at("lordosis_angle_change_deg"), 0.0, 1e-6);
  }
}

TEST(SpineTruth, SaggingLoinsFlattenOnTheBackAndHollowOnTheFront) {
  const auto sag = [](double s) {
    const double u = (s - 0.42) / 0.10;
    return -0.008 * std::exp(-0.5 * u * u);
  };
  const auto supine = metrics(displaced(Posture::supine, sag), Posture::supine);
  const auto prone = metrics(displaced(Posture::prone, sag), Posture::prone);
  EXPECT_LT(supine.at("lordosis_depth_change_mm"), -1.0);
  EXPECT_LT(supine.at("lordosis_angle_change_deg"), 0.0);
  EXPECT_GT(prone.at("lordosis_depth_change_mm"), 1.0);
  EXPECT_GT(prone.at("lordosis_angle_change_deg"), 0.0);
}

TEST(SpineTruth, SinkIsTheIndentationUnderThePart) {
  Displaced d = displaced(Posture::supine, [](double) { return 0.0; });
  const double hip_y = d.body.landmarks_m[static_cast<std::size_t>(Landmark::pelvis)].y();
  for (int r = 0; r < d.grid.rows; ++r) {
    const double y = d.grid.origin_m.y() + r * d.grid.pitch_m;
    if (std::abs(y - hip_y) < 0.07) d.settled.indentation_m.row(r) = 0.031;
  }
  const auto m = metrics(d, Posture::supine);
  EXPECT_NEAR(m.at("pelvis_sink_mm"), 31.0, 1e-9);
  EXPECT_NEAR(m.at("thorax_sink_mm"), 0.0, 1e-9);
}

TEST(SpineTruth, HeavyPelvisTiltsTheSpineMoreOnASofterMattress) {
  const auto tilt = [&](Firmness firmness, double upper_mass_share) {
    SleeperBody body = anyone();
    body.upper_mass_share = upper_mass_share;
    return lie_down(body, plain_pose(Posture::left), typical_mattress(firmness), mat)
        .truth.metrics.at("tilt_deg");
  };
  EXPECT_GT(tilt(Firmness::soft, -0.04), tilt(Firmness::soft, 0.04) + 0.5);
  const double gain_soft = tilt(Firmness::soft, -0.04) - tilt(Firmness::soft, 0.04);
  const double gain_firm = tilt(Firmness::firm, -0.04) - tilt(Firmness::firm, 0.04);
  EXPECT_GT(gain_soft, gain_firm);
}

TEST(SpineTruth, StifferSpineStaysStraighter) {
  const auto deviation = [&](double stiffness) {
    SleeperBody body = anyone();
    body.spine_stiffness = stiffness;
    return lie_down(body, plain_pose(Posture::right), typical_mattress(Firmness::firm), mat)
        .truth.metrics.at("rms_deviation_mm");
  };
  EXPECT_LT(deviation(50.0), 0.25 * deviation(1.0));
  EXPECT_LT(deviation(1.0), deviation(0.4));
}

TEST(SpineTruth, MirroredSleeperHasTheSameMetrics) {
  const MattressModel mattress = typical_mattress(Firmness::medium);
  const auto left = lie_down(anyone(), plain_pose(Posture::left), mattress, mat).truth.metrics;
  const auto right = lie_down(anyone(), plain_pose(Posture::right), mattress, mat).truth.metrics;
  ASSERT_EQ(left.size(), right.size());
  for (const auto& [name, value] : left) EXPECT_NEAR(value, right.at(name), 0.7) << name;
}

// The pelvis sinks away from the stiff thorax, so that the spine bends over its lower ribs; on a
// hard mattress it finds nothing to sink into.
TEST(SpineTruth, HeavyPelvisSinksBendsAndTiltsTheSpineOnASoftMattress) {
  const auto change_on = [&](const MattressModel& mattress) {
    const auto metrics_with = [&](double upper_mass_share) {
      SleeperBody body = anyone();
      body.mass_places = TrunkMassPlaces::de_leva_centres;
      body.upper_mass_share = upper_mass_share;
      return lie_down(body, plain_pose(Posture::left), mattress, mat).truth.metrics;
    };
    auto change = metrics_with(-0.05);
    for (const auto& [name, value] : metrics_with(0.0)) change[name] -= value;
    return change;
  };
  MattressModel hard = typical_mattress(Firmness::firm);
  scale_firmness(hard, 4.0);
  const auto soft = change_on(typical_mattress(Firmness::soft));
  const auto firm = change_on(hard);
  EXPECT_GT(soft.at("pelvis_sink_mm"), 2.0);
  EXPECT_GT(soft.at("tilt_deg"), 1.0);
  EXPECT_LT(soft.at("thoracolumbar_angle_deg"), -1.0);
  EXPECT_LT(firm.at("pelvis_sink_mm"), 0.5 * soft.at("pelvis_sink_mm"));
  EXPECT_LT(firm.at("tilt_deg"), 0.6 * soft.at("tilt_deg"));
  EXPECT_LT(std::abs(firm.at("thoracolumbar_angle_deg")),
            0.8 * std::abs(soft.at("thoracolumbar_angle_deg")));
}

TEST(SpineTruth, WornHollowUnderThePelvisLowersItAndTiltsTheSpine) {
  const MattressModel new_mattress = typical_mattress(Firmness::medium);
  MattressModel worn = new_mattress;
  const auto lie_on = [&](const MattressModel& mattress) {
    return lie_down(anyone(), plain_pose(Posture::right), mattress, mat).truth;
  };
  const SyntheticTruth before = lie_on(new_mattress);
  worn.hollow = WornHollow{
      before.landmarks_m[static_cast<std::size_t>(Landmark::pelvis)], {0.2, 0.2}, 0.03, 0.2};
  const SyntheticTruth after = lie_on(worn);
  EXPECT_GT(after.metrics.at("tilt_deg"), before.metrics.at("tilt_deg") + 1.0);
  EXPECT_LT(after.spine.back().z_m, before.spine.back().z_m - 0.015);
}

}  // namespace
}  // namespace matfit
