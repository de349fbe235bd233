#include "pipeline/spine_baselines.hpp"

#include "stages/fit/body_estimate.hpp"
#include "stages/fit/spine_shape.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <stdexcept>

namespace matfit {

namespace {

constexpr std::size_t level_t7 = 7, level_l3 = 15;
constexpr Eigen::Index samples = 101;  // of a curve, C7 to S1

struct Place {
  double height_fraction = 0.0;  // over the sole
  double value_m = 0.0;
};

// Places from the head down; linear between them and constant beyond.
double value_at(const std::vector<Place>& places, double fraction) {
  if (fraction >= places.front().height_fraction) return places.front().value_m;
  for (std::size_t i = 1; i < places.size(); ++i) {
    const Place& above = places[i - 1];
    const Place& below = places[i];
    if (fraction < below.height_fraction) continue;
    const double u =
        (above.height_fraction - fraction) / (above.height_fraction - below.height_fraction);
    return (1.0 - u) * above.value_m + u * below.value_m;
  }
  return places.back().value_m;
}

// The spine of the average body over its lowest skin.
class AverageTrunk {
 public:
  AverageTrunk(Posture posture, const BodyEstimate& person, const Anthropometry& known)
      : posture_(posture), known_(known) {
    c7_ = person.height.c7.mean;
    s1_ = person.height.iliac_crest.mean - known.s1_below_iliac_crest_fraction;
    length_m_ = (c7_ - s1_) * person.stature_m.mean;
    const std::array<double, 4> at = {person.height.acromion.mean, person.height.chest.mean,
                                      person.height.waist.mean, person.height.trochanter.mean};
    const double under[] = {known.under_skin_thorax_m.mean, known.under_skin_thorax_m.mean,
                            known.under_skin_waist_m.mean, known.under_skin_pelvis_m.mean};
    const double depth[] = {person.chest_depth_m.mean, person.chest_depth_m.mean,
                            person.waist_depth_m.mean, person.buttock_depth_m.mean};
    const double breadth[] = {
        0.5 * (person.biacromial_breadth_m.mean + person.bideltoid_breadth_m.mean),
        person.chest_breadth_m.mean, person.waist_breadth_m.mean, person.hip_breadth_m.mean};
    for (std::size_t i = 0; i < at.size(); ++i) {
      const double over_skin = is_side(posture)             ? 0.5 * breadth[i]
                               : posture == Posture::supine ? under[i]
                                                            : depth[i] - under[i];
      over_skin_.push_back({at[i], over_skin});
    }
  }

  double fraction_at(double share) const { return c7_ - share * (c7_ - s1_); }
  bool is_above_shoulders(double share) const {
    return fraction_at(share) > over_skin_.front().height_fraction;
  }

  // With its skin on the surface, which is `sink_m` deep at a share of C7-S1.
  template <typename Sink>
  SpineValues values(const Sink& sink_m) const {
    const double belly = posture_ == Posture::prone ? -1.0 : 1.0;
    SpineCurve curve{length_m_, Eigen::VectorXd::Zero(samples), Eigen::VectorXd::Zero(samples)};
    for (Eigen::Index i = 0; i < samples; ++i) {
      const double share = curve.share(i);
      curve.height_m[i] = value_at(over_skin_, fraction_at(share)) - sink_m(share);
      curve.neutral_m[i] = belly * (known_.lordosis_depth_m.mean * lordosis_shape(share) +
                                    known_.kyphosis_depth_m.mean * kyphosis_shape(share));
    }
    return values_of(curve, posture_, known_);
  }

 private:
  Posture posture_;
  const Anthropometry& known_;
  double c7_ = 0.0;
  double s1_ = 0.0;
  double length_m_ = 0.0;
  std::vector<Place> over_skin_;
};

// Mean over a patch of 8 by 10 cm across the direction `along`.
template <typename Value>
double patch_mean(const PressureField& field, const Eigen::Vector2d& middle,
                  const Eigen::Vector2d& along, const Value& value) {
  constexpr double half_length_m = 0.04, half_width_m = 0.05;
  constexpr int steps = 4;
  const Eigen::Vector2d across(-along.y(), along.x());
  double sum = 0.0;
  double count = 0.0;
  for (int i = -steps; i <= steps; ++i) {
    for (int j = -steps; j <= steps; ++j) {
      const Eigen::Vector2d p =
          middle + half_length_m * i / steps * along + half_width_m * j / steps * across;
      const auto row = static_cast<Eigen::Index>(std::floor(p.y() / field.geometry.row_pitch_m));
      const auto col = static_cast<Eigen::Index>(std::floor(p.x() / field.geometry.col_pitch_m));
      if (row < 0 || col < 0 || row >= field.pressure_pa.rows() ||
          col >= field.pressure_pa.cols()) {
        continue;
      }
      sum += value(field.pressure_pa(row, col));
      count += 1.0;
    }
  }
  return count > 0.0 ? sum / count : 0.0;
}

// Where the load across `along` has its middle: on the side the lowest skin is not under the spine.
Eigen::Vector2d under_the_load(const PressureField& field, const Eigen::Vector2d& place,
                               const Eigen::Vector2d& along) {
  constexpr double reach_m = 0.12, step_m = 0.01;
  const Eigen::Vector2d across(-along.y(), along.x());
  double load = 0.0;
  double moment_m = 0.0;
  for (double u = -reach_m; u <= reach_m + 1e-9; u += step_m) {
    const double p =
        patch_mean(field, place + u * across, along, [](double pa) { return std::max(0.0, pa); });
    load += p;
    moment_m += p * u;
  }
  return load > 0.0 ? Eigen::Vector2d(place + moment_m / load * across) : place;
}

// A part of the trunk as an elliptic cylinder lying on the mattress.
struct TrunkPart {
  double top_fraction, bottom_fraction;  // heights over the sole
  double width_m, thickness_m;           // across and upright, as it lies
  double mass_kg;
};

// How deep its lowest line must sink until springs of the curve carry its weight.
double sink_under_own_weight_m(const TrunkPart& part, double stature_m, const StatedCurve& curve) {
  constexpr double gravity = 9.80665;
  constexpr int strips = 80;
  const double weight_n = part.mass_kg * gravity;
  const double strip_area_m2 =
      (part.top_fraction - part.bottom_fraction) * stature_m * part.width_m / strips;
  const auto carried_n = [&](double sink_m) {
    double sum = 0.0;
    for (int i = 0; i < strips; ++i) {
      const double u = (i + 0.5) / strips * 2.0 - 1.0;
      const double lift_m = 0.5 * part.thickness_m * (1.0 - std::sqrt(1.0 - u * u));
      sum += curve.pressure_pa(sink_m - lift_m) * strip_area_m2;
    }
    return sum;
  };
  double low = 0.0;
  double high = 1.0;
  for (int i = 0; i < 50; ++i) {
    const double middle = 0.5 * (low + high);
    (carried_n(middle) < weight_n ? low : high) = middle;
  }
  return 0.5 * (low + high);
}

}  // namespace

StatedCurve::StatedCurve(const Mattress& mattress) {
  if (mattress.curve.empty()) throw std::invalid_argument("StatedCurve: no curve is stated");
  if (mattress.curve.front().indentation_m > 0.0) points_.push_back({0.0, 0.0});
  points_.insert(points_.end(), mattress.curve.begin(), mattress.curve.end());
}

double StatedCurve::pressure_pa(double indentation_m) const {
  if (!(indentation_m > 0.0)) return 0.0;
  std::size_t i = 1;
  while (i + 1 < points_.size() && indentation_m > points_[i].indentation_m) ++i;
  const CurvePoint& a = points_[i - 1];
  const CurvePoint& b = points_[i];
  return a.pressure_pa + (indentation_m - a.indentation_m) * (b.pressure_pa - a.pressure_pa) /
                             (b.indentation_m - a.indentation_m);
}

double StatedCurve::indentation_m(double pressure_pa) const {
  if (!(pressure_pa > 0.0)) return 0.0;
  std::size_t i = 1;
  while (i + 1 < points_.size() && pressure_pa > points_[i].pressure_pa) ++i;
  const CurvePoint& a = points_[i - 1];
  const CurvePoint& b = points_[i];
  return a.indentation_m + (pressure_pa - a.pressure_pa) * (b.indentation_m - a.indentation_m) /
                               (b.pressure_pa - a.pressure_pa);
}

SpineValues plain_inversion(const PressureField& field, Posture posture, const BodyFit& body,
                            const SpineFit& spine, const Subject& subject, const Mattress& mattress,
                            const Anthropometry& known) {
  if (spine.levels.size() != spine_level_count) return {};
  const StatedCurve curve(mattress);
  std::vector<Eigen::Vector2d> places;
  for (const SpineLevel& level : spine.levels) places.emplace_back(level.x_m, level.y_m);
  const Eigen::Vector2d along = (places.back() - places.front()).normalized();
  const auto sink_at = [&](Eigen::Vector2d place) {
    if (is_side(posture)) place = under_the_load(field, place, along);
    return patch_mean(field, place, along, [&](double pa) { return curve.indentation_m(pa); });
  };
  const AverageTrunk trunk(posture, body_estimate(subject, known), known);
  const std::vector<double>& shares = known.spine_level_share;
  std::vector<double> sinks_m(places.size());
  for (std::size_t i = places.size(); i-- > 0;) {
    // Under the neck lies nothing: above the shoulders the surface is as deep as at their level.
    const bool neck = trunk.is_above_shoulders(shares[i]);
    sinks_m[i] = neck ? sinks_m[i + 1] : sink_at(places[i]);
  }
  const auto sink_at_share = [&](double share) {
    std::size_t i = 1;
    while (i + 1 < shares.size() && share > shares[i]) ++i;
    const double u = std::clamp((share - shares[i - 1]) / (shares[i] - shares[i - 1]), 0.0, 1.0);
    return (1.0 - u) * sinks_m[i - 1] + u * sinks_m[i];
  };
  SpineValues out = trunk.values(sink_at_share);
  out["thorax_sink_mm"] = mm_per_m * sinks_m[level_t7];
  out["lumbar_sink_mm"] = mm_per_m * sinks_m[level_l3];
  if (const auto& pelvis = body.at(Landmark::pelvis)) {
    out["pelvis_sink_mm"] = mm_per_m * sink_at(pelvis->position_m);
  }
  return out;
}

SpineValues independent_springs(Posture posture, const Subject& subject, const Mattress& mattress,
                                const Anthropometry& known) {
  const BodyEstimate person = body_estimate(subject, known);
  const StatedCurve curve(mattress);
  const bool side = is_side(posture);
  const auto part = [&](double top, double bottom, const Normal& breadth, const Normal& depth,
                        double mass_share) {
    return TrunkPart{top, bottom, side ? depth.mean : breadth.mean,
                     side ? breadth.mean : depth.mean, mass_share * person.mass_kg.mean};
  };
  const HeightFraction& h = person.height;
  const SegmentMassShare& m = person.mass_share;
  // On the side the upper arm above lies on the trunk; else each arm lies beside it.
  const double arm = side ? m.upper_arm : 0.0;
  const double xiphoid = 0.5 * (h.chest.mean + h.tenth_rib.mean);
  const std::array<TrunkPart, 3> parts = {
      part(h.acromion.mean, xiphoid, person.chest_breadth_m, person.chest_depth_m,
           m.upper_trunk + arm),
      part(xiphoid, h.waist.mean, person.waist_breadth_m, person.waist_depth_m, m.middle_trunk),
      part(h.waist.mean, h.crotch.mean, person.hip_breadth_m, person.buttock_depth_m,
           m.lower_trunk)};
  std::vector<Place> sinks;
  for (const TrunkPart& p : parts) {
    sinks.push_back({0.5 * (p.top_fraction + p.bottom_fraction),
                     sink_under_own_weight_m(p, person.stature_m.mean, curve)});
  }
  const AverageTrunk trunk(posture, person, known);
  const auto sink_at_share = [&](double share) {
    return value_at(sinks, trunk.fraction_at(share));
  };
  SpineValues out = trunk.values(sink_at_share);
  out["thorax_sink_mm"] = mm_per_m * sink_at_share(known.spine_level_share[level_t7]);
  out["lumbar_sink_mm"] = mm_per_m * sink_at_share(known.spine_level_share[level_l3]);
  out["pelvis_sink_mm"] = mm_per_m * value_at(sinks, h.trochanter.mean);
  return out;
}

}  // namespace matfit
