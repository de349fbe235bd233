#pragma once

#include "stages/fit/body_template.hpp"
#include "stages/fit/contact_map.hpp"
#include "stages/fit/template_pose.hpp"

#include "numeric/normal_equations.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// The negative log posterior of a body template's pose given a map, for minimise_sums().
// Parameters: a pose (see PoseLayout).
class TemplateCost {
 public:
  // `start` gives the direction of the trunk, in which the priors are held.
  TemplateCost(const ContactMap& map, const BodyTemplate& body,
               const std::vector<Eigen::Vector2d>& start);

  double operator()(const Eigen::VectorXd& parameters, NormalEquations* equations) const;

  // Mean squared residual of the cells under or near the body, in units of the stated noise.
  double mean_squared_residual(const Eigen::VectorXd& parameters) const;

  // How much of the template's load at a point is that part's, 0..1.
  double share_of_part(const Eigen::VectorXd& parameters, int part,
                       const Eigen::Vector2d& at) const;

  // What the parameters' covariance leaves open of a point without span.
  Eigen::Matrix2d covariance(const Eigen::MatrixXd& of_parameters, const TemplatePoint& p) const;
  Eigen::Vector2d point(const Eigen::VectorXd& parameters, const TemplatePoint& p) const;

 private:
  std::vector<PlacedPart> placed(const Eigen::VectorXd& pose) const;
  double data_cost(const Eigen::VectorXd& parameters, NormalEquations* equations) const;
  double prior_cost(const Eigen::VectorXd& parameters, NormalEquations* equations) const;

  const ContactMap& map_;
  const BodyTemplate& body_;
  PoseLayout layout_;
  Eigen::Vector2d along_;   // unit, head to feet
  Eigen::Vector2d across_;  // unit, towards high columns
  double patch_weight_ = 1.0;
  Eigen::ArrayXXd cost_without_load_;  // of each cell
};

}  // namespace matfit
