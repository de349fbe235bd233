#include "synthetic/settle.hpp"

#include "synthetic/contact_laws.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

// Of the surface, whose cells pull at each other; without coupling each finds its place alone.
constexpr double over_relaxation = 1.3;

class Equilibrium {
 public:
  Equilibrium(const PosedBody& body, const Underside& underside, const MattressModel& mattress);

  void relax_surface(int sweeps);
  // One Newton step of the nodes; returns the largest movement.
  double move_nodes();
  double load_n() const { return load_n_; }
  double unbalanced_n() const { return unbalanced_n_; }
  Settled result() const;

 private:
  double penetration(const SkinCell& skin) const {
    return -(skin.height_m + worn_m_[skin.cell] + (1.0 - skin.share_b) * rise_m_[skin.node_a] +
             skin.share_b * rise_m_[skin.node_b]);
  }
  void find_active_cells();
  void update_shear();
  void damp(const Eigen::VectorXd& step);
  void add_springs(Eigen::MatrixXd& stiffness, Eigen::VectorXd& force) const;

  const PosedBody& body_;
  const Underside& underside_;
  const MattressModel& mattress_;
  FoamTable foam_;
  int rows_;
  int cols_;
  double area_m2_;
  std::vector<double> indentation_m_;
  std::vector<double> shear_;  // G over the pitch squared
  std::vector<double> penetration_m_;
  std::vector<int> skin_of_;         // -1: nothing above
  std::vector<double> zone_;         // factor on the foam's pressure
  std::vector<double> worn_m_;       // how far the unloaded surface lies lower
  std::vector<std::size_t> active_;  // cells that the body can move
  Eigen::VectorXd rise_m_;
  Eigen::VectorXd last_step_m_;
  Eigen::VectorXd damping_n_per_m_;
  double load_n_ = 0.0;
  double unbalanced_n_ = 0.0;
};

Equilibrium::Equilibrium(const PosedBody& body, const Underside& underside,
                         const MattressModel& mattress)
    : body_(body),
      underside_(underside),
      mattress_(mattress),
      foam_(mattress),
      rows_(underside.grid.rows),
      cols_(underside.grid.cols),
      area_m2_(underside.grid.cell_area_m2()),
      indentation_m_(underside.grid.cells(), 0.0),
      shear_(underside.grid.cells(), 0.0),
      penetration_m_(underside.grid.cells(), 0.0),
      skin_of_(underside.grid.cells(), -1),
      rise_m_(Eigen::VectorXd::Zero(static_cast<Eigen::Index>(body.nodes.size()))),
      last_step_m_(rise_m_),
      damping_n_per_m_(Eigen::VectorXd::Constant(rise_m_.size(), 100.0)) {
  for (std::size_t i = 0; i < underside.skin.size(); ++i) {
    skin_of_[underside.skin[i].cell] = static_cast<int>(i);
  }
  for (int row = 0; row < rows_; ++row) {
    for (int col = 0; col < cols_; ++col) {
      const Eigen::Vector2d at_m = underside.grid.centre_m(row, col);
      zone_.push_back(stiffness_factor(mattress, at_m));
      worn_m_.push_back(worn_depth_m(mattress, at_m));
    }
  }
  find_active_cells();
  // Start a little into the mattress, so that there is something to push against.
  rise_m_.setConstant(-0.12 * mattress.thickness_m);
}

// The surface gives way within some decay lengths of the skin.
void Equilibrium::find_active_cells() {
  const int reach = static_cast<int>(std::ceil(0.11 / underside_.grid.pitch_m));
  std::vector<int> across(indentation_m_.size() + 1, 0);
  std::vector<int> near(indentation_m_.size() + 1, 0);
  const auto mark = [](std::vector<int>& steps, int first, int last, int stride, int base) {
    // Dilation along one line as a difference array: +1 where it begins, -1 after its end.
    steps[static_cast<std::size_t>(base + first * stride)] += 1;
    steps[static_cast<std::size_t>(base + last * stride)] -= 1;
  };
  for (const SkinCell& skin : underside_.skin) {
    const int row = static_cast<int>(skin.cell) / cols_;
    const int col = static_cast<int>(skin.cell) % cols_;
    mark(across, std::max(1, col - reach), std::min(cols_ - 1, col + reach + 1), 1, row * cols_);
  }
  for (int row = 0; row < rows_; ++row) {
    int open = 0;
    for (int col = 0; col < cols_; ++col) {
      open += across[static_cast<std::size_t>(row * cols_ + col)];
      if (open > 0)
        mark(near, std::max(1, row - reach), std::min(rows_ - 1, row + reach + 1), cols_, col);
    }
  }
  std::vector<int> open(static_cast<std::size_t>(cols_), 0);
  for (int row = 0; row < rows_; ++row) {
    for (int col = 0; col < cols_; ++col) {
      const auto i = static_cast<std::size_t>(row * cols_ + col);
      int& depth = open[static_cast<std::size_t>(col)];
      depth += near[i];
      if (depth > 0) active_.push_back(i);
    }
  }
}

void Equilibrium::update_shear() {
  const double scale =
      mattress_.shear_n_per_m / (underside_.grid.pitch_m * underside_.grid.pitch_m);
  for (const std::size_t i : active_) {
    shear_[i] =
        scale * coupling_left(mattress_.shear_law, indentation_m_[i] / mattress_.thickness_m);
  }
}

void Equilibrium::relax_surface(int sweeps) {
  update_shear();
  const double relaxation = mattress_.shear_n_per_m > 0.0 ? over_relaxation : 1.0;
  for (const SkinCell& skin : underside_.skin) penetration_m_[skin.cell] = penetration(skin);
  const auto width = static_cast<std::size_t>(cols_);
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    for (const std::size_t i : active_) {
      const double g = shear_[i];
      const double g_up = 0.5 * (g + shear_[i - width]);
      const double g_down = 0.5 * (g + shear_[i + width]);
      const double g_left = 0.5 * (g + shear_[i - 1]);
      const double g_right = 0.5 * (g + shear_[i + 1]);
      const double pull = g_up * indentation_m_[i - width] + g_down * indentation_m_[i + width] +
                          g_left * indentation_m_[i - 1] + g_right * indentation_m_[i + 1];
      const double hold = g_up + g_down + g_left + g_right;
      double& w = indentation_m_[i];
      const double zone = zone_[i];
      const Resistance foam = foam_.at(w);
      double residual = zone * foam.pressure_pa + hold * w - pull;
      double slope = zone * foam.slope_pa_per_m + hold;
      const int k = skin_of_[i];
      if (k >= 0 && penetration_m_[i] > w) {
        const Resistance flesh =
            flesh_at(underside_.skin[static_cast<std::size_t>(k)].tissue, penetration_m_[i] - w);
        residual -= flesh.pressure_pa;
        slope += flesh.slope_pa_per_m;
      }
      w -= relaxation * residual / slope;
    }
  }
}

// A light limb that swings between touching and hanging is slowed down; one on its way is let go.
void Equilibrium::damp(const Eigen::VectorXd& step) {
  for (Eigen::Index i = 0; i < step.size(); ++i) {
    const bool swings = step[i] * last_step_m_[i] < 0.0 && std::abs(step[i]) > 2e-5;
    double& damping = damping_n_per_m_[i];
    damping = swings ? std::min(8.0 * damping, 2e5) : std::max(0.4 * damping, 20.0);
  }
  last_step_m_ = step;
}

void Equilibrium::add_springs(Eigen::MatrixXd& stiffness, Eigen::VectorXd& force) const {
  for (const BodyHinge& h : body_.hinges) {
    const double a = 1.0 / h.length_before_m;
    const double b = 1.0 / h.length_after_m;
    const int node[] = {h.before, h.middle, h.after};
    const double gradient[] = {-a, a + b, -b};
    double angle = -h.rest_rad;
    for (int i = 0; i < 3; ++i) angle += gradient[i] * rise_m_[node[i]];
    const Bending bending = bending_at(h, angle);
    for (int i = 0; i < 3; ++i) {
      force[node[i]] -= bending.moment_nm * gradient[i];
      for (int j = 0; j < 3; ++j) {
        stiffness(node[i], node[j]) += bending.slope_nm_per_rad * gradient[i] * gradient[j];
      }
    }
  }
  for (const BodyLink& link : body_.links) {
    const double pulled = link.stiffness_n_per_m * (rise_m_[link.b] - rise_m_[link.a]);
    force[link.a] += pulled;
    force[link.b] -= pulled;
    stiffness(link.a, link.a) += link.stiffness_n_per_m;
    stiffness(link.b, link.b) += link.stiffness_n_per_m;
    stiffness(link.a, link.b) -= link.stiffness_n_per_m;
    stiffness(link.b, link.a) -= link.stiffness_n_per_m;
  }
}

double Equilibrium::move_nodes() {
  const auto count = static_cast<Eigen::Index>(body_.nodes.size());
  Eigen::VectorXd force(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    force[i] = -body_.nodes[static_cast<std::size_t>(i)].weight_n;
  }
  Eigen::MatrixXd stiffness = damping_n_per_m_.asDiagonal();
  // Under a node that moves, a neighbourhood of about this width gives way with it.
  constexpr double width_m = 0.06;
  const double coupling = mattress_.shear_n_per_m / (width_m * width_m);
  load_n_ = 0.0;
  std::vector<double> yielding(underside_.skin.size(), 0.0);
  for (std::size_t i = 0; i < underside_.skin.size(); ++i) {
    const SkinCell& skin = underside_.skin[i];
    const double w = indentation_m_[skin.cell];
    const double compression = penetration(skin) - w;
    if (compression <= 0.0) continue;
    const Resistance flesh = flesh_at(skin.tissue, compression);
    const double under = zone_[skin.cell] * foam_.at(w).slope_pa_per_m + coupling;
    yielding[i] = flesh.slope_pa_per_m / (flesh.slope_pa_per_m + under);
    const double series = yielding[i] * under * area_m2_;
    const double share_a = 1.0 - skin.share_b;
    const double pushed = flesh.pressure_pa * area_m2_;
    load_n_ += pushed;
    force[skin.node_a] += share_a * pushed;
    force[skin.node_b] += skin.share_b * pushed;
    stiffness(skin.node_a, skin.node_a) += share_a * share_a * series;
    stiffness(skin.node_b, skin.node_b) += skin.share_b * skin.share_b * series;
    stiffness(skin.node_a, skin.node_b) += share_a * skin.share_b * series;
    stiffness(skin.node_b, skin.node_a) += share_a * skin.share_b * series;
  }
  add_springs(stiffness, force);
  unbalanced_n_ = force.cwiseAbs().sum();
  Eigen::VectorXd step = stiffness.ldlt().solve(force);
  constexpr double longest_step_m = 0.02;
  step = step.cwiseMax(-longest_step_m).cwiseMin(longest_step_m);
  rise_m_ += step;
  damp(step);
  // The surface follows at once as far as the flesh does not take it up.
  for (std::size_t i = 0; i < underside_.skin.size(); ++i) {
    if (yielding[i] <= 0.0) continue;
    const SkinCell& skin = underside_.skin[i];
    const double moved =
        (1.0 - skin.share_b) * step[skin.node_a] + skin.share_b * step[skin.node_b];
    indentation_m_[skin.cell] -= yielding[i] * moved;
  }
  return step.cwiseAbs().maxCoeff();
}

Settled Equilibrium::result() const {
  Settled out;
  out.rise_m = rise_m_;
  out.load_n = load_n_;
  out.pressure_pa = Eigen::ArrayXXd::Zero(rows_, cols_);
  out.indentation_m = Eigen::ArrayXXd::Zero(rows_, cols_);
  for (int r = 0; r < rows_; ++r) {
    for (int c = 0; c < cols_; ++c) {
      out.indentation_m(r, c) = indentation_m_[static_cast<std::size_t>(r * cols_ + c)];
    }
  }
  for (const SkinCell& skin : underside_.skin) {
    const double compression = penetration(skin) - indentation_m_[skin.cell];
    if (compression <= 0.0) continue;
    const auto cell = static_cast<int>(skin.cell);
    out.pressure_pa(cell / cols_, cell % cols_) = flesh_at(skin.tissue, compression).pressure_pa;
  }
  return out;
}

}  // namespace

Settled settle(const PosedBody& body, const Underside& underside, const MattressModel& mattress,
               const SettleOptions& options) {
  Equilibrium equilibrium(body, underside, mattress);
  const double weight = body.weight_n();
  bool converged = false;
  int rounds = 0;
  while (rounds < options.max_rounds && !converged) {
    equilibrium.relax_surface(2);
    const double moved = equilibrium.move_nodes();
    ++rounds;
    converged = moved < options.step_tolerance_m &&
                equilibrium.unbalanced_n() < 5.0 * options.force_tolerance * weight &&
                std::abs(equilibrium.load_n() - weight) < options.force_tolerance * weight;
  }
  Settled out = equilibrium.result();
  out.converged = converged;
  out.rounds = rounds;
  out.load_n = out.pressure_pa.sum() * underside.grid.cell_area_m2();
  return out;
}

}  // namespace matfit
