#include "stages/fit/start_pose.hpp"

#include "stages/fit/template_pose.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>
#include <vector>

namespace matfit {

namespace {

constexpr double grid_step_m = 0.04;
constexpr double beyond_the_mat_m = 0.15;
// Cost that a full blob of load saves; a link stretched by one sd costs 0.5.
constexpr double blob_gain = 20.0;

struct Grid {
  Eigen::Index rows = 0;
  Eigen::Index cols = 0;
  double step_m = grid_step_m;
  Eigen::Vector2d corner_m{0.0, 0.0};

  Eigen::Vector2d point(Eigen::Index row, Eigen::Index col) const {
    return corner_m +
           step_m * Eigen::Vector2d(static_cast<double>(col) + 0.5, static_cast<double>(row) + 0.5);
  }
};

// Centred on the mat, so that mirrored maps have mirrored grids.
Grid grid_over(const ContactMap& map) {
  Grid grid;
  const auto steps = [](double length_m) {
    return static_cast<Eigen::Index>(std::ceil((length_m + 2.0 * beyond_the_mat_m) / grid_step_m));
  };
  grid.rows = steps(map.length_m);
  grid.cols = steps(map.width_m);
  grid.corner_m = {0.5 * (map.width_m - static_cast<double>(grid.cols) * grid_step_m),
                   0.5 * (map.length_m - static_cast<double>(grid.rows) * grid_step_m)};
  return grid;
}

// What it costs to leave load unexplained above the head: a window of a head's breadth, beginning
// beyond the head's own blob.
Eigen::ArrayXXd price_of_load_above(const ContactMap& map, const Grid& grid) {
  constexpr double price_per_m2 = 1500.0;
  constexpr double half_width_m = 0.09;
  constexpr double nearest_m = 0.1;
  constexpr double farthest_m = 0.4;
  Eigen::ArrayXXd column_sum(grid.rows, grid.cols);
  for (Eigen::Index c = 0; c < grid.cols; ++c) {
    for (Eigen::Index r = 0; r < grid.rows; ++r) {
      column_sum(r, c) = sampled(map.seen, map, grid.point(r, c)) * grid.step_m * grid.step_m;
    }
  }
  const auto cells = [&](double length_m) {
    return static_cast<Eigen::Index>(std::lround(length_m / grid.step_m));
  };
  Eigen::ArrayXXd price = Eigen::ArrayXXd::Zero(grid.rows, grid.cols);
  for (Eigen::Index c = 0; c < grid.cols; ++c) {
    const Eigen::Index left = std::max<Eigen::Index>(0, c - cells(half_width_m));
    const Eigen::Index right = std::min(grid.cols - 1, c + cells(half_width_m));
    for (Eigen::Index r = 0; r < grid.rows; ++r) {
      const Eigen::Index top = std::max<Eigen::Index>(0, r - cells(farthest_m));
      const Eigen::Index bottom = r - cells(nearest_m);
      if (bottom < top) continue;
      price(r, c) =
          price_per_m2 * column_sum.block(top, left, bottom - top + 1, right - left + 1).sum();
    }
  }
  return price;
}

Eigen::ArrayXXd limb_contrast(const ContactMap& map) {
  constexpr double limb_sigma_m = 0.03;
  return blurred(map.seen, map.row_pitch_m, map.col_pitch_m, limb_sigma_m) -
         0.8 * blurred(map.seen, map.row_pitch_m, map.col_pitch_m, 3.0 * limb_sigma_m);
}

// A blob of the node's size against its surroundings.
Eigen::ArrayXXd node_cost(const ContactMap& map, const TemplateLink& link, const Grid& grid) {
  Eigen::ArrayXXd cost = Eigen::ArrayXXd::Zero(grid.rows, grid.cols);
  const Eigen::ArrayXXd near =
      blurred(map.seen, map.row_pitch_m, map.col_pitch_m, link.blob_sigma_m);
  const Eigen::ArrayXXd wide =
      blurred(map.seen, map.row_pitch_m, map.col_pitch_m, 2.5 * link.blob_sigma_m);
  const Eigen::ArrayXXd contrast = near - 0.8 * wide;
  for (Eigen::Index c = 0; c < grid.cols; ++c) {
    for (Eigen::Index r = 0; r < grid.rows; ++r) {
      cost(r, c) = -blob_gain * link.strength * sampled(contrast, map, grid.point(r, c));
    }
  }
  if (link.topmost) cost += price_of_load_above(map, grid);
  return cost;
}

struct Message {
  Eigen::ArrayXXd cost;  // of the best child position for each parent position
  Eigen::ArrayXXi row;
  Eigen::ArrayXXi col;
};

// The least of cost[c] + weight (c - shift - p)^2 over c for each p of a row of steps, as the lower
// envelope of parabolas (Felzenszwalb & Huttenlocher, Theory of Computing 2012 8:415).
class LowerEnvelope {
 public:
  LowerEnvelope(Eigen::Index size, double weight, double shift)
      : weight_(weight),
        shift_(shift),
        parabola_(static_cast<std::size_t>(size)),
        begin_(static_cast<std::size_t>(size)) {}

  // cost(c) gives the cost; take(p, least, c) is called for each p in turn.
  template <typename Cost, typename Take>
  void operator()(const Cost& cost, const Take& take) {
    const auto size = static_cast<Eigen::Index>(parabola_.size());
    const auto vertex = [&](Eigen::Index c) { return static_cast<double>(c) - shift_; };
    std::size_t last = 0;
    parabola_[0] = 0;
    begin_[0] = -std::numeric_limits<double>::infinity();
    for (Eigen::Index c = 1; c < size; ++c) {
      // Where the parabola of c comes to lie under the one of p.
      const auto from = [&](Eigen::Index p) {
        const double apart = vertex(c) - vertex(p);
        return 0.5 * (vertex(c) + vertex(p) + (cost(c) - cost(p)) / (weight_ * apart));
      };
      double begin = from(parabola_[last]);
      while (begin <= begin_[last]) begin = from(parabola_[--last]);
      parabola_[++last] = c;
      begin_[last] = begin;
    }
    std::size_t k = 0;
    for (Eigen::Index p = 0; p < size; ++p) {
      const auto at = static_cast<double>(p);
      while (k < last && begin_[k + 1] < at) ++k;
      const double miss = vertex(parabola_[k]) - at;
      take(p, cost(parabola_[k]) + weight_ * miss * miss, parabola_[k]);
    }
  }

 private:
  double weight_;
  double shift_;
  std::vector<Eigen::Index> parabola_;  // those of the envelope, in order
  std::vector<double> begin_;           // where each of them is the lowest from
};

// min over child c of cost(c) + |c - parent - offset|^2 / (2 sd^2): the quadratic separates, so the
// minimum is taken along rows, then along columns.
Message best_child(const Eigen::ArrayXXd& cost, const TemplateLink& link, const Grid& grid) {
  const auto weight = [&](double sd_m) { return 0.5 * std::pow(grid.step_m / sd_m, 2); };
  LowerEnvelope across(grid.cols, weight(link.offset_sd_m.x()), link.offset_m.x() / grid.step_m);
  LowerEnvelope along(grid.rows, weight(link.offset_sd_m.y()), link.offset_m.y() / grid.step_m);
  Eigen::ArrayXXd by_col(grid.rows, grid.cols);
  Eigen::ArrayXXi which_col(grid.rows, grid.cols);
  for (Eigen::Index r = 0; r < grid.rows; ++r) {
    across([&](Eigen::Index c) { return cost(r, c); },
           [&](Eigen::Index parent, double least, Eigen::Index c) {
             by_col(r, parent) = least;
             which_col(r, parent) = static_cast<int>(c);
           });
  }
  Message m{Eigen::ArrayXXd(grid.rows, grid.cols), Eigen::ArrayXXi(grid.rows, grid.cols),
            Eigen::ArrayXXi(grid.rows, grid.cols)};
  for (Eigen::Index c = 0; c < grid.cols; ++c) {
    along([&](Eigen::Index r) { return by_col(r, c); },
          [&](Eigen::Index parent, double least, Eigen::Index r) {
            m.cost(parent, c) = least;
            m.row(parent, c) = static_cast<int>(r);
            m.col(parent, c) = which_col(r, c);
          });
  }
  return m;
}

double mean_along(const Eigen::ArrayXXd& map, const ContactMap& of, const Eigen::Vector2d& from,
                  const Eigen::Vector2d& to) {
  constexpr int samples = 6;
  double sum = 0.0;
  for (int i = 0; i < samples; ++i) {
    sum += sampled(map, of, from + (i + 0.5) / samples * (to - from));
  }
  return sum / samples;
}

double square(double x) { return x * x; }

// The swing of a leg that covers most load at least cost in angles and lengths.
void place_leg(const ContactMap& map, const Eigen::ArrayXXd& contrast, const BodyTemplate& body,
               const TemplateLeg& leg, double trunk_angle_rad,
               std::vector<Eigen::Vector2d>& nodes) {
  const Eigen::Vector2d hip = point_of(body, nodes, leg.hip);
  const auto direction = [&](double angle_rad) {
    return Eigen::Vector2d(std::sin(angle_rad + trunk_angle_rad),
                           std::cos(angle_rad + trunk_angle_rad));
  };
  double best = std::numeric_limits<double>::infinity();
  const auto consider = [&](double cost, const Eigen::Vector2d& knee, const Eigen::Vector2d& heel) {
    if (cost >= best) return;
    best = cost;
    nodes[static_cast<std::size_t>(leg.knee)] = knee;
    nodes[static_cast<std::size_t>(leg.heel)] = heel;
  };
  constexpr int angle_steps = 9;
  for (int i = -angle_steps; i <= angle_steps; ++i) {
    const double zi = 2.2 * i / angle_steps;
    const Eigen::Vector2d thigh = direction(leg.thigh_angle_rad.mean + zi * leg.thigh_angle_rad.sd);
    for (const double length : {0.92, 1.0, 1.08, 1.16}) {
      const Eigen::Vector2d knee = hip + length * leg.thigh_m * thigh;
      const double thigh_load = mean_along(contrast, map, hip + 0.3 * (knee - hip), knee);
      for (int j = -angle_steps; j <= angle_steps; ++j) {
        const double zj = 2.2 * j / angle_steps;
        const Eigen::Vector2d shank =
            direction(leg.thigh_angle_rad.mean + zi * leg.thigh_angle_rad.sd +
                      leg.knee_bend_rad.mean + zj * leg.knee_bend_rad.sd);
        const Eigen::Vector2d heel = knee + length * leg.shank_m * shank;
        const double load =
            thigh_load + mean_along(contrast, map, knee, heel) + 0.5 * sampled(contrast, map, heel);
        consider(0.5 * (zi * zi + zj * zj + square((length - 1.0) / 0.06)) - blob_gain * load, knee,
                 heel);
      }
    }
    if (!leg.may_be_raised) continue;
    // A raised leg leaves the mat free under the thigh and up to the heel.
    constexpr double price_of_raising = 4.0;
    const Eigen::Vector2d flat_knee = hip + leg.thigh_m * thigh;
    const double under_thigh =
        std::max(0.0, mean_along(contrast, map, hip + 0.35 * (flat_knee - hip), flat_knee));
    for (double share = 0.5; share < 0.85; share += 0.05) {
      const Eigen::Vector2d heel = hip + share * (leg.thigh_m + leg.shank_m) * thigh;
      const Eigen::Vector2d knee = 0.5 * (hip + heel);
      const double load = sampled(contrast, map, heel) - under_thigh -
                          mean_along(contrast, map, knee, hip + 0.8 * (heel - hip));
      consider(price_of_raising + 0.5 * zi * zi - blob_gain * load, knee, heel);
    }
  }
}

}  // namespace

std::vector<Eigen::Vector2d> with_legs_placed(const ContactMap& map, const BodyTemplate& body,
                                              std::vector<Eigen::Vector2d> nodes) {
  const Eigen::Vector2d trunk =
      point_of(body, nodes, body.trunk_bottom) - point_of(body, nodes, body.trunk_top);
  const double angle = std::atan2(trunk.x(), trunk.y());
  const Eigen::ArrayXXd contrast = limb_contrast(map);
  for (const TemplateLeg& leg : body.legs) place_leg(map, contrast, body, leg, angle, nodes);
  return nodes;
}

std::vector<Eigen::Vector2d> start_pose(const ContactMap& map, const BodyTemplate& body) {
  const Grid grid = grid_over(map);
  const auto nodes = static_cast<std::size_t>(body.nodes);
  std::vector<TemplateLink> links = body.links;
  const auto kept = std::stable_partition(
      links.begin(), links.end(), [](const TemplateLink& link) { return link.strength > 0.0; });
  const std::span<const TemplateLink> sought(links.begin(), kept);
  std::vector<Eigen::ArrayXXd> cost(nodes);
  std::vector<Message> message(nodes);
  for (const TemplateLink& link : sought) {
    cost[static_cast<std::size_t>(link.node)] = node_cost(map, link, grid);
  }
  for (std::size_t i = sought.size(); i-- > 1;) {
    const TemplateLink& link = sought[i];
    const auto node = static_cast<std::size_t>(link.node);
    message[node] = best_child(cost[node], link, grid);
    cost[static_cast<std::size_t>(link.parent)] += message[node].cost;
  }
  std::vector<Eigen::Index> row(nodes);
  std::vector<Eigen::Index> col(nodes);
  std::vector<Eigen::Vector2d> points(nodes, Eigen::Vector2d(0.0, 0.0));
  for (const TemplateLink& link : sought) {
    const auto node = static_cast<std::size_t>(link.node);
    if (link.parent < 0) {
      cost[node].minCoeff(&row[node], &col[node]);
    } else {
      const auto parent = static_cast<std::size_t>(link.parent);
      row[node] = message[node].row(row[parent], col[parent]);
      col[node] = message[node].col(row[parent], col[parent]);
    }
    points[node] = grid.point(row[node], col[node]);
  }
  for (const TemplateLink& link : std::span(kept, links.end())) {
    points[static_cast<std::size_t>(link.node)] =
        points[static_cast<std::size_t>(link.parent)] + link.offset_m;
  }
  return with_legs_placed(map, body, std::move(points));
}

}  // namespace matfit
