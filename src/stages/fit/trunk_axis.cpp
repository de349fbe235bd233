#include "stages/fit/trunk_axis.hpp"

#include <Eigen/Cholesky>
#include <Eigen/LU>

#include <cmath>

namespace matfit {

namespace {

struct PlacedLandmark {
  Eigen::Vector2d point_m{0.0, 0.0};
  double sd_m = 0.0;
};

class LandmarksInBodyFrame {
 public:
  LandmarksInBodyFrame(const BodyFit& body, const PressureField& field)
      : body_(body), field_(field) {}

  std::optional<PlacedLandmark> at(Landmark l) const {
    const std::optional<LandmarkEstimate>& e = body_.at(l);
    if (!e) return std::nullopt;
    return PlacedLandmark{
        canonical_from_recording(e->position_m, field_.geometry, field_.orientation), e->sd_m()};
  }
  std::optional<PlacedLandmark> middle(Landmark a, Landmark b) const {
    const auto left = at(a);
    const auto right = at(b);
    if (left && right) {
      return PlacedLandmark{0.5 * (left->point_m + right->point_m),
                            0.5 * std::hypot(left->sd_m, right->sd_m)};
    }
    return std::nullopt;
  }

 private:
  const BodyFit& body_;
  const PressureField& field_;
};

// Heights of the standing person laid along the trunk by least squares: a place and a stretch,
// which is near 1, as somebody curled up is not much shorter over the trunk.
class PlacesAlong {
 public:
  explicit PlacesAlong(const Normal& stature_m) : stature_m_(stature_m.mean) {
    constexpr double own_stretch_sd = 0.04;
    const double sd = std::hypot(own_stretch_sd, stature_m.sd / stature_m.mean);
    precision_(1, 1) = 1.0 / (sd * sd);
    right_[1] = precision_(1, 1);
  }

  void observe(double along_m, double sd_m, const Normal& height_fraction) {
    const Eigen::Vector2d row(1.0, metres(height_fraction.mean));
    const double sd = std::hypot(sd_m, height_fraction.sd * stature_m_);
    precision_ += row * row.transpose() / (sd * sd);
    right_ += row * along_m / (sd * sd);
  }

  double along_m(double height_fraction) const {
    const Eigen::Vector2d place = precision_.ldlt().solve(right_);
    return place[0] + place[1] * metres(height_fraction);
  }
  double sd_m() const { return std::sqrt(precision_.inverse()(0, 0)); }

 private:
  double metres(double height_fraction) const {
    constexpr double waist_fraction = 0.62;
    return (height_fraction - waist_fraction) * stature_m_;
  }

  double stature_m_;
  Eigen::Matrix2d precision_ = Eigen::Matrix2d::Zero();
  Eigen::Vector2d right_ = Eigen::Vector2d::Zero();
};

}  // namespace

std::optional<TrunkAxis> trunk_axis(const BodyFit& body, const PressureField& field,
                                    Posture posture, const BodyEstimate& person,
                                    const Anthropometry& known) {
  const LandmarksInBodyFrame marks(body, field);
  const bool side = is_side(posture);
  const MarkHeight& mark_height = side ? known.marks_on_side : known.marks_on_back;
  const auto shoulders = posture == Posture::left ? marks.at(Landmark::left_shoulder)
                         : posture == Posture::right
                             ? marks.at(Landmark::right_shoulder)
                             : marks.middle(Landmark::left_shoulder, Landmark::right_shoulder);
  const auto pelvis = marks.at(Landmark::pelvis);
  if (!shoulders || !pelvis) return std::nullopt;
  const Eigen::Vector2d trunk = shoulders->point_m - pelvis->point_m;
  constexpr double shortest_trunk_m = 0.15;
  if (trunk.norm() < shortest_trunk_m) return std::nullopt;

  TrunkAxis axis;
  axis.pelvis_m = pelvis->point_m;
  axis.up = trunk.normalized();
  axis.across = {-axis.up.y(), axis.up.x()};
  const auto add = [&](const PlacedLandmark& mark, double extra_sd_m) {
    const Eigen::Vector2d from = mark.point_m - axis.pelvis_m;
    axis.landmarks.push_back(
        {from.dot(axis.up), from.dot(axis.across), std::hypot(mark.sd_m, extra_sd_m)});
  };
  // On the side the shoulder and the hip lie before or behind the spine as they please.
  add(*pelvis, side ? 0.03 : 0.0);
  PlacesAlong places(person.stature_m);
  places.observe(0.0, pelvis->sd_m, mark_height.pelvis);
  double highest_m = 0.0;
  const auto append = [&](const std::optional<PlacedLandmark>& mark, const Normal& height,
                          double extra_across_sd_m, double extra_along_sd_m) {
    if (!mark) return;
    const double along_m = (mark->point_m - axis.pelvis_m).dot(axis.up);
    constexpr double least_step_m = 0.02;
    if (along_m < highest_m + least_step_m) return;
    highest_m = along_m;
    add(*mark, extra_across_sd_m);
    places.observe(along_m, std::hypot(mark->sd_m, extra_along_sd_m), height);
  };
  append(marks.at(Landmark::lumbar), mark_height.waist, side ? 0.02 : 0.0, 0.0);
  append(shoulders, mark_height.shoulder, side ? 0.05 : 0.0, 0.0);
  // A pillow and the neck's own bend bring the head nearer to the trunk.
  constexpr double neck_sd_m = 0.04;
  append(marks.at(Landmark::head), mark_height.head, side ? 0.08 : 0.03, neck_sd_m);
  axis.c7_m = places.along_m(person.height.c7.mean);
  axis.s1_m = places.along_m(person.height.iliac_crest.mean - known.s1_below_iliac_crest_fraction);
  axis.hip_m = places.along_m(person.height.trochanter.mean);
  axis.along_sd_m = places.sd_m();
  if (axis.spine_length_m() < shortest_trunk_m) return std::nullopt;
  return axis;
}

}  // namespace matfit
