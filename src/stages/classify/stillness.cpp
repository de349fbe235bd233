#include "stages/classify/stillness.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <deque>
#include <utility>

namespace matfit {

namespace {

constexpr std::size_t smallest_window = 8;

// The adaptive limit between rest and movement.
class MovementLimit {
 public:
  MovementLimit(const StillnessOptions& options, double look_s)
      : options_(options),
        window_(std::max(smallest_window,
                         static_cast<std::size_t>(std::lround(options.window_s / look_s)))) {}

  double value() const {
    if (changes_.size() < smallest_window) return options_.first_limit;
    const double middle = median(changes_);
    return std::max({options_.smallest_limit, options_.median_factor * middle,
                     middle + options_.spread_factor * robust_sd(changes_)});
  }

  void add(double change) {
    if (changes_.size() < window_) {
      changes_.push_back(change);
    } else {
      changes_[next_] = change;
      next_ = (next_ + 1) % window_;
    }
  }

 private:
  const StillnessOptions& options_;
  std::size_t window_;
  std::vector<double> changes_;
  std::size_t next_ = 0;
};

// The mean of some consecutive valid frames.
struct Look {
  std::size_t first_frame = 0;
  std::size_t last_frame = 0;  // one past the last
  std::size_t frames = 0;
  double start_s = 0.0;
  double load_n = 0.0;  // sum over its frames
  Eigen::ArrayXf sum;   // likewise

  Eigen::ArrayXf mean() const { return sum / static_cast<float>(frames); }
};

// Sums over patches of neighbouring cells, of about the size asked for.
class Patches {
 public:
  Patches(const MatGeometry& geometry, double patch_m)
      : cell_rows_(geometry.rows),
        cell_cols_(geometry.cols),
        rows_per_patch_(cells_per_patch(geometry.row_pitch_m, patch_m)),
        cols_per_patch_(cells_per_patch(geometry.col_pitch_m, patch_m)),
        rows_((geometry.rows + rows_per_patch_ - 1) / rows_per_patch_),
        cols_((geometry.cols + cols_per_patch_ - 1) / cols_per_patch_) {}

  Eigen::ArrayXf of(const Eigen::ArrayXf& map) const {
    Eigen::ArrayXf sums = Eigen::ArrayXf::Zero(static_cast<Eigen::Index>(rows_) * cols_);
    Eigen::Index cell = 0;
    for (int r = 0; r < cell_rows_; ++r) {
      const Eigen::Index first = static_cast<Eigen::Index>(r / rows_per_patch_) * cols_;
      for (int c = 0; c < cell_cols_; ++c) sums(first + c / cols_per_patch_) += map(cell++);
    }
    return sums;
  }

 private:
  static int cells_per_patch(double pitch_m, double patch_m) {
    return std::max(1, static_cast<int>(std::lround(patch_m / pitch_m)));
  }

  int cell_rows_;
  int cell_cols_;
  int rows_per_patch_;
  int cols_per_patch_;
  int rows_;
  int cols_;
};

class StretchBuilder {
 public:
  StretchBuilder(const PressureSeries& series, const StillnessOptions& options,
                 const std::function<void(const StillStretch&, const Eigen::ArrayXXd&)>& visit)
      : series_(series),
        options_(options),
        visit_(visit),
        frame_s_(frame_interval_s(series.time_s)),
        look_s_(std::max(frame_s_, options.look_s)),
        limit_(options, look_s_),
        patches_(series.geometry, options.patch_m),
        least_sum_(options.least_load_share * usual_load_n(series) /
                   series.geometry.cell_area_m2()),
        gaps_(gaps_in(series.time_s, options.gaps)) {}

  void add(std::size_t frame, const Eigen::ArrayXf& values) {
    if (passed_gap(frame)) {
      finish();
      earlier_.clear();
      stretch_.after_gap = true;
    }
    // Half a frame's time is no reason for another frame.
    if (look_.frames > 0 &&
        series_.time_s[frame] - look_.start_s > options_.look_s - 0.5 * frame_s_) {
      take_look();
    }
    if (look_.frames == 0) {
      look_.first_frame = frame;
      look_.start_s = series_.time_s[frame];
      look_.sum = Eigen::ArrayXf::Zero(values.size());
    }
    look_.sum += values;
    look_.load_n += series_.load_n[frame];
    look_.last_frame = frame + 1;
    ++look_.frames;
  }

  // Hands over what is left.
  void finish() {
    take_look();
    finish_stretch();
  }

 private:
  void take_look() {
    if (look_.frames == 0) return;
    Eigen::ArrayXf map = patches_.of(look_.mean());
    const std::optional<double> change = change_to(map);
    const bool moved = change && *change > limit_.value();
    const bool long_enough =
        stretch_.valid_frames > 0 &&
        look_.start_s - series_.time_s[stretch_.first_frame] >= options_.longest_stretch_s;
    // An empty bed is quieter than any sleeper and would call the next one restless.
    const double sum = look_.sum.cast<double>().sum() / static_cast<double>(look_.frames);
    if (change && sum >= least_sum_) limit_.add(*change);
    if (moved || long_enough) {
      finish_stretch();
      stretch_.after_movement = moved;
      if (moved) {
        stretch_.moving_s = look_s_;
        stretch_.change = *change;
      }
    }
    if (stretch_.valid_frames == 0) {
      stretch_.first_frame = look_.first_frame;
      sum_ = Eigen::ArrayXd::Zero(look_.sum.size());
    }
    sum_ += look_.sum.cast<double>();
    stretch_.load_n += look_.load_n;
    stretch_.last_frame = look_.last_frame;
    stretch_.valid_frames += look_.frames;
    earlier_.emplace_back(look_.start_s, std::move(map));
    look_ = {};
  }

  // D against the latest look that is old enough, or else the oldest since the last gap; absent
  // where there is none.
  std::optional<double> change_to(const Eigen::ArrayXf& map) {
    if (earlier_.empty()) return std::nullopt;
    const double latest_s = look_.start_s - options_.lag_s + 0.5 * frame_s_;
    while (earlier_.size() > 1 && earlier_[1].first <= latest_s) earlier_.pop_front();
    const double load = map.cast<double>().sum();
    return (map - earlier_.front().second).abs().cast<double>().sum() /
           std::max({load, least_sum_, 1e-12});
  }

  void finish_stretch() {
    if (stretch_.valid_frames == 0) return;
    const auto count = static_cast<double>(stretch_.valid_frames);
    using RowMajor = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    const Eigen::ArrayXXd mean =
        Eigen::Map<const RowMajor>(sum_.data(), series_.geometry.rows, series_.geometry.cols) /
        count;
    stretch_.load_n /= count;
    stretch_.duration_s =
        series_.time_s[stretch_.last_frame - 1] - series_.time_s[stretch_.first_frame] + frame_s_;
    stretch_.settled = stretch_.duration_s >= options_.settled_s;
    if (stretch_.settled) {
      if (settled_.size() > 0) {
        const double both = 0.5 * (mean.sum() + settled_.sum());
        const double change = (mean - settled_).abs().sum() / std::max(both, 1e-12);
        stretch_.change_from_settled = change;
        if (change > options_.least_change_of_displaced) {
          stretch_.displacement_m = displacement_m(settled_, mean, series_.geometry);
        }
      }
      settled_ = mean;
    }
    visit_(stretch_, mean);
    stretch_ = {};
  }

  bool passed_gap(std::size_t frame) {
    const std::size_t before = next_gap_;
    while (next_gap_ < gaps_.size() && gaps_[next_gap_].first_frame <= frame) ++next_gap_;
    return next_gap_ > before;
  }

  const PressureSeries& series_;
  const StillnessOptions& options_;
  const std::function<void(const StillStretch&, const Eigen::ArrayXXd&)>& visit_;
  double frame_s_;
  double look_s_;
  MovementLimit limit_;
  Patches patches_;
  double least_sum_;  // Pa
  std::vector<TimeGap> gaps_;
  std::size_t next_gap_ = 0;
  StillStretch stretch_;
  Eigen::ArrayXd sum_;
  Look look_;                                              // being taken
  std::deque<std::pair<double, Eigen::ArrayXf>> earlier_;  // patches of looks by start
  Eigen::ArrayXXd settled_;                                // mean map of the last settled stretch
};

}  // namespace

double usual_load_n(const PressureSeries& series) {
  std::vector<double> loads = valid_loads_n(series);
  return loads.empty() ? 0.0 : quantile(std::move(loads), 0.9);
}

void for_each_still_stretch(
    const PressureSeries& series, const StillnessOptions& options,
    const std::function<void(const StillStretch&, const Eigen::ArrayXXd& mean_pa)>& visit) {
  StretchBuilder builder(series, options, visit);
  const auto add_block = [&](std::size_t first, const FrameBlock& block) {
    for (Eigen::Index k = 0; k < block.rows(); ++k) {
      const std::size_t i = first + static_cast<std::size_t>(k);
      if (series.valid[i] != 0) builder.add(i, block.row(k).transpose());
    }
  };
  visit_frames(*series.frames_pa, 0, series.size(), add_block);
  builder.finish();
}

}  // namespace matfit
