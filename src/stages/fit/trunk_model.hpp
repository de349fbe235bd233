#pragma once

#include "stages/fit/trunk_sections.hpp"

#include "types/posture.hpp"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace matfit {

// The trunk as a beam of nodes on the mattress, from C7 (node 0) down to the crotch, with the head
// and on the side the lower shoulder as nodes of their own. Heights are of its neutral line, before
// the mattress or its own stiffness move it.
struct TrunkModel {
  struct Rest {
    Eigen::Index node = 0;
    double length_m = 0.0;  // along the body
    double skin_m = 0.0;    // neutral height of its lowest unpressed skin
    SectionLaw law;         // a copy of its slice's
  };
  Eigen::VectorXd along_m;          // of the trunk's nodes from C7, evenly spaced
  Eigen::VectorXd weight_n;         // of all nodes
  Eigen::MatrixXd bending_n_per_m;  // all nodes: forces that resist their departure
  Eigen::VectorXd preload_n;        // of joints whose rest is not straight
  std::vector<Rest> rests;          // the trunk's first, in the order of its nodes
  double surface_shear_n = 0.0;     // of the mattress along the body, over the contact's width
  double decay_length_m = 0.0;

  Eigen::Index trunk_nodes() const { return along_m.size(); }
  Eigen::Index head_node() const { return trunk_nodes(); }
};

// `unknowns` as TrunkUnknowns; stiffnesses from the passive trunk at small bends, weights from de
// Leva (1996).
TrunkModel trunk_model(Posture posture, const BodyEstimate& person, const SkinStations& stations,
                       const Anthropometry& known, const TrunkSections& sections,
                       std::optional<double> pillow_height_m, const Eigen::VectorXd& unknowns);

// How the trunk comes to lie: vertical departure of every node from its neutral height over the
// unloaded surface, and the sink of the surface under the trunk's nodes.
struct TrunkRest {
  Eigen::VectorXd rise_m;
  Eigen::VectorXd sink_m;      // trunk nodes
  Eigen::VectorXd sink_slope;  // of the sink over a node's sinking
  Eigen::MatrixXd stiffness;   // of the forces over the rises, at rest
  double head_load_n = 0.0;    // on whatever it lies upon
  double head_stiffness_n_per_m = 0.0;
  bool converged = false;
};

TrunkRest trunk_at_rest(const TrunkModel& model, const Eigen::VectorXd* start_m = nullptr);

// Forces on the nodes at given rises: what is left of support, weight and bending.
Eigen::VectorXd unbalanced_n(const TrunkModel& model, const Eigen::VectorXd& rise_m,
                             TrunkRest* state = nullptr);

}  // namespace matfit
