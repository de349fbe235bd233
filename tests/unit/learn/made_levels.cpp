#include "made_levels.hpp"

#include "numeric/random.hpp"

#include <algorithm>
#include <cmath>

namespace matfit::test {

MadeMat made_mat(const std::function<double(double)>& law, double gain_sd, unsigned seed) {
  MadeMat mat;
  mat.law = law;
  mat.seed = seed;
  Random random(seed);
  const Eigen::Index cells = mat.rows * mat.cols;
  mat.gain.resize(cells);
  mat.offset.resize(cells);
  for (Eigen::Index c = 0; c < cells; ++c) {
    mat.gain[c] = std::exp(random.normal(0.0, gain_sd));
    mat.offset[c] = 40.0 + random.normal(0.0, 6.0);
  }
  mat.bend = Eigen::ArrayXd::Ones(cells);
  return mat;
}

Recording recording_under(const MadeMat& mat, const Eigen::ArrayXd& pressure_pa, bool coming_off,
                          std::size_t frames, std::size_t unloaded, unsigned seed) {
  Random random(derived_seed(mat.seed, seed + 1000));
  Recording recording;
  recording.id = "level";
  recording.path = "level";
  recording.mat.geometry = {mat.rows, mat.cols, mat.pitch_m, mat.pitch_m};
  recording.time_source = "file";
  FrameBlock block(static_cast<Eigen::Index>(frames), mat.rows * mat.cols);
  constexpr double reference_pa = 10000.0;
  const double at_reference = mat.law(reference_pa);
  for (std::size_t t = 0; t < frames; ++t) {
    recording.time_s.push_back(static_cast<double>(t));
    const double age_s = static_cast<double>(t) - static_cast<double>(unloaded) + 1.0;
    const double growth = t < unloaded ? 0.0
                                       : (1.0 + mat.creep_per_log_second * std::log(age_s)) *
                                             (coming_off ? 1.0 + mat.hysteresis : 1.0);
    for (Eigen::Index c = 0; c < block.cols(); ++c) {
      const double shape = mat.law(pressure_pa[c]) / at_reference;
      const double loaded =
          shape > 0.0 ? mat.gain[c] * at_reference * std::pow(shape, mat.bend[c]) : 0.0;
      const double value = mat.offset[c] + growth * loaded + random.normal(0.0, mat.noise);
      block(static_cast<Eigen::Index>(t), c) =
          static_cast<float>(std::clamp(std::round(value), 0.0, 65535.0));
    }
  }
  recording.frames = std::make_shared<MemoryFrames>(std::move(block));
  return recording;
}

LoadedRecording uniform_level(const MadeMat& mat, double pressure_pa, LoadDirection direction,
                              std::size_t frames, std::size_t unloaded) {
  LoadedRecording level;
  level.load.pressure_pa = pressure_pa;
  level.load.direction = direction;
  level.load.file = "levels.csv";
  level.load.place = "line of the level";
  const unsigned seed =
      static_cast<unsigned>(pressure_pa) * 2U + (direction == LoadDirection::down ? 1U : 0U);
  level.recording = recording_under(mat, Eigen::ArrayXd::Constant(mat.rows * mat.cols, pressure_pa),
                                    direction == LoadDirection::down, frames, unloaded, seed);
  return level;
}

std::vector<LoadedRecording> levels_of(const MadeMat& mat, const std::vector<double>& pressures_pa,
                                       bool and_down) {
  std::vector<LoadedRecording> levels = {uniform_level(mat, 0.0)};
  for (const double pressure : pressures_pa) {
    levels.push_back(
        uniform_level(mat, pressure, and_down ? LoadDirection::up : LoadDirection::unstated));
    if (and_down) levels.push_back(uniform_level(mat, pressure, LoadDirection::down));
  }
  return levels;
}

}  // namespace matfit::test
