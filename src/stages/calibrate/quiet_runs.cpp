#include "stages/calibrate/quiet_runs.hpp"

#include "numeric/statistics.hpp"
#include "types/time_gaps.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace matfit {

namespace {

double change_limit(const std::vector<FrameStatistics>& statistics, const Occupation& occupation,
                    const QuietRunOptions& options) {
  std::vector<double> changes;
  for (std::size_t i = 1; i < statistics.size(); ++i) {
    if (occupation.loaded[i] == 0 || occupation.loaded[i - 1] == 0) continue;
    const double change = 1.0 - statistics[i].likeness_to_previous;
    if (std::isfinite(change)) changes.push_back(change);
  }
  if (changes.empty()) return options.smallest_change;
  return std::max(options.smallest_change, options.spread_factor * median(std::move(changes)));
}

class RunBuilder {
 public:
  RunBuilder(const FrameSource& tared, const std::vector<double>& time_s,
             const QuietRunOptions& options)
      : tared_(tared), time_s_(time_s), options_(options) {}

  void lie_down(double began_s, bool seen) {
    end_run();
    lyings_.push_back({began_s, seen, {}});
    newly_begun_ = true;
  }

  // A frame of somebody lying; `moved` since the last one.
  void add(std::size_t frame, bool moved) {
    if (moved) end_run();
    if (!first_) first_ = frame;
    last_ = frame;
    ++count_;
  }

  void end_run() {
    if (first_ && count_ >= options_.least_frames) keep({*first_, last_ + 1});
    first_.reset();
    count_ = 0;
  }

  std::vector<Lying> take() {
    end_run();
    lyings_.erase(std::remove_if(lyings_.begin(), lyings_.end(),
                                 [](const Lying& lying) { return lying.runs.empty(); }),
                  lyings_.end());
    return std::move(lyings_);
  }

 private:
  void keep(const QuietRun& run) {
    if (!newly_begun_ && turned_before(run.first)) {
      lyings_.push_back({time_s_[run.first], true, {}});
    }
    newly_begun_ = false;
    lyings_.back().runs.push_back(run);
    settled_ = run.last - 1;
  }

  bool turned_before(std::size_t frame) const {
    const FrameBlock before = tared_.read(settled_, 1);
    const FrameBlock after = tared_.read(frame, 1);
    const double load = 0.5 * static_cast<double>(before.sum() + after.sum());
    return static_cast<double>((before - after).abs().sum()) > options_.turn_change * load;
  }

  const FrameSource& tared_;
  const std::vector<double>& time_s_;
  const QuietRunOptions& options_;
  std::vector<Lying> lyings_;
  std::optional<std::size_t> first_;
  std::size_t last_ = 0;
  std::size_t count_ = 0;
  std::size_t settled_ = 0;  // last frame of the last run kept
  bool newly_begun_ = false;
};

}  // namespace

std::vector<Lying> quiet_runs(const FrameSource& tared, const std::vector<double>& time_s,
                              const std::vector<FrameStatistics>& statistics,
                              const Occupation& occupation, const std::vector<double>& loads,
                              const QuietRunOptions& options) {
  const double limit = change_limit(statistics, occupation, options);
  std::vector<std::uint8_t> after_gap(statistics.size(), 0);
  for (const TimeGap& gap : gaps_in(time_s)) after_gap[gap.first_frame] = 1;
  RunBuilder builder(tared, time_s, options);
  bool lying = false;
  bool empty_seen = false;
  std::optional<std::size_t> before;  // the last loaded frame
  for (std::size_t i = 0; i < statistics.size(); ++i) {
    if (occupation.empty[i] != 0) {
      lying = false;
      empty_seen = true;
    }
    if (occupation.loaded[i] == 0) continue;
    if (!lying || after_gap[i] != 0) {
      builder.lie_down(time_s[i], empty_seen && after_gap[i] == 0);
      lying = true;
      before.reset();
    }
    empty_seen = false;
    const bool neighbours = before && *before + 1 == i;
    const double change = neighbours ? 1.0 - statistics[i].likeness_to_previous : 0.0;
    const bool stepped = before && std::abs(loads[i] / loads[*before] - 1.0) > options.load_step;
    builder.add(i, stepped || change > limit);
    before = i;
  }
  return builder.take();
}

}  // namespace matfit
