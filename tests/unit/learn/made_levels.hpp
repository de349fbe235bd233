#pragma once

#include "stages/learn/level_readings.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <functional>
#include <vector>

namespace matfit::test {

// A mat whose response is known: reading = gain * law(pressure) over an offset of its own, more
// where the load is coming off, growing with the logarithm of time, with noise and whole numbers.
struct MadeMat {
  int rows = 16;
  int cols = 10;
  double pitch_m = 0.02;
  std::function<double(double)> law;  // Pa -> counts of a cell with gain 1
  Eigen::ArrayXd gain;                // a cell each
  Eigen::ArrayXd bend;  // exponent on the law's shape, a cell each; 1: like the others
  Eigen::ArrayXd offset;
  double noise = 1.0;
  double hysteresis = 0.0;  // relative, of readings while the load comes off
  double creep_per_log_second = 0.0;
  unsigned seed = 1;
};

MadeMat made_mat(const std::function<double(double)>& law, double gain_sd = 0.15,
                 unsigned seed = 1);

// `frames` at 1 Hz, of which `unloaded` leading ones are without load.
Recording recording_under(const MadeMat& mat, const Eigen::ArrayXd& pressure_pa, bool coming_off,
                          std::size_t frames = 60, std::size_t unloaded = 0, unsigned seed = 0);
LoadedRecording uniform_level(const MadeMat& mat, double pressure_pa,
                              LoadDirection direction = LoadDirection::unstated,
                              std::size_t frames = 60, std::size_t unloaded = 0);

// An empty mat and then every pressure, up and where asked down again.
std::vector<LoadedRecording> levels_of(const MadeMat& mat, const std::vector<double>& pressures_pa,
                                       bool and_down = false);

}  // namespace matfit::test
