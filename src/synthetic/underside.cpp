#include "synthetic/underside.hpp"

#include "types/units.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace matfit {
namespace {

constexpr double nothing = 1.0;  // a height that no lower skin has
constexpr double reachable_m = 0.15;
constexpr double margin_m = 0.12;        // the mattress gives way beside the body, too
constexpr double section_step_m = 0.01;  // across the trunk
constexpr double least_foam_m = 0.02;    // of a wedge at its thin edge
constexpr int section_columns = 81;      // 40 cm to both sides

FineGrid grid_around(const PosedBody& body, double pitch_m) {
  Eigen::Vector2d low(1e9, 1e9);
  Eigen::Vector2d high = -low;
  const auto cover = [&](const Eigen::Vector2d& p, double reach) {
    low = low.cwiseMin(p - Eigen::Vector2d(reach, reach));
    high = high.cwiseMax(p + Eigen::Vector2d(reach, reach));
  };
  for (const Eigen::Vector2d& p : body.line.point_m) cover(p, 0.26);
  for (const FleshBead& bead : body.beads) {
    cover(bead.centre_m.head<2>(), std::max(bead.along_m, bead.across_m));
  }
  if (body.wedge) {
    const WedgeBlock& wedge = *body.wedge;
    for (const double along : {0.0, wedge.length_m}) {
      for (const double out : {0.0, wedge.width_m}) {
        cover(wedge.thin_edge_m + along * wedge.down + out * wedge.outwards, 0.0);
      }
    }
  }
  low -= Eigen::Vector2d(margin_m, margin_m);
  high += Eigen::Vector2d(margin_m, margin_m);
  FineGrid grid;
  grid.pitch_m = pitch_m;
  // On a fixed raster, so that a shift of the body by whole cells shifts everything.
  grid.origin_m = (low / pitch_m).array().floor().matrix() * pitch_m;
  grid.cols = static_cast<int>(std::ceil((high.x() - grid.origin_m.x()) / pitch_m)) + 1;
  grid.rows = static_cast<int>(std::ceil((high.y() - grid.origin_m.y()) / pitch_m)) + 1;
  return grid;
}

// Flesh over the bones, by stretch of the trunk and side that is down.
FleshLayer trunk_tissue(const PosedBody& body, double s_m) {
  const BodyDimensions& d = body.dimensions;
  struct Stretch {
    double s_m;
    FleshLayer side, back, front;
  };
  const Stretch stretches[] = {
      {d.shoulder_m, {0.030, 14e3}, {0.018, 16e3}, {0.025, 14e3}},
      {d.chest_m, {0.022, 16e3}, {0.022, 15e3}, {0.040, 8e3}},
      {d.waist_m, {0.045, 7e3}, {0.030, 11e3}, {0.055, 6e3}},
      {d.hip_m, {0.036, 12e3}, {0.050, 8e3}, {0.034, 12e3}},
  };
  constexpr int count = 4;
  int i = 0;
  while (i + 2 < count && s_m > stretches[i + 1].s_m) ++i;
  const double u =
      std::clamp((s_m - stretches[i].s_m) / (stretches[i + 1].s_m - stretches[i].s_m), 0.0, 1.0);
  const auto between = [&](const FleshLayer& a, const FleshLayer& b) {
    return FleshLayer{a.thickness_m + u * (b.thickness_m - a.thickness_m),
                      a.modulus_pa + u * (b.modulus_pa - a.modulus_pa)};
  };
  const double down = std::cos(body.roll_at(s_m));
  if (std::abs(down) < 0.7) return between(stretches[i].side, stretches[i + 1].side);
  return down > 0.0 ? between(stretches[i].back, stretches[i + 1].back)
                    : between(stretches[i].front, stretches[i + 1].front);
}

// Lower edge of the rolled section over the transverse axis t; `nothing` beside it.
std::vector<double> lower_edge(const std::vector<Eigen::Vector2d>& outline, double roll) {
  std::vector<double> edge(section_columns, nothing);
  const double c = std::cos(roll);
  const double s = std::sin(roll);
  const auto turned = [&](const Eigen::Vector2d& p) {
    return Eigen::Vector2d((p.x() * c + p.y() * s) / section_step_m + section_columns / 2,
                           p.y() * c - p.x() * s);
  };
  Eigen::Vector2d before = turned(outline.back());
  for (const Eigen::Vector2d& point : outline) {
    const Eigen::Vector2d here = turned(point);
    const Eigen::Vector2d& a = before.x() < here.x() ? before : here;
    const Eigen::Vector2d& b = before.x() < here.x() ? here : before;
    const int first = std::max(0, static_cast<int>(std::ceil(a.x())));
    const int last = std::min(section_columns - 1, static_cast<int>(std::floor(b.x())));
    for (int i = first; i <= last; ++i) {
      const double u = b.x() > a.x() ? (i - a.x()) / (b.x() - a.x()) : 0.5;
      double& z = edge[static_cast<std::size_t>(i)];
      z = std::min(z, a.y() + u * (b.y() - a.y()));
    }
    before = here;
  }
  return edge;
}

FleshLayer foam_of(const WedgeBlock& wedge, const Eigen::Vector2d& at) {
  return {std::max(wedge.height_m(at), least_foam_m), wedge.stiffness_pa};
}

class SkinRaster {
 public:
  SkinRaster(const PosedBody& body, double pitch_m)
      : body_(body), grid_(grid_around(body, pitch_m)), cells_(grid_.cells()) {
    for (SkinCell& cell : cells_) cell.height_m = nothing;
  }

  void add_trunk();
  void add_bead(const FleshBead& bead);
  Underside take();

 private:
  bool over_pillow(const Eigen::Vector2d& at) const;

  const PosedBody& body_;
  FineGrid grid_;
  std::vector<SkinCell> cells_;
};

void SkinRaster::add_trunk() {
  const TrunkLine& line = body_.line;
  std::vector<std::vector<double>> edges;
  for (std::size_t i = 0; i < line.point_m.size(); ++i) {
    edges.push_back(lower_edge(body_.shape.outline(line.s_m(i)), body_.roll_at(line.s_m(i))));
  }
  const double last = static_cast<double>(line.point_m.size()) - 2.0;
  for (int row = 0; row < grid_.rows; ++row) {
    double place = -1.0;  // the last cell's station starts the search for the next cell
    for (int col = 0; col < grid_.cols; ++col) {
      const Eigen::Vector2d at = grid_.centre_m(row, col);
      if (place < 0.0) place = (at - line.point_m.front()).dot(line.down.front()) / line.spacing_m;
      for (int step = 0; step < 6; ++step) {
        const auto k = static_cast<std::size_t>(std::clamp(place, 0.0, last));
        const double ahead = (at - line.point_m[k]).dot(line.down[k]) / line.spacing_m;
        const double next = static_cast<double>(k) + ahead;
        const bool found = std::abs(next - place) < 0.02;
        place = next;
        if (found) break;
      }
      if (place < 0.0 || place >= last) {
        place = std::clamp(place, 0.0, last);
        continue;
      }
      const auto k = static_cast<std::size_t>(place);
      const double along = place - static_cast<double>(k);
      const double t = (at - line.point_m[k]).dot(line.side[k]);
      const double across = t / section_step_m + section_columns / 2;
      if (across < 0.0 || across >= section_columns - 1) continue;
      const auto j = static_cast<std::size_t>(across);
      const double v = across - static_cast<double>(j);
      const double corners[] = {edges[k][j], edges[k][j + 1], edges[k + 1][j], edges[k + 1][j + 1]};
      if (*std::max_element(std::begin(corners), std::end(corners)) >= nothing) continue;
      const double z = (1 - along) * ((1 - v) * corners[0] + v * corners[1]) +
                       along * ((1 - v) * corners[2] + v * corners[3]);
      SkinCell& cell = cells_[static_cast<std::size_t>(row * grid_.cols + col)];
      const double s = TrunkShape::first_s_m + place * line.spacing_m;
      const double node = std::clamp(s / body_.trunk_node_spacing_m, 0.0,
                                     static_cast<double>(body_.trunk_nodes - 1) - 1e-9);
      cell.height_m = body_.axis_height_m + z;
      cell.node_a = static_cast<int>(node);
      cell.node_b = cell.node_a + 1;
      cell.share_b = node - cell.node_a;
      cell.tissue = trunk_tissue(body_, s);
      if (body_.wedge && body_.wedge->under(at)) {
        cell.height_m -= body_.wedge->height_m(at);
        cell.tissue = foam_of(*body_.wedge, at);
        cell.on_wedge = true;
      }
    }
  }
}

bool SkinRaster::over_pillow(const Eigen::Vector2d& at) const {
  if (!body_.pillow) return false;
  const Eigen::Vector2d from = at - body_.pillow->centre_m;
  const Eigen::Vector2d& d = body_.pillow->direction;
  return std::abs(from.dot(d)) < body_.pillow->half_length_m &&
         std::abs(from.x() * d.y() - from.y() * d.x()) < body_.pillow->half_width_m;
}

void SkinRaster::add_bead(const FleshBead& bead) {
  const double reach = std::max(bead.along_m, bead.across_m);
  const Eigen::Vector2d low =
      (bead.centre_m.head<2>() - grid_.origin_m - Eigen::Vector2d(reach, reach)) / grid_.pitch_m;
  const Eigen::Vector2d high =
      (bead.centre_m.head<2>() - grid_.origin_m + Eigen::Vector2d(reach, reach)) / grid_.pitch_m;
  const int first_row = std::max(0, static_cast<int>(std::ceil(low.y())));
  const int last_row = std::min(grid_.rows - 1, static_cast<int>(std::floor(high.y())));
  const int first_col = std::max(0, static_cast<int>(std::ceil(low.x())));
  const int last_col = std::min(grid_.cols - 1, static_cast<int>(std::floor(high.x())));
  for (int row = first_row; row <= last_row; ++row) {
    for (int col = first_col; col <= last_col; ++col) {
      const Eigen::Vector2d at = grid_.centre_m(row, col);
      const Eigen::Vector2d from = at - bead.centre_m.head<2>();
      const double along = from.dot(bead.direction) / bead.along_m;
      const double across =
          (from.x() * bead.direction.y() - from.y() * bead.direction.x()) / bead.across_m;
      const double inside = 1.0 - along * along - across * across;
      if (inside <= 0.0) continue;
      const bool pillow = over_pillow(at);
      double z = bead.centre_m.z() - bead.upright_m * std::sqrt(inside);
      if (pillow) z -= body_.pillow->height_m;
      // A limb that lies lower than the slope lies beside it.
      const bool wedge =
          !pillow && body_.wedge && body_.wedge->under(at) && z > body_.wedge->height_m(at);
      if (wedge) z -= body_.wedge->height_m(at);
      SkinCell& cell = cells_[static_cast<std::size_t>(row * grid_.cols + col)];
      if (z >= cell.height_m) continue;
      cell.height_m = z;
      cell.node_a = bead.node_a;
      cell.node_b = bead.node_b;
      cell.share_b = bead.share_b;
      cell.tissue = bead.tissue;
      cell.on_pillow = pillow;
      cell.on_wedge = wedge;
      if (wedge) cell.tissue = foam_of(*body_.wedge, at);
      if (pillow) cell.tissue = {body_.pillow->height_m, body_.pillow->stiffness_pa};
    }
  }
}

Underside SkinRaster::take() {
  Underside out;
  out.grid = grid_;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].height_m > reachable_m) continue;
    out.skin.push_back(cells_[i]);
    out.skin.back().cell = i;
    if (cells_[i].on_pillow || cells_[i].on_wedge) continue;
    FleshLayer& flesh = out.skin.back().tissue;
    flesh.modulus_pa /= body_.tissue_softness;
    flesh.thickness_m *= body_.flesh_thickness;
    flesh.law = body_.flesh_law;
  }
  return out;
}

}  // namespace

Underside underside_of(const PosedBody& body, double pitch_m) {
  SkinRaster raster(body, pitch_m);
  raster.add_trunk();
  for (const FleshBead& bead : body.beads) raster.add_bead(bead);
  return raster.take();
}

}  // namespace matfit
