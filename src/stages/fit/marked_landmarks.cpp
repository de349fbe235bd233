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
// One sd of a mark's place as a share of the mark's width, alike for all marks: on PmatData I any
// from 0.15 to 0.25 gives the same medians and 95 % of the places within two sds; the widest of
// these, as other mattresses show the same body in flatter loads.
constexpr double sd_per_width = 0.25;
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

std::optional<FoundMark> mark_near(const ContactMap& map, const TemplateLandmark& landmark,
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

// The landmarks as the fit alone places them, with what their marks add.
class Landmarks {
 public:
  Landmarks(const BodyTemplate& body, const Eigen::VectorXd& pose,
            const Eigen::MatrixXd& covariance, const std::vector<double>& definition_sd_m)
      : of_pose_(covariance), definition_sd_m_(definition_sd_m) {
    fitted_.pose = pose;
    for (std::size_t i = 0; i < body.landmarks.size(); ++i) {
      const TemplatePoint& place = body.landmarks[i].place;
      slopes_.push_back(slope_of(body, place, pose.size()));
      fitted_.place_m.push_back(point_of(body, pose, place));
      fitted_.covariance.push_back(slopes_[i] * covariance * slopes_[i].transpose() +
                                   squared(definition_sd_m[i]) * Eigen::Matrix2d::Identity());
    }
  }

  const Eigen::Vector2d& place_m(std::size_t landmark) const { return fitted_.place_m[landmark]; }
  double sd_m(std::size_t landmark) const {
    return std::sqrt(0.5 * fitted_.covariance[landmark].trace());
  }

  // Unless the mark is another part's. Of a mark of height only the first axis counts.
  void add(std::size_t landmark, const FoundMark& mark, bool of_height, double cell_m) {
    std::vector<Miss> own;
    for (int axis = 0; axis < (of_height ? 1 : 2); ++axis) {
      const Eigen::Vector2d direction = mark.axes.col(axis);
      own.push_back({landmark, direction, direction.dot(mark.at - place_m(landmark)),
                     std::hypot(sd_per_width * mark.width_m[axis], sd_within_cell * cell_m)});
    }
    const bool near = std::all_of(own.begin(), own.end(), [&](const Miss& miss) {
      const double variance = miss.direction.dot(fitted_.covariance[landmark] * miss.direction) +
                              squared(miss.mark_sd_m);
      return std::abs(miss.distance_m) <= farthest_mark_sd * std::sqrt(variance);
    });
    if (near) misses_.insert(misses_.end(), own.begin(), own.end());
  }

  MarkedLandmarks drawn() const {
    MarkedLandmarks out = fitted_;
    if (misses_.empty()) return out;
    const auto rows = static_cast<Eigen::Index>(misses_.size());
    Eigen::MatrixXd slope(rows, out.pose.size());
    Eigen::VectorXd distance(rows);
    for (Eigen::Index k = 0; k < rows; ++k) {
      slope.row(k) = miss(k).direction.transpose() * slopes_[miss(k).landmark];
      distance[k] = miss(k).distance_m;
    }
    Eigen::MatrixXd spread = slope * of_pose_ * slope.transpose();
    for (Eigen::Index k = 0; k < rows; ++k) {
      spread(k, k) += squared(definition_sd_m_[miss(k).landmark]) + squared(miss(k).mark_sd_m);
    }
    const Eigen::LLT<Eigen::MatrixXd> solver(spread);
    const Eigen::VectorXd pull = solver.solve(distance);
    const Eigen::MatrixXd pose_with_marks = of_pose_ * slope.transpose();
    out.pose += pose_with_marks * pull;
    for (std::size_t i = 0; i < slopes_.size(); ++i) {
      Eigen::MatrixXd with_marks = slopes_[i] * pose_with_marks;
      for (Eigen::Index k = 0; k < rows; ++k) {
        if (miss(k).landmark != i) continue;
        with_marks.col(k) += squared(definition_sd_m_[i]) * miss(k).direction;
      }
      out.place_m[i] += with_marks * pull;
      out.covariance[i] -= with_marks * solver.solve(with_marks.transpose());
    }
    return out;
  }

 private:
  const Miss& miss(Eigen::Index k) const { return misses_[static_cast<std::size_t>(k)]; }

  const Eigen::MatrixXd& of_pose_;
  const std::vector<double>& definition_sd_m_;
  MarkedLandmarks fitted_;
  std::vector<Eigen::MatrixXd> slopes_;
  std::vector<Miss> misses_;
};

}  // namespace

MarkedLandmarks drawn_to_marks(const ContactMap& map, const BodyTemplate& body,
                               const Eigen::VectorXd& pose, const Eigen::MatrixXd& covariance,
                               const std::vector<double>& definition_sd_m) {
  const Eigen::Vector2d along =
      (point_of(body, pose, body.trunk_bottom) - point_of(body, pose, body.trunk_top)).normalized();
  const double cell_m = std::sqrt(map.row_pitch_m * map.col_pitch_m);
  Landmarks landmarks(body, pose, covariance, definition_sd_m);
  const auto seek = [&](std::size_t i, const Eigen::Vector2d& about) {
    const TemplateLandmark& landmark = body.landmarks[i];
    const auto mark = mark_near(map, landmark, about, along, landmarks.sd_m(i));
    const bool of_height =
        landmark.mark == LoadMark::waist_along || landmark.mark == LoadMark::seat_along;
    if (mark) landmarks.add(i, *mark, of_height, cell_m);
  };
  std::vector<std::size_t> between_others;
  for (std::size_t i = 0; i < body.landmarks.size(); ++i) {
    if (body.landmarks[i].mark_sought) {
      between_others.push_back(i);
    } else {
      seek(i, landmarks.place_m(i));
    }
  }
  const MarkedLandmarks others = landmarks.drawn();
  if (between_others.empty()) return others;
  for (const std::size_t i : between_others) {
    const PlaceBetween& place = *body.landmarks[i].mark_sought;
    seek(i, (1.0 - place.share) * others.place_m[place.first] +
                place.share * others.place_m[place.second]);
  }
  return landmarks.drawn();
}

}  // namespace matfit
