#include "stages/classify/stillness.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {

namespace {

constexpr std::size_t smallest_window = 8;

// The adaptive limit between rest and movement.
class MovementLimit {
 public:
  explicit MovementLimit(const StillnessOptions& options) : options_(options) {}

  double value() const {
    if (changes_.size() < smallest_window) return options_.first_limit;
    const double middle = median(changes_);
    return std::max({options_.smallest_limit, 2.0 * middle,
                     middle + options_.spread_factor * robust_sd(changes_)});
  }

  void add(double change) {
    const auto window = static_cast<std::size_t>(options_.window_frames);
    if (changes_.size() < window) {
      changes_.push_back(change);
    } else {
      changes_[next_] = change;
      next_ = (next_ + 1) % window;
    }
  }

 private:
  const StillnessOptions& options_;
  std::vector<double> changes_;
  std::size_t next_ = 0;
};

class StretchBuilder {
 public:
  StretchBuilder(const PressureSeries& series, const StillnessOptions& options,
                 const std::function<void(const StillStretch&, const Eigen::ArrayXXd&)>& visit)
      : series_(series),
        options_(options),
        visit_(visit),
        limit_(options),
        frame_s_(frame_interval_s(series.time_s)),
        gaps_(gaps_in(series.time_s, options.gaps)) {}

  void add(std::size_t frame, const Eigen::ArrayXf& values) {
    if (passed_gap(frame)) {
      finish();
      stretch_.after_gap = true;
    }
    if (stretch_.valid_frames > 0) {
      const double load = values.cast<double>().sum();
      const double change = (values - last_).abs().cast<double>().sum() / std::max(load, 1e-12);
      const bool moved = change > limit_.value();
      const bool long_enough = series_.time_s[frame] - series_.time_s[stretch_.first_frame] >=
                               options_.longest_stretch_s;
      limit_.add(change);
      if (moved || long_enough) {
        finish();
        stretch_.after_movement = moved;
      }
    }
    if (stretch_.valid_frames == 0) {
      stretch_.first_frame = frame;
      sum_ = Eigen::ArrayXd::Zero(values.size());
    }
    sum_ += values.cast<double>();
    stretch_.load_n += series_.load_n[frame];
    stretch_.last_frame = frame + 1;
    ++stretch_.valid_frames;
    last_ = values;
  }

  void finish() {
    if (stretch_.valid_frames == 0) return;
    const auto count = static_cast<double>(stretch_.valid_frames);
    const Eigen::ArrayXd mean = sum_ / count;
    stretch_.load_n /= count;
    stretch_.duration_s =
        series_.time_s[stretch_.last_frame - 1] - series_.time_s[stretch_.first_frame] + frame_s_;
    if (stretch_.duration_s >= options_.settled_s) {
      if (settled_.size() > 0) {
        const double both = 0.5 * (mean.sum() + settled_.sum());
        stretch_.change_from_settled = (mean - settled_).abs().sum() / std::max(both, 1e-12);
      }
      settled_ = mean;
    }
    using RowMajor = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    visit_(stretch_, Eigen::ArrayXXd(Eigen::Map<const RowMajor>(mean.data(), series_.geometry.rows,
                                                                series_.geometry.cols)));
    stretch_ = {};
  }

 private:
  bool passed_gap(std::size_t frame) {
    const std::size_t before = next_gap_;
    while (next_gap_ < gaps_.size() && gaps_[next_gap_].first_frame <= frame) ++next_gap_;
    return next_gap_ > before;
  }

  const PressureSeries& series_;
  const StillnessOptions& options_;
  const std::function<void(const StillStretch&, const Eigen::ArrayXXd&)>& visit_;
  MovementLimit limit_;
  double frame_s_;
  std::vector<TimeGap> gaps_;
  std::size_t next_gap_ = 0;
  StillStretch stretch_;
  Eigen::ArrayXd sum_;
  Eigen::ArrayXf last_;
  Eigen::ArrayXd settled_;  // mean map of the last settled stretch
};

}  // namespace

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
