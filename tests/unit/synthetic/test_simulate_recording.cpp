#include "synthetic/simulate_recording.hpp"
#include "synthetic/truth_json.hpp"
#include "types/units.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <stdexcept>

namespace matfit {
namespace {

RecordingPlan example_plan() {
  RecordingPlan plan;
  plan.id = "example";
  plan.body = average_body(Sex::female, 1.66, 62.0);
  plan.mattress = typical_mattress(Firmness::medium);
  plan.sensor = ideal_sensor({60, 36, 0.034, 0.030});
  plan.timeline = {{Posture::empty, 5.0, {}},
                   {Posture::supine, 20.0, plain_pose(Posture::supine)},
                   {Posture::left, 20.0, plain_pose(Posture::left)}};
  plan.seed = 9;
  return plan;
}

Eigen::ArrayXXd frame_at(const Recording& recording, std::size_t i) {
  const FrameBlock block = recording.frames->read(i, 1);
  const MatGeometry& mat = recording.mat.geometry;
  Eigen::ArrayXXd map(mat.rows, mat.cols);
  for (int r = 0; r < mat.rows; ++r) {
    for (int c = 0; c < mat.cols; ++c) map(r, c) = static_cast<double>(block(0, r * mat.cols + c));
  }
  return map;
}

TEST(SimulateRecording, FramesTimesAndLabelsFollowTheTimeline) {
  const SimulatedRecording simulated = simulate_recording(example_plan());
  const Recording& recording = simulated.recording;
  ASSERT_EQ(recording.size(), 45U);
  ASSERT_EQ(recording.time_s.size(), 45U);
  ASSERT_EQ(recording.labels.size(), 45U);
  EXPECT_EQ(recording.labels[2], Posture::empty);
  EXPECT_EQ(recording.labels[6], Posture::unknown);  // lying down
  EXPECT_EQ(recording.labels[15], Posture::supine);
  EXPECT_EQ(recording.labels[25], Posture::unknown);
  EXPECT_EQ(recording.labels[40], Posture::left);
  ASSERT_EQ(simulated.bouts.size(), 2U);
  EXPECT_EQ(simulated.bouts[0].truth.posture, Posture::supine);
  EXPECT_EQ(simulated.bouts[1].start_s, 28.0);
  EXPECT_EQ(simulated.bouts[1].end_s, 45.0);
}

TEST(SimulateRecording, EmptyBedCarriesNothingAndLyingStillCarriesTheWeight) {
  const SimulatedRecording simulated = simulate_recording(example_plan());
  EXPECT_EQ(frame_at(simulated.recording, 1).maxCoeff(), 0.0);
  for (const std::size_t i : {12U, 20U, 35U, 44U}) {
    const double load_n = frame_at(simulated.recording, i).sum() * pa_per_mmhg *
                          simulated.recording.mat.geometry.cell_area_m2();
    EXPECT_NEAR(load_n / (62.0 * standard_gravity_m_per_s2), 1.0, 0.015) << i;
  }
}

TEST(SimulateRecording, BreathingMovesPressureButNotTheLoad) {
  const SimulatedRecording simulated = simulate_recording(example_plan());
  const Eigen::ArrayXXd difference =
      frame_at(simulated.recording, 13) - frame_at(simulated.recording, 15);
  EXPECT_GT(difference.abs().maxCoeff(), 0.05);
  EXPECT_NEAR(difference.sum(), 0.0, 0.01);
}

TEST(SimulateRecording, SamePlanGivesTheSameFramesAndAnotherSeedOthers) {
  RecordingPlan plan = example_plan();
  plan.timeline[1].pose.reset();
  Random random(3);
  plan.sensor = random_sensor(plan.sensor.geometry, random);
  const FrameBlock one = simulate_recording(plan).recording.frames->read(0, 45);
  EXPECT_TRUE((one == simulate_recording(plan).recording.frames->read(0, 45)).all());
  plan.seed = 10;
  EXPECT_FALSE((one == simulate_recording(plan).recording.frames->read(0, 45)).all());
}

TEST(SimulateRecording, StoredOrderTurnsFramesAndTruthAlike) {
  const SimulatedRecording upright = simulate_recording(example_plan());
  for (const HeadEnd head_end : {HeadEnd::last_row, HeadEnd::first_col, HeadEnd::last_col}) {
    RecordingPlan plan = example_plan();
    plan.orientation = {head_end, View::below, false, 1.0};
    const SimulatedRecording turned = simulate_recording(plan);
    const Recording& recording = turned.recording;
    EXPECT_TRUE((canonical_from_recording(frame_at(recording, 15), plan.orientation) ==
                 frame_at(upright.recording, 15))
                    .all());
    const auto heel = static_cast<std::size_t>(Landmark::left_heel);
    const Eigen::Vector2d back = canonical_from_recording(turned.bouts[0].truth.landmarks_m[heel],
                                                          recording.mat.geometry, plan.orientation);
    EXPECT_NEAR((back - upright.bouts[0].truth.landmarks_m[heel]).norm(), 0.0, 1e-9);
    const TrueSpineLevel& level = turned.bouts[1].truth.spine[10];
    const Eigen::Vector2d spine = canonical_from_recording(
        Eigen::Vector2d(level.x_m, level.y_m), recording.mat.geometry, plan.orientation);
    EXPECT_NEAR(spine.y(), upright.bouts[1].truth.spine[10].y_m, 1e-9);
  }
}

TEST(SimulateRecording, CorruptLeadingFramesStandWhereTheSensorSaysSo) {
  RecordingPlan plan = example_plan();
  plan.timeline.erase(plan.timeline.begin());
  const SimulatedRecording sound = simulate_recording(plan);
  plan.sensor.corrupt_leading_frames = 2;
  const SimulatedRecording faulty = simulate_recording(plan);
  EXPECT_FALSE((frame_at(faulty.recording, 1) == frame_at(sound.recording, 1)).all());
  EXPECT_TRUE((frame_at(faulty.recording, 2) == frame_at(sound.recording, 2)).all());
}

TEST(SimulateRecording, RefusesAPlanWithoutTimelineOrRate) {
  RecordingPlan plan = example_plan();
  plan.sample_rate_hz = 0.0;
  EXPECT_THROW(simulate_recording(plan), std::invalid_argument);
  plan = example_plan();
  plan.timeline.clear();
  EXPECT_THROW(simulate_recording(plan), std::invalid_argument);
}

TEST(TruthJson, SaysInMillimetresWhatTheTruthSaysInMetres) {
  const SimulatedRecording simulated = simulate_recording(example_plan());
  const auto json = nlohmann::json::parse(truth_json(simulated));
  EXPECT_EQ(json.at("recording_id"), "example");
  ASSERT_EQ(json.at("bouts").size(), 2U);
  const auto& bout = json.at("bouts")[1];
  EXPECT_EQ(bout.at("posture"), "left");
  EXPECT_EQ(bout.at("spine").at("plane"), "frontal");
  const SyntheticTruth& truth = simulated.bouts[1].truth;
  const auto pelvis = static_cast<std::size_t>(Landmark::pelvis);
  EXPECT_NEAR(bout.at("landmarks").at("pelvis").at("x_mm").get<double>(),
              1000.0 * truth.landmarks_m[pelvis].x(), 0.001);
  EXPECT_NEAR(bout.at("spine").at("metrics").at("tilt_deg").get<double>(),
              truth.metrics.at("tilt_deg"), 0.001);
  EXPECT_NEAR(bout.at("spine").at("levels")[18].at("z_mm").get<double>(),
              1000.0 * truth.spine[18].z_m, 0.001);
}

}  // namespace
}  // namespace matfit
