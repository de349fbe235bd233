#include "stages/fit/hip_load.hpp"

#include "stages/fit/contact_map.hpp"
#include "stages/fit/expected_load.hpp"

#include <cmath>
#include <vector>

namespace matfit {

namespace {

// Along the trunk as shares of shoulders to pelvis: 0 at the shoulders, 1 at the pelvis.
constexpr double vertex_share = -0.75;
constexpr double hips_share = 0.85;
constexpr double thighs_end_share = 1.5;
constexpr double reach_m = 0.26;  // to each side: the trunk with arms that lie beside it
constexpr double loaded_share = 0.1;
constexpr double least_trunk_m = 0.2;

// The order of pressures of a lying body, as loads that fall off exponentially: many cells bear
// little, few bear much.
Eigen::ArrayXXd loads_by_order(const PressureField& field) {
  const auto cells = field.pressure_pa.reshaped();
  const double least = loaded_share * usual_load({cells.begin(), cells.end()});
  const Eigen::ArrayXXd loaded = (field.pressure_pa > least).select(field.pressure_pa, 0.0);
  const auto count = static_cast<std::size_t>((loaded > 0.0).count());
  std::vector<double> expected;
  expected.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    expected.push_back(-std::log((static_cast<double>(i) + 0.5) / static_cast<double>(count)));
  }
  return loads_in_order(ReadingOrder(loaded), expected);
}

// What the head weighs of all above the hips, between men and women.
double head_share_above_hips(const Anthropometry& known) {
  double head = 0.0;
  double above = 0.0;
  for (const SexAnthropometry& sex : known.by_sex) {
    const SegmentMassShare& m = sex.mass_share;
    head += m.head;
    above += m.head + m.upper_trunk + m.middle_trunk + 2.0 * (m.upper_arm + m.forearm + m.hand);
  }
  return head / above;
}

bool on_mat(const MatGeometry& mat, const Eigen::Vector2d& p) {
  return p.x() >= 0.0 && p.y() >= 0.0 && p.x() <= mat.width_m() && p.y() <= mat.length_m();
}

}  // namespace

std::optional<double> hip_load_ratio(const PressureField& field, Posture posture,
                                     const BodyFit& body, const Anthropometry& known) {
  const auto& left = body.at(Landmark::left_shoulder);
  const auto& right = body.at(Landmark::right_shoulder);
  const auto& pelvis = body.at(Landmark::pelvis);
  if (posture != Posture::supine || !left || !right || !pelvis) return std::nullopt;
  const Eigen::Vector2d shoulders = 0.5 * (left->position_m + right->position_m);
  const Eigen::Vector2d trunk = pelvis->position_m - shoulders;
  const double length_m = trunk.norm();
  const MatGeometry& mat = field.geometry;
  if (!(length_m > least_trunk_m) || !on_mat(mat, shoulders) ||
      !on_mat(mat, shoulders + thighs_end_share * trunk)) {
    return std::nullopt;
  }
  const Eigen::Vector2d down = trunk / length_m;
  const Eigen::Vector2d across(-down.y(), down.x());
  const Eigen::ArrayXXd load = loads_by_order(field);
  double hips = 0.0;
  double above = 0.0;
  for (int c = 0; c < mat.cols; ++c) {
    for (int r = 0; r < mat.rows; ++r) {
      const Eigen::Vector2d place =
          Eigen::Vector2d((c + 0.5) * mat.col_pitch_m, (r + 0.5) * mat.row_pitch_m) - shoulders;
      if (std::abs(place.dot(across)) > reach_m) continue;
      const double share = place.dot(down) / length_m;
      if (share < vertex_share || share >= thighs_end_share) continue;
      (share < hips_share ? above : hips) += load(r, c);
    }
  }
  const auto& head = body.at(Landmark::head);
  if (!head || !on_mat(mat, head->position_m)) above /= 1.0 - head_share_above_hips(known);
  if (!(above > 0.0)) return std::nullopt;
  return hips / above;
}

}  // namespace matfit
