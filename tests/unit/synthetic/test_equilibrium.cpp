#include "synthetic/contact_laws.hpp"
#include "synthetic/settle.hpp"
#include "synthetic/truth_cases.hpp"
#include "types/units.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace matfit {
namespace {

constexpr std::uint64_t seed = 31;
constexpr SettleOptions strict{1000, 0.0005, 0.00005};
constexpr double pitch_m = 0.0125;

struct AtRest {
  PosedBody body;
  Underside underside;
  Settled settled;
};

AtRest at_rest(const TruthCase& it) {
  PosedBody body = pose_body(it.body, it.pose, it.sensor.geometry);
  Underside underside = underside_of(body, pitch_m);
  Settled settled = settle(body, underside, it.mattress, strict);
  return {std::move(body), std::move(underside), std::move(settled)};
}

// Upward force of the mattress on every node, from the pressures of the result.
Eigen::VectorXd carried_n(const AtRest& lie) {
  Eigen::VectorXd force = Eigen::VectorXd::Zero(lie.settled.rise_m.size());
  for (const SkinCell& skin : lie.underside.skin) {
    const auto row = static_cast<int>(skin.cell) / lie.underside.grid.cols;
    const auto col = static_cast<int>(skin.cell) % lie.underside.grid.cols;
    const double pushed = lie.settled.pressure_pa(row, col) * lie.underside.grid.cell_area_m2();
    force[skin.node_a] += (1.0 - skin.share_b) * pushed;
    force[skin.node_b] += skin.share_b * pushed;
  }
  return force;
}

// Upward force of joints and links on every node, from the displacements of the result.
Eigen::VectorXd held_n(const AtRest& lie) {
  const Eigen::VectorXd& rise = lie.settled.rise_m;
  Eigen::VectorXd force = Eigen::VectorXd::Zero(rise.size());
  for (const BodyHinge& h : lie.body.hinges) {
    const double before = (rise[h.middle] - rise[h.before]) / h.length_before_m;
    const double after = (rise[h.middle] - rise[h.after]) / h.length_after_m;
    const double moment = bending_at(h, before + after - h.rest_rad).moment_nm;
    force[h.before] += moment / h.length_before_m;
    force[h.after] += moment / h.length_after_m;
    force[h.middle] -= moment / h.length_before_m + moment / h.length_after_m;
  }
  for (const BodyLink& link : lie.body.links) {
    const double pulled = link.stiffness_n_per_m * (rise[link.b] - rise[link.a]);
    force[link.a] += pulled;
    force[link.b] -= pulled;
  }
  return force;
}

TEST(Equilibrium, ForcesAndMomentsOnTheTrunkBalanceUnderEveryDeparture) {
  for (const Departure departure : all_departures) {
    for (std::size_t i = 0; i < 4; ++i) {
      const AtRest lie = at_rest(truth_case(i, seed, departure));
      ASSERT_TRUE(lie.settled.converged) << name_of(departure) << ' ' << i;
      const Eigen::VectorXd carried = carried_n(lie);
      const Eigen::VectorXd held = held_n(lie);
      const double weight_n = lie.body.weight_n();
      double force_n = 0.0;
      double moment_nm = 0.0;
      for (int k = 0; k < lie.body.trunk_nodes; ++k) {
        const double left_n =
            carried[k] + held[k] - lie.body.nodes[static_cast<std::size_t>(k)].weight_n;
        force_n += left_n;
        moment_nm += left_n * k * lie.body.trunk_node_spacing_m;
      }
      EXPECT_NEAR(force_n / weight_n, 0.0, 0.003) << name_of(departure) << ' ' << i;
      EXPECT_NEAR(moment_nm / (weight_n * lie.body.dimensions.trunk_m), 0.0, 0.003)
          << name_of(departure) << ' ' << i;
    }
  }
}

// The mattress pushes where the body weighs: its moment about a transverse axis is the weight's.
TEST(Equilibrium, CentreOfPressureLiesUnderTheCentreOfMass) {
  for (std::size_t i = 0; i < 24; ++i) {
    TruthCase it = truth_case(i, seed);
    it.pose = plain_pose(it.pose.posture);
    const AtRest lie = at_rest(it);
    double weight_n = 0.0, weight_moment_nm = 0.0, load_n = 0.0, load_moment_nm = 0.0;
    for (const BodyNode& node : lie.body.nodes) {
      weight_n += node.weight_n;
      weight_moment_nm += node.weight_n * node.place_m.y();
    }
    const FineGrid& grid = lie.underside.grid;
    for (int row = 0; row < grid.rows; ++row) {
      const double force_n = lie.settled.pressure_pa.row(row).sum() * grid.cell_area_m2();
      load_n += force_n;
      load_moment_nm += force_n * grid.centre_m(row, 0).y();
    }
    EXPECT_NEAR(load_n / weight_n, 1.0, 0.002) << i;
    EXPECT_NEAR(load_moment_nm / load_n, weight_moment_nm / weight_n, 0.006) << i;
  }
}

// Reaction boards find it at 55.4 (women) and 56.2 (men) per cent of stature over the soles
// (Croskey et al., Am J Physiol 1922 61:171).
TEST(Equilibrium, CentreOfMassLiesWhereReactionBoardsFindIt) {
  const MatGeometry mat{84, 52, 0.026, 0.026};
  for (const Sex sex : {Sex::female, Sex::male}) {
    SleeperBody body = average_body(sex, 1.70, 68.0);
    body.mass_places = TrunkMassPlaces::de_leva_centres;
    SleeperPose pose = plain_pose(Posture::supine);
    pose.vertex_y_m = 0.0;
    double weight_n = 0.0, moment_nm = 0.0;
    for (const BodyNode& node : pose_body(body, pose, mat).nodes) {
      weight_n += node.weight_n;
      moment_nm += node.weight_n * node.place_m.y();
    }
    const double over_soles = 1.0 - moment_nm / weight_n / body.stature_m;
    EXPECT_NEAR(over_soles, sex == Sex::female ? 0.554 : 0.562, 0.010);
  }
}

TEST(Equilibrium, LoadClosesWithinOnePercentUnderEveryDeparture) {
  const MatGeometry field{110, 96, 0.026, 0.026};
  for (const Departure departure : all_departures) {
    for (std::size_t i = 0; i < 12; ++i) {
      TruthCase it = truth_case(i, seed, departure);
      it.pose.vertex_y_m = 0.25;
      const SimulatedLie lie = lie_down(it.body, it.pose, it.mattress, field);
      EXPECT_TRUE(lie.truth.converged) << name_of(departure) << ' ' << i;
      EXPECT_NEAR(lie.truth.weight_n, it.body.mass_kg * standard_gravity_m_per_s2,
                  0.002 * lie.truth.weight_n);
      EXPECT_NEAR(lie.truth.load_on_mat_n / lie.truth.weight_n, 1.0, 0.01)
          << name_of(departure) << ' ' << i;
    }
  }
}

TEST(Equilibrium, HalvingThePhysicsGridHardlyMovesTheTruth) {
  LieOptions coarse;
  coarse.settle = strict;
  LieOptions fine = coarse;
  fine.fine_pitch_m = 0.5 * coarse.fine_pitch_m;
  for (std::size_t i = 0; i < 4; ++i) {
    const TruthCase it = truth_case(i, seed);
    // Half of every mat's cells or less.
    EXPECT_LE(coarse.fine_pitch_m,
              0.5 * std::min(it.sensor.geometry.row_pitch_m, it.sensor.geometry.col_pitch_m));
    const auto one = lie_down(it.body, it.pose, it.mattress, it.sensor.geometry, coarse).truth;
    const auto other = lie_down(it.body, it.pose, it.mattress, it.sensor.geometry, fine).truth;
    for (const auto& [name, value] : one.metrics) {
      EXPECT_NEAR(value, other.metrics.at(name), 1.5) << name << ' ' << i;
    }
  }
}

}  // namespace
}  // namespace matfit
