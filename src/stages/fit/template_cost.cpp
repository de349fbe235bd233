#include "stages/fit/template_cost.hpp"

#include "stages/fit/slope_columns.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

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

// Cells are taken in bands of so many of the map's rows, of about a body part's width: few
// parameters move a band, its sums stay in the processor's nearest memory, and the cells of a
// column within it are one vector.
constexpr Eigen::Index band_rows = 4;
using Cells = Eigen::Array<double, band_rows, 1>;

// exp(-u) for u from 0 to the corner of a part's box, to 2e-10: a table of steps of 1/64 and the
// third-order series between them, in less than half of the time that the library takes.
class FallingExponential {
 public:
  FallingExponential() {
    for (std::size_t i = 0; i < at_step_.size(); ++i)
      at_step_[i] = std::exp(-step_ * static_cast<double>(i));
  }
  Cells operator()(const Cells& u) const {
    Cells at_step;
    Cells beyond;
    for (Eigen::Index i = 0; i < band_rows; ++i) {
      const int step = std::min(static_cast<int>(u[i] / step_ + 0.5), last_);
      at_step[i] = at_step_[static_cast<std::size_t>(step)];
      beyond[i] = u[i] - step_ * step;
    }
    return at_step * (1.0 - beyond * (1.0 - beyond * (0.5 - beyond / 6.0)));
  }

 private:
  static constexpr double step_ = 1.0 / 64.0;
  static constexpr int last_ = 1023;
  std::array<double, last_ + 1> at_step_;
};

// A part in a band of rows: the columns that feel it, and which of the rows do.
struct PartInBand {
  const PlacedPart* part;
  Eigen::Index first_col = 0;
  Eigen::Index end_col = 0;
  Cells felt;  // 1, else 0
};

// `y`: of the band's rows. Empty where no cell feels the part.
PartInBand part_in_band(const PlacedPart& part, const ContactMap& map, const Cells& y) {
  const auto cols = static_cast<double>(map.load.cols());
  const double end_m = static_cast<double>(map.load.rows()) * map.row_pitch_m;
  const auto column = [&](double steps) {
    return static_cast<Eigen::Index>(std::clamp(steps, 0.0, cols));
  };
  PartInBand out{&part, 0, 0,
                 (y >= part.box[2] && y <= std::min(part.box[3], end_m)).cast<double>()};
  if (out.felt.maxCoeff() == 0.0) return out;
  out.first_col = column(std::ceil(part.box[0] / map.col_pitch_m - 0.5));
  out.end_col = column(std::floor(part.box[1] / map.col_pitch_m + 0.5));
  return out;
}

struct TrunkWidth {
  double factor = 1.0;
  Eigen::Vector2d span{0.0, 0.0};  // joins the shoulders
};

TrunkWidth trunk_width(const BodyTemplate& body, const Eigen::VectorXd& pose,
                       const PoseLayout& layout) {
  TrunkWidth trunk{std::exp(pose[layout.width()]), {0.0, 0.0}};
  if (body.low_shoulder >= 0) {
    trunk.span = node_of(pose, body.high_shoulder) - node_of(pose, body.low_shoulder);
  }
  return trunk;
}

// A part's load on the cells of one column of a band.
struct ColumnLoad {
  Cells t;  // as in PlacedPart::load()
  Cells offset_x;
  Cells offset_y;
  Cells square;  // of the offset
  Cells load;

  ColumnLoad(const PartInBand& in_band, double x, const Cells& y) {
    const PlacedPart& part = *in_band.part;
    const Eigen::Vector2d d = part.to - part.from;
    const double length2 = d.squaredNorm();
    const Eigen::Vector2d per_length = length2 > 0.0 ? d / length2 : Eigen::Vector2d(0.0, 0.0);
    t = ((x - part.from.x()) * per_length.x() + (y - part.from.y()) * per_length.y())
            .max(0.0)
            .min(1.0);
    offset_x = x - part.from.x() - t * d.x();
    offset_y = y - part.from.y() - t * d.y();
    square = offset_x.square() + offset_y.square();
    static const FallingExponential falling;
    load = part.amplitude * in_band.felt * falling(0.5 / part.variance * square);
  }
};

void add_load(const PartInBand& in_band, const ContactMap& map, const Cells& y,
              Eigen::VectorXd& load) {
  for (Eigen::Index c = in_band.first_col; c < in_band.end_col; ++c) {
    load.segment<band_rows>(band_rows * c).array() +=
        ColumnLoad(in_band, map.centre(0, c).x(), y).load;
  }
}

// Load, and slopes of the load by every parameter that moves the part.
void add_load_and_slopes(const PartInBand& in_band, const ContactMap& map, const Cells& y,
                         const TrunkWidth& trunk, const PoseLayout& layout, Eigen::VectorXd& load,
                         SlopeColumns& slopes) {
  const PlacedPart& part = *in_band.part;
  const auto column = [&](Eigen::Index parameter) {
    slopes.widen(parameter, band_rows * in_band.first_col, band_rows * in_band.end_col);
    return slopes.column(parameter);
  };
  double* const by_amplitude = column(part.amplitude_index);
  double* const by_scale = column(layout.scale());
  double* const by_width =
      part.from_span != 0.0 || part.to_span != 0.0 ? column(layout.width()) : nullptr;
  std::array<double*, 2 * template_node_count> by_node{};
  for (std::size_t k = 0; k < part.hold_count; ++k) {
    by_node[2 * k] = column(2 * part.holds[k].node);
    by_node[2 * k + 1] = column(2 * part.holds[k].node + 1);
  }
  const double per_scale = part.variance_scaled / (part.variance * part.variance);
  for (Eigen::Index c = in_band.first_col; c < in_band.end_col; ++c) {
    const Eigen::Index first = band_rows * c;
    const auto add = [&](double* to, const Cells& slope) {
      Eigen::Map<Cells, Eigen::Aligned16>(to + first) += slope;
    };
    const ColumnLoad cells(in_band, map.centre(0, c).x(), y);
    const Cells pull = cells.load / part.variance;  // by the nearest point
    const Cells pull_x = pull * cells.offset_x;
    const Cells pull_y = pull * cells.offset_y;
    load.segment<band_rows>(first).array() += cells.load;
    add(by_amplitude, cells.load);
    add(by_scale, cells.load * cells.square * per_scale);
    for (std::size_t k = 0; k < part.hold_count; ++k) {
      const PlacedPart::Hold& hold = part.holds[k];
      const Cells weight = hold.from + cells.t * (hold.to - hold.from);
      add(by_node[2 * k], weight * pull_x);
      add(by_node[2 * k + 1], weight * pull_y);
    }
    if (by_width == nullptr) continue;
    const Cells weight = part.from_span + cells.t * (part.to_span - part.from_span);
    add(by_width, trunk.factor * weight * (trunk.span.x() * pull_x + trunk.span.y() * pull_y));
  }
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
  patch_weight_ = std::min(1.0, map.row_pitch_m * map.col_pitch_m / picture_patch_m2);
  cost_without_load_ = patch_weight_ * map.trust * map.seen.unaryExpr([](double seen) {
    return seen > 0.0 ? cauchy_cost(seen / picture_sd, robust_reach) : 0.0;
  });
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
  const TrunkWidth trunk = trunk_width(body_, parameters, layout_);
  const Eigen::Index rows = map_.load.rows();
  const Eigen::Index cols = map_.load.cols();
  Eigen::VectorXd load(band_rows * cols);
  Eigen::VectorXd scale = Eigen::VectorXd::Zero(load.size());
  Eigen::VectorXd residual = scale;
  SlopeColumns slopes(load.size(), equations != nullptr ? layout_.size() : 0);
  std::vector<PartInBand> felt;
  double cost = 0.0;
  for (Eigen::Index top = 0; top < rows; top += band_rows) {
    const Cells y =
        Cells::LinSpaced(map_.centre(top, 0).y(), map_.centre(top + band_rows - 1, 0).y());
    felt.clear();
    for (const PlacedPart& part : parts) {
      const PartInBand in_band = part_in_band(part, map_, y);
      if (in_band.first_col >= in_band.end_col) continue;
      felt.push_back(in_band);
    }
    load.setZero();
    slopes.clear();
    for (const PartInBand& in_band : felt) {
      if (equations == nullptr) {
        add_load(in_band, map_, y, load);
      } else {
        add_load_and_slopes(in_band, map_, y, trunk, layout_, load, slopes);
      }
    }
    const Eigen::Index height = std::min(band_rows, rows - top);
    for (Eigen::Index c = 0; c < cols; ++c) {
      for (Eigen::Index r = top; r < top + height; ++r) {
        const Eigen::Index cell = band_rows * c + r - top;
        if (load[cell] == 0.0) {
          cost += cost_without_load_(r, c);
          continue;
        }
        const double miss = (map_.compression(load[cell]) - map_.seen(r, c)) / picture_sd;
        const double weight = patch_weight_ * map_.trust(r, c);
        cost += weight * cauchy_cost(miss, robust_reach);
        if (equations == nullptr) continue;
        const double root_weight = std::sqrt(weight * cauchy_weight(miss, robust_reach));
        scale[cell] = root_weight * map_.compression.slope(load[cell]) / picture_sd;
        residual[cell] = root_weight * miss;
      }
    }
    if (equations != nullptr) slopes.into(*equations, scale, residual);
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
