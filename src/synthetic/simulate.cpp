#include "synthetic/simulate.hpp"

#include "synthetic/posed_body.hpp"
#include "synthetic/spine_truth.hpp"
#include "synthetic/underside.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>
#include <vector>

namespace matfit {
namespace {

// Length shared by [a0, a1] and [b0, b1].
double overlap(double a0, double a1, double b0, double b1) {
  return std::max(0.0, std::min(a1, b1) - std::max(a0, b0));
}

// Shares of fine cells in mat cells along one axis: for every fine cell its first mat cell and the
// lengths in that one and the next.
struct Share {
  int cell;
  double first_m;
  double second_m;
};

std::vector<Share> shares(int count, double origin_m, double fine_m, double pitch_m) {
  std::vector<Share> out;
  for (int i = 0; i < count; ++i) {
    const double low = origin_m + (i - 0.5) * fine_m;
    const int cell = static_cast<int>(std::floor(low / pitch_m));
    out.push_back({cell, overlap(low, low + fine_m, cell * pitch_m, (cell + 1) * pitch_m),
                   overlap(low, low + fine_m, (cell + 1) * pitch_m, (cell + 2) * pitch_m)});
  }
  return out;
}

// Mean over every mat cell; mat cells are at least as wide as fine ones.
Eigen::ArrayXXd averaged(const Eigen::ArrayXXd& fine, const FineGrid& grid,
                         const MatGeometry& mat) {
  Eigen::ArrayXXd out = Eigen::ArrayXXd::Zero(mat.rows, mat.cols);
  const std::vector<Share> down =
      shares(grid.rows, grid.origin_m.y(), grid.pitch_m, mat.row_pitch_m);
  const std::vector<Share> across =
      shares(grid.cols, grid.origin_m.x(), grid.pitch_m, mat.col_pitch_m);
  const auto put = [&](int row, int col, double value) {
    if (row >= 0 && row < mat.rows && col >= 0 && col < mat.cols) out(row, col) += value;
  };
  for (int r = 0; r < grid.rows; ++r) {
    for (int c = 0; c < grid.cols; ++c) {
      const double p = fine(r, c);
      if (p == 0.0) continue;
      const Share& y = down[static_cast<std::size_t>(r)];
      const Share& x = across[static_cast<std::size_t>(c)];
      put(y.cell, x.cell, p * y.first_m * x.first_m);
      put(y.cell, x.cell + 1, p * y.first_m * x.second_m);
      put(y.cell + 1, x.cell, p * y.second_m * x.first_m);
      put(y.cell + 1, x.cell + 1, p * y.second_m * x.second_m);
    }
  }
  return out / mat.cell_area_m2();
}

// Spreads a load on the fine grid; none of it is lost.
Eigen::ArrayXXd spread(const Eigen::ArrayXXd& load, double spread_m, double pitch_m) {
  const double total = load.sum();
  if (total <= 0.0 || spread_m <= 0.0) return load;
  cv::Mat image(static_cast<int>(load.rows()), static_cast<int>(load.cols()), CV_64F);
  for (int row = 0; row < image.rows; ++row) {
    for (int col = 0; col < image.cols; ++col) image.at<double>(row, col) = load(row, col);
  }
  const int reach = static_cast<int>(std::ceil(3.5 * spread_m / pitch_m));
  cv::GaussianBlur(image, image, {2 * reach + 1, 2 * reach + 1}, spread_m / pitch_m, 0.0,
                   cv::BORDER_CONSTANT);
  Eigen::ArrayXXd out(load.rows(), load.cols());
  for (int row = 0; row < image.rows; ++row) {
    for (int col = 0; col < image.cols; ++col) out(row, col) = image.at<double>(row, col);
  }
  return out * (total / out.sum());
}

// A wedge carries its load down to all of its base: in part where it is pressed, in part alike.
Eigen::ArrayXXd through_wedge(const Eigen::ArrayXXd& load, const WedgeBlock& wedge,
                              const FineGrid& grid) {
  constexpr double wedge_spread_m = 0.06;
  const double total = load.sum();
  Eigen::ArrayXXd base = Eigen::ArrayXXd::Zero(load.rows(), load.cols());
  for (int row = 0; row < grid.rows; ++row) {
    for (int col = 0; col < grid.cols; ++col) {
      const Eigen::Vector2d at = grid.centre_m(row, col);
      if (wedge.under(at)) base(row, col) = 1.0;
    }
  }
  const Eigen::ArrayXXd pressed = base * spread(load, wedge_spread_m, grid.pitch_m);
  if (!(pressed.sum() > 0.0)) return load;
  return total * (wedge.stiff_share / base.sum() * base +
                  (1.0 - wedge.stiff_share) / pressed.sum() * pressed);
}

// The mat lies under cover, pillow and wedge, which all spread the load.
Eigen::ArrayXXd under_cover(const Eigen::ArrayXXd& contact_pa, const PosedBody& posed,
                            const Underside& underside, double cover_spread_m) {
  constexpr double pillow_spread_m = 0.035;
  Eigen::ArrayXXd on_pillow = Eigen::ArrayXXd::Zero(contact_pa.rows(), contact_pa.cols());
  Eigen::ArrayXXd on_wedge = on_pillow;
  Eigen::ArrayXXd beside = contact_pa;
  for (const SkinCell& skin : underside.skin) {
    if (!skin.on_pillow && !skin.on_wedge) continue;
    const auto row = static_cast<int>(skin.cell) / underside.grid.cols;
    const auto col = static_cast<int>(skin.cell) % underside.grid.cols;
    std::swap((skin.on_pillow ? on_pillow : on_wedge)(row, col), beside(row, col));
  }
  if (posed.wedge) beside += through_wedge(on_wedge, *posed.wedge, underside.grid);
  return spread(beside, cover_spread_m, underside.grid.pitch_m) +
         spread(on_pillow, pillow_spread_m, underside.grid.pitch_m);
}

}  // namespace

SimulatedLie lie_down(const SleeperBody& body, const SleeperPose& pose,
                      const MattressModel& mattress, const MatGeometry& geometry,
                      const LieOptions& options) {
  if (geometry.rows < 1 || geometry.cols < 1 || !(geometry.row_pitch_m > 0.0) ||
      !(geometry.col_pitch_m > 0.0) || !(options.fine_pitch_m > 0.0)) {
    throw std::invalid_argument("a mat needs cells with a pitch above zero");
  }
  const PosedBody posed = pose_body(body, pose, geometry);
  // The averaging below wants fine cells no wider than the mat's.
  const double pitch_m =
      std::min({options.fine_pitch_m, geometry.row_pitch_m, geometry.col_pitch_m});
  const Underside underside = underside_of(posed, pitch_m);
  const Settled settled = settle(posed, underside, mattress, options.settle);
  const Eigen::ArrayXXd on_mat =
      under_cover(settled.pressure_pa, posed, underside, options.cover_spread_m);

  SimulatedLie lie;
  lie.geometry = geometry;
  lie.pressure_pa = averaged(on_mat, underside.grid, geometry);
  lie.indentation_m = averaged(settled.indentation_m, underside.grid, geometry);
  lie.truth.posture = pose.posture;
  lie.truth.landmarks_m = posed.landmarks_m;
  lie.truth.spine = true_spine(posed, settled);
  lie.truth.metrics = true_metrics(posed, pose.posture, settled, underside.grid);
  lie.truth.weight_n = posed.weight_n();
  lie.truth.load_on_mat_n = lie.pressure_pa.sum() * geometry.cell_area_m2();
  lie.truth.converged = settled.converged;
  return lie;
}

}  // namespace matfit
