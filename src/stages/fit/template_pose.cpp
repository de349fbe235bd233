#include "stages/fit/template_pose.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double part_reach = 3.2;  // sigmas beyond which a part is nothing

}  // namespace

PoseLayout::PoseLayout(const BodyTemplate& body)
    : scale_(2 * body.nodes),
      size_(scale_ + 2 + static_cast<Eigen::Index>(body.log_amplitude.size())) {}

Eigen::VectorXd pose_at(const BodyTemplate& body, const std::vector<Eigen::Vector2d>& nodes) {
  const PoseLayout layout(body);
  Eigen::VectorXd pose = Eigen::VectorXd::Zero(layout.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    pose.segment<2>(2 * static_cast<Eigen::Index>(i)) = nodes[i];
  }
  for (std::size_t i = 0; i < body.log_amplitude.size(); ++i) {
    pose[layout.amplitude(static_cast<int>(i))] = body.log_amplitude[i].mean;
  }
  return pose;
}

Eigen::Vector2d node_of(const Eigen::VectorXd& pose, int node) { return pose.segment<2>(2 * node); }

Eigen::Vector2d point_of(const BodyTemplate& body, const Eigen::VectorXd& pose,
                         const TemplatePoint& point) {
  Eigen::Vector2d x(0.0, 0.0);
  for (int i = 0; i < body.nodes; ++i) {
    const double w = point.weight[static_cast<std::size_t>(i)];
    if (w != 0.0) x += w * node_of(pose, i);
  }
  if (point.span != 0.0) {
    x += point.span * std::exp(pose[PoseLayout(body).width()]) *
         (node_of(pose, body.high_shoulder) - node_of(pose, body.low_shoulder));
  }
  return x;
}

Eigen::Vector2d point_of(const BodyTemplate& body, const std::vector<Eigen::Vector2d>& nodes,
                         const TemplatePoint& point) {
  Eigen::Vector2d x(0.0, 0.0);
  for (std::size_t i = 0; i < nodes.size(); ++i) x += point.weight[i] * nodes[i];
  if (point.span != 0.0) {
    x += point.span * (nodes[static_cast<std::size_t>(body.high_shoulder)] -
                       nodes[static_cast<std::size_t>(body.low_shoulder)]);
  }
  return x;
}

std::vector<PlacedPart> placed_parts(const BodyTemplate& body, const Eigen::VectorXd& pose,
                                     double row_pitch_m, double col_pitch_m) {
  const PoseLayout layout(body);
  const double scale = std::exp(pose[layout.scale()]);
  const double width = std::exp(pose[layout.width()]);
  const double of_cell = (row_pitch_m * row_pitch_m + col_pitch_m * col_pitch_m) / 24.0;
  std::vector<PlacedPart> parts;
  parts.reserve(body.parts.size());
  for (const TemplatePart& part : body.parts) {
    PlacedPart q;
    for (int i = 0; i < body.nodes; ++i) {
      const auto k = static_cast<std::size_t>(i);
      PlacedPart::Hold hold{i, part.from.weight[k], part.to.weight[k]};
      const double sign = i == body.high_shoulder ? 1.0 : i == body.low_shoulder ? -1.0 : 0.0;
      hold.from += sign * width * part.from.span;
      hold.to += sign * width * part.to.span;
      if (hold.from != 0.0 || hold.to != 0.0) q.holds[q.hold_count++] = hold;
    }
    q.from_span = part.from.span;
    q.to_span = part.to.span;
    q.amplitude_index = layout.amplitude(part.amplitude);
    q.from = point_of(body, pose, part.from);
    q.to = point_of(body, pose, part.to);
    q.amplitude = std::exp(pose[q.amplitude_index]);
    q.variance_scaled = std::pow(part.sigma_m * scale, 2);
    q.variance = q.variance_scaled + of_cell;
    const double reach = part_reach * std::sqrt(q.variance);
    q.box << std::min(q.from.x(), q.to.x()) - reach, std::max(q.from.x(), q.to.x()) + reach,
        std::min(q.from.y(), q.to.y()) - reach, std::max(q.from.y(), q.to.y()) + reach;
    parts.push_back(q);
  }
  return parts;
}

}  // namespace matfit
