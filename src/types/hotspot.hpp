#pragma once

#include <Eigen/Core>

#include <map>
#include <optional>
#include <string>

namespace matfit {

struct Hotspot {
  std::string site;  // "left_shoulder", "right_hip", "sacrum", "left_heel", "head", ...
  Eigen::Vector2d position_m{0.0, 0.0};  // recording frame: x, y of the sub-cell peak
  double sd_m = 0.0;
  double peak_pa = 0.0;
  double ppi_pa = 0.0;       // highest mean over a connected 9-10 cm2
  double ppi_area_m2 = 0.0;  // the area really used
  // Of the cells about the peak whose steepest way up leads to it and whose smoothed pressure is
  // above half its prominence: below the peak by half of what it stands over the saddle to a higher
  // one, or over contact for the highest. Hotspots do not overlap.
  double area_m2 = 0.0;
  double gradient_pa_per_m = 0.0;
  double dose_pa_s = 0.0;   // integral of max(0, p - p0) over the time
  double duration_s = 0.0;  // time above p0
  // What the mat's unit and response leave open (1 sd); absent: not known.
  std::optional<double> peak_sd_pa = std::nullopt;
  std::optional<double> ppi_sd_pa = std::nullopt;
  std::optional<double> dose_sd_pa_s = std::nullopt;
};

// The pressure of one bout.
struct PressureSummary {
  double mean_pa = 0.0;  // over loaded cells
  double peak_pa = 0.0;
  double contact_m2 = 0.0;
  double cv = 0.0;  // coefficient of variation over loaded cells
  double load_n = 0.0;
  double threshold_pa = 0.0;  // what counts as loaded
  // "head", "shoulders", "lumbar", "pelvis", "legs", "other"; sums to 1 where not empty.
  std::map<std::string, double> region_load_share;
  // What the mat's unit and response leave open (1 sd); absent: not known.
  std::optional<double> mean_sd_pa = std::nullopt;
  std::optional<double> peak_sd_pa = std::nullopt;
};

}  // namespace matfit
