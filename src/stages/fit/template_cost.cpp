#include "stages/fit/template_cost.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace matfit {

namespace {

// A soft capsule is a coarse picture of a body: its error per cell, in compressed load, is of this
// size and alike over patches of about this area, so that finer cells do not add knowledge.
constexpr double picture_sd = 0.13;
constexpr double picture_patch_m2 = 0.05 * 0.05;
constexpr double robust_reach = 2.0;  // Cauchy's scale, in units of picture_sd
constexpr double part_reach = 3.2;    // sigmas beyond which a part is nothing

struct Gradient {  // of one residual, few of its entries set
  std::array<Eigen::Index, 64> index{};
  std::array<double, 64> value{};
  std::size_t count = 0;

  void add(Eigen::Index i, double v) {
    for (std::size_t k = 0; k < count; ++k) {
      if (index[k] == i) {
        value[k] += v;
        return;
      }
    }
    index[count] = i;
    value[count++] = v;
  }
  void scale(double by) {
    for (std::size_t k = 0; k < count; ++k) value[k] *= by;
  }
  void into(NormalEquations& e, double residual, double weight) const {
    for (std::size_t a = 0; a < count; ++a) {
      const double wa = weight * value[a];
      e.gradient[index[a]] += wa * residual;
      for (std::size_t b = 0; b < count; ++b) {
        if (index[b] <= index[a]) e.normal(index[a], index[b]) += wa * value[b];
      }
    }
  }
};

// Cauchy's loss (half of c^2 log(1 + r^2 / c^2)) and the weight that goes with it.
double cauchy_cost(double r, double c) { return 0.5 * c * c * std::log1p(r * r / (c * c)); }
double cauchy_weight(double r, double c) { return 1.0 / (1.0 + r * r / (c * c)); }

}  // namespace

struct TemplateCost::PlacedPart {
  const TemplatePart* part = nullptr;
  Eigen::Vector2d from{0.0, 0.0};
  Eigen::Vector2d to{0.0, 0.0};
  double amplitude = 0.0;
  double variance = 0.0;         // of the soft rim, with the cell's own width
  double variance_scaled = 0.0;  // the part of it that grows with the body's scale

  // Load at x, with the place along the segment and the offset from it.
  double load(const Eigen::Vector2d& x, double& t, Eigen::Vector2d& offset) const {
    const Eigen::Vector2d d = to - from;
    const double length2 = d.squaredNorm();
    t = length2 > 0.0 ? std::clamp((x - from).dot(d) / length2, 0.0, 1.0) : 0.5;
    offset = x - from - t * d;
    return amplitude * std::exp(-0.5 * offset.squaredNorm() / variance);
  }
};

TemplateCost::TemplateCost(const ContactMap& map, const BodyTemplate& body,
                           const std::vector<Eigen::Vector2d>& start)
    : map_(map), body_(body) {
  Eigen::Vector2d axis(0.0, 0.0);
  for (std::size_t i = 0; i < start.size(); ++i) {
    axis += (body.trunk_bottom.weight[i] - body.trunk_top.weight[i]) * start[i];
  }
  along_ = axis.norm() > 0.0 ? Eigen::Vector2d(axis.normalized()) : Eigen::Vector2d(0.0, 1.0);
  across_ = {along_.y(), -along_.x()};
}

Eigen::Index TemplateCost::parameter_count() const {
  return amplitude_index(static_cast<int>(body_.log_amplitude.size()));
}

Eigen::VectorXd TemplateCost::start_parameters(const std::vector<Eigen::Vector2d>& start) const {
  Eigen::VectorXd p = Eigen::VectorXd::Zero(parameter_count());
  for (std::size_t i = 0; i < start.size(); ++i) {
    p.segment<2>(2 * static_cast<Eigen::Index>(i)) = start[i];
  }
  for (std::size_t i = 0; i < body_.log_amplitude.size(); ++i) {
    p[amplitude_index(static_cast<int>(i))] = body_.log_amplitude[i].mean;
  }
  return p;
}

Eigen::Vector2d TemplateCost::node(const Eigen::VectorXd& parameters, int index) const {
  return parameters.segment<2>(2 * index);
}

Eigen::Vector2d TemplateCost::point(const Eigen::VectorXd& parameters,
                                    const TemplatePoint& p) const {
  Eigen::Vector2d x(0.0, 0.0);
  for (int i = 0; i < body_.nodes; ++i) {
    const double w = p.weight[static_cast<std::size_t>(i)];
    if (w != 0.0) x += w * node(parameters, i);
  }
  if (p.span != 0.0) {
    x += p.span * std::exp(parameters[width_index()]) *
         (node(parameters, body_.high_shoulder) - node(parameters, body_.low_shoulder));
  }
  return x;
}

Eigen::Matrix2d TemplateCost::covariance(const Eigen::MatrixXd& of_parameters,
                                         const TemplatePoint& p) const {
  Eigen::MatrixXd slope = Eigen::MatrixXd::Zero(2, of_parameters.rows());
  for (int i = 0; i < body_.nodes; ++i) {
    slope(0, 2 * i) = slope(1, 2 * i + 1) = p.weight[static_cast<std::size_t>(i)];
  }
  return slope * of_parameters * slope.transpose();
}

std::vector<TemplateCost::PlacedPart> TemplateCost::placed(const Eigen::VectorXd& p) const {
  const double scale = std::exp(p[scale_index()]);
  const double of_cell =
      (map_.row_pitch_m * map_.row_pitch_m + map_.col_pitch_m * map_.col_pitch_m) / 24.0;
  std::vector<PlacedPart> parts;
  parts.reserve(body_.parts.size());
  for (const TemplatePart& part : body_.parts) {
    const double sigma = part.sigma_m * scale;
    parts.push_back({&part, point(p, part.from), point(p, part.to),
                     std::exp(p[amplitude_index(part.amplitude)]), sigma * sigma + of_cell,
                     sigma * sigma});
  }
  return parts;
}

double TemplateCost::data_cost(const Eigen::VectorXd& parameters,
                               NormalEquations* equations) const {
  const std::vector<PlacedPart> parts = placed(parameters);
  const Eigen::Index rows = map_.load.rows();
  const Eigen::Index cols = map_.load.cols();
  const double patch_weight = std::min(1.0, map_.row_pitch_m * map_.col_pitch_m / picture_patch_m2);
  const double width = std::exp(parameters[width_index()]);
  Eigen::Vector2d span(0.0, 0.0);
  if (body_.low_shoulder >= 0) {
    span = node(parameters, body_.high_shoulder) - node(parameters, body_.low_shoulder);
  }
  double cost = 0.0;
  std::vector<const PlacedPart*> near_row;
  for (Eigen::Index r = 0; r < rows; ++r) {
    const double y = (static_cast<double>(r) + 0.5) * map_.row_pitch_m;
    near_row.clear();
    for (const PlacedPart& part : parts) {
      const double reach = part_reach * std::sqrt(part.variance);
      if (y > std::min(part.from.y(), part.to.y()) - reach &&
          y < std::max(part.from.y(), part.to.y()) + reach) {
        near_row.push_back(&part);
      }
    }
    for (Eigen::Index c = 0; c < cols; ++c) {
      const Eigen::Vector2d x = map_.centre(r, c);
      double load = 0.0;
      Gradient g;
      for (const PlacedPart* part : near_row) {
        const double reach = part_reach * std::sqrt(part->variance);
        if (x.x() < std::min(part->from.x(), part->to.x()) - reach ||
            x.x() > std::max(part->from.x(), part->to.x()) + reach) {
          continue;
        }
        double t = 0.0;
        Eigen::Vector2d offset;
        const double v = part->load(x, t, offset);
        load += v;
        if (equations == nullptr) continue;
        const Eigen::Vector2d pull = v / part->variance * offset;  // dv / d(point on the segment)
        g.add(amplitude_index(part->part->amplitude), v);
        g.add(scale_index(),
              v * offset.squaredNorm() * part->variance_scaled / (part->variance * part->variance));
        const double span_weight = (1.0 - t) * part->part->from.span + t * part->part->to.span;
        for (int i = 0; i < body_.nodes; ++i) {
          const auto k = static_cast<std::size_t>(i);
          double w = (1.0 - t) * part->part->from.weight[k] + t * part->part->to.weight[k];
          if (span_weight != 0.0) {
            if (i == body_.high_shoulder) w += span_weight * width;
            if (i == body_.low_shoulder) w -= span_weight * width;
          }
          if (w == 0.0) continue;
          g.add(2 * i, w * pull.x());
          g.add(2 * i + 1, w * pull.y());
        }
        if (span_weight != 0.0) g.add(width_index(), span_weight * width * span.dot(pull));
      }
      const double residual = (compressed_load(load) - map_.seen(r, c)) / picture_sd;
      const double weight = patch_weight * map_.trust(r, c);
      cost += weight * cauchy_cost(residual, robust_reach);
      if (equations != nullptr && g.count > 0) {
        g.scale(compressed_load_slope(load) / picture_sd);
        g.into(*equations, residual, weight * cauchy_weight(residual, robust_reach));
      }
    }
  }
  return cost;
}

double TemplateCost::prior_cost(const Eigen::VectorXd& p, NormalEquations* equations) const {
  double cost = 0.0;
  const auto add = [&](double residual, const Gradient& g, bool robust) {
    cost += robust ? cauchy_cost(residual, robust_reach) : 0.5 * residual * residual;
    if (equations != nullptr) {
      g.into(*equations, residual, robust ? cauchy_weight(residual, robust_reach) : 1.0);
    }
  };
  const double scale = std::exp(p[scale_index()]);
  for (const TemplatePrior& prior : body_.priors) {
    const Eigen::Vector2d axis = prior.axis == BodyAxis::along ? along_ : across_;
    Gradient g;
    double value = -prior.length_m * scale;
    g.add(scale_index(), value / prior.sd_m);
    for (int i = 0; i < body_.nodes; ++i) {
      const double w = prior.weight[static_cast<std::size_t>(i)];
      if (w == 0.0) continue;
      value += w * node(p, i).dot(axis);
      g.add(2 * i, w * axis.x() / prior.sd_m);
      g.add(2 * i + 1, w * axis.y() / prior.sd_m);
    }
    add(value / prior.sd_m, g, prior.robust);
  }
  for (const TemplateLength& length : body_.lengths) {
    const Eigen::Vector2d d = node(p, length.to) - node(p, length.from);
    const double norm = std::max(d.norm(), 1e-6);
    Gradient g;
    g.add(scale_index(), -length.length_m * scale / length.sd_m);
    for (int k = 0; k < 2; ++k) {
      g.add(2 * length.to + k, d[k] / norm / length.sd_m);
      g.add(2 * length.from + k, -d[k] / norm / length.sd_m);
    }
    add((norm - length.length_m * scale) / length.sd_m, g, true);
  }
  const auto add_normal = [&](Eigen::Index index, double mean, double sd) {
    Gradient g;
    g.add(index, 1.0 / sd);
    add((p[index] - mean) / sd, g, false);
  };
  add_normal(scale_index(), 0.0, body_.log_scale_sd);
  add_normal(width_index(), 0.0, body_.log_width_sd);
  for (std::size_t i = 0; i < body_.log_amplitude.size(); ++i) {
    add_normal(amplitude_index(static_cast<int>(i)), body_.log_amplitude[i].mean,
               body_.log_amplitude[i].sd);
  }
  return cost;
}

double TemplateCost::operator()(const Eigen::VectorXd& parameters,
                                NormalEquations* equations) const {
  return data_cost(parameters, equations) + prior_cost(parameters, equations);
}

double TemplateCost::mean_squared_residual(const Eigen::VectorXd& parameters) const {
  const std::vector<PlacedPart> parts = placed(parameters);
  double sum = 0.0;
  double count = 0.0;
  for (Eigen::Index c = 0; c < map_.load.cols(); ++c) {
    for (Eigen::Index r = 0; r < map_.load.rows(); ++r) {
      double load = 0.0;
      for (const PlacedPart& part : parts) {
        double t = 0.0;
        Eigen::Vector2d offset;
        load += part.load(map_.centre(r, c), t, offset);
      }
      if (load < 0.02 && map_.load(r, c) < 0.02) continue;
      const double residual = (compressed_load(load) - map_.seen(r, c)) / picture_sd;
      sum += residual * residual;
      count += 1.0;
    }
  }
  return count > 0.0 ? sum / count : 0.0;
}

}  // namespace matfit
