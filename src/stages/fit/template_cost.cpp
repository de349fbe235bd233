#include "stages/fit/template_cost.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace matfit {

namespace {

// A soft capsule is a coarse picture of a body: its error per cell, in compressed load, is of this
// size and alike over patches of about this area, so that finer cells do not add knowledge.
constexpr double picture_sd = 0.13;
constexpr double picture_patch_m2 = 0.05 * 0.05;
constexpr double robust_reach = 2.0;  // Cauchy's scale, in units of picture_sd

// Gradient of one residual, few of whose entries are set.
class SparseGradient {
 public:
  explicit SparseGradient(Eigen::Index size) : value_(static_cast<std::size_t>(size), 0.0) {
    touched_.reserve(value_.size());
  }
  void add(Eigen::Index i, double v) {
    double& entry = value_[static_cast<std::size_t>(i)];
    if (entry == 0.0) touched_.push_back(i);
    entry += v;
  }
  bool empty() const { return touched_.empty(); }
  void clear() {
    for (const Eigen::Index i : touched_) value_[static_cast<std::size_t>(i)] = 0.0;
    touched_.clear();
  }
  // Adds the residual's share to the sums; `slope` multiplies every entry.
  void into(NormalEquations& e, double residual, double weight, double slope = 1.0) {
    // An entry that came back to nought was listed twice.
    std::sort(touched_.begin(), touched_.end());
    touched_.erase(std::unique(touched_.begin(), touched_.end()), touched_.end());
    const double w = weight * slope * slope;
    for (std::size_t a = 0; a < touched_.size(); ++a) {
      const Eigen::Index i = touched_[a];
      const double v = value_[static_cast<std::size_t>(i)];
      e.gradient[i] += weight * slope * residual * v;
      const double wv = w * v;
      for (std::size_t b = a; b < touched_.size(); ++b) {
        const Eigen::Index j = touched_[b];
        e.normal(j, i) += wv * value_[static_cast<std::size_t>(j)];
      }
    }
  }

 private:
  std::vector<double> value_;
  std::vector<Eigen::Index> touched_;
};

// Cauchy's loss (half of c^2 log(1 + r^2 / c^2)) and the weight that goes with it.
double cauchy_cost(double r, double c) { return 0.5 * c * c * std::log1p(r * r / (c * c)); }
double cauchy_weight(double r, double c) { return 1.0 / (1.0 + r * r / (c * c)); }

// The slopes of a part's load by every parameter that moves it; `span` joins the shoulders.
void add_slopes(const PlacedPart& part, double load, double t, const Eigen::Vector2d& offset,
                const Eigen::Vector2d& span, double width, const PoseLayout& layout,
                SparseGradient& g) {
  const Eigen::Vector2d pull = load / part.variance * offset;  // by the nearest point
  g.add(part.amplitude_index, load);
  g.add(layout.scale(),
        load * offset.squaredNorm() * part.variance_scaled / (part.variance * part.variance));
  for (std::size_t k = 0; k < part.hold_count; ++k) {
    const double w = (1.0 - t) * part.holds[k].from + t * part.holds[k].to;
    g.add(2 * part.holds[k].node, w * pull.x());
    g.add(2 * part.holds[k].node + 1, w * pull.y());
  }
  const double span_weight = (1.0 - t) * part.from_span + t * part.to_span;
  if (span_weight != 0.0) g.add(layout.width(), span_weight * width * span.dot(pull));
}

}  // namespace

TemplateCost::TemplateCost(const ContactMap& map, const BodyTemplate& body,
                           const std::vector<Eigen::Vector2d>& start)
    : map_(map), body_(body), layout_(body) {
  Eigen::Vector2d axis(0.0, 0.0);
  for (std::size_t i = 0; i < start.size(); ++i) {
    axis += (body.trunk_bottom.weight[i] - body.trunk_top.weight[i]) * start[i];
  }
  along_ = axis.norm() > 0.0 ? Eigen::Vector2d(axis.normalized()) : Eigen::Vector2d(0.0, 1.0);
  across_ = {along_.y(), -along_.x()};
}

Eigen::Matrix2d TemplateCost::covariance(const Eigen::MatrixXd& of_parameters,
                                         const TemplatePoint& p) const {
  Eigen::MatrixXd slope = Eigen::MatrixXd::Zero(2, of_parameters.rows());
  for (int i = 0; i < body_.nodes; ++i) {
    slope(0, 2 * i) = slope(1, 2 * i + 1) = p.weight[static_cast<std::size_t>(i)];
  }
  return slope * of_parameters * slope.transpose();
}

std::vector<PlacedPart> TemplateCost::placed(const Eigen::VectorXd& pose) const {
  return placed_parts(body_, pose, map_.row_pitch_m, map_.col_pitch_m);
}

Eigen::Vector2d TemplateCost::point(const Eigen::VectorXd& parameters,
                                    const TemplatePoint& p) const {
  return point_of(body_, parameters, p);
}

double TemplateCost::data_cost(const Eigen::VectorXd& parameters,
                               NormalEquations* equations) const {
  const std::vector<PlacedPart> parts = placed(parameters);
  const Eigen::Index rows = map_.load.rows();
  const Eigen::Index cols = map_.load.cols();
  const double patch_weight = std::min(1.0, map_.row_pitch_m * map_.col_pitch_m / picture_patch_m2);
  const double width = std::exp(parameters[layout_.width()]);
  Eigen::Vector2d span(0.0, 0.0);
  if (body_.low_shoulder >= 0) {
    span = node_of(parameters, body_.high_shoulder) - node_of(parameters, body_.low_shoulder);
  }
  double cost = 0.0;
  SparseGradient g(layout_.size());
  std::vector<const PlacedPart*> near_row;
  for (Eigen::Index r = 0; r < rows; ++r) {
    const double y = map_.centre(r, 0).y();
    near_row.clear();
    for (const PlacedPart& part : parts) {
      if (y > part.box[2] && y < part.box[3]) near_row.push_back(&part);
    }
    for (Eigen::Index c = 0; c < cols; ++c) {
      const Eigen::Vector2d x = map_.centre(r, c);
      double load = 0.0;
      g.clear();
      for (const PlacedPart* part : near_row) {
        if (x.x() < part->box[0] || x.x() > part->box[1]) continue;
        double t = 0.0;
        Eigen::Vector2d offset;
        const double v = part->load(x, t, offset);
        load += v;
        if (equations == nullptr) continue;
        add_slopes(*part, v, t, offset, span, width, layout_, g);
      }
      if (load == 0.0 && map_.seen(r, c) == 0.0) continue;
      const double residual = (map_.compression(load) - map_.seen(r, c)) / picture_sd;
      const double weight = patch_weight * map_.trust(r, c);
      cost += weight * cauchy_cost(residual, robust_reach);
      if (equations != nullptr && !g.empty()) {
        g.into(*equations, residual, weight * cauchy_weight(residual, robust_reach),
               map_.compression.slope(load) / picture_sd);
      }
    }
  }
  return cost;
}

double TemplateCost::prior_cost(const Eigen::VectorXd& p, NormalEquations* equations) const {
  double cost = 0.0;
  SparseGradient g(layout_.size());
  const auto add = [&](double residual, bool robust) {
    cost += robust ? cauchy_cost(residual, robust_reach) : 0.5 * residual * residual;
    if (equations != nullptr) {
      g.into(*equations, residual, robust ? cauchy_weight(residual, robust_reach) : 1.0);
    }
    g.clear();
  };
  const double scale = std::exp(p[layout_.scale()]);
  for (const TemplatePrior& prior : body_.priors) {
    const Eigen::Vector2d axis = prior.axis == BodyAxis::along ? along_ : across_;
    double value = -prior.length_m * scale;
    g.add(layout_.scale(), value / prior.sd_m);
    for (int i = 0; i < body_.nodes; ++i) {
      const double w = prior.weight[static_cast<std::size_t>(i)];
      if (w == 0.0) continue;
      value += w * node_of(p, i).dot(axis);
      g.add(2 * i, w * axis.x() / prior.sd_m);
      g.add(2 * i + 1, w * axis.y() / prior.sd_m);
    }
    add(value / prior.sd_m, prior.robust);
  }
  for (const TemplateLength& length : body_.lengths) {
    const Eigen::Vector2d d = node_of(p, length.to) - node_of(p, length.from);
    const double norm = std::max(d.norm(), 1e-6);
    g.add(layout_.scale(), -length.length_m * scale / length.sd_m);
    for (int k = 0; k < 2; ++k) {
      g.add(2 * length.to + k, d[k] / norm / length.sd_m);
      g.add(2 * length.from + k, -d[k] / norm / length.sd_m);
    }
    add((norm - length.length_m * scale) / length.sd_m, true);
  }
  const auto add_normal = [&](Eigen::Index index, double mean, double sd) {
    g.add(index, 1.0 / sd);
    add((p[index] - mean) / sd, false);
  };
  add_normal(layout_.scale(), 0.0, body_.log_scale_sd);
  add_normal(layout_.width(), 0.0, body_.log_width_sd);
  for (std::size_t i = 0; i < body_.log_amplitude.size(); ++i) {
    add_normal(layout_.amplitude(static_cast<int>(i)), body_.log_amplitude[i].mean,
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
        if (part.is_felt_at(map_.centre(r, c))) load += part.load(map_.centre(r, c));
      }
      if (load < 0.02 && map_.load(r, c) < 0.02) continue;
      const double residual = (map_.compression(load) - map_.seen(r, c)) / picture_sd;
      sum += residual * residual;
      count += 1.0;
    }
  }
  return count > 0.0 ? sum / count : 0.0;
}

double TemplateCost::share_of_part(const Eigen::VectorXd& parameters, int part,
                                   const Eigen::Vector2d& at) const {
  const std::vector<PlacedPart> parts = placed(parameters);
  double own = 0.0;
  double all = 0.0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const double load = parts[i].load(at);
    all += load;
    if (static_cast<int>(i) == part) own = load;
  }
  return all > 0.0 ? own / all : 0.0;
}

}  // namespace matfit
