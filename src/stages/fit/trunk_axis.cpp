#include "stages/fit/trunk_axis.hpp"

#include <algorithm>
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

}  // namespace

std::optional<TrunkAxis> trunk_axis(const BodyFit& body, const PressureField& field,
                                    Posture posture, const BodyEstimate& person,
                                    const Anthropometry& known) {
  const LandmarksInBodyFrame marks(body, field);
  const bool side = is_side(posture);
  const ContactHeight& contact = side ? known.contact_on_side : known.contact_on_back;
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
  std::vector<double> along = {0.0};
  std::vector<double> fraction = {contact.pelvis.mean};
  const auto append = [&](const std::optional<PlacedLandmark>& mark, double height,
                          double extra_sd_m) {
    if (!mark) return;
    const double a = (mark->point_m - axis.pelvis_m).dot(axis.up);
    constexpr double least_step_m = 0.02;
    if (a < along.back() + least_step_m) return;
    add(*mark, extra_sd_m);
    along.push_back(a);
    fraction.push_back(height);
  };
  append(marks.at(Landmark::lumbar), contact.waist.mean, side ? 0.02 : 0.0);
  append(shoulders, contact.shoulder.mean, side ? 0.05 : 0.0);
  append(marks.at(Landmark::head), contact.head.mean, side ? 0.08 : 0.03);
  if (along.size() < 2) return std::nullopt;
  axis.fraction_ = MonotoneCubic(along, fraction);
  const MonotoneCubic place(fraction, along);
  axis.c7_m = place.value(person.height.c7.mean);
  axis.s1_m = place.value(person.height.iliac_crest.mean - known.s1_below_iliac_crest_fraction);
  axis.hip_m = std::min(0.0, place.value(person.height.trochanter.mean));
  axis.along_sd_m = std::hypot(pelvis->sd_m, shoulders->sd_m);
  if (axis.spine_length_m() < shortest_trunk_m) return std::nullopt;
  return axis;
}

}  // namespace matfit
