// Processor time of the body and spine fits on simulated sleepers, by posture.
//   bench_fit [SLEEPERS]

#include "stages/fit/fit_body.hpp"
#include "stages/fit/fit_spine.hpp"
#include "support/datasets.hpp"
#include "synthetic/simulate.hpp"

#include <cstdlib>
#include <ctime>
#include <optional>

#include <fmt/format.h>

using namespace matfit;

namespace {

double processor_ms(std::clock_t since) {
  return 1e3 * static_cast<double>(std::clock() - since) / CLOCKS_PER_SEC;
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

}  // namespace

int main(int argc, char** argv) {
  const int sleepers = argc > 1 ? std::atoi(argv[1]) : 20;
  const auto folder = test::project_folder() / "calibration";
  const Anthropometry known = load_anthropometry(folder / "anthropometry.toml");
  const MattressPresets presets = load_mattress_presets(folder / "mattress_presets.toml");
  Mattress mattress;
  mattress.firmness = 5.0;
  for (const Posture posture : {Posture::supine, Posture::prone, Posture::left, Posture::right}) {
    double body_ms = 0.0;
    double spine_ms = 0.0;
    for (int i = 0; i < sleepers; ++i) {
      Random random(derived_seed(1, static_cast<std::uint64_t>(i)));
      const PressureField field =
          field_of(lie_down(random_body(random), random_pose(posture, random),
                            random_mattress(random), {64, 32, 0.0284, 0.0254}));
      std::clock_t start = std::clock();
      const BodyFit body = fit_body(field, posture, std::nullopt, known);
      body_ms += processor_ms(start);
      start = std::clock();
      fit_spine(field, posture, body, std::nullopt, mattress, UnitEvidence{}, known, presets);
      spine_ms += processor_ms(start);
    }
    fmt::print("{:7} fit_body {:.2f} ms  fit_spine {:.2f} ms\n", name_of(posture),
               body_ms / sleepers, spine_ms / sleepers);
  }
  return 0;
}
