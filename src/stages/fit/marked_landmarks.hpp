#pragma once

#include "stages/fit/body_template.hpp"
#include "stages/fit/contact_map.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// A template's landmarks drawn to the marks that the load leaves of them.
struct MarkedLandmarks {
  Eigen::VectorXd pose;                     // of the template, which follows
  std::vector<Eigen::Vector2d> place_m;     // in the order of body.landmarks
  std::vector<Eigen::Matrix2d> covariance;  // m2, with what the landmarks' definitions leave open
};

// Each landmark's place is the fitted one and, independent of it, `definition_sd_m` of the
// landmark; its mark (see LoadMark) is a measurement of that place, with an error that grows with
// the mark's width and that of a cell. The linear Gaussian update moves marked landmarks, and by
// the fit's covariance the pose and all other landmarks with them. Marks that are sought between
// other landmarks are sought once those have moved. A mark that lies more than three standard
// deviations away is another part's and left out.
MarkedLandmarks drawn_to_marks(const ContactMap& map, const BodyTemplate& body,
                               const Eigen::VectorXd& pose, const Eigen::MatrixXd& covariance,
                               const std::vector<double>& definition_sd_m);

}  // namespace matfit
