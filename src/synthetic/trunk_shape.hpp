#pragma once

#include "numeric/monotone_cubic.hpp"
#include "synthetic/body_dimensions.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// The trunk's skin and spine as cross-sections along s, metres from C7 towards the feet. In a
// section l runs to the person's left and a to the front, from the trunk's straight axis.
class TrunkShape {
 public:
  TrunkShape(const SleeperBody& body, const BodyDimensions& dimensions);

  static constexpr double first_s_m = -0.06;  // on the neck
  double last_s_m() const { return last_s_m_; }

  // Closed outline of the skin at s: columns are (l, a).
  std::vector<Eigen::Vector2d> outline(double s_m) const;
  // Centre of the vertebral bodies; its l is 0.
  double spine_a_m(double s_m) const;
  double back_m(double s_m) const { return back_.value(s_m); }  // skin behind the axis, midline
  double half_breadth_m(double s_m) const { return half_breadth_.value(s_m); }

 private:
  TrunkShape(const SleeperBody& body, const BodyDimensions& dimensions,
             const TrunkOutline& outline);

  double last_s_m_;
  double chest_s_m_;
  double hip_s_m_;
  double bust_m_;
  double buttock_m_;
  double belly_m_;
  double blade_m_;
  double waist_s_m_;
  double breadth_m_;
  double back_roundness_;  // exponents 2 / n of the outline
  double front_roundness_;
  MonotoneCubic half_breadth_;
  MonotoneCubic back_;
  MonotoneCubic front_;
  MonotoneCubic spine_depth_;
};

}  // namespace matfit
