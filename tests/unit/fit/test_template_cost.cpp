#include "stages/fit/template_cost.hpp"

#include "drawn_body.hpp"
#include "knowledge_for_tests.hpp"
#include "numeric/random.hpp"
#include "stages/fit/expected_load.hpp"
#include "stages/fit/start_pose.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

// Moves a pose off its optimum and compares the stated gradient with central differences.
void check_gradient(Posture posture) {
  const PressureField field = test::mat_view(test::plain_lie(posture), 1);
  const BodyTemplate body = body_template(body_estimate(std::nullopt, test::anthropometry()),
                                          test::anthropometry(), posture, 0.03);
  const ContactMap map = contact_map(
      RankedField(field),
      expected_loads(body, resting_nodes(body, field.geometry), field.geometry, ExpectedParts::all),
      field.geometry);
  const std::vector<Eigen::Vector2d> start = start_pose(map, body);
  const TemplateCost cost(map, body, start);
  Random random(4);
  Eigen::VectorXd p = pose_at(body, start);
  for (double& v : p) v += random.normal(0.0, 0.01);
  NormalEquations sums;
  sums.normal = Eigen::MatrixXd::Zero(p.size(), p.size());
  sums.gradient = Eigen::VectorXd::Zero(p.size());
  cost(p, &sums);
  for (Eigen::Index i = 0; i < p.size(); ++i) {
    constexpr double h = 1e-6;
    Eigen::VectorXd up = p, down = p;
    up[i] += h;
    down[i] -= h;
    const double slope = (cost(up, nullptr) - cost(down, nullptr)) / (2.0 * h);
    EXPECT_NEAR(sums.gradient[i], slope, 2e-2 + 2e-3 * std::abs(slope)) << "parameter " << i;
  }
}

TEST(TemplateCost, GradientOnTheBackMatchesDifferences) { check_gradient(Posture::supine); }
TEST(TemplateCost, GradientOnTheSideMatchesDifferences) { check_gradient(Posture::left); }

}  // namespace
}  // namespace matfit
