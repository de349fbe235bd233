// Frames a second that calibrated frames are read with, without a profile, with one curve and a
// gain for each cell, and with a curve for each cell.
//   bench_calibrate [FRAMES]

#include "numeric/random.hpp"
#include "stages/calibrate/calibrated_frames.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>

using namespace matfit;

namespace {

constexpr int rows = 64;
constexpr int cols = 32;
constexpr std::size_t block = 64;

double frames_per_second(const Calibration& calibration,
                         const std::shared_ptr<const FrameSource>& frames, std::size_t count) {
  const CalibratedFrames calibrated(frames, calibration);
  const auto start = std::chrono::steady_clock::now();
  double sum = 0.0;  // so that nothing is left out
  for (std::size_t done = 0; done < count; done += block) {
    sum += calibrated.read(0, block)(block - 1, cols);
  }
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return std::isfinite(sum) ? static_cast<double>(count) / seconds : 0.0;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t count = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 100000;
  Random random(1);
  FrameBlock readings(block, rows * cols);
  for (float& v : readings.reshaped()) {
    v = static_cast<float>(random.chance(0.6) ? 0.0 : random.uniform(0.0, 1000.0));
  }
  const auto frames = std::make_shared<MemoryFrames>(readings);

  MatProfile profile;
  profile.rows = rows;
  profile.cols = cols;
  profile.response = {ResponseKind::power, 0.4, 1.6, {}, {}};
  profile.gain = Eigen::ArrayXXd::Ones(rows, cols);
  profile.lowest_reading = 20.0;
  profile.highest_reading = 1000.0;

  Calibration calibration;
  calibration.background = Eigen::ArrayXf::Zero(rows * cols);
  calibration.dead_zone = 2.0F;
  fmt::print("{} frames of {} x {} cells, frames a second\n", count, rows, cols);
  fmt::print("  no profile            {:9.0f}\n", frames_per_second(calibration, frames, count));
  calibration.responses = std::make_shared<CellResponses>(profile);
  fmt::print("  a gain for each cell  {:9.0f}\n", frames_per_second(calibration, frames, count));
  profile.cell_curves.assign(static_cast<std::size_t>(rows) * cols, profile.response);
  calibration.responses = std::make_shared<CellResponses>(profile);
  fmt::print("  a curve for each cell {:9.0f}\n", frames_per_second(calibration, frames, count));
  return 0;
}
