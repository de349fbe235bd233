#include "stages/fit/spine_height.hpp"

#include "stages/fit/spine_shape.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace matfit {

namespace {

// A value given at some heights over the sole, linear between, constant beyond.
struct Station {
  double height_fraction;
  double value_m;
  double sd_m;
};

template <std::size_t N>
double value_at(const std::array<Station, N>& stations, double fraction) {
  if (fraction >= stations.front().height_fraction) return stations.front().value_m;
  for (std::size_t i = 0; i + 1 < N; ++i) {
    const double top = stations[i].height_fraction;
    const double bottom = stations[i + 1].height_fraction;
    if (fraction < bottom) continue;
    const double u = (top - fraction) / (top - bottom);
    return (1.0 - u) * stations[i].value_m + u * stations[i + 1].value_m;
  }
  return stations.back().value_m;
}

// One mode a station: its standard deviation there, falling to nothing at its neighbours.
template <std::size_t N>
Eigen::VectorXd modes_at(const std::array<Station, N>& stations, double fraction) {
  Eigen::VectorXd m(N);
  for (std::size_t i = 0; i < N; ++i) {
    std::array<Station, N> alone = stations;
    for (std::size_t j = 0; j < N; ++j) alone[j].value_m = i == j ? stations[i].sd_m : 0.0;
    m[static_cast<Eigen::Index>(i)] = value_at(alone, fraction);
  }
  return m;
}

constexpr std::size_t station_count = 4;
using Stations = std::array<Station, station_count>;

// The spine's height over the skin below it. On the side: half the breadth; at the shoulder the
// girdle gives way between the acromion and the outside of the arm.
Stations side_stations(const BodyEstimate& b) {
  const auto half = [](const Normal& breadth, double extra_sd_m) {
    return std::pair{0.5 * breadth.mean, std::hypot(0.5 * breadth.sd, extra_sd_m)};
  };
  const double shoulder = 0.25 * (b.biacromial_breadth_m.mean + b.bideltoid_breadth_m.mean);
  const double shoulder_sd =
      std::hypot(0.25 * std::hypot(b.biacromial_breadth_m.sd, b.bideltoid_breadth_m.sd), 0.025);
  const auto [chest, chest_sd] = half(b.chest_breadth_m, 0.012);
  const auto [waist, waist_sd] = half(b.waist_breadth_m, 0.006);
  const auto [hip, hip_sd] = half(b.hip_breadth_m, 0.006);
  return {{{b.height.acromion.mean, shoulder, shoulder_sd},
           {b.height.chest.mean, chest, chest_sd},
           {b.height.waist.mean, waist, waist_sd},
           {b.height.trochanter.mean, hip, hip_sd}}};
}

// On the back: vertebral bodies under the skin of the back, deeper in stout people.
Stations supine_stations(const BodyEstimate& b, const Anthropometry& known) {
  constexpr double usual_waist_depth_m = 0.23;
  const double girth = std::sqrt(b.waist_depth_m.mean / usual_waist_depth_m);
  const Normal& thorax = known.under_skin_thorax_m;
  const Normal& waist = known.under_skin_waist_m;
  const Normal& pelvis = known.under_skin_pelvis_m;
  return {{{b.height.acromion.mean, thorax.mean, thorax.sd},
           {b.height.chest.mean, thorax.mean, thorax.sd},
           {b.height.waist.mean, waist.mean * girth, waist.sd},
           {b.height.trochanter.mean, pelvis.mean * girth, pelvis.sd}}};
}

// On the front: what is left of the depth.
Stations prone_stations(const BodyEstimate& b, const Anthropometry& known) {
  constexpr double belly_yields_sd_m = 0.015;
  const auto under = [&](const Normal& depth, const Normal& under_skin) {
    return std::pair{depth.mean - under_skin.mean,
                     std::hypot(std::hypot(depth.sd, under_skin.sd), belly_yields_sd_m)};
  };
  const auto [thorax, thorax_sd] = under(b.chest_depth_m, known.under_skin_thorax_m);
  const auto [waist, waist_sd] = under(b.waist_depth_m, known.under_skin_waist_m);
  const auto [pelvis, pelvis_sd] = under(b.buttock_depth_m, known.under_skin_pelvis_m);
  constexpr double slimmer_at_shoulder_m = 0.02;
  return {{{b.height.acromion.mean, thorax - slimmer_at_shoulder_m, thorax_sd},
           {b.height.chest.mean, thorax, thorax_sd},
           {b.height.waist.mean, waist, waist_sd},
           {b.height.trochanter.mean, pelvis, pelvis_sd}}};
}

constexpr BendingPrior departure_on_side = {0.08, 0.5, 0.12};
constexpr BendingPrior departure_on_back = {0.03, 0.5, 0.10};
constexpr double local_sd_m = 0.006;  // of one patch of the sinkage
// Common to the whole trunk: a body lies rolled by some degrees, its flesh spreads, covers yield.
constexpr double section_sd_m = 0.015;
constexpr double untouched_sd_m = 0.05;  // where the mattress does not touch

double patch_mean(const Eigen::ArrayXXd& map, const MatGeometry& g, const TrunkAxis& axis,
                  double along_m, double across_m) {
  constexpr double half_length_m = 0.03;
  constexpr double half_width_m = 0.04;
  constexpr int steps = 2;
  double sum = 0.0;
  double count = 0.0;
  for (int i = -steps; i <= steps; ++i) {
    for (int j = -steps; j <= steps; ++j) {
      const Eigen::Vector2d p =
          axis.point(along_m + half_length_m * i / steps, across_m + half_width_m * j / steps);
      const auto row = static_cast<Eigen::Index>(std::floor(p.y() / g.row_pitch_m));
      const auto col = static_cast<Eigen::Index>(std::floor(p.x() / g.col_pitch_m));
      if (row < 0 || col < 0 || row >= map.rows() || col >= map.cols()) continue;
      sum += map(row, col);
      count += 1.0;
    }
  }
  return count > 0.0 ? sum / count : 0.0;
}

}  // namespace

SpineSupport spine_support(const PressureField& field, const Sinkage& sink, Posture posture,
                           const TrunkAxis& axis, const Eigen::VectorXd& across_m) {
  constexpr double least_contact_share = 0.15;  // of the trunk's mean pressure
  SpineSupport support;
  double total = 0.0;
  for (int k = 0; k < SpineKnots::count; ++k) {
    const double along_m = axis.along_at(SpineKnots::share(k));
    double at_m = across_m[k];
    // On the side the lowest skin lies in front of the spine, under the middle of the load.
    if (is_side(posture)) at_m = load_middle(field, axis, along_m, at_m, 0.1).across_m;
    support.sink_m.push_back(patch_mean(sink.depth_m, field.geometry, axis, along_m, at_m));
    support.pressure_pa.push_back(
        patch_mean(field.pressure_pa, field.geometry, axis, along_m, at_m));
    Eigen::VectorXd error(static_cast<Eigen::Index>(sink.errors.size()));
    for (std::size_t e = 0; e < sink.errors.size(); ++e) {
      error[static_cast<Eigen::Index>(e)] =
          patch_mean(sink.errors[e].change_m, field.geometry, axis, along_m, at_m);
    }
    support.error.push_back(error);
    total += support.pressure_pa.back();
  }
  for (const double p : support.pressure_pa) {
    support.contact.push_back(p > least_contact_share * total / SpineKnots::count);
  }
  return support;
}

Eigen::VectorXd SpineHeightFit::neutral(const Eigen::VectorXd& draw) const {
  return neutral_m + neutral_modes * draw.tail(neutral_modes.cols());
}

Eigen::VectorXd SpineHeightFit::height(const Eigen::VectorXd& draw) const {
  return draw.head(neutral_m.size()) + neutral(draw);
}

Eigen::VectorXd SpineHeightFit::mean_height() const {
  return posterior.curve() + neutral_m + neutral_modes * posterior.modes();
}

Eigen::VectorXd SpineHeightFit::height_sd() const {
  const Eigen::Index n = neutral_m.size();
  Eigen::MatrixXd joined(n, posterior.covariance().cols());
  joined << Eigen::MatrixXd::Identity(n, n), neutral_modes;
  return (joined * posterior.covariance() * joined.transpose()).diagonal().cwiseSqrt();
}

SpineHeightFit fit_spine_height(const SpineSupport& support, Posture posture, const TrunkAxis& axis,
                                const BodyEstimate& person, const Anthropometry& known,
                                const MattressPresets& presets) {
  const bool side = is_side(posture);
  const double belly = posture == Posture::prone ? -1.0 : 1.0;  // up, when lying on the back
  const Stations stations = side                         ? side_stations(person)
                            : posture == Posture::supine ? supine_stations(person, known)
                                                         : prone_stations(person, known);
  const auto sink_errors = static_cast<Eigen::Index>(support.error.front().size());
  constexpr auto stations_n = static_cast<Eigen::Index>(station_count);
  const Eigen::Index tissue_mode = sink_errors + stations_n;
  const Eigen::Index section_mode = tissue_mode + 1;
  const Eigen::Index lordosis_mode = tissue_mode + 2;
  const Eigen::Index kyphosis_mode = tissue_mode + 3;
  const Eigen::Index modes = tissue_mode + 4;

  SpineHeightFit fit;
  fit.neutral_m = Eigen::VectorXd::Zero(SpineKnots::count);
  fit.neutral_modes = Eigen::MatrixXd::Zero(SpineKnots::count, modes);
  if (!side) {
    for (int k = 0; k < SpineKnots::count; ++k) {
      const double lordosis = belly * lordosis_shape(SpineKnots::share(k));
      const double kyphosis = belly * kyphosis_shape(SpineKnots::share(k));
      fit.neutral_m[k] =
          known.lordosis_depth_m.mean * lordosis + known.kyphosis_depth_m.mean * kyphosis;
      fit.neutral_modes(k, lordosis_mode) = known.lordosis_depth_m.sd * lordosis;
      fit.neutral_modes(k, kyphosis_mode) = known.kyphosis_depth_m.sd * kyphosis;
    }
  }
  const double length = axis.spine_length_m();
  BendingPrior prior = side ? departure_on_side : departure_on_back;
  // The curve runs over the share of C7-S1 with heights in units of that length, so that slopes
  // stay slopes; a turn per share is a turn per length.
  prior.turn_variance_per_m *= length;
  BendingCurve curve(0.0, SpineKnots::last_share, SpineKnots::count, static_cast<int>(modes),
                     prior);
  for (int k = 0; k < SpineKnots::count; ++k) {
    const double fraction = axis.height_fraction(axis.along_at(SpineKnots::share(k)));
    // Above the shoulders the neck hangs free.
    if (fraction > stations.front().height_fraction) continue;
    const auto i = static_cast<std::size_t>(k);
    const double tissue_m = tissue_compression_m(support.pressure_pa[i], presets);
    const double height_m = value_at(stations, fraction) - tissue_m - support.sink_m[i];
    Eigen::VectorXd effect = fit.neutral_modes.row(k);
    effect.head(sink_errors) += support.error[i];
    effect.segment(sink_errors, stations_n) -= modes_at(stations, fraction);
    effect[section_mode] += section_sd_m;
    effect[tissue_mode] += presets.tissue_relative_sd * tissue_m;
    curve.observe(SpineKnots::share(k), (height_m - fit.neutral_m[k]) / length,
                  (support.contact[i] ? local_sd_m : untouched_sd_m) / length, effect / length);
  }
  fit.posterior = curve.solve().scaled(length);
  return fit;
}

}  // namespace matfit
