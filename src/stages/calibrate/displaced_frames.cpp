#include "stages/calibrate/displaced_frames.hpp"

#include "numeric/statistics.hpp"
#include "stages/calibrate/root_frames.hpp"
#include "types/survey.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace matfit {

namespace {

constexpr double slowest_interval_s = 2.0;    // a person can come or go between slower frames
constexpr double least_unlikeness = 0.003;    // 1 - correlation; a break has five times that
constexpr double quiet_sd = 3.0;              // of an unloaded cell
constexpr std::size_t longest_run = 3;        // frames
constexpr std::size_t window = 64;            // frames
constexpr std::size_t stay = 5;               // frames
constexpr std::size_t surveyed_frames = 128;  // for the usual step

// Distances are between roots of cells, relative to the root of the load. In PmatData I neighbours
// at rest are 0.034 apart, the poses of one person 0.39 to 0.9.
constexpr double least_other_pose = 0.20;
constexpr double most_of_limbs = 0.70;  // half of the load
constexpr double least_step_back = 0.15;
constexpr double least_gain = 0.10;        // of a change: the share that cells gained
constexpr double break_over_usual = 4.0;   // times the usual step
constexpr double noise_over_usual = 2.5;   // times the usual step
constexpr double motion_over_usual = 1.5;  // times the usual step
constexpr double goes_on = 0.25;           // of the break
constexpr double off_the_way = 0.90;       // of the distance of the neighbours, to the nearer
constexpr double between = 0.80;           // of the distance of two frames, from either

double distance(const Eigen::ArrayXf& a, const Eigen::ArrayXf& b) {
  return std::sqrt(static_cast<double>((a - b).square().sum()));
}

class Search {
 public:
  Search(const Recording& recording, const std::vector<FrameStatistics>& frames,
         const std::vector<std::uint8_t>& usable, const std::vector<std::uint8_t>& loaded,
         double unloaded)
      : recording_(recording), frames_(frames), loaded_(loaded), roots_(recording, unloaded) {
    for (std::size_t i = 0; i < usable.size(); ++i) {
      if (usable[i] != 0) order_.push_back(i);
    }
  }

  // The shortest runs first: of two ways to mend a course the one that takes fewer frames away.
  std::vector<InvalidFrame> run() {
    usual_ = usual_step();
    if (!(usual_ > 0.0)) return {};
    for (std::size_t length = 1; length <= longest_run; ++length) {
      for (std::size_t place = 1; place + length < order_.size(); ++place) {
        if (!is_displaced(place, length)) continue;
        // A frame between a displaced one and its neighbours may seem displaced as well.
        const bool next_is_worse = length == 1 && place + 2 < order_.size() &&
                                   detour(place + 1) > detour(place) && is_displaced(place + 1, 1);
        const auto first =
            order_.begin() + static_cast<std::ptrdiff_t>(place + (next_is_worse ? 1 : 0));
        const auto last = first + static_cast<std::ptrdiff_t>(length);
        std::for_each(first, last, [&](std::size_t i) { found_.push_back({i, "out_of_order"}); });
        order_.erase(first, last);
      }
    }
    std::sort(found_.begin(), found_.end(),
              [](const InvalidFrame& a, const InvalidFrame& b) { return a.frame < b.frame; });
    return std::move(found_);
  }

 private:
  // Consecutive places, the frames there and those before and after.
  struct Run {
    std::size_t first = 0;
    Eigen::ArrayXf before;
    std::vector<Eigen::ArrayXf> frames;
    Eigen::ArrayXf after;
    double root_load = 0.0;  // the highest of them
  };

  struct Break {
    double size = std::numeric_limits<double>::infinity();  // the least of the run's frames
    double gain = std::numeric_limits<double>::infinity();  // likewise
  };

  Eigen::ArrayXf cells(std::size_t place) { return roots_.cells(order_[place]); }

  // What the way gets longer by this frame.
  double detour(std::size_t place) {
    const Eigen::ArrayXf before = cells(place - 1);
    const Eigen::ArrayXf frame = cells(place);
    const Eigen::ArrayXf after = cells(place + 1);
    return distance(before, frame) + distance(frame, after) - distance(before, after);
  }

  // Median over neighbours with somebody on the mat; 0 where there are none.
  double usual_step() {
    const Survey survey = survey_frames(recording_, loaded_, surveyed_frames);
    std::vector<double> steps;
    for (std::size_t k = 1; k < survey.number.size(); ++k) {
      if (survey.number[k] != survey.number[k - 1] + 1) continue;
      const Eigen::ArrayXf now = roots_.cells(survey.number[k]);
      const double root_load = std::sqrt(static_cast<double>(now.square().sum()));
      if (!(root_load > 0.0)) continue;
      steps.push_back(distance(now, roots_.cells(survey.number[k - 1])) / root_load);
    }
    return steps.empty() ? 0.0 : median(std::move(steps));
  }

  // Whether the map may change much on the way to this place; reads nothing.
  bool may_break(std::size_t place) const {
    const std::size_t i = order_[place];
    return order_[place - 1] + 1 != i ||
           !(frames_[i].likeness_to_previous > 1.0 - least_unlikeness);
  }

  bool is_displaced(std::size_t first, std::size_t length) {
    if (!may_break(first) || !may_break(first + length)) return false;
    for (std::size_t p = first; p < first + length; ++p) {
      if (loaded_[order_[p]] == 0) return false;
    }
    const double span_s =
        recording_.time_s[order_[first + length]] - recording_.time_s[order_[first - 1]];
    if (span_s > static_cast<double>(length + 1) * slowest_interval_s) return false;
    const Run run = run_at(first, length);
    const Break found = break_of(run);
    if (found.size < break_over_usual * usual_) return false;
    if (is_of_another_pose(run, found)) return true;
    return length == 1 && found.size >= least_step_back && steps_back(run);
  }

  Run run_at(std::size_t first, std::size_t length) {
    Run run{first, cells(first - 1), {}, cells(first + length), 0.0};
    float load = std::max(run.before.square().sum(), run.after.square().sum());
    for (std::size_t p = first; p < first + length; ++p) {
      run.frames.push_back(cells(p));
      load = std::max(load, run.frames.back().square().sum());
    }
    run.root_load = std::sqrt(static_cast<double>(load));
    return run;
  }

  Break break_of(const Run& run) const {
    const MatGeometry& mat = recording_.mat.geometry;
    Break least;
    for (const Eigen::ArrayXf& frame : run.frames) {
      for (const Eigen::ArrayXf* neighbour : {&run.before, &run.after}) {
        const Eigen::ArrayXf change = frame - *neighbour;
        const double all = spread_square(change, mat);
        least.size = std::min(least.size, std::sqrt(all) / run.root_load);
        if (all > 0.0) {
          least.gain = std::min(least.gain, spread_square(change.max(0.0F), mat) / all);
        }
      }
    }
    return least;
  }

  bool is_of_another_pose(const Run& run, const Break& found) {
    if (found.size < least_other_pose) return false;
    if (found.gain < least_gain && found.size < most_of_limbs) return false;
    const double step = distance(run.before, run.after) / run.root_load;
    if (step > std::max(noise_over_usual * usual_, goes_on * found.size)) return false;
    return std::all_of(run.frames.begin(), run.frames.end(),
                       [&](const Eigen::ArrayXf& frame) { return is_held_elsewhere(frame, run); });
  }

  bool is_held_elsewhere(const Eigen::ArrayXf& frame, const Run& run) {
    const double noise = noise_over_usual * usual_ * run.root_load;
    const std::size_t after = run.first + run.frames.size();
    const auto is_held = [&](std::size_t from, std::size_t to) {
      std::size_t alike = 0;
      for (std::size_t p = from; p < to && alike < stay; ++p) {
        alike = distance(cells(p), frame) <= noise ? alike + 1 : 0;
      }
      return alike == stay;
    };
    return is_held(run.first - std::min(run.first, window), run.first) ||
           is_held(after, std::min(after + window, order_.size()));
  }

  // Whether the body moves here, and the frame lies off its way and on it elsewhere.
  bool steps_back(const Run& run) {
    const double way = distance(run.before, run.after);
    const double nearest =
        std::min(distance(run.before, run.frames.front()), distance(run.frames.front(), run.after));
    if (way < motion_over_usual * usual_ * run.root_load || nearest < off_the_way * way) {
      return false;
    }
    return leads_past(run, +1) || leads_past(run, -1);
  }

  // Follows the motion that way for as long as it nears the frame, up to two frames with the frame
  // between them.
  bool leads_past(const Run& run, int direction) {
    const Eigen::ArrayXf& frame = run.frames.front();
    Eigen::ArrayXf reached = direction > 0 ? run.after : run.before;
    double left = distance(reached, frame);
    if (distance(direction > 0 ? run.before : run.after, frame) <= left) return false;
    for (std::size_t steps = 2; steps <= window; ++steps) {
      if (direction < 0 ? run.first < steps : run.first + steps >= order_.size()) return false;
      const std::size_t place = direction > 0 ? run.first + steps : run.first - steps;
      const Eigen::ArrayXf next = cells(place);
      const double beyond = distance(next, frame);
      const double step = distance(reached, next);
      if (step >= noise_over_usual * usual_ * run.root_load &&
          std::max(left, beyond) <= between * step) {
        return true;
      }
      if (beyond >= left) return false;
      reached = next;
      left = beyond;
    }
    return false;
  }

  const Recording& recording_;
  const std::vector<FrameStatistics>& frames_;
  const std::vector<std::uint8_t>& loaded_;
  RootFrames roots_;
  std::vector<std::size_t> order_;  // frames that are left, by time
  double usual_ = 0.0;              // distance of neighbours
  std::vector<InvalidFrame> found_;
};

}  // namespace

std::vector<InvalidFrame> displaced_frames(const Recording& recording,
                                           const std::vector<FrameStatistics>& frames,
                                           const std::vector<std::uint8_t>& usable,
                                           const std::vector<std::uint8_t>& loaded,
                                           double background, double noise) {
  return Search(recording, frames, usable, loaded, background + quiet_sd * noise).run();
}

}  // namespace matfit
