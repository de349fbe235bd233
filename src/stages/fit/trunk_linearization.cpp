#include "stages/fit/trunk_linearization.hpp"

#include <Eigen/LU>

namespace matfit {

namespace {

TrunkSections sections_of(const TrunkCase& c, const Eigen::VectorXd& unknowns) {
  return trunk_sections(c.posture, c.person, c.stations, c.mattress, c.presets, unknowns);
}

TrunkModel model_with(const TrunkCase& c, const TrunkSections& sections,
                      const Eigen::VectorXd& unknowns) {
  return trunk_model(c.posture, c.person, c.stations, c.known, sections, c.pillow_height_m,
                     unknowns);
}

}  // namespace

TrunkModel model_of(const TrunkCase& lying, const Eigen::VectorXd& unknowns) {
  return model_with(lying, sections_of(lying, unknowns), unknowns);
}

TrunkLinearization linearized(const TrunkCase& lying, const Eigen::VectorXd& unknowns,
                              const Eigen::VectorXd* start_m) {
  const TrunkSections sections = sections_of(lying, unknowns);
  const TrunkModel model = model_with(lying, sections, unknowns);
  TrunkLinearization line;
  line.side = is_side(lying.posture);
  line.at = unknowns;
  line.rest = trunk_at_rest(model, start_m);
  line.head_weight_n = model.weight_n[model.head_node()];
  const Eigen::Index nodes = model.trunk_nodes();
  line.rise.resize(model.weight_n.size(), unknowns.size());
  line.sink.resize(nodes, unknowns.size());
  line.head_load_n.resize(unknowns.size());
  const Eigen::PartialPivLU<Eigen::MatrixXd> stiffness(line.rest.stiffness);
  constexpr double step = 0.25;
  for (Eigen::Index u = 0; u < unknowns.size(); ++u) {
    Eigen::VectorXd moved = unknowns;
    moved[u] += step;
    // What the change leaves unbalanced where the trunk lay moves it until it rests again.
    const bool other_sections = TrunkSections::depend_on(static_cast<TrunkUnknowns::Index>(u));
    TrunkRest there;
    const Eigen::VectorXd force =
        unbalanced_n(other_sections ? model_of(lying, moved) : model_with(lying, sections, moved),
                     line.rest.rise_m, &there);
    line.rise.col(u) = stiffness.solve(force) / step;
    line.sink.col(u) = (there.sink_m - line.rest.sink_m) / step -
                       line.rest.sink_slope.cwiseProduct(line.rise.col(u).head(nodes));
    line.head_load_n[u] = (there.head_load_n - line.rest.head_load_n) / step -
                          line.rest.head_stiffness_n_per_m * line.rise(model.head_node(), u);
  }
  return line;
}

}  // namespace matfit
