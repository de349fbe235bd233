#include "stages/fit/fit_spine.hpp"

#include "drawn_body.hpp"
#include "knowledge_for_tests.hpp"
#include "stages/fit/fit_body.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>

namespace matfit {
namespace {

struct Tally {
  int count = 0;
  int held = 0;
  double squares = 0.0;

  double coverage() const { return static_cast<double>(held) / count; }
  double rms_error() const { return std::sqrt(squares / count); }
};

// Anyone in any usual way to lie on any foam, by the simulator's own physics.
std::map<std::string, Tally> tally(int sleepers) {
  std::map<std::string, Tally> tallies;
  const MatGeometry geometry = {64, 30, 0.028, 0.028};
  for (int i = 0; i < sleepers; ++i) {
    for (const Posture posture : {Posture::supine, Posture::prone, Posture::left, Posture::right}) {
      Random random(derived_seed(
          2024, static_cast<std::uint64_t>(4 * i) + static_cast<std::uint64_t>(posture)));
      const SleeperBody body = random_body(random);
      const SleeperPose pose = random_pose(posture, random);
      const MattressModel mattress = random_mattress(random);
      const SimulatedLie lie = lie_down(body, pose, mattress, geometry);
      const PressureField field = test::mat_view(lie, static_cast<std::uint64_t>(i));
      Subject subject = subject_of(body, "sleeper");
      subject.shoulder_breadth_m.reset();
      subject.waist_breadth_m.reset();
      subject.hip_breadth_m.reset();
      const BodyFit fit = fit_body(field, posture, subject, test::anthropometry());
      const SpineFit spine =
          fit_spine(field, posture, fit, subject, measured(mattress, CurveKind::uniform),
                    UnitEvidence{}, test::anthropometry(), test::mattress_presets());
      for (const auto& [name, e] : spine.metrics) {
        const auto truth = lie.truth.metrics.find(name);
        if (truth == lie.truth.metrics.end() || !e.known()) continue;
        Tally& t = tallies[name];
        ++t.count;
        t.held += truth->second >= e.ci95_low && truth->second <= e.ci95_high ? 1 : 0;
        t.squares += std::pow(e.value - truth->second, 2);
      }
    }
  }
  return tallies;
}

TEST(SpineTruth, IntervalsHoldTheTruthOfSleepersThatTheFitNeverSaw) {
  constexpr int sleepers = 12;
  const std::map<std::string, Tally> tallies = tally(sleepers);
  for (const auto& [name, t] : tallies) {
    RecordProperty(name + "_coverage", std::to_string(t.coverage()));
    RecordProperty(name + "_rms_error", std::to_string(t.rms_error()));
    ASSERT_GE(t.count, sleepers) << name;
  }
  // 24 lies a metric: a true 95 % interval misses more than four in one run of a hundred.
  for (const char* name :
       {"tilt_deg", "rms_deviation_mm", "max_deviation_mm", "thoracolumbar_angle_deg",
        "thorax_sink_mm", "lumbar_sink_mm", "pelvis_sink_mm", "midline_bend_mm"}) {
    EXPECT_GE(tallies.at(name).coverage(), 0.82) << name;
  }
  EXPECT_LT(tallies.at("tilt_deg").rms_error(), 4.0);
  EXPECT_LT(tallies.at("rms_deviation_mm").rms_error(), 10.0);
  EXPECT_LT(tallies.at("thorax_sink_mm").rms_error(), 20.0);
}

}  // namespace
}  // namespace matfit
