#pragma once

#include "synthetic/mattress_model.hpp"
#include "synthetic/posed_body.hpp"
#include "synthetic/underside.hpp"

#include <Eigen/Core>

namespace matfit {

struct SettleOptions {
  int max_rounds = 400;
  double force_tolerance = 0.002;    // unbalanced share of the body's weight
  double step_tolerance_m = 0.0001;  // largest movement of a node in the last round
};

// A body at rest on a mattress.
struct Settled {
  bool converged = false;
  int rounds = 0;
  double load_n = 0.0;
  Eigen::VectorXd rise_m;         // displacement of every node, negative where it sank
  Eigen::ArrayXXd pressure_pa;    // contact pressure, fine grid, rows x cols
  Eigen::ArrayXXd indentation_m;  // of the mattress's surface, fine grid
};

// Equilibrium of the jointed body: contact pressure passes through the flesh (a hardening layer)
// into the slab, whose columns compress and shear against each other,
//   p = P(w) - div(G(w) grad w),  p = T(penetration - w),
// and at every node contact, weight and the bending of its hinges balance. The surface is relaxed
// cell by cell, the nodes by Newton steps in between.
Settled settle(const PosedBody& body, const Underside& underside, const MattressModel& mattress,
               const SettleOptions& options = {});

}  // namespace matfit
