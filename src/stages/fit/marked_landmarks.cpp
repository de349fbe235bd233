#include "stages/fit/marked_landmarks.hpp"

#include "stages/fit/load_marks.hpp"
#include "stages/fit/template_pose.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>

namespace matfit {

namespace {

constexpr double farthest_mark_sd = 3.0;
// Peaks are sought about a landmark's place with so many times its sd.
constexpr double search_sds = 5.0;
// One sd of a place of which the cell is known, as a mark's is at worst.
constexpr double sd_within_cell = 0.28867513459481287;  // 1 / sqrt(12) cells
// Of the strips along the trunk.
constexpr double strip_half_length_m = 0.08;
constexpr double waist_half_width_m = 0.14;  // a trunk's
constexpr double seat_half_width_m = 0.08;   // both buttocks, no hand beside them

// The distance of a mark from its landmark in one direction.
struct Miss {
  std::size_t landmark = 0;
  Eigen::Vector2d direction{0.0, 0.0};
  double distance_m = 0.0;
  double mark_sd_m = 0.0;
};

double squared(double value) { return value * value; }

// By how much a point moves with the pose; the trunk's width moves no landmark.
Eigen::MatrixXd slope_of(const BodyTemplate& body, const TemplatePoint& point, Eigen::Index size) {
  Eigen::MatrixXd slope = Eigen::MatrixXd::Zero(2, size);
  for (int i = 0; i < body.nodes; ++i) {
    slope(0, 2 * i) = slope(1, 2 * i + 1) = point.weight[static_cast<std::size_t>(i)];
  }
  return slope;
}

std::optional<Eigen::Vector2d> mark_near(const ContactMap& map, const TemplateLandmark& landmark,
                                         const Eigen::Vector2d& place, const Eigen::Vector2d& along,
                                         double place_sd_m) {
  switch (landmark.mark) {
    case LoadMark::none: return std::nullopt;
    case LoadMark::peak:
      return load_peak(map, place, landmark.mark_kernel_m, search_sds * place_sd_m);
    case LoadMark::waist:
    case LoadMark::waist_along:
      return load_extreme(map, {place, along, waist_half_width_m, strip_half_length_m},
                          landmark.mark_kernel_m, LoadExtreme::least);
    case LoadMark::seat_along:
      return load_extreme(map, {place, along, seat_half_width_m, strip_half_length_m},
                          landmark.mark_kernel_m, LoadExtreme::most);
  }
  return std::nullopt;
}

}  // namespace

MarkedLandmarks drawn_to_marks(const ContactMap& map, const BodyTemplate& body,
                               const Eigen::VectorXd& pose, const Eigen::MatrixXd& covariance,
                               const std::vector<double>& definition_sd_m) {
  const std::size_t count = body.landmarks.size();
  const Eigen::Vector2d along =
      (point_of(body, pose, body.trunk_bottom) - point_of(body, pose, body.trunk_top)).normalized();
  const Eigen::Vector2d across(along.y(), -along.x());
  const double cell_m = std::sqrt(map.row_pitch_m * map.col_pitch_m);
  MarkedLandmarks out;
  std::vector<Eigen::MatrixXd> slopes;
  std::vector<Miss> misses;
  for (std::size_t i = 0; i < count; ++i) {
    const TemplateLandmark& landmark = body.landmarks[i];
    slopes.push_back(slope_of(body, landmark.place, pose.size()));
    out.place_m.push_back(point_of(body, pose, landmark.place));
    out.covariance.push_back(slopes[i] * covariance * slopes[i].transpose() +
                             squared(definition_sd_m[i]) * Eigen::Matrix2d::Identity());
    const double mark_sd_m = std::hypot(landmark.mark_sd_m, sd_within_cell * cell_m);
    const double place_sd_m = std::sqrt(0.5 * out.covariance[i].trace());
    const auto mark = mark_near(map, landmark, out.place_m[i], along, place_sd_m);
    if (!mark) continue;
    const bool of_height =
        landmark.mark == LoadMark::waist_along || landmark.mark == LoadMark::seat_along;
    std::vector<Miss> own = {{i, along, along.dot(*mark - out.place_m[i]), mark_sd_m}};
    if (!of_height) {
      own.push_back({i, across, across.dot(*mark - out.place_m[i]), mark_sd_m});
    }
    const bool near = std::all_of(own.begin(), own.end(), [&](const Miss& miss) {
      const double variance =
          miss.direction.dot(out.covariance[i] * miss.direction) + squared(miss.mark_sd_m);
      return std::abs(miss.distance_m) <= farthest_mark_sd * std::sqrt(variance);
    });
    if (near) misses.insert(misses.end(), own.begin(), own.end());
  }
  out.pose = pose;
  if (misses.empty()) return out;
  const auto rows = static_cast<Eigen::Index>(misses.size());
  Eigen::MatrixXd slope(rows, pose.size());
  Eigen::VectorXd distance(rows);
  for (Eigen::Index k = 0; k < rows; ++k) {
    const Miss& miss = misses[static_cast<std::size_t>(k)];
    slope.row(k) = miss.direction.transpose() * slopes[miss.landmark];
    distance[k] = miss.distance_m;
  }
  Eigen::MatrixXd spread = slope * covariance * slope.transpose();
  for (Eigen::Index k = 0; k < rows; ++k) {
    const Miss& miss = misses[static_cast<std::size_t>(k)];
    spread(k, k) += squared(definition_sd_m[miss.landmark]) + squared(miss.mark_sd_m);
  }
  const Eigen::LLT<Eigen::MatrixXd> solver(spread);
  const Eigen::VectorXd pull = solver.solve(distance);
  out.pose += covariance * slope.transpose() * pull;
  for (std::size_t i = 0; i < count; ++i) {
    Eigen::MatrixXd with_marks = slopes[i] * covariance * slope.transpose();
    for (Eigen::Index k = 0; k < rows; ++k) {
      const Miss& miss = misses[static_cast<std::size_t>(k)];
      if (miss.landmark == i) with_marks.col(k) += squared(definition_sd_m[i]) * miss.direction;
    }
    out.place_m[i] += with_marks * pull;
    out.covariance[i] -= with_marks * solver.solve(with_marks.transpose());
  }
  return out;
}

}  // namespace matfit
