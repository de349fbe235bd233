#pragma once

#include "types/estimate.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// Measures of a curve of heights or of places across, all in metres, sampled at even steps over
// `along_m`. Signs are the contract's.

struct SideAlignment {
  double tilt_deg = 0.0;
  double rms_deviation_mm = 0.0;
  double max_deviation_mm = 0.0;
  double thoracolumbar_angle_deg = 0.0;
};

// heights over along, head first; `t12` is the sample that parts the thoracic from the lumbar line.
SideAlignment side_alignment(const Eigen::VectorXd& along_m, const Eigen::VectorXd& height_m,
                             Eigen::Index t12);

// `neutral_m` moved and tilted onto `height_m` by least squares: the same shape, lying as the
// curve.
Eigen::VectorXd laid_onto(const Eigen::VectorXd& along_m, const Eigen::VectorXd& neutral_m,
                          const Eigen::VectorXd& height_m);

// Depth of the lumbar hollow from the chord t7 - last sample, in mm; belly = +1 where the belly is
// up, -1 where it is down. 0 for a curve without a hollow.
double lordosis_depth_mm(const Eigen::VectorXd& along_m, const Eigen::VectorXd& height_m,
                         Eigen::Index t7, double belly);

// Between the chord T12-L2 and the chord L4-S1, in degrees; positive is lordosis.
double lordosis_angle_deg(const Eigen::VectorXd& along_m, const Eigen::VectorXd& height_m,
                          Eigen::Index t12, Eigen::Index l2, Eigen::Index l4, double belly);

// Largest distance from the chord between the first and the last sample, mm.
double bend_mm(const Eigen::VectorXd& along_m, const Eigen::VectorXd& across_m);

// Mean, standard deviation and the 2.5 and 97.5 % quantiles of draws. Where few draws lie far off,
// the interval reaches to the mean.
Estimate estimate_from_draws(const std::vector<double>& draws);

// The size of a departure, which cannot be negative. The draws' errors only ever add to it, so the
// interval reaches down as far as they scatter, but not below 0.
Estimate size_from_draws(const std::vector<double>& draws);

// A quantity above 0 with a standard deviation: log-normal interval.
Estimate positive_estimate(double value, double sd);

}  // namespace matfit
