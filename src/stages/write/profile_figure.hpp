#pragma once

#include "stages/write/figures.hpp"

#include <string>
#include <vector>

namespace matfit {

// A level of a spine: how far from C7, how far across, and what it is compared with.
struct ProfilePoint {
  std::string level;
  double along_mm = 0.0;
  double across_mm = 0.0;
  double half_band_mm = 0.0;
  double reference_mm = 0.0;
};

// A spine's course over its length, and the words that stand in its picture.
struct SpineProfile {
  std::vector<ProfilePoint> points;  // head to feet
  std::string label;                 // what a screen reader says in the picture's place
  std::string across_title;
  std::string reference_name;
  bool zero_matters = false;                    // the line at zero across stands out
  std::string enlarged_key = "spine.enlarged";  // of the phrase that says how much
  std::string upper_name, lower_name;           // of the picture's edges; may be empty
};

// From the lowest to the highest that is drawn.
double span_mm(const std::vector<ProfilePoint>& points);

// Spans `least_span_mm` across, or what it needs. Empty with less than three points.
SpineFigure profile_figure(const SpineProfile& profile, double least_span_mm,
                           const Phrases& phrases);

}  // namespace matfit
