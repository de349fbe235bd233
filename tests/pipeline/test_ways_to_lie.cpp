#include "pipeline/other_mat.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "stages/classify/classify.hpp"
#include "support/datasets.hpp"
#include "synthetic/simulate.hpp"
#include "types/units.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace matfit {
namespace {

constexpr double degree = pi / 180.0;

LimbPose limb(double root_deg, double joint_deg, LimbSupport support = LimbSupport::mat) {
  return {root_deg * degree, joint_deg * degree, 0.0, support};
}

struct WayToLie {
  std::string name;
  Posture posture;
  LimbPose left_arm, right_arm, left_leg, right_leg;
  double roll_deg = 0.0;
  double head_turn_deg = 0.0;
};

// Written down here and drawn from nowhere; sides as the left side.
std::vector<WayToLie> ways_to_lie() {
  const LimbSupport carried = LimbSupport::carried;
  return {
      {"soldier on the front", Posture::prone, limb(12, 5), limb(12, 5), limb(4, 0), limb(4, 0), 0,
       80},
      {"hugging the pillow", Posture::prone, limb(135, 70), limb(135, 70), limb(12, 0), limb(12, 0),
       0, -75},
      {"freefall", Posture::prone, limb(100, 85), limb(100, 85), limb(14, 3), limb(14, 3), 0, 70},
      {"starfish on the front", Posture::prone, limb(120, 20), limb(125, 15), limb(24, 0),
       limb(24, 0), 0, 60},
      {"knee drawn up", Posture::prone, limb(95, 80), limb(15, 5), limb(75, 85), limb(6, 0), 14,
       75},
      {"arms under the chest", Posture::prone, limb(35, 125), limb(35, 125), limb(8, 0), limb(8, 0),
       0, 50},
      {"soldier", Posture::supine, limb(12, 3), limb(12, 3), limb(4, 0), limb(4, 0)},
      {"starfish", Posture::supine, limb(130, 50), limb(130, 50), limb(22, 0), limb(22, 0)},
      {"arms overhead", Posture::supine, limb(160, 20), limb(160, 20), limb(6, 0), limb(6, 0)},
      {"legs crossed", Posture::supine, limb(15, 5), limb(15, 5), limb(-5, 0), limb(-4, 0)},
      {"log", Posture::left, limb(15, 10), limb(10, 0, carried), limb(3, 3), limb(3, 3, carried)},
      {"yearner", Posture::left, limb(90, 15), limb(85, 20), limb(20, 35), limb(20, 35, carried)},
      {"fetal", Posture::left, limb(75, 110), limb(60, 90), limb(85, 100), limb(85, 100, carried),
       0, 25},
      {"upper leg forward", Posture::left, limb(100, 60), limb(60, 40), limb(15, 25), limb(80, 85),
       10, 10},
  };
}

SleeperPose pose_of(const WayToLie& way, Random& random) {
  SleeperPose pose;
  pose.posture = way.posture;
  pose.left_arm = way.left_arm;
  pose.right_arm = way.right_arm;
  pose.left_leg = way.left_leg;
  pose.right_leg = way.right_leg;
  pose.roll_rad = way.roll_deg * degree;
  pose.head_turn_rad = way.head_turn_deg * degree;
  pose.yaw_rad = random.normal(0.0, 4.0 * degree);
  pose.shift_x_m = random.normal(is_side(way.posture) ? -0.06 : 0.0, 0.04);
  return random.chance(0.5) ? mirrored(pose) : pose;
}

// The mat's own recording of that lie, calibrated.
PressureSeries seen_by(const OtherMat& mat, const SimulatedLie& lie,
                       const CalibrationKnowledge& known, Random& noise) {
  PressureSeries truth;
  truth.geometry = lie.geometry;
  truth.orientation = {HeadEnd::first_row, View::above, false, 1.0};
  FrameBlock frames(3, lie.geometry.cells());
  for (int t = 0; t < 3; ++t) {
    frames.row(t) = lie.pressure_pa.reshaped<Eigen::RowMajor>().transpose().cast<float>();
    truth.time_s.push_back(t);
    truth.valid.push_back(1);
  }
  truth.frames_pa = std::make_shared<MemoryFrames>(std::move(frames));
  return calibrate(recorded_by(mat, {}, truth, noise), known);
}

// Ways to lie that nobody drew for training, on firm and soft mattresses beyond those of training,
// seen by coarse mats of all kinds.
TEST(ShippedPostureModel, KnowsWaysToLieOnCoarseMats) {
  const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  const PostureModel model =
      load_posture_model(test::project_folder() / "calibration/posture_model.bin");
  const std::vector<WayToLie> ways = ways_to_lie();
  std::map<Posture, int> right;
  std::map<Posture, int> all;
  std::uint64_t index = 0;
  for (const auto& [rows, cols] : {std::pair{40, 26}, std::pair{30, 11}}) {
    for (int look = 0; look < 3; ++look) {
      for (const WayToLie& way : ways) {
        Random random(derived_seed(777, index++));
        const SleeperBody body = random_body(random);
        MattressModel mattress = typical_mattress(look == 0 ? Firmness::firm : Firmness::soft);
        mattress.foam.plateau_pa *= look == 0 ? 8.0 : 0.6;
        mattress.foam.modulus_pa *= look == 0 ? 8.0 : 0.6;
        OtherMat mat = random_other_mat(rows, cols, random);
        mat.sensor.exponent = random.uniform(0.7, 1.4);  // of pressure that is true
        mat.stature_scale = 1.0;
        const SleeperPose pose = pose_of(way, random);
        LieOptions other_cover;
        other_cover.fine_pitch_m = 0.02;
        other_cover.cover_spread_m = random.uniform(0.004, 0.030);
        const SimulatedLie lie = lie_down(body, pose, mattress, {100, 60, 0.02, 0.02}, other_cover);
        const PostureTimeline timeline = classify(seen_by(mat, lie, known, random), model);
        ++all[way.posture];
        if (!timeline.bouts.empty() && timeline.bouts.front().posture == pose.posture) {
          ++right[way.posture];
        }
      }
    }
  }
  for (const auto& [posture, count] : all) {
    EXPECT_GE(right[posture], 0.85 * count) << name_of(posture) << " of " << count;
    RecordProperty(std::string(name_of(posture)), right[posture]);
  }
}

}  // namespace
}  // namespace matfit
