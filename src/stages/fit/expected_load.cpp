#include "stages/fit/expected_load.hpp"

#include "stages/fit/template_pose.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <utility>

namespace matfit {

namespace {

bool hangs_on(const TemplatePart& part, int node) {
  const auto i = static_cast<std::size_t>(node);
  return part.from.weight[i] != 0.0 || part.to.weight[i] != 0.0;
}

bool belongs_to(const TemplatePart& part, const TemplateLeg& leg) {
  return hangs_on(part, leg.knee) || hangs_on(part, leg.heel);
}

bool may_be_raised(const TemplatePart& part, const BodyTemplate& body) {
  return std::any_of(body.legs.begin(), body.legs.end(), [&](const TemplateLeg& leg) {
    return leg.may_be_raised && belongs_to(part, leg);
  });
}

bool has_undrawn_twin(const TemplatePart& part, const BodyTemplate& body) {
  return std::any_of(body.legs.begin(), body.legs.end(), [&](const TemplateLeg& leg) {
    return leg.stands_for_both && belongs_to(part, leg);
  });
}

void add_load(const PlacedPart& part, const MatGeometry& mat, Eigen::ArrayXXd& load) {
  const auto cell_before = [](double length_m, double pitch_m, int cells) {
    return static_cast<Eigen::Index>(
        std::clamp(std::ceil(length_m / pitch_m - 0.5), 0.0, static_cast<double>(cells)));
  };
  const Eigen::Index last_col = cell_before(part.box[1], mat.col_pitch_m, mat.cols);
  const Eigen::Index last_row = cell_before(part.box[3], mat.row_pitch_m, mat.rows);
  for (Eigen::Index c = cell_before(part.box[0], mat.col_pitch_m, mat.cols); c < last_col; ++c) {
    for (Eigen::Index r = cell_before(part.box[2], mat.row_pitch_m, mat.rows); r < last_row; ++r) {
      load(r, c) += part.load({(static_cast<double>(c) + 0.5) * mat.col_pitch_m,
                               (static_cast<double>(r) + 0.5) * mat.row_pitch_m});
    }
  }
}

// Those above 0.
std::vector<double> highest_first(const Eigen::ArrayXXd& loads) {
  std::vector<double> sorted;
  sorted.reserve(static_cast<std::size_t>(loads.size()));
  for (const double load : loads.reshaped()) {
    if (load > 0.0) sorted.push_back(load);
  }
  std::sort(sorted.begin(), sorted.end(), std::greater<>());
  return sorted;
}

Eigen::Vector2d direction(double angle_rad) { return {std::sin(angle_rad), std::cos(angle_rad)}; }

}  // namespace

std::vector<Eigen::Vector2d> with_legs_at_rest(const BodyTemplate& body,
                                               std::vector<Eigen::Vector2d> nodes) {
  const Eigen::Vector2d trunk =
      point_of(body, nodes, body.trunk_bottom) - point_of(body, nodes, body.trunk_top);
  const double trunk_rad = std::atan2(trunk.x(), trunk.y());
  for (const TemplateLeg& leg : body.legs) {
    const double thigh_rad = trunk_rad + leg.thigh_angle_rad.mean;
    const Eigen::Vector2d knee =
        point_of(body, nodes, leg.hip) + leg.thigh_m * direction(thigh_rad);
    nodes[static_cast<std::size_t>(leg.knee)] = knee;
    nodes[static_cast<std::size_t>(leg.heel)] =
        knee + leg.shank_m * direction(thigh_rad + leg.knee_bend_rad.mean);
  }
  return nodes;
}

std::vector<Eigen::Vector2d> resting_nodes(const BodyTemplate& body, const MatGeometry& mat) {
  std::vector<Eigen::Vector2d> nodes(static_cast<std::size_t>(body.nodes),
                                     Eigen::Vector2d(0.0, 0.0));
  const auto node = [&](int i) -> Eigen::Vector2d& { return nodes[static_cast<std::size_t>(i)]; };
  for (const TemplateLink& link : body.links) {
    if (link.parent >= 0) node(link.node) = node(link.parent) + link.offset_m;
  }
  nodes = with_legs_at_rest(body, std::move(nodes));
  Eigen::Vector2d least = nodes.front();
  Eigen::Vector2d most = nodes.front();
  for (const Eigen::Vector2d& n : nodes) {
    least = least.cwiseMin(n);
    most = most.cwiseMax(n);
  }
  const Eigen::Vector2d middle(0.5 * mat.width_m(), 0.5 * mat.length_m());
  for (Eigen::Vector2d& n : nodes) n += middle - 0.5 * (least + most);
  return nodes;
}

std::vector<double> expected_loads(const BodyTemplate& body,
                                   const std::vector<Eigen::Vector2d>& nodes,
                                   const MatGeometry& mat, ExpectedParts parts) {
  const std::vector<PlacedPart> placed =
      placed_parts(body, pose_at(body, nodes), mat.row_pitch_m, mat.col_pitch_m);
  Eigen::ArrayXXd drawn = Eigen::ArrayXXd::Zero(mat.rows, mat.cols);
  Eigen::ArrayXXd twin = drawn;
  for (std::size_t i = 0; i < placed.size(); ++i) {
    if (parts != ExpectedParts::all && may_be_raised(body.parts[i], body)) continue;
    add_load(placed[i], mat, drawn);
    if (has_undrawn_twin(body.parts[i], body)) add_load(placed[i], mat, twin);
  }
  // The other leg lies beside this one or on it: half of its cells are its own.
  std::vector<double> loads = highest_first(twin);
  const std::size_t own = loads.size() / 2;
  for (std::size_t i = 0; i < own; ++i) loads[i] = loads[2 * i];
  loads.resize(own);
  const std::vector<double> seen = highest_first(drawn);
  std::vector<double> all(own + seen.size());
  std::merge(loads.begin(), loads.end(), seen.begin(), seen.end(), all.begin(), std::greater<>());
  all.resize(static_cast<std::size_t>(drawn.size()), 0.0);
  return all;
}

std::vector<double> on_more_cells(const std::vector<double>& loads, std::size_t times) {
  std::vector<double> more(loads.size());
  for (std::size_t i = 0; i < loads.size(); ++i) more[i] = loads[i / times];
  return more;
}

ReadingOrder::ReadingOrder(const Eigen::ArrayXXd& readings)
    : rows(readings.rows()), cols(readings.cols()) {
  std::vector<std::pair<double, Eigen::Index>> loaded;
  for (Eigen::Index i = 0; i < readings.size(); ++i) {
    if (readings(i) > 0.0) loaded.emplace_back(-readings(i), i);
  }
  std::sort(loaded.begin(), loaded.end());
  for (std::size_t i = 0; i < loaded.size(); ++i) {
    cells.push_back(loaded[i].second);
    if (i + 1 == loaded.size() || loaded[i].first < loaded[i + 1].first) ends.push_back(i + 1);
  }
}

Eigen::ArrayXXd loads_in_order(const ReadingOrder& order, const std::vector<double>& expected) {
  Eigen::ArrayXXd loads = Eigen::ArrayXXd::Zero(order.rows, order.cols);
  std::size_t first = 0;
  for (const std::size_t end : order.ends) {
    double sum = 0.0;
    for (std::size_t i = first; i < end; ++i) sum += expected[i];
    for (std::size_t i = first; i < end; ++i) {
      loads(order.cells[i]) = sum / static_cast<double>(end - first);
    }
    first = end;
  }
  return loads;
}

}  // namespace matfit
