#pragma once

#include "stages/fit/spine_support.hpp"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace matfit {

// The spine's height as a straight or naturally curved line (neutral) and its departure from that,
// with everything unsure as unknowns of unit variance: values are those at the most probable
// unknowns, modes what each unknown changes.
class SpineHeightFit {
 public:
  Eigen::VectorXd departure_m;      // knots
  Eigen::MatrixXd departure_modes;  // knots x unknowns
  Eigen::VectorXd neutral_m;
  Eigen::MatrixXd neutral_modes;
  Eigen::VectorXd sink_m;  // of the mattress's surface under the knots
  Eigen::MatrixXd sink_modes;
  Eigen::MatrixXd root;  // root * root^T = covariance of the unknowns
  Eigen::VectorXd unknowns;

  // Of the knots, one draw a column; `normals` has the rows of `root`'s columns.
  Eigen::MatrixXd heights(const Eigen::MatrixXd& normals) const;
  Eigen::MatrixXd neutrals(const Eigen::MatrixXd& normals) const;
  Eigen::VectorXd height_sd() const;
  Eigen::VectorXd mean_height() const { return departure_m + neutral_m; }
};

// Maximum a posteriori of how the trunk lies (trunk_model.hpp) under the sinkage that the map
// shows.
SpineHeightFit fit_spine_height(const SpineSupport& support, Posture posture,
                                const BodyEstimate& person, const Anthropometry& known,
                                const MattressResponse& mattress, const MattressPresets& presets,
                                std::optional<double> pillow_height_m);

}  // namespace matfit
