#include "stages/fit/fit_body.hpp"

#include "stages/fit/body_estimate.hpp"
#include "stages/fit/body_template.hpp"
#include "stages/fit/contact_map.hpp"
#include "stages/fit/expected_load.hpp"
#include "stages/fit/field_blocks.hpp"
#include "stages/fit/marked_landmarks.hpp"
#include "stages/fit/other_poses.hpp"
#include "stages/fit/start_pose.hpp"
#include "stages/fit/template_cost.hpp"
#include "stages/fit/template_pose.hpp"

#include "numeric/normal_equations.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace matfit {

namespace {

// Under this a map holds no body to fit: a seated or partly lying child touches more.
constexpr double least_contact_m2 = 0.06;
// Load (compressed) within a hand's breadth of a part that shows the part is there.
constexpr double least_evidence = 0.08;
constexpr double least_own_share = 0.6;
constexpr double evidence_blur_m = 0.03;
constexpr double coarse_pitch_m = 0.05;
// Of the cost, by which it jumps where the end of a part's reach crosses a cell.
constexpr double least_sure_share = 1e-4;

void require_shapes(const PressureField& field) {
  const auto fits = [&](Eigen::Index rows, Eigen::Index cols) {
    return rows == field.geometry.rows && cols == field.geometry.cols;
  };
  if (!fits(field.pressure_pa.rows(), field.pressure_pa.cols()) ||
      !fits(field.repaired.rows(), field.repaired.cols()) || field.geometry.row_pitch_m <= 0.0 ||
      field.geometry.col_pitch_m <= 0.0) {
    throw std::invalid_argument("fit_body: the field's arrays do not have its geometry's shape");
  }
}

// Turns directions from the body frame into the recording's.
Eigen::Matrix2d recording_from_body_rotation(const PressureField& field) {
  const auto to = [&](const Eigen::Vector2d& p) {
    return recording_from_canonical(p, field.geometry, field.orientation);
  };
  const Eigen::Vector2d origin = to({0.0, 0.0});
  Eigen::Matrix2d turn;
  turn.col(0) = to({1.0, 0.0}) - origin;
  turn.col(1) = to({0.0, 1.0}) - origin;
  return turn;
}

// The template's cost of a pose on the loads that it expects in that pose.
double cost_of(const std::vector<Eigen::Vector2d>& nodes, const RankedField& blocks,
               const MatGeometry& mat, const BodyTemplate& body) {
  const ContactMap map =
      contact_map(blocks, expected_loads(body, nodes, blocks.field.geometry, ExpectedParts::all),
                  mat, coarse_pitch_m);
  return TemplateCost(map, body, nodes)(pose_at(body, nodes), nullptr);
}

// Where legs may be raised, the start is sought on what surely lies on the mat, as loads expected
// of legs that are off it would go to the noise of unloaded cells; then the legs once more as if
// they were on it. Otherwise all of the body is on the mat, and arms, pillow or wedge may be too:
// twice the area leaves the faint parts, head and feet, a load in spite of these.
std::vector<Eigen::Vector2d> found_start(const RankedField& blocks, const MatGeometry& mat,
                                         const BodyTemplate& body) {
  const auto expected = [&](const std::vector<Eigen::Vector2d>& nodes, ExpectedParts parts) {
    return expected_loads(body, nodes, blocks.field.geometry, parts);
  };
  const std::vector<Eigen::Vector2d> resting = resting_nodes(body, mat);
  if (std::none_of(body.legs.begin(), body.legs.end(),
                   [](const TemplateLeg& leg) { return leg.may_be_raised; })) {
    const std::vector<double> twice = on_more_cells(expected(resting, ExpectedParts::all), 2);
    return start_pose(contact_map(blocks, twice, mat), body);
  }
  const std::vector<double> sure =
      expected(resting, ExpectedParts::without_legs_that_may_be_raised);
  const std::vector<Eigen::Vector2d> raised = start_pose(contact_map(blocks, sure, mat), body);
  const std::vector<double> all = expected(with_legs_at_rest(body, raised), ExpectedParts::all);
  const std::vector<Eigen::Vector2d> flat =
      with_legs_placed(contact_map(blocks, all, mat), body, raised);
  return cost_of(flat, blocks, mat, body) < cost_of(raised, blocks, mat, body) ? flat : raised;
}

// What each landmark's definition leaves open beside the template's place, and what a limb does
// that lies shorter than it is.
std::vector<double> definition_sds_m(const BodyTemplate& body, const Eigen::VectorXd& pose) {
  constexpr double usual_shortening_m = 0.05;
  std::vector<double> out;
  for (const TemplateLandmark& mark : body.landmarks) {
    const double reach =
        (point_of(body, pose, mark.place) - point_of(body, pose, mark.root)).norm();
    const double missing_m = std::max(0.0, mark.usual_reach_m - reach - usual_shortening_m);
    out.push_back(std::hypot(mark.definition_sd_m, 0.5 * missing_m));
  }
  return out;
}

// Whether each heel of the pose lies on load; `near`: the map, blurred by evidence_blur_m.
bool heels_bear(const BodyTemplate& body, const Eigen::VectorXd& pose, const ContactMap& map,
                const Eigen::ArrayXXd& near) {
  return std::all_of(body.legs.begin(), body.legs.end(), [&](const TemplateLeg& leg) {
    return sampled(near, map, node_of(pose, leg.heel)) >= least_evidence;
  });
}

LeastSquaresSummary solved(const TemplateCost& cost, const Eigen::VectorXd& start,
                           const LeastSquaresOptions& options) {
  return minimise_sums([&](const Eigen::VectorXd& p, NormalEquations* e) { return cost(p, e); },
                       start, options);
}

}  // namespace

BodyFit fit_body(const PressureField& field, Posture posture, const std::optional<Subject>& subject,
                 const Anthropometry& known, const FitBodyOptions& options) {
  require_shapes(field);
  BodyFit fit;
  if (!is_lying(posture)) {
    fit.status = FitStatus::unknown_posture;
    fit.note = "landmarks are fitted for lying postures only";
    return fit;
  }
  const PressureField canonical = canonical_from_recording(field);
  const MatGeometry& mat = canonical.geometry;
  const PressureField working = in_blocks(canonical);
  if (loaded_area_m2(working) < least_contact_m2) {
    fit.status = FitStatus::too_little_contact;
    fit.note = "too little of a body is on the mat";
    return fit;
  }
  const BodyTemplate body =
      body_template(body_estimate(subject, known), known, posture, options.pitch_relative_sd);
  const RankedField ranked(working);
  const std::vector<Eigen::Vector2d> start = found_start(ranked, mat, body);
  const std::vector<double> expected =
      expected_loads(body, start, working.geometry, ExpectedParts::all);
  const ContactMap map = contact_map(ranked, expected, mat);
  // A coarse picture brings the body near its place at a quarter of the cost.
  const ContactMap coarse = contact_map(ranked, expected, mat, coarse_pitch_m);
  const TemplateCost cost(map, body, start);
  LeastSquaresOptions roughly;
  roughly.max_iterations = options.max_iterations;
  roughly.relative_cost_tolerance = 1e-4;
  roughly.refused_cost_tolerance = least_sure_share;
  const TemplateCost coarse_cost(coarse, body, start);
  const LeastSquaresSummary near_it = solved(coarse_cost, pose_at(body, start), roughly);
  LeastSquaresOptions finely = roughly;
  finely.relative_cost_tolerance = 1e-5;
  const Eigen::ArrayXXd near = blurred(map.seen, map.row_pitch_m, map.col_pitch_m, evidence_blur_m);
  LeastSquaresSummary found = solved(cost, near_it.parameters, finely);
  fit.iterations = near_it.iterations + found.iterations;
  if (const auto straight = with_straight_legs(body, found.parameters)) {
    const LeastSquaresSummary again = solved(cost, *straight, finely);
    fit.iterations += again.iterations;
    if (again.cost < found.cost && heels_bear(body, again.parameters, map, near)) found = again;
  }
  if (const auto off_chest = with_head_off_chest(body, found.parameters)) {
    const LeastSquaresSummary again = solved(cost, *off_chest, finely);
    fit.iterations += again.iterations;
    if (again.cost < found.cost) found = again;
  }
  if (const auto stretched = with_trunk_stretched(body, found.parameters)) {
    const LeastSquaresSummary rough = solved(coarse_cost, *stretched, roughly);
    fit.iterations += rough.iterations;
    if (rough.cost < near_it.cost) {
      const LeastSquaresSummary again = solved(cost, rough.parameters, finely);
      fit.iterations += again.iterations;
      if (again.cost < found.cost) found = again;
    }
  }
  fit.status = found.converged && found.covariance.size() > 0 ? FitStatus::converged
                                                              : FitStatus::not_converged;
  fit.residual = std::sqrt(cost.mean_squared_residual(found.parameters));
  const Eigen::Matrix2d turn = recording_from_body_rotation(field);
  fit.axis = turn * (cost.point(found.parameters, body.trunk_bottom) -
                     cost.point(found.parameters, body.trunk_top))
                        .normalized();
  if (found.covariance.size() == 0) {
    fit.note = "the fit left the body's place open";
    return fit;
  }
  // The template has no ball of a foot, so that the cost cannot tell it from a heel.
  if (const auto standing = with_heels_of_standing_feet(body, found.parameters, map, near)) {
    found.parameters = *standing;
  }
  const MarkedLandmarks marked = drawn_to_marks(map, body, found.parameters, found.covariance,
                                                definition_sds_m(body, found.parameters));
  for (std::size_t i = 0; i < body.landmarks.size(); ++i) {
    const TemplateLandmark& mark = body.landmarks[i];
    const Eigen::Vector2d& place = marked.place_m[i];
    if (!map.contains(place)) continue;
    double evidence = 0.0;
    for (const TemplatePoint& p : mark.evidence) {
      evidence = std::max(evidence, sampled(near, map, cost.point(found.parameters, p)));
    }
    if (evidence < least_evidence) continue;
    if (mark.own_part >= 0 &&
        cost.share_of_part(found.parameters, mark.own_part, place) < least_own_share) {
      continue;
    }
    const double reach = (place - cost.point(found.parameters, mark.root)).norm();
    if (mark.least_reach_m > 0.0 && reach < mark.least_reach_m) continue;
    LandmarkEstimate estimate;
    estimate.position_m = recording_from_canonical(place, field.geometry, field.orientation);
    estimate.covariance_m2 = turn * marked.covariance[i] * turn.transpose();
    fit.at(mark.landmark) = estimate;
    if (mark.also) fit.at(*mark.also) = estimate;
  }
  return fit;
}

}  // namespace matfit
