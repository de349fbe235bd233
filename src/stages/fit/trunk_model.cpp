#include "stages/fit/trunk_model.hpp"

#include "stages/fit/spine_shape.hpp"
#include "types/units.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <array>
#include <cmath>

namespace matfit {

namespace {

constexpr Eigen::Index node_count = TrunkPlaces::nodes;

// Bending stiffness of the passive trunk at small bends, N m2: about 0.3 N m a degree between rib
// cage and pelvis (McGill et al., J Biomech 1994 27:1, extrapolated to small bends), the rib cage
// several times stiffer (Watkins et al., Spine 2005 30:1283), the pelvis one bone.
constexpr double lumbar_bending_nm2 = 4.0;
constexpr double thorax_bending_nm2 = 12.0;
constexpr double upper_bending_nm2 = 5.0;
constexpr double pelvis_bending_nm2 = 120.0;
constexpr double neck_nm_per_rad = 9.0;
constexpr double girdle_link_n_per_m = 2000.0;
constexpr double spread_of_stiffness = 0.5;  // of its logarithm
constexpr double mass_spread = 0.06;
constexpr double carried_spread = 0.08;

class Builder {
 public:
  Builder(Posture posture, const BodyEstimate& person, const SkinStations& stations,
          const Anthropometry& known, const TrunkSections& sections,
          const Eigen::VectorXd& unknowns)
      : posture_(posture),
        side_(is_side(posture)),
        person_(person),
        stations_(stations),
        known_(known),
        sections_(sections),
        u_(unknowns),
        places_(person),
        spacing_m_(places_.spacing_m()),
        spine_m_(spine_length_m(person, known)) {
    const Eigen::Index nodes = node_count + (side_ ? 2 : 1);
    model_.along_m = Eigen::VectorXd::LinSpaced(node_count, 0.0, places_.length_m);
    model_.weight_n = Eigen::VectorXd::Zero(nodes);
    model_.preload_n = Eigen::VectorXd::Zero(nodes);
    model_.bending_n_per_m = Eigen::MatrixXd::Zero(nodes, nodes);
  }

  TrunkModel build(double pillow_height_m, double pillow_sd_m) {
    add_trunk();
    add_legs();
    add_head(pillow_height_m, pillow_sd_m);
    if (side_) add_girdle();
    constexpr double contact_width_m = 0.17;
    model_.surface_shear_n = sections_.shear_n_per_m * contact_width_m;
    model_.decay_length_m = sections_.decay_length_m;
    return std::move(model_);
  }

 private:
  double unknown(TrunkUnknowns::Index i) const { return u_[i]; }
  double below_c7(const Normal& fraction) const { return places_.below_c7(fraction); }
  Eigen::Index node_at(double along_m) const {
    return std::clamp<Eigen::Index>(static_cast<Eigen::Index>(std::lround(along_m / spacing_m_)), 0,
                                    node_count - 1);
  }
  double kg(double share) const { return share * person_.mass_kg.mean; }

  void hang(double mass_kg, double from_m, double to_m) {
    constexpr int pieces = 12;
    const double weight = mass_kg * standard_gravity_m_per_s2 / pieces;
    for (int i = 0; i < pieces; ++i) {
      const double place = std::clamp((from_m + (to_m - from_m) * (i + 0.5) / pieces) / spacing_m_,
                                      0.0, static_cast<double>(node_count - 1) - 1e-9);
      const auto k = static_cast<Eigen::Index>(place);
      const double share = place - static_cast<double>(k);
      model_.weight_n[k] += weight * (1.0 - share);
      model_.weight_n[k + 1] += weight * share;
    }
  }

  void bend(Eigen::Index a, Eigen::Index b, Eigen::Index c, double ab_m, double bc_m,
            double nm_per_rad) {
    const std::array<Eigen::Index, 3> node = {a, b, c};
    const std::array<double, 3> g = {-1.0 / ab_m, 1.0 / ab_m + 1.0 / bc_m, -1.0 / bc_m};
    for (std::size_t i = 0; i < 3; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        model_.bending_n_per_m(node[i], node[j]) += nm_per_rad * g[i] * g[j];
      }
    }
  }

  double spine_over_skin_m(double along_m, double fraction) const {
    double height = stations_.spine_over_skin_m(fraction) +
                    stations_.modes_m(fraction).dot(u_.head(SkinStations::count));
    // Above the shoulders the trunk narrows to the neck.
    const double shoulder_m = below_c7(person_.height.acromion);
    if (posture_ != Posture::supine && along_m < shoulder_m) {
      const double v = along_m / shoulder_m;
      height = (1.0 - v) * neck_radius_m + v * height;
    }
    // Below the hips it draws back towards the groin and the fold of the buttocks.
    const double hip_m = below_c7(person_.height.trochanter);
    if (along_m > hip_m) {
      const double draws_back_m = side_ ? 0.01 : posture_ == Posture::prone ? 0.03 : 0.02;
      height -= draws_back_m * (along_m - hip_m) / (model_.along_m[node_count - 1] - hip_m);
    }
    return height;
  }

  // The spine's own curve, upright, on back and front.
  double neutral_m(double along_m) const {
    if (side_) return 0.0;
    const double share = along_m / spine_m_;
    const double belly = posture_ == Posture::prone ? -1.0 : 1.0;
    return belly * ((known_.lordosis_depth_m.mean +
                     known_.lordosis_depth_m.sd * unknown(TrunkUnknowns::lordosis)) *
                        lordosis_shape(share) +
                    (known_.kyphosis_depth_m.mean +
                     known_.kyphosis_depth_m.sd * unknown(TrunkUnknowns::kyphosis)) *
                        kyphosis_shape(share));
  }
  // Neutral height of the lowest skin. The skin of the back follows the spine's curves, and the
  // buttocks reach as far back as the thorax does.
  double skin_m(double along_m, double fraction) const {
    const double share = along_m / spine_m_;
    const double spine = share < 1.0 ? neutral_m(along_m) : 0.0;
    if (posture_ != Posture::supine) return spine - spine_over_skin_m(along_m, fraction);
    const double thorax = stations_.station[1].spine_over_skin_m.mean;
    constexpr double own_sd_m = 0.008;
    const double own = own_sd_m * stations_.weights(fraction).dot(u_.head(SkinStations::count));
    return spine - thorax - own -
           (spine_over_skin_m(along_m, fraction) - stations_.spine_over_skin_m(fraction)) +
           stations_.modes_m(fraction).dot(u_.head(SkinStations::count));
  }

  void add_trunk();
  void add_legs();
  void add_head(double pillow_height_m, double pillow_sd_m);
  void add_girdle();

  Posture posture_;
  bool side_;
  const BodyEstimate& person_;
  const SkinStations& stations_;
  const Anthropometry& known_;
  const TrunkSections& sections_;
  const Eigen::VectorXd& u_;
  TrunkPlaces places_;
  double spacing_m_;
  double spine_m_;
  TrunkModel model_;
};

void Builder::add_trunk() {
  const double shoulder_m = below_c7(person_.height.acromion);
  const double rib_m = below_c7(person_.height.tenth_rib);
  const double sacrum_m = spine_m_;
  for (Eigen::Index k = 0; k < node_count; ++k) {
    const double s = model_.along_m[k];
    const double fraction = places_.fraction_at(s);
    const double length = k == 0 || k == node_count - 1 ? 0.5 * spacing_m_ : spacing_m_;
    model_.rests.push_back(
        {k, length, skin_m(s, fraction), sections_.trunk[static_cast<std::size_t>(k)]});
    if (k == 0 || k == node_count - 1) continue;
    const double thorax = lognormal(unknown(TrunkUnknowns::thorax_stiffness), spread_of_stiffness);
    const double lumbar = lognormal(unknown(TrunkUnknowns::lumbar_stiffness), spread_of_stiffness);
    const double bending = s < 0.9 * shoulder_m  ? upper_bending_nm2 * thorax
                           : s < 0.92 * rib_m    ? thorax_bending_nm2 * thorax
                           : s < sacrum_m - 0.01 ? lumbar_bending_nm2 * lumbar
                                                 : pelvis_bending_nm2;
    bend(k - 1, k, k + 1, spacing_m_, spacing_m_, bending / spacing_m_);
  }
  // The trunk's parts end at xiphion, omphalion and the middle of the hips, shares of the way from
  // cervicale; the lowest part's centre of mass lies a little below its middle (de Leva, J Biomech
  // 1996 29:1223, mean of men and women).
  constexpr double xiphion_share = 0.386, omphalion_share = 0.732, lower_centre_share = 0.552;
  const double hip_m = below_c7(person_.height.trochanter);
  const double xiphion_m = xiphion_share * hip_m;
  const double omphalion_m = omphalion_share * hip_m;
  const double lower_from_m =
      omphalion_m + (2.0 * lower_centre_share - 1.0) * (hip_m - omphalion_m);
  const double waist_m = below_c7(person_.height.waist);
  const double all = 1.0 + carried_spread * unknown(TrunkUnknowns::carried_share);
  const SegmentMassShare& m = person_.mass_share;
  hang(all * kg(m.upper_trunk) * (1.0 + mass_spread * unknown(TrunkUnknowns::upper_mass)), 0.0,
       xiphion_m);
  hang(all * kg(m.middle_trunk), xiphion_m, omphalion_m);
  hang(all * kg(m.lower_trunk) * (1.0 + mass_spread * unknown(TrunkUnknowns::lower_mass)),
       lower_from_m, hip_m);
  if (side_) {
    // The upper arm lies on the trunk.
    const double arm = kg(m.upper_arm + m.forearm + m.hand) * standard_gravity_m_per_s2;
    model_.weight_n[node_at(shoulder_m)] += 0.5 * arm;
    model_.weight_n[node_at(waist_m)] += 0.5 * arm;
  }  // on back and front the arms lie beside it
}

// The thighs hang on the hips with the nearer part of their weight and rest themselves.
void Builder::add_legs() {
  const double near_share = side_ ? 0.50 : 0.35;
  constexpr double resting_length_m = 0.18;
  const double hip_m = below_c7(person_.height.trochanter);
  const Eigen::Index hip = node_at(hip_m);
  const double share = near_share * (1.0 + 0.15 * unknown(TrunkUnknowns::thigh_share));
  model_.weight_n[hip] += 2.0 * share * kg(person_.mass_share.thigh) * standard_gravity_m_per_s2;
  const double skin = skin_m(hip_m, person_.height.trochanter.mean) + 0.02;
  model_.rests.push_back({hip, (side_ ? 1.0 : 2.0) * resting_length_m, skin, sections_.thigh});
}

void Builder::add_head(double pillow_height_m, double pillow_sd_m) {
  const Eigen::Index head = node_count;
  const double from_c7_m = (1.0 - person_.height.c7.mean) * person_.stature_m.mean - 0.11;
  model_.weight_n[head] = kg(person_.mass_share.head) * standard_gravity_m_per_s2;
  // On the side the neck would rather be straight; on back and stomach the head touches when the
  // trunk does, and a pillow lifts it a little beyond that.
  double skin = -0.5 * person_.head_breadth_m.mean;
  double lift = 0.8;
  if (!side_) {
    lift = 0.2;
    skin = 0.0;
    for (const TrunkModel::Rest& rest : model_.rests) skin = std::min(skin, rest.skin_m);
  }
  const double pillow = pillow_height_m + pillow_sd_m * unknown(TrunkUnknowns::head_height);
  model_.rests.push_back({head, 0.10, skin - lift * pillow, sections_.head});
  const double stiffness = neck_nm_per_rad * lognormal(unknown(TrunkUnknowns::neck_stiffness), 0.6);
  bend(1, 0, head, spacing_m_, from_c7_m, side_ ? stiffness : 0.3 * stiffness);
}

// Lain upon, the shoulder slides forwards and in over the ribs and carries by itself.
void Builder::add_girdle() {
  constexpr double slide_m = 0.060, slide_sd_m = 0.025;
  constexpr double resting_length_m = 0.10;
  const Eigen::Index girdle = node_count + 1;
  const Eigen::Index root = node_at(below_c7(person_.height.acromion));
  const double out_m = 0.5 * person_.biacromial_breadth_m.mean -
                       (slide_m + slide_sd_m * unknown(TrunkUnknowns::girdle_slide)) +
                       lower_arm_radius_m;
  model_.weight_n[girdle] = 0.55 * kg(person_.mass_share.upper_arm) * standard_gravity_m_per_s2;
  model_.rests.push_back({girdle, resting_length_m, -out_m, sections_.girdle});
  model_.bending_n_per_m(root, root) += girdle_link_n_per_m;
  model_.bending_n_per_m(girdle, girdle) += girdle_link_n_per_m;
  model_.bending_n_per_m(root, girdle) -= girdle_link_n_per_m;
  model_.bending_n_per_m(girdle, root) -= girdle_link_n_per_m;
}

}  // namespace

TrunkModel trunk_model(Posture posture, const BodyEstimate& person, const SkinStations& stations,
                       const Anthropometry& known, const TrunkSections& sections,
                       std::optional<double> pillow_height_m, const Eigen::VectorXd& unknowns) {
  // Most people who state nothing use a pillow that the head presses to some centimetres.
  constexpr double unstated_pillow_m = 0.06, unstated_sd_m = 0.045, stated_sd_m = 0.015;
  return Builder(posture, person, stations, known, sections, unknowns)
      .build(pillow_height_m.value_or(unstated_pillow_m),
             pillow_height_m ? stated_sd_m : unstated_sd_m);
}

Eigen::VectorXd unbalanced_n(const TrunkModel& model, const Eigen::VectorXd& rise_m,
                             TrunkRest* state) {
  Eigen::VectorXd force = -model.weight_n - model.bending_n_per_m * rise_m + model.preload_n;
  const Eigen::Index n = model.trunk_nodes();
  Eigen::VectorXd support = Eigen::VectorXd::Zero(n);
  Eigen::VectorXd sink = Eigen::VectorXd::Zero(n);
  Eigen::VectorXd slope = Eigen::VectorXd::Zero(n);
  Eigen::MatrixXd yielding = Eigen::MatrixXd::Zero(n, n);  // of the support over the rises
  Eigen::MatrixXd stiffness = model.bending_n_per_m;
  for (std::size_t i = 0; i < model.rests.size(); ++i) {
    const TrunkModel::Rest& rest = model.rests[i];
    const SectionAnswer answer = rest.law.at(-(rise_m[rest.node] + rest.skin_m));
    const double load_n = rest.length_m * answer.load_n_per_m;
    const double load_stiffness = rest.length_m * answer.stiffness_n_per_m2;
    if (static_cast<Eigen::Index>(i) < n) {
      support[rest.node] = load_n;
      yielding(rest.node, rest.node) = load_stiffness;
      sink[rest.node] = answer.sink_m;
      slope[rest.node] = answer.sink_slope;
      continue;
    }
    force[rest.node] += load_n;
    stiffness(rest.node, rest.node) += load_stiffness;
    if (state != nullptr && rest.node == model.head_node()) {
      state->head_load_n = load_n;
      state->head_stiffness_n_per_m = load_stiffness;
    }
  }
  // The surface's tension along the body: a stretch that sinks more than its neighbours is held,
  // and one that sinks less carries less. The surface pushes and does not pull.
  const double spacing = model.along_m[1] - model.along_m[0];
  const double pull = model.surface_shear_n / spacing;
  const double beyond = std::max(0.0, 1.0 - spacing / model.decay_length_m);
  for (Eigen::Index k = 0; k < n; ++k) {
    const double above = k > 0 ? sink[k - 1] : beyond * sink[0];
    const double below = k + 1 < n ? sink[k + 1] : sink[k];
    support[k] += pull * (2.0 * sink[k] - above - below);
    yielding(k, k) += pull * slope[k] * (2.0 - (k == 0 ? beyond : 0.0) - (k + 1 == n ? 1.0 : 0.0));
    if (k > 0) yielding(k, k - 1) -= pull * slope[k - 1];
    if (k + 1 < n) yielding(k, k + 1) -= pull * slope[k + 1];
    if (support[k] <= 0.0) continue;
    force[k] += support[k];
    stiffness.row(k).head(n) += yielding.row(k);
  }
  if (state != nullptr) {
    state->sink_m = sink;
    state->sink_slope = slope;
    state->stiffness = stiffness;
  }
  return force;
}

TrunkRest trunk_at_rest(const TrunkModel& model, const Eigen::VectorXd* start_m) {
  TrunkRest rest;
  const Eigen::Index nodes = model.weight_n.size();
  if (start_m != nullptr) {
    rest.rise_m = *start_m;
  } else {
    rest.rise_m = Eigen::VectorXd::Zero(nodes);
    double lowest = 0.0;
    for (const TrunkModel::Rest& r : model.rests) {
      if (r.node < model.trunk_nodes()) lowest = std::min(lowest, r.skin_m);
    }
    constexpr double into_mattress_m = 0.03;
    rest.rise_m.setConstant(-lowest - into_mattress_m);
    for (const TrunkModel::Rest& r : model.rests) {
      if (r.node >= model.trunk_nodes()) rest.rise_m[r.node] = -r.skin_m - 0.01;
    }
  }
  constexpr double longest_step_m = 0.02, tolerance_m = 1e-6;
  constexpr double regular_n_per_m = 2.0;
  double longest_m = longest_step_m;
  for (int round = 0; round < 60; ++round) {
    const Eigen::VectorXd force = unbalanced_n(model, rest.rise_m, &rest);
    Eigen::MatrixXd j = rest.stiffness;
    j.diagonal().array() += regular_n_per_m;
    Eigen::VectorXd step = j.partialPivLu().solve(force);
    const double largest = step.cwiseAbs().maxCoeff();
    // Shorter and shorter, so that a part that touches and lifts by turns comes to rest too.
    if (largest > longest_m) step *= longest_m / largest;
    if (round > 10) longest_m *= 0.85;
    rest.rise_m += step;
    if (largest < tolerance_m) {
      rest.converged = true;
      break;
    }
  }
  unbalanced_n(model, rest.rise_m, &rest);
  return rest;
}

}  // namespace matfit
