// Processor time of the body and spine fits on simulated sleepers, in ms and as multiples of a
// reference kernel (100 000 exponentials) timed in the same run. Each fit is the fastest of some
// runs, so that other work on the machine does not count.
//   bench_fit [SLEEPERS]

#include "stages/fit/fit_body.hpp"
#include "stages/fit/fit_spine.hpp"
#include "support/datasets.hpp"
#include "synthetic/simulate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <optional>
#include <vector>

#include <fmt/format.h>

using namespace matfit;

namespace {

constexpr int runs = 5;

template <typename Work>
double fastest_ms(const Work& work) {
  double fastest = std::numeric_limits<double>::infinity();
  for (int i = 0; i < runs; ++i) {
    const std::clock_t start = std::clock();
    work();
    fastest = std::min(fastest, 1e3 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
  }
  return fastest;
}

double reference_ms() {
  constexpr int count = 100000;
  volatile double sum = 0.0;  // so that nothing is left out
  return fastest_ms([&] {
    double total = 0.0;
    for (int i = 0; i < count; ++i) total += std::exp(-1e-4 * i);
    sum = total;
  });
}

PressureField field_of(const SimulatedLie& lie) {
  PressureField field;
  field.geometry = lie.geometry;
  field.orientation = {HeadEnd::first_row, View::above, false, 1.0};
  field.pressure_pa = lie.pressure_pa;
  field.sd_pa = Eigen::ArrayXXd::Zero(lie.geometry.rows, lie.geometry.cols);
  field.repaired.setConstant(lie.geometry.rows, lie.geometry.cols, false);
  field.absolute = true;
  return field;
}

struct Case {
  const char* name;
  Posture posture;
  bool curled;
  MatGeometry mat;
};

SleeperPose pose_of(const Case& way, Random& random) {
  SleeperPose pose = random_pose(way.posture, random);
  if (!way.curled) return pose;
  pose.trunk_flexion_rad = 0.6;
  for (LimbPose* leg : {&pose.left_leg, &pose.right_leg}) {
    leg->root_angle_rad = 1.6;
    leg->joint_angle_rad = 1.9;
  }
  return pose;
}

}  // namespace

int main(int argc, char** argv) {
  const int sleepers = argc > 1 ? std::atoi(argv[1]) : 20;
  const auto folder = test::project_folder() / "calibration";
  const Anthropometry known = load_anthropometry(folder / "anthropometry.toml");
  const MattressPresets presets = load_mattress_presets(folder / "mattress_presets.toml");
  Mattress mattress;
  mattress.firmness = 5.0;
  const MatGeometry usual = {64, 32, 0.0284, 0.0254};
  const MatGeometry fine = {192, 84, 0.0102, 0.0102};
  const std::vector<Case> cases = {
      {"supine", Posture::supine, false, usual},
      {"prone", Posture::prone, false, usual},
      {"left", Posture::left, false, usual},
      {"right", Posture::right, false, usual},
      {"left, curled", Posture::left, true, usual},
      {"supine, 192 x 84", Posture::supine, false, fine},
      {"left, 192 x 84", Posture::left, false, fine},
  };
  const double reference = reference_ms();
  fmt::print("reference kernel {:.3f} ms; fits in ms (and in reference kernels)\n", reference);
  for (const Case& way : cases) {
    double body_ms = 0.0;
    double spine_ms = 0.0;
    for (int i = 0; i < sleepers; ++i) {
      Random random(derived_seed(1, static_cast<std::uint64_t>(i)));
      const SleeperBody person = random_body(random);
      const SleeperPose pose = pose_of(way, random);
      const PressureField field =
          field_of(lie_down(person, pose, random_mattress(random), way.mat));
      BodyFit body;
      body_ms +=
          fastest_ms([&] { body = fit_body(field, way.posture, std::nullopt, known); }) / sleepers;
      spine_ms += fastest_ms([&] {
                    fit_spine(field, way.posture, body, std::nullopt, mattress, UnitEvidence{},
                              known, presets);
                  }) /
                  sleepers;
    }
    fmt::print("{:17} fit_body {:6.2f} ({:5.1f})  fit_spine {:6.2f} ({:5.1f})\n", way.name, body_ms,
               body_ms / reference, spine_ms, spine_ms / reference);
  }
  return 0;
}
