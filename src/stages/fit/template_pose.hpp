#pragma once

#include "stages/fit/body_template.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace matfit {

// A template's pose is one vector: x and y of each node (m), log of the scale, log of the trunk's
// width, log of each amplitude. Here is where each stands.
class PoseLayout {
 public:
  explicit PoseLayout(const BodyTemplate& body);

  Eigen::Index scale() const { return scale_; }
  Eigen::Index width() const { return scale_ + 1; }
  Eigen::Index amplitude(int i) const { return scale_ + 2 + i; }
  Eigen::Index size() const { return size_; }

 private:
  Eigen::Index scale_;
  Eigen::Index size_;
};

// With the nodes there and everything else as the template expects it.
Eigen::VectorXd pose_at(const BodyTemplate& body, const std::vector<Eigen::Vector2d>& nodes);

Eigen::Vector2d node_of(const Eigen::VectorXd& pose, int node);
Eigen::Vector2d point_of(const BodyTemplate& body, const Eigen::VectorXd& pose,
                         const TemplatePoint& point);
// With the trunk as wide as the template expects it.
Eigen::Vector2d point_of(const BodyTemplate& body, const std::vector<Eigen::Vector2d>& nodes,
                         const TemplatePoint& point);

// A part of the template in a pose, as cells of some size feel it.
struct PlacedPart {
  struct Hold {  // how a node moves the part's two ends
    int node = 0;
    double from = 0.0;
    double to = 0.0;
  };
  std::array<Hold, template_node_count> holds{};
  std::size_t hold_count = 0;
  double from_span = 0.0;
  double to_span = 0.0;
  Eigen::Index amplitude_index = 0;
  Eigen::Vector2d from{0.0, 0.0};
  Eigen::Vector2d to{0.0, 0.0};
  double amplitude = 0.0;
  double variance = 0.0;         // of the soft rim, with the cell's own width
  double variance_scaled = 0.0;  // the part of it that grows with the body's scale
  Eigen::Array4d box;            // least and most x, least and most y where it is felt

  bool is_felt_at(const Eigen::Vector2d& x) const {
    return x.x() >= box[0] && x.x() <= box[1] && x.y() >= box[2] && x.y() <= box[3];
  }
  // Load at x, with the place along the segment and the offset from it.
  double load(const Eigen::Vector2d& x, double& t, Eigen::Vector2d& offset) const {
    const Eigen::Vector2d d = to - from;
    const double length2 = d.squaredNorm();
    t = length2 > 0.0 ? std::clamp((x - from).dot(d) / length2, 0.0, 1.0) : 0.5;
    offset = x - from - t * d;
    return amplitude * std::exp(-0.5 * offset.squaredNorm() / variance);
  }
  double load(const Eigen::Vector2d& x) const {
    double t = 0.0;
    Eigen::Vector2d offset;
    return load(x, t, offset);
  }
};

// In the order of body.parts.
std::vector<PlacedPart> placed_parts(const BodyTemplate& body, const Eigen::VectorXd& pose,
                                     double row_pitch_m, double col_pitch_m);

}  // namespace matfit
