#pragma once

#include "types/known_load.hpp"
#include "types/recording.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

// One recording under a known load: what was known against what the profile makes of it.
struct CertifiedLevel {
  std::string recording;  // path as given
  std::string sha256;
  LoadDirection direction = LoadDirection::unstated;
  double known_pa = 0.0;
  std::size_t first_frame = 0;  // of the steady part that was used
  std::size_t last_frame = 0;   // one past the end
  double drift = 0.0;           // relative change of the readings within that part
  std::size_t cells = 0;        // that were under the load
  double measured_pa = 0.0;     // mean over those cells
  double sd_pa = 0.0;           // over those cells
  double worst_error_pa = 0.0;  // of the cell that is farthest off, with its sign
  std::array<int, 2> worst_cell{};
  // rms over the cells of the error that a profile made without this level has; absent for the
  // highest level, beyond which nothing is converted.
  std::optional<double> left_out_rms_pa;
  std::optional<double> left_out_mean_pa;  // its mean over the cells
  std::optional<double> load_over_weight;  // for known masses: load told by the profile over m g
};

// A kind of curve that was tried.
struct CurveTrial {
  std::string kind;           // "linear", "power", "monotone_cubic"
  bool own_curves = false;    // a curve for each cell, or one curve and a gain for each cell
  double left_out_rms = 0.0;  // rms over the levels left out one by one, share of the range
};

// A cell whose readings did not suffice for a curve of its own.
struct UncalibratedCell {
  int row = 0;
  int col = 0;
  std::string why;  // "no response", "not under any load", "readings do not rise", ...
};

// What a calibration with known loads showed: the evidence behind a mat's profile.
struct MatCertificate {
  std::string profile_id;
  std::string model;
  int rows = 0;
  int cols = 0;
  PressureUnit unit = PressureUnit::raw;
  std::string basis;                   // as in the profile
  std::string source;                  // as in the profile
  std::vector<CertifiedLevel> levels;  // by known pressure, then in the order given
  std::vector<CurveTrial> trials;      // simplest first
  std::size_t chosen = 0;              // of the trials
  double lowest_pa = 0.0;              // range of validity
  double highest_pa = 0.0;
  double lowest_reading = 0.0;
  double highest_reading = 0.0;
  double residual_rms = 0.0;              // of all cells and levels, share of the range
  std::optional<double> hysteresis_mean;  // down less up, share of the range; where both are known
  std::optional<double> hysteresis_worst;
  std::optional<double> creep_per_log_second;    // as in the profile
  double gain_sd = 0.0;                          // between cells, relative
  std::vector<std::pair<double, double>> curve;  // reading, Pa: of a cell with gain 1
  std::vector<UncalibratedCell> uncalibrated;    // on the common curve, or without response
  std::vector<std::string> notes;                // sentences
};

}  // namespace matfit
