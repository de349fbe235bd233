#include "stages/fit/spine_height.hpp"

#include "stages/fit/spine_shape.hpp"
#include "stages/fit/trunk_linearization.hpp"

#include "numeric/unit_gaussian.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace matfit {

namespace {

constexpr double local_sd_m = 0.004;  // of one patch of the sinkage
constexpr double relative_sd = 0.05;  // of the sinkage, by laws that differ from these
constexpr double head_load_relative_sd = 0.15;
constexpr double roll_sd_rad = 0.14;  // somebody on the side lies rolled by some degrees
// A mattress of one curve may still be zoned, softer under the shoulders and firmer under the hips.
constexpr double zone_relative_sd = 0.11;
constexpr double last_rib_share = 0.7, hip_zone_share = 0.85;
// A used mattress lies lower where the pelvis has lain, which no pressure shows.
constexpr double wear_sd_m = 0.007;
constexpr double wear_share = 1.1, wear_spread_share = 0.45;
// How the trunk departs from the model's line, by half waves over its length.
constexpr std::array<double, 6> departure_sd_m = {0.014, 0.0035, 0.0025, 0.0010, 0.0005, 0.0003};

// How far behind the middle of its section the spine lies.
double behind_middle_m(double share, const BodyEstimate& person, const Anthropometry& known) {
  const double waistwards = std::clamp(share / 0.8, 0.0, 1.0);
  const double chest = 0.5 * person.chest_depth_m.mean - known.under_skin_thorax_m.mean;
  const double waist = 0.5 * person.waist_depth_m.mean - known.under_skin_waist_m.mean;
  return (1.0 - waistwards) * chest + waistwards * waist -
         known.lordosis_depth_m.mean * lordosis_shape(share) -
         known.kyphosis_depth_m.mean * kyphosis_shape(share);
}

// After the trunk's own unknowns: the sinkage's errors beyond the mattress's two, the roll, and the
// half waves of departure.
struct Unknowns {
  static constexpr Eigen::Index mattress_errors = 2;
  Eigen::Index sink, along, roll, zones, wear, waves, count;

  explicit Unknowns(Eigen::Index sink_errors)
      : sink(TrunkUnknowns::count),
        along(sink + sink_errors - mattress_errors),
        roll(along + 1),
        zones(roll + 1),
        wear(zones + 2),
        waves(wear + 1),
        count(waves + static_cast<Eigen::Index>(departure_sd_m.size())) {}
};

// Weights of evenly spaced nodes at a place: a smooth curve through them (Catmull & Rom 1974).
Eigen::RowVectorXd node_weights(double place, Eigen::Index nodes, Eigen::Index all) {
  Eigen::RowVectorXd w = Eigen::RowVectorXd::Zero(all);
  const double at = std::clamp(place, 0.0, static_cast<double>(nodes - 1) - 1e-9);
  const auto k = static_cast<Eigen::Index>(at);
  const double u = at - static_cast<double>(k);
  const std::array<double, 4> c = {0.5 * u * (-1 + u * (2 - u)), 1 + 0.5 * u * u * (-5 + 3 * u),
                                   0.5 * u * (1 + u * (4 - 3 * u)), 0.5 * u * u * (u - 1)};
  const auto add = [&](Eigen::Index i, double weight) {
    if (i < 0) {
      w[0] += 2.0 * weight;
      w[1] -= weight;
    } else if (i >= nodes) {
      w[nodes - 1] += 2.0 * weight;
      w[nodes - 2] -= weight;
    } else {
      w[i] += weight;
    }
  };
  for (Eigen::Index i = 0; i < 4; ++i) add(k - 1 + i, c[static_cast<std::size_t>(i)]);
  return w;
}

// How far the trunk departs from the model is as large as the map says it is, within reason.
Eigen::VectorXd most_probable_scale(const LinearObservations& seen, const Unknowns& index) {
  constexpr double spread = 0.5;  // of the scale's logarithm, before the map
  constexpr int steps = 4;        // to both sides
  constexpr double step = 0.35;
  Eigen::VectorXd best;
  double highest = 0.0;
  for (int i = -steps; i <= steps; ++i) {
    const double logarithm = step * i;
    Eigen::VectorXd scale = Eigen::VectorXd::Ones(index.count);
    scale.tail(index.count - index.waves).setConstant(std::exp(logarithm));
    const double evidence = seen.log_evidence(scale) - 0.5 * std::pow(logarithm / spread, 2);
    if (best.size() == 0 || evidence > highest) {
      highest = evidence;
      best = scale;
    }
  }
  return best;
}

// Half waves at the trunk's nodes, one a column.
Eigen::MatrixXd departure_waves(const Eigen::VectorXd& node_share) {
  constexpr double length_share = 1.2;
  Eigen::MatrixXd waves(node_share.size(), static_cast<Eigen::Index>(departure_sd_m.size()));
  for (Eigen::Index w = 0; w < waves.cols(); ++w) {
    waves.col(w) = departure_sd_m[static_cast<std::size_t>(w)] *
                   (pi * static_cast<double>(w) / length_share * node_share.array()).cos();
  }
  return waves;
}

// What the unknowns do to the map's own sinkage: knots x unknowns.
Eigen::MatrixXd map_modes(const SpineSupport& support, const Unknowns& index) {
  Eigen::MatrixXd modes = Eigen::MatrixXd::Zero(SpineKnots::count, index.count);
  for (Eigen::Index k = 0; k < modes.rows(); ++k) {
    const auto knot = static_cast<std::size_t>(k);
    const Eigen::VectorXd& error = support.error[knot];
    // Stiffer sinks less; the errors are of softer mattresses.
    modes(k, TrunkUnknowns::mattress_stiffness) = -error[0];
    modes(k, TrunkUnknowns::mattress_shear) = -error[1];
    const Eigen::Index others = error.size() - Unknowns::mattress_errors;
    modes.row(k).segment(index.sink, others) = error.tail(others);
    modes(k, index.along) = support.slope_m[knot];
  }
  return modes;
}

// Zones that nobody states are not to be told from softer flesh: they only widen.
void add_zones(const SpineSupport& support, const Unknowns& index, double stiffness_relative_sd,
               Eigen::MatrixXd& sink_modes) {
  for (Eigen::Index k = 0; k < sink_modes.rows(); ++k) {
    const double softer_m =
        support.error[static_cast<std::size_t>(k)][0] * zone_relative_sd / stiffness_relative_sd;
    const double share = SpineKnots::share(static_cast<int>(k));
    if (share < last_rib_share) sink_modes(k, index.zones) = softer_m;
    if (share > hip_zone_share) sink_modes(k, index.zones + 1) = softer_m;
  }
}

// What the map says of the unknowns, around those of `line`: at each node of the trunk how the
// model's sinkage differs from the map's, and the head's load.
LinearObservations observations(const SpineSupport& support, const Eigen::MatrixXd& of_map,
                                const TrunkLinearization& line, const Eigen::MatrixXd& waves,
                                const Eigen::VectorXd& node_share, double first_share,
                                const Unknowns& index) {
  LinearObservations seen(index.count);
  const Eigen::Index trunk = line.at.size();
  for (Eigen::Index k = 0; k < node_share.size(); ++k) {
    // Above the shoulders the neck hangs free.
    if (node_share[k] < first_share || node_share[k] > SpineKnots::last_share) continue;
    const Eigen::Index knot = SpineKnots::nearest(node_share[k]);
    const auto i = static_cast<std::size_t>(knot);
    if (!support.contact[i]) continue;
    Eigen::RowVectorXd row = -of_map.row(knot);
    row.head(trunk) += line.sink.row(k);
    row.segment(index.waves, waves.cols()) -= line.rest.sink_slope[k] * waves.row(k);
    const double sd = std::hypot(local_sd_m, relative_sd * support.sink_m[i]);
    seen.observe(row, support.sink_m[i] - line.rest.sink_m[k] + line.sink.row(k).dot(line.at), sd);
  }
  // On back and stomach the hands may lie there too.
  if (line.side && support.head_load_n > 0.0) {
    Eigen::RowVectorXd row = Eigen::RowVectorXd::Zero(index.count);
    row.head(trunk) = line.head_load_n;
    seen.observe(row, support.head_load_n - line.rest.head_load_n + line.head_load_n.dot(line.at),
                 head_load_relative_sd * std::max(support.head_load_n, line.head_weight_n));
  }
  return seen;
}

// The spine's own curves, upright where the person lies on back or front. On the side they show in
// height as far as the body is rolled, which the skin below does not tell.
void add_neutral(Posture posture, const BodyEstimate& person, const Anthropometry& known,
                 const Unknowns& index, SpineHeightFit& fit) {
  fit.neutral_m = Eigen::VectorXd::Zero(SpineKnots::count);
  fit.neutral_modes = Eigen::MatrixXd::Zero(SpineKnots::count, index.count);
  const double belly = posture == Posture::prone ? -1.0 : 1.0;  // up, when lying on the back
  const auto depth = [&](const Normal& usual, TrunkUnknowns::Index unknown) {
    return usual.mean + usual.sd * fit.unknowns[unknown];
  };
  for (Eigen::Index k = 0; k < SpineKnots::count; ++k) {
    const double share = SpineKnots::share(static_cast<int>(k));
    if (is_side(posture)) {
      fit.neutral_modes(k, index.roll) = roll_sd_rad * behind_middle_m(share, person, known);
      continue;
    }
    const double lordosis = belly * lordosis_shape(share);
    const double kyphosis = belly * kyphosis_shape(share);
    fit.neutral_modes(k, TrunkUnknowns::lordosis) = known.lordosis_depth_m.sd * lordosis;
    fit.neutral_modes(k, TrunkUnknowns::kyphosis) = known.kyphosis_depth_m.sd * kyphosis;
    fit.neutral_m[k] = depth(known.lordosis_depth_m, TrunkUnknowns::lordosis) * lordosis +
                       depth(known.kyphosis_depth_m, TrunkUnknowns::kyphosis) * kyphosis;
  }
}

}  // namespace

Eigen::MatrixXd SpineHeightFit::neutrals(const Eigen::MatrixXd& normals) const {
  return ((neutral_modes * root).eval() * normals).colwise() + neutral_m;
}

Eigen::MatrixXd SpineHeightFit::heights(const Eigen::MatrixXd& normals) const {
  return (((departure_modes + neutral_modes) * root).eval() * normals).colwise() + mean_height();
}

Eigen::VectorXd SpineHeightFit::height_sd() const {
  return ((departure_modes + neutral_modes) * root).rowwise().norm();
}

SpineHeightFit fit_spine_height(const SpineSupport& support, Posture posture,
                                const BodyEstimate& person, const Anthropometry& known,
                                const MattressResponse& mattress, const MattressPresets& presets,
                                std::optional<double> pillow_height_m) {
  const SkinStations stations = skin_stations(posture, person, known, presets);
  const TrunkCase lying = {posture, person, stations, known, mattress, presets, pillow_height_m};
  const Unknowns index(support.error.front().size());
  const Eigen::MatrixXd of_map = map_modes(support, index);
  const TrunkPlaces places(person);
  const double spine_m = spine_length_m(person, known);
  const Eigen::VectorXd node_share =
      Eigen::VectorXd::LinSpaced(TrunkPlaces::nodes, 0.0, places.length_m / spine_m);
  const double first_share =
      (places.c7_fraction - stations.station.front().height_fraction) * places.stature_m / spine_m;
  Eigen::MatrixXd waves = departure_waves(node_share);

  Eigen::VectorXd unknowns = Eigen::VectorXd::Zero(index.count);
  TrunkLinearization line;
  LinearObservations::Posterior posterior;
  Eigen::VectorXd scale;
  constexpr int rounds = 3;
  for (int round = 0; round < rounds; ++round) {
    line = linearized(lying, unknowns.head(TrunkUnknowns::count),
                      round == 0 ? nullptr : &line.rest.rise_m);
    const LinearObservations seen =
        observations(support, of_map, line, waves, node_share, first_share, index);
    scale = most_probable_scale(seen, index);
    posterior = seen.posterior(scale);
    constexpr double farthest = 3.0;
    unknowns = posterior.mean.cwiseMax(-farthest).cwiseMin(farthest);
  }
  const TrunkRest rest =
      trunk_at_rest(model_of(lying, unknowns.head(TrunkUnknowns::count)), &line.rest.rise_m);
  waves *= scale[index.waves];

  SpineHeightFit fit;
  fit.unknowns = unknowns;
  fit.root = posterior.root;
  fit.sink_m = Eigen::Map<const Eigen::VectorXd>(support.sink_m.data(), SpineKnots::count) +
               of_map * unknowns;
  fit.sink_modes = of_map;
  add_zones(support, index, mattress.stiffness_relative_sd(), fit.sink_modes);
  fit.departure_m = Eigen::VectorXd::Zero(SpineKnots::count);
  fit.departure_modes = Eigen::MatrixXd::Zero(SpineKnots::count, index.count);
  for (Eigen::Index k = 0; k < SpineKnots::count; ++k) {
    const double share = SpineKnots::share(static_cast<int>(k));
    const Eigen::RowVectorXd w =
        node_weights(share / node_share[1], node_share.size(), rest.rise_m.size());
    const Eigen::RowVectorXd of_waves = w.head(node_share.size()) * waves;
    fit.departure_m[k] =
        w.dot(rest.rise_m) + of_waves.dot(unknowns.segment(index.waves, waves.cols()));
    fit.departure_modes.row(k).head(TrunkUnknowns::count) = w * line.rise;
    fit.departure_modes.row(k).segment(index.waves, waves.cols()) = of_waves;
    fit.departure_modes(k, index.wear) =
        wear_sd_m * std::exp(-0.5 * std::pow((share - wear_share) / wear_spread_share, 2));
  }
  add_neutral(posture, person, known, index, fit);
  return fit;
}

}  // namespace matfit
