#include "synthetic/night_frames.hpp"

#include "numeric/random.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {

namespace {

using Cells = Eigen::ArrayXf;

double smooth_step(double progress) {
  const double p = std::clamp(progress, 0.0, 1.0);
  return p * p * (3.0 - 2.0 * p);
}

Cells moved(const Cells& cells, const MatGeometry& mat, int rows, int cols) {
  if (rows == 0 && cols == 0) return cells;
  Cells out = Cells::Zero(cells.size());
  for (int r = std::max(0, rows); r < std::min(mat.rows, mat.rows + rows); ++r) {
    const int from = std::max(0, -cols);
    const int count = mat.cols - std::abs(cols);
    if (count <= 0) break;
    out.segment(r * mat.cols + from + cols, count) =
        cells.segment((r - rows) * mat.cols + from, count);
  }
  return out;
}

// The load at a place between frames, forth and back through all of them.
Cells frame_of(const FrameBlock& load, double place) {
  const auto last = static_cast<double>(load.rows() - 1);
  const double along = std::fmod(place, 2.0 * last);
  const double at = along <= last ? along : 2.0 * last - along;
  const auto before = std::min(static_cast<Eigen::Index>(at), load.rows() - 2);
  const auto rest = static_cast<float>(at - static_cast<double>(before));
  return (1.0F - rest) * load.row(before).transpose() + rest * load.row(before + 1).transpose();
}

// The upper trunk takes load while the lower gives it and the other way round; head and legs bear
// the same all the time.
Cells trunk_weights(const FrameBlock& load, const MatGeometry& mat) {
  const Cells mean = load.colwise().mean().transpose().max(0.0F);
  const bool along_rows = mat.length_m() >= mat.width_m();
  const auto place_m = [&](Eigen::Index cell) {
    return along_rows ? static_cast<double>(cell / mat.cols) * mat.row_pitch_m
                      : static_cast<double>(cell % mat.cols) * mat.col_pitch_m;
  };
  double total = 0.0;
  double moment = 0.0;
  for (Eigen::Index i = 0; i < mean.size(); ++i) {
    total += static_cast<double>(mean(i));
    moment += static_cast<double>(mean(i)) * place_m(i);
  }
  const double centre_m = total > 0.0 ? moment / total : 0.0;
  Cells weights(mean.size());
  for (Eigen::Index i = 0; i < mean.size(); ++i) {
    const double from_m = place_m(i) - centre_m;
    weights(i) = static_cast<float>(std::tanh(from_m / 0.10) * std::exp(-from_m * from_m / 0.12));
  }
  return weights;
}

// A patch of the given load about a point, round and Gaussian.
void add_blob(Cells& cells, const MatGeometry& mat, double y_m, double x_m, double radius_m,
              double load) {
  Cells blob(cells.size());
  for (int r = 0; r < mat.rows; ++r) {
    for (int c = 0; c < mat.cols; ++c) {
      const double dy = (r + 0.5) * mat.row_pitch_m - y_m;
      const double dx = (c + 0.5) * mat.col_pitch_m - x_m;
      blob(r * mat.cols + c) =
          static_cast<float>(std::exp(-(dx * dx + dy * dy) / (2.0 * radius_m * radius_m)));
    }
  }
  const float sum = blob.sum();
  if (sum > 0.0F) cells += blob * (static_cast<float>(load) / sum);
}

std::vector<NightFrames::LimbCell> limb_cells(const SmallMovement& movement,
                                              const MatGeometry& mat) {
  const int reach_rows = static_cast<int>(std::ceil(2.5 * movement.radius_m / mat.row_pitch_m));
  const int reach_cols = static_cast<int>(std::ceil(2.5 * movement.radius_m / mat.col_pitch_m));
  std::vector<NightFrames::LimbCell> limb;
  for (int r = movement.row - reach_rows; r <= movement.row + reach_rows; ++r) {
    for (int c = movement.col - reach_cols; c <= movement.col + reach_cols; ++c) {
      if (r < 0 || r >= mat.rows || c < 0 || c >= mat.cols) continue;
      const double dy = (r - movement.row) * mat.row_pitch_m;
      const double dx = (c - movement.col) * mat.col_pitch_m;
      const int to_row = std::clamp(r + movement.rows_moved, 0, mat.rows - 1);
      const int to_col = std::clamp(c + movement.cols_moved, 0, mat.cols - 1);
      limb.push_back(
          {r * mat.cols + c, to_row * mat.cols + to_col,
           std::exp(-(dx * dx + dy * dy) / (2.0 * movement.radius_m * movement.radius_m))});
    }
  }
  return limb;
}

// Half-way a limb is lifted, so that a part of its load is off the mat.
void move_limb(Cells& cells, const std::vector<NightFrames::LimbCell>& limb, double progress) {
  const auto kept = static_cast<float>(1.0 - 0.5 * std::sin(pi * progress));
  std::vector<float> taken(limb.size());
  for (std::size_t i = 0; i < limb.size(); ++i) {
    float& cell = cells(limb[i].from);
    taken[i] = static_cast<float>(static_cast<double>(cell) * limb[i].weight * progress);
    cell -= taken[i];
  }
  for (std::size_t i = 0; i < limb.size(); ++i) cells(limb[i].to) += taken[i] * kept;
}

void stir(Cells& cells, const Cells& trunk, const SmallMovement& movement, double progress) {
  const double swing = movement.depth * std::sin(pi * progress) *
                       std::sin(2.0 * pi * 2.0 * progress + static_cast<double>(movement.period));
  cells *= 1.0F + static_cast<float>(swing) * (0.5F + trunk);
}

}  // namespace

NightFrames::NightFrames(std::shared_ptr<const NightMaterial> material, NightPlan plan)
    : material_(std::move(material)),
      plan_(std::move(plan)),
      count_(night_times(plan_.request).size()),
      movements_of_(plan_.periods.size()) {
  for (const StillLie& lie : material_->lies) {
    trunk_.push_back(trunk_weights(lie.load, material_->geometry));
    usual_load_.push_back(static_cast<double>(lie.load.sum()) /
                          static_cast<double>(lie.load.rows()));
  }
  for (const NightPeriod& period : plan_.periods) {
    first_of_.push_back(
        static_cast<std::size_t>(std::ceil(period.start_s * plan_.request.sample_rate_hz)));
  }
  for (std::size_t i = 0; i < plan_.movements.size(); ++i) {
    movements_of_[plan_.movements[i].period].push_back(i);
    limbs_.push_back(limb_cells(plan_.movements[i], material_->geometry));
  }
}

Cells NightFrames::at_rest(std::size_t index, double time_s) const {
  const NightPeriod& period = plan_.periods[index];
  const MatGeometry& mat = material_->geometry;
  if (!is_lying(period.posture)) {
    Cells cells = Cells::Zero(mat.cells());
    double usual = 0.0;
    for (const double load : usual_load_) usual += load / static_cast<double>(usual_load_.size());
    if (period.posture == Posture::sitting) {
      add_blob(cells, mat, 0.45 * mat.length_m(), 0.20 * mat.width_m(), 0.11, 0.7 * usual);
    }
    return cells;
  }
  const StillLie& lie = material_->lies[period.lie];
  // A stretch goes on before its first frame, as the one turned away from does.
  Cells cells = frame_of(
      lie.load, static_cast<double>(period.first_frame_of_lie) + time_s * lie.sample_rate_hz);
  const Cells& trunk = trunk_[period.lie];
  const double breath = std::sin(2.0 * pi * plan_.breathing_hz * time_s);
  const double age_s = std::max(0.0, time_s - period.settled_s);
  const double creep = 1.0 + plan_.creep_per_decade * (std::log10(1.0 + age_s) - 2.0);
  cells *= static_cast<float>(creep) *
           (1.0F + static_cast<float>(plan_.breathing_depth * breath) * trunk);
  cells = moved(cells, mat, period.rows_moved, period.cols_moved);
  for (const std::size_t i : movements_of_[index]) {
    const SmallMovement& movement = plan_.movements[i];
    if (movement.start_s > time_s) break;
    const double progress =
        std::min(1.0, (time_s - movement.start_s) / (movement.end_s - movement.start_s));
    switch (movement.kind) {
      case SmallMovement::Kind::limb_moved:
        move_limb(cells, limbs_[i], smooth_step(progress));
        break;
      case SmallMovement::Kind::limb_twitched:
        if (progress < 1.0) move_limb(cells, limbs_[i], std::sin(pi * progress));
        break;
      case SmallMovement::Kind::stirred:
        if (progress < 1.0) stir(cells, trunk, movement, progress);
        break;
    }
  }
  return cells;
}

Cells NightFrames::turning(std::size_t index, std::size_t number, double time_s) const {
  const NightPeriod& period = plan_.periods[index];
  const MatGeometry& mat = material_->geometry;
  const double progress = (time_s - period.start_s) / (period.settled_s - period.start_s);
  const auto done = static_cast<float>(smooth_step(progress));
  Cells cells = (1.0F - done) * at_rest(index - 1, time_s) + done * at_rest(index, time_s);
  const double load = static_cast<double>(cells.sum());
  Random random(derived_seed(plan_.request.seed, number));
  const double lifted = period.lifted * std::sin(pi * progress) * random.uniform(0.7, 1.0);
  for (Eigen::Index i = 0; i < cells.size(); ++i) {
    cells(i) *= static_cast<float>((1.0 - lifted) * (1.0 + random.normal(0.0, 0.05)));
  }
  const int pushes = random.integer(1, 3);
  for (int i = 0; i < pushes; ++i) {
    add_blob(cells, mat, random.uniform(0.15, 0.80) * mat.length_m(),
             random.uniform(0.25, 0.75) * mat.width_m(), random.uniform(0.03, 0.06),
             load * lifted * period.push_force / pushes);
  }
  return cells;
}

Cells NightFrames::frame(std::size_t number) const {
  const double time_s = static_cast<double>(number) / plan_.request.sample_rate_hz;
  const auto after = std::upper_bound(first_of_.begin(), first_of_.end(), number);
  const auto index = static_cast<std::size_t>(after - first_of_.begin()) - 1;
  const NightPeriod& period = plan_.periods[index];
  Cells cells = time_s < period.settled_s ? turning(index, number, time_s) : at_rest(index, time_s);
  // A recorded lie brings its noise along; nobody's place needs some.
  if (!is_lying(period.posture) && material_->noise > 0.0) {
    Random random(derived_seed(plan_.request.seed + 1, number));
    for (Eigen::Index i = 0; i < cells.size(); ++i) {
      cells(i) += static_cast<float>(random.normal(0.0, material_->noise));
    }
  }
  if (material_->threshold > 0.0) {
    cells = (cells >= static_cast<float>(material_->threshold)).select(cells, 0.0F);
  }
  cells += static_cast<float>(material_->background);
  cells = cells.max(0.0F);
  // Rounded half up by way of int, which is several times as fast as round().
  if (material_->whole_numbers) cells = (cells + 0.5F).cast<int>().cast<float>();
  return cells;
}

FrameBlock NightFrames::read(std::size_t first, std::size_t count) const {
  FrameBlock block(static_cast<Eigen::Index>(count), material_->geometry.cells());
  for (std::size_t k = 0; k < count; ++k) {
    block.row(static_cast<Eigen::Index>(k)) = frame(first + k).transpose();
  }
  return block;
}

std::vector<double> night_times(const NightRequest& request) {
  const auto count =
      static_cast<std::size_t>(std::floor(request.duration_s * request.sample_rate_hz));
  std::vector<double> times(count);
  for (std::size_t i = 0; i < count; ++i) {
    times[i] = static_cast<double>(i) / request.sample_rate_hz;
  }
  return times;
}

}  // namespace matfit
