#pragma once

#include "stages/fit/contact_map.hpp"

#include <Eigen/Core>

#include <optional>

namespace matfit {

// Marks that a body's load leaves on a map, as the eye finds them. Places in the map's frame, m.

// A mark, and how sharply the load shows it: along each axis, one standard deviation of the
// Gaussian with the curvature that the logarithm of the blurred, squared load has there. A flat
// peak is wide.
struct FoundMark {
  Eigen::Vector2d at{0.0, 0.0};
  Eigen::Matrix2d axes = Eigen::Matrix2d::Identity();  // unit, one a column
  Eigen::Vector2d width_m{0.0, 0.0};                   // at most widest_mark_m
};

inline constexpr double widest_mark_m = 1.0;

// Where the load's square, blurred by a Gaussian of sd `kernel_m`, peaks near `start`: mean shift
// (Comaniciu and Meer, IEEE PAMI 2002 24:603) under a Gaussian prior of sd `search_sd_m` about the
// start. The square lets the peak count more than the load beside it, as the eye does.
// Absent where nothing is loaded, or so near the mat's edge that the edge may make the peak.
std::optional<FoundMark> load_peak(const ContactMap& map, const Eigen::Vector2d& start,
                                   double kernel_m, double search_sd_m);

// A strip of the map along a body part.
struct LoadStrip {
  Eigen::Vector2d middle{0.0, 0.0};
  Eigen::Vector2d along{0.0, 1.0};  // unit
  double half_width_m = 0.0;
  double half_length_m = 0.0;
};

enum class LoadExtreme { least, most };

// Where along the strip the load summed across it, blurred by a Gaussian of sd `kernel_m`, is least
// or most, and across there the middle of the load about the strip's own middle: what lies more
// than a trunk's width aside, as a wedge, hardly counts. The first axis is along. Absent where that
// is at an end of the strip, or where the strip bears nothing.
std::optional<FoundMark> load_extreme(const ContactMap& map, const LoadStrip& strip,
                                      double kernel_m, LoadExtreme extreme);

}  // namespace matfit
