#include "stages/fit/spine_plane.hpp"

#include "stages/fit/contact_map.hpp"

#include "stages/fit/spine_shape.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace matfit {

namespace {

// A spine seen from above turns by some degrees over its length; curled up on the side by more.
constexpr BendingPrior on_back = {0.03, 0.3, 0.2};
constexpr BendingPrior on_side = {0.6, 0.3, 0.4};
constexpr double load_middle_sd_m = 0.025;
constexpr double faint_pa = 150.0;
// How far the middle of the load leaves open where the spine lies behind it.
constexpr double dorsal_sd_m = 0.025;

// The spine turns as much as the map says it does, within reason.
double most_probable_turns(const BendingCurve& curve) {
  constexpr double spread = 1.5;  // of the factor's logarithm, before the map
  constexpr double step = 0.7;
  constexpr int steps = 6;
  double best = 1.0;
  double highest = -std::numeric_limits<double>::infinity();
  for (int i = -steps; i <= 2; ++i) {
    const double logarithm = step * i;
    const double evidence =
        curve.log_evidence(std::exp(logarithm)) - 0.5 * std::pow(logarithm / spread, 2);
    if (evidence <= highest) continue;
    highest = evidence;
    best = std::exp(logarithm);
  }
  return best;
}

}  // namespace

LoadMiddle load_middle(const PressureField& field, const TrunkAxis& axis, double along_m,
                       double around_m, double reach_m) {
  constexpr int steps = 12;  // to each side
  LoadMiddle found{around_m, 0.0};
  // Twice, so that the window follows the load.
  for (int round = 0; round < 2; ++round) {
    double sum = 0.0;
    double moment = 0.0;
    for (int i = -steps; i <= steps; ++i) {
      const double offset = reach_m * i / steps;
      const double load = std::max(
          0.0, sampled(field.pressure_pa, field.geometry.row_pitch_m, field.geometry.col_pitch_m,
                       axis.point(along_m, found.across_m + offset)));
      sum += load;
      moment += load * offset;
    }
    if (sum <= 0.0) return {around_m, 0.0};
    found.across_m += moment / sum;
    found.mean_pa = sum / (2 * steps + 1);
  }
  return found;
}

CurvePosterior fit_spine_plane(const PressureField& field, Posture posture, const TrunkAxis& axis,
                               const BodyEstimate& person, const Anthropometry& known) {
  const bool side = is_side(posture);
  BendingCurve curve(0.0, SpineKnots::last_share, SpineKnots::count, 1, side ? on_side : on_back);
  // Towards the back of a person on the left side are the low columns.
  const double back = posture == Posture::left ? -1.0 : 1.0;
  const double length = axis.spine_length_m();
  // The spine's own curves, as the mat sees them from above when the body lies on its side.
  const auto own_curve = [&](double share) {
    return side ? -back * (known.lordosis_depth_m.mean * lordosis_shape(share) +
                           known.kyphosis_depth_m.mean * kyphosis_shape(share))
                : 0.0;
  };
  const auto observe = [&](double along_m, double across_m, double sd_m) {
    const double share = axis.share_at(along_m);
    if (share < -0.15 || share > SpineKnots::last_share + 0.05) return;
    Eigen::VectorXd mode = Eigen::VectorXd::Zero(1);
    double value = across_m;
    if (side) {
      const double waistwards = std::clamp(share / 0.8, 0.0, 1.0);
      const double depth =
          (1.0 - waistwards) * person.chest_depth_m.mean + waistwards * person.waist_depth_m.mean;
      const double under_skin = (1.0 - waistwards) * known.under_skin_thorax_m.mean +
                                waistwards * known.under_skin_waist_m.mean;
      value += back * (0.5 * depth - under_skin) - own_curve(share);
      mode[0] = dorsal_sd_m;
    }
    // The curve's own unit of length is the share; slopes and turns are then of a curve as long
    // as 1.
    curve.observe(share, value / length, sd_m / length, mode / length);
  };
  for (const TrunkPoint& mark : axis.landmarks) {
    observe(mark.along_m, mark.across_m, mark.across_sd_m);
  }
  const double reach_m = side ? 0.5 * person.chest_depth_m.mean : 0.5 * person.chest_breadth_m.mean;
  constexpr double spacing_share = 0.1;
  for (double share = 0.2; share < SpineKnots::last_share; share += spacing_share) {
    const double along_m = axis.along_at(share);
    double expected = 0.0;
    for (std::size_t i = 0; i + 1 < axis.landmarks.size(); ++i) {
      const TrunkPoint& low = axis.landmarks[i];
      const TrunkPoint& high = axis.landmarks[i + 1];
      if (along_m < low.along_m || along_m > high.along_m) continue;
      const double u = (along_m - low.along_m) / (high.along_m - low.along_m);
      expected = (1.0 - u) * low.across_m + u * high.across_m;
    }
    const LoadMiddle middle = load_middle(field, axis, along_m, expected, reach_m);
    if (middle.mean_pa <= 0.0) continue;
    // A faint load says little of where the body lies.
    const double faintness = faint_pa / middle.mean_pa;
    observe(along_m, middle.across_m, load_middle_sd_m * (1.0 + faintness * faintness));
  }
  Eigen::VectorXd neutral(SpineKnots::count);
  for (int k = 0; k < SpineKnots::count; ++k) neutral[k] = own_curve(SpineKnots::share(k));
  return curve.solve(most_probable_turns(curve)).scaled(length).shifted(neutral);
}

}  // namespace matfit
