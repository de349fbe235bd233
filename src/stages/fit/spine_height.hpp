#pragma once

#include "stages/fit/sinkage.hpp"
#include "stages/fit/spine_plane.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// What the load and the mattress say of the surface under the spine, over SpineKnots.
struct SpineSupport {
  std::vector<double> sink_m;          // of the mattress's surface
  std::vector<double> pressure_pa;     // there
  std::vector<bool> contact;           // skin and mattress touch
  std::vector<Eigen::VectorXd> error;  // of sink_m: one entry for each of the sinkage's errors
};

// `field` in the body frame, `sink` in the same order; `across` = line of the spine.
SpineSupport spine_support(const PressureField& field, const Sinkage& sink, Posture posture,
                           const TrunkAxis& axis, const Eigen::VectorXd& across_m);

// The spine's height as a straight or naturally curved line (neutral) and its departure from that.
// Draws give departure at the knots, then the modes; height() joins them.
class SpineHeightFit {
 public:
  CurvePosterior posterior;       // departure from neutral, with the modes
  Eigen::VectorXd neutral_m;      // without the modes
  Eigen::MatrixXd neutral_modes;  // knots x modes: what each mode does to neutral

  Eigen::VectorXd neutral(const Eigen::VectorXd& draw) const;
  Eigen::VectorXd height(const Eigen::VectorXd& draw) const;
  Eigen::VectorXd height_sd() const;
  Eigen::VectorXd mean_height() const;
};

SpineHeightFit fit_spine_height(const SpineSupport& support, Posture posture, const TrunkAxis& axis,
                                const BodyEstimate& person, const Anthropometry& known,
                                const MattressPresets& presets);

}  // namespace matfit
