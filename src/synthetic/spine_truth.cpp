#include "synthetic/spine_truth.hpp"

#include "types/spine_names.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace matfit {
namespace {

// Heights of the motion segments from C7 down to S1 in mm, an average adult's; only their
// proportion is used.
constexpr std::array<double, 18> segment_mm = {20, 20, 21, 21, 22, 22, 23, 23, 24,
                                               24, 25, 26, 29, 33, 35, 36, 36, 34};
constexpr std::size_t t7 = 7;
constexpr std::size_t t12 = 12;
constexpr std::size_t l2 = 14;
constexpr std::size_t l3 = 15;
constexpr std::size_t l4 = 16;
constexpr std::size_t s1 = 18;

std::array<double, 19> level_places(const PosedBody& body) {
  std::array<double, 19> place{};
  for (std::size_t i = 0; i < segment_mm.size(); ++i) place[i + 1] = place[i] + segment_mm[i];
  const double scale = body.dimensions.sacrum_m / place.back();
  for (double& s : place) s *= scale;
  return place;
}

// Vertical displacement of the trunk at s: a smooth curve through its nodes (Catmull & Rom 1974).
double rise_at(const PosedBody& body, const Settled& settled, double s_m) {
  const int last = body.trunk_nodes - 1;
  const double place = std::clamp(s_m / body.trunk_node_spacing_m, 0.0, last - 1e-9);
  const int k = static_cast<int>(place);
  const double u = place - k;
  const auto node = [&](int i) {
    if (i < 0) return 2.0 * settled.rise_m[0] - settled.rise_m[1];
    if (i > last) return 2.0 * settled.rise_m[last] - settled.rise_m[last - 1];
    return settled.rise_m[i];
  };
  const double a = node(k - 1), b = node(k), c = node(k + 1), d = node(k + 2);
  return b + 0.5 * u * (c - a + u * (2 * a - 5 * b + 4 * c - d + u * (3 * (b - c) + d - a)));
}

Eigen::Vector3d neutral_point(const PosedBody& body, double s_m) {
  return body.point_m(s_m, 0.0, body.shape.spine_a_m(s_m));
}

struct Line {
  double offset = 0.0;
  double slope = 0.0;
};

Line least_squares_line(const std::vector<double>& x, const std::vector<double>& y,
                        std::size_t first, std::size_t last) {
  double n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
  for (std::size_t i = first; i < last; ++i) {
    n += 1;
    sx += x[i];
    sy += y[i];
    sxx += x[i] * x[i];
    sxy += x[i] * y[i];
  }
  const double slope = (n * sxy - sx * sy) / (n * sxx - sx * sx);
  return {(sy - slope * sx) / n, slope};
}

// The spine's height over its length, with the neutral height of the same points.
struct Curve {
  std::vector<double> s_m, z_m, neutral_z_m;
  std::vector<Eigen::Vector2d> xy_m;
};

Curve sampled_curve(const PosedBody& body, const Settled& settled) {
  Curve curve;
  const double end = body.dimensions.sacrum_m;
  const int pieces = static_cast<int>(std::lround(end / 0.005));
  for (int i = 0; i <= pieces; ++i) {
    const double s = end * i / pieces;
    const Eigen::Vector3d p = neutral_point(body, s);
    curve.s_m.push_back(s);
    curve.neutral_z_m.push_back(p.z());
    curve.z_m.push_back(p.z() + rise_at(body, settled, s));
    curve.xy_m.emplace_back(p.head<2>());
  }
  return curve;
}

std::size_t index_of(const Curve& curve, double s_m) {
  const auto at = std::lower_bound(curve.s_m.begin(), curve.s_m.end(), s_m - 1e-9);
  return std::min(static_cast<std::size_t>(at - curve.s_m.begin()), curve.s_m.size() - 1);
}

void add_frontal(const Curve& curve, double t12_s_m, std::map<std::string, double>& out) {
  const std::size_t count = curve.s_m.size();
  const Line line = least_squares_line(curve.s_m, curve.z_m, 0, count);
  double sum = 0.0;
  double largest = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    const double deviation = curve.z_m[i] - line.offset - line.slope * curve.s_m[i];
    sum += deviation * deviation;
    largest = std::max(largest, std::abs(deviation));
  }
  const std::size_t split = index_of(curve, t12_s_m);
  const Line thoracic = least_squares_line(curve.s_m, curve.z_m, 0, split + 1);
  const Line lumbar = least_squares_line(curve.s_m, curve.z_m, split, count);
  out["tilt_deg"] = -std::atan(line.slope) * deg_per_rad;
  out["rms_deviation_mm"] = 1000.0 * std::sqrt(sum / static_cast<double>(count));
  out["max_deviation_mm"] = 1000.0 * largest;
  out["thoracolumbar_angle_deg"] =
      (std::atan(lumbar.slope) - std::atan(thoracic.slope)) * deg_per_rad;
}

// Depth of the lumbar hollow from the chord T7-S1, positive towards the belly.
double lordosis_depth(const Curve& curve, const std::vector<double>& z, double t7_s_m,
                      double towards_belly) {
  const std::size_t first = index_of(curve, t7_s_m);
  const std::size_t last = curve.s_m.size() - 1;
  double depth = 0.0;
  for (std::size_t i = first; i <= last; ++i) {
    const double u = (curve.s_m[i] - curve.s_m[first]) / (curve.s_m[last] - curve.s_m[first]);
    const double chord = z[first] + u * (z[last] - z[first]);
    depth = std::max(depth, towards_belly * (z[i] - chord));
  }
  return depth;
}

// Angle between the line T12-L2 and the line L4-S1, positive for lordosis.
double lordosis_angle_deg(const Curve& curve, const std::vector<double>& z,
                          const std::array<double, 19>& place, double towards_belly) {
  const auto slope = [&](std::size_t from, std::size_t to) {
    const std::size_t a = index_of(curve, place[from]);
    const std::size_t b = index_of(curve, place[to]);
    return std::atan((z[b] - z[a]) / (curve.s_m[b] - curve.s_m[a]));
  };
  return towards_belly * (slope(t12, l2) - slope(l4, s1)) * deg_per_rad;
}

// Mean indentation of the surface in a patch 8 cm long and 10 cm wide under the trunk at s, in mm.
double sink_mm(const PosedBody& body, const Settled& settled, const FineGrid& grid, double s_m) {
  double sum = 0.0;
  int count = 0;
  for (double along = -0.04; along <= 0.0401; along += 0.01) {
    for (double across = -0.05; across <= 0.0501; across += 0.01) {
      const Eigen::Vector3d middle = body.point_m(s_m + along, 0.0, 0.0);
      const auto i = static_cast<std::size_t>((s_m - TrunkShape::first_s_m) / body.line.spacing_m);
      const Eigen::Vector2d at = middle.head<2>() + across * body.line.side[i];
      const int row = static_cast<int>(std::lround((at.y() - grid.origin_m.y()) / grid.pitch_m));
      const int col = static_cast<int>(std::lround((at.x() - grid.origin_m.x()) / grid.pitch_m));
      if (row < 0 || row >= grid.rows || col < 0 || col >= grid.cols) continue;
      sum += settled.indentation_m(row, col);
      ++count;
    }
  }
  return count > 0 ? 1000.0 * sum / count : 0.0;
}

void add_plane(const PosedBody& body, Posture posture, const Curve& curve,
               std::map<std::string, double>& out) {
  const Eigen::Vector2d chord = curve.xy_m.back() - curve.xy_m.front();
  const Eigen::Vector2d unit = chord.normalized();
  double largest = 0.0;
  for (const Eigen::Vector2d& p : curve.xy_m) {
    const Eigen::Vector2d from = p - curve.xy_m.front();
    largest = std::max(largest, std::abs(from.x() * unit.y() - from.y() * unit.x()));
  }
  out["midline_bend_mm"] = 1000.0 * largest;
  if (is_side(posture)) return;  // both shoulders lie over each other
  const auto mark = [&](Landmark l) { return body.landmarks_m[static_cast<std::size_t>(l)]; };
  const Eigen::Vector2d a = mark(Landmark::right_shoulder) - mark(Landmark::left_shoulder);
  const Eigen::Vector2d b = mark(Landmark::right_hip) - mark(Landmark::left_hip);
  out["shoulder_hip_twist_deg"] = std::atan2(a.x() * b.y() - a.y() * b.x(), a.dot(b)) * deg_per_rad;
}

}  // namespace

std::vector<TrueSpineLevel> true_spine(const PosedBody& body, const Settled& settled) {
  std::vector<TrueSpineLevel> levels;
  const std::array<double, 19> place = level_places(body);
  for (std::size_t i = 0; i < place.size(); ++i) {
    const Eigen::Vector3d p = neutral_point(body, place[i]);
    levels.push_back(
        {spine_level_names[i], p.x(), p.y(), p.z() + rise_at(body, settled, place[i]), p.z()});
  }
  return levels;
}

std::map<std::string, double> true_metrics(const PosedBody& body, Posture posture,
                                           const Settled& settled, const FineGrid& grid) {
  std::map<std::string, double> out;
  const Curve curve = sampled_curve(body, settled);
  const std::array<double, 19> place = level_places(body);
  out["thorax_sink_mm"] = sink_mm(body, settled, grid, place[t7]);
  out["lumbar_sink_mm"] = sink_mm(body, settled, grid, place[l3]);
  out["pelvis_sink_mm"] = sink_mm(body, settled, grid, body.dimensions.hip_m);
  add_plane(body, posture, curve, out);
  if (is_side(posture)) {
    add_frontal(curve, place[t12], out);
    return out;
  }
  const double towards_belly = posture == Posture::prone ? -1.0 : 1.0;
  out["lordosis_depth_change_mm"] =
      1000.0 * (lordosis_depth(curve, curve.z_m, place[t7], towards_belly) -
                lordosis_depth(curve, curve.neutral_z_m, place[t7], towards_belly));
  out["lordosis_angle_change_deg"] =
      lordosis_angle_deg(curve, curve.z_m, place, towards_belly) -
      lordosis_angle_deg(curve, curve.neutral_z_m, place, towards_belly);
  return out;
}

}  // namespace matfit
