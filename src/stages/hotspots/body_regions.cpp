#include "stages/hotspots/body_regions.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

namespace matfit {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// The front of a bent hip belongs to the pelvis: the groin is this far down the thigh.
constexpr double groin_share_of_thigh = 0.3;
// Load further from a leg's line than this many half breadths of a thigh is not the leg's: flesh,
// and the error of a knee's place.
constexpr double leg_reach_half_breadths = 1.5;

// Place along and across the trunk, m.
struct OnBody {
  double along_m;
  double across_m;
};

OnBody on_body(const BodyFit& body, const Eigen::Vector2d& point_m) {
  return {point_m.dot(body.axis), point_m.dot(Eigen::Vector2d(-body.axis.y(), body.axis.x()))};
}

// Mean of those landmarks that were found.
template <typename... Landmarks>
std::optional<OnBody> middle_of(const BodyFit& body, Landmarks... landmarks) {
  Eigen::Vector2d sum_m = Eigen::Vector2d::Zero();
  int count = 0;
  for (const Landmark l : {landmarks...}) {
    if (!body.at(l)) continue;
    sum_m += body.at(l)->position_m;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return on_body(body, sum_m / count);
}

std::optional<double> between(const std::optional<OnBody>& a, const std::optional<OnBody>& b,
                              double share) {
  if (!a || !b) return std::nullopt;
  return a->along_m + share * (b->along_m - a->along_m);
}

struct Trunk {
  std::optional<OnBody> head, shoulders, lumbar, pelvis;

  explicit Trunk(const BodyFit& body)
      : head(middle_of(body, Landmark::head)),
        shoulders(middle_of(body, Landmark::left_shoulder, Landmark::right_shoulder)),
        lumbar(middle_of(body, Landmark::lumbar)),
        pelvis(middle_of(body, Landmark::pelvis, Landmark::left_hip, Landmark::right_hip)) {}
};

struct Band {
  const char* name;
  std::optional<double> from_m;  // along the axis
  std::optional<double> to_m;

  bool known() const { return from_m && to_m && *from_m < *to_m; }
  bool holds(double along_m) const { return known() && along_m >= *from_m && along_m < *to_m; }
};

struct Bands {
  std::array<Band, 4> trunk;
  Band legs;
};

Bands bands_of(const Trunk& t) {
  // By heights over stature (ANSUR II): head 0.93, acromion 0.82, omphalion 0.60, trochanter 0.51,
  // crotch 0.48. The pelvis ends half its distance from the waist below itself.
  const auto neck = between(t.head, t.shoulders, 0.5);
  // Without the head the neck is half of 0.93 - 0.82 above the shoulders, by 0.82 - 0.60.
  const auto top = neck ? neck : between(t.shoulders, t.lumbar, -0.25);
  const auto ribs = between(t.shoulders, t.lumbar, 0.6);
  const auto crest = between(t.lumbar, t.pelvis, 0.5);
  const auto thighs = between(t.lumbar, t.pelvis, 1.5);
  const auto above = neck ? std::optional(-infinity) : std::nullopt;
  return {{{{"head", above, neck},
            {"shoulders", top, ribs},
            {"lumbar", ribs, crest},
            {"pelvis", crest, thighs}}},
          {"legs", thighs, infinity}};
}

// The middle of head and trunk from side to side, straight between the places known.
class Midline {
 public:
  explicit Midline(const Trunk& trunk) {
    for (const auto& place : {trunk.head, trunk.shoulders, trunk.lumbar, trunk.pelvis}) {
      if (place) places_.push_back(*place);
    }
    std::stable_sort(places_.begin(), places_.end(),
                     [](const OnBody& a, const OnBody& b) { return a.along_m < b.along_m; });
  }

  double distance_m(const OnBody& p) const { return std::abs(p.across_m - across_m(p.along_m)); }

 private:
  double across_m(double along_m) const {
    if (places_.empty()) return 0.0;
    if (along_m <= places_.front().along_m) return places_.front().across_m;
    for (std::size_t i = 1; i < places_.size(); ++i) {
      const OnBody& a = places_[i - 1];
      const OnBody& b = places_[i];
      if (along_m >= b.along_m) continue;
      const double share = (along_m - a.along_m) / (b.along_m - a.along_m);
      return a.across_m + share * (b.across_m - a.across_m);
    }
    return places_.back().across_m;
  }

  std::vector<OnBody> places_;
};

class Legs {
 public:
  explicit Legs(const BodyFit& body) {
    add(body, Landmark::left_hip, Landmark::left_knee, Landmark::left_heel);
    add(body, Landmark::right_hip, Landmark::right_knee, Landmark::right_heel);
  }

  // Infinite where no leg was found.
  double distance_m(const Eigen::Vector2d& point_m) const {
    double nearest = infinity;
    for (const auto& [from, to] : parts_) {
      const Eigen::Vector2d along = to - from;
      const double share = (point_m - from).dot(along) / std::max(along.squaredNorm(), 1e-12);
      nearest = std::min(nearest, (point_m - from - std::clamp(share, 0.0, 1.0) * along).norm());
    }
    return nearest;
  }

 private:
  void add(const BodyFit& body, Landmark hip, Landmark knee, Landmark heel) {
    if (!body.at(knee)) return;
    const Eigen::Vector2d knee_m = body.at(knee)->position_m;
    const auto& top = body.at(hip) ? body.at(hip) : body.at(Landmark::pelvis);
    if (top) {
      const Eigen::Vector2d hip_m = top->position_m;
      parts_.emplace_back(hip_m + groin_share_of_thigh * (knee_m - hip_m), knee_m);
    }
    if (body.at(heel)) parts_.emplace_back(knee_m, body.at(heel)->position_m);
  }

  std::vector<std::pair<Eigen::Vector2d, Eigen::Vector2d>> parts_;
};

}  // namespace

std::map<std::string, double> load_share_by_region(const PressureField& field, const BodyFit& body,
                                                   Posture posture, const HotspotOptions& options) {
  const double all = field.pressure_pa.sum();
  if (!is_lying(posture) || !(all > 0.0)) return {};
  const Trunk trunk(body);
  const Bands bands = bands_of(trunk);
  std::map<std::string, double> load;
  for (const Band& band : bands.trunk) {
    if (band.known()) load[band.name] = 0.0;
  }
  const Legs legs(body);
  if (bands.legs.known()) load["legs"] = 0.0;
  if (load.empty()) return {};
  load["other"] = 0.0;

  const Midline midline(trunk);
  const double trunk_half_m =
      is_side(posture) ? options.half_depth_on_side_m : options.half_breadth_on_back_m;
  const auto region_at = [&](const Eigen::Vector2d& point_m) -> const char* {
    const OnBody place = on_body(body, point_m);
    if (bands.legs.holds(place.along_m)) return "legs";
    const double from_trunk = midline.distance_m(place) / trunk_half_m;
    const double from_legs = legs.distance_m(point_m) / options.half_breadth_of_thigh_m;
    if (from_legs <= leg_reach_half_breadths && from_legs < from_trunk) return "legs";
    if (from_trunk > 1.0) return "other";
    for (const Band& band : bands.trunk) {
      if (band.holds(place.along_m)) return band.name;
    }
    return "other";
  };
  const MatGeometry& g = field.geometry;
  for (int r = 0; r < g.rows; ++r) {
    for (int c = 0; c < g.cols; ++c) {
      const Eigen::Vector2d point_m((c + 0.5) * g.col_pitch_m, (r + 0.5) * g.row_pitch_m);
      load[region_at(point_m)] += field.pressure_pa(r, c);
    }
  }
  for (auto& [name, value] : load) value /= all;
  return load;
}

}  // namespace matfit
