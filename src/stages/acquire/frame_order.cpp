#include "stages/acquire/frame_order.hpp"

#include "numeric/statistics.hpp"
#include "stages/acquire/limits.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <numeric>
#include <utility>

namespace matfit {

namespace {

constexpr std::size_t most_moved = 10;     // one frame in so many
constexpr double shortest_interval = 0.6;  // of the usual one
constexpr double longest_interval = 2.5;
constexpr double most_in_a_tick = 1.5;  // of the usual number of frames that share a time

// Of each frame, 1 where it belongs to the longest run of times that do not fall.
std::vector<std::uint8_t> longest_rising(const std::vector<double>& time_s) {
  constexpr std::size_t none = static_cast<std::size_t>(-1);
  std::vector<std::size_t> last;  // frame that ends the best run of each length
  std::vector<std::size_t> before(time_s.size(), none);
  for (std::size_t i = 0; i < time_s.size(); ++i) {
    const auto place =
        std::upper_bound(last.begin(), last.end(), time_s[i],
                         [&](double time, std::size_t frame) { return time < time_s[frame]; });
    if (place != last.begin()) before[i] = *std::prev(place);
    if (place == last.end()) {
      last.push_back(i);
    } else {
      *place = i;
    }
  }
  std::vector<std::uint8_t> rising(time_s.size(), 0);
  for (std::size_t i = last.empty() ? none : last.back(); i != none; i = before[i]) rising[i] = 1;
  return rising;
}

// Frames that share a time, in order of time.
struct Tick {
  double time_s = 0.0;
  std::size_t frames = 0;
  bool with_moved = false;
};

std::vector<Tick> ticks_of(const FrameOrder& order, const std::vector<double>& time_s) {
  std::vector<Tick> ticks;
  auto moved = order.moved.begin();
  for (std::size_t i = 0; i < order.frame.size(); ++i) {
    const double time = time_s[order.frame[i]];
    if (ticks.empty() || time > ticks.back().time_s) ticks.push_back({time, 0, false});
    ++ticks.back().frames;
    if (moved == order.moved.end() || *moved != i) continue;
    ticks.back().with_moved = true;
    ++moved;
  }
  return ticks;
}

bool fills_its_places(const std::vector<Tick>& ticks) {
  std::vector<double> intervals;
  std::vector<double> counts;
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    if (i > 0) intervals.push_back(ticks[i].time_s - ticks[i - 1].time_s);
    counts.push_back(static_cast<double>(ticks[i].frames));
  }
  if (intervals.empty()) return false;
  const double usual = median(intervals);
  const double most = most_in_a_tick * median(std::move(counts));
  const auto fits = [&](std::size_t interval) {
    return intervals[interval] >= shortest_interval * usual &&
           intervals[interval] <= longest_interval * usual;
  };
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    if (!ticks[i].with_moved) continue;
    if (static_cast<double>(ticks[i].frames) > most) return false;
    if ((i > 0 && !fits(i - 1)) || (i < intervals.size() && !fits(i))) return false;
  }
  return true;
}

// Frames of another source in another order. Runs that follow one another there are read at once.
class OrderedFrames final : public FrameSource {
 public:
  OrderedFrames(std::shared_ptr<const FrameSource> frames, std::vector<std::size_t> order)
      : frames_(std::move(frames)), order_(std::move(order)) {}

  std::size_t size() const override { return order_.size(); }

  FrameBlock read(std::size_t first, std::size_t count) const override {
    FrameBlock block;
    for (std::size_t done = 0; done < count;) {
      const std::size_t from = order_.at(first + done);
      std::size_t run = 1;
      while (done + run < count && order_[first + done + run] == from + run) ++run;
      const FrameBlock part = frames_->read(from, run);
      if (run == count) return part;
      if (done == 0) block.resize(static_cast<Eigen::Index>(count), part.cols());
      block.middleRows(static_cast<Eigen::Index>(done), part.rows()) = part;
      done += run;
    }
    return block;
  }

 private:
  std::shared_ptr<const FrameSource> frames_;
  std::vector<std::size_t> order_;
};

}  // namespace

std::optional<FrameOrder> order_of_time(const std::vector<double>& time_s) {
  FrameOrder order;
  order.frame.resize(time_s.size());
  std::iota(order.frame.begin(), order.frame.end(), std::size_t{0});
  if (std::is_sorted(time_s.begin(), time_s.end())) return order;
  std::stable_sort(order.frame.begin(), order.frame.end(),
                   [&](std::size_t a, std::size_t b) { return time_s[a] < time_s[b]; });
  const std::vector<std::uint8_t> rising = longest_rising(time_s);
  for (std::size_t i = 0; i < order.frame.size(); ++i) {
    if (rising[order.frame[i]] == 0) order.moved.push_back(i);
  }
  const bool few = order.moved.size() * most_moved <= time_s.size();
  if (!few || !fills_its_places(ticks_of(order, time_s))) return std::nullopt;
  return order;
}

std::shared_ptr<const FrameSource> frames_in_order(std::shared_ptr<const FrameSource> frames,
                                                   std::vector<std::size_t> order) {
  return std::make_shared<OrderedFrames>(std::move(frames), std::move(order));
}

void put_in_order(const FrameOrder& order, Recording& recording) {
  if (order.changes_nothing()) return;
  recording.frames = frames_in_order(recording.frames, order.frame);
  recording.time_s = ordered(recording.time_s, order.frame);
  recording.labels = ordered(recording.labels, order.frame);
  std::vector<std::uint8_t> moved(order.frame.size(), 0);
  for (const std::size_t place : recording.reordered_frames) moved[place] = 1;
  moved = ordered(moved, order.frame);
  for (const std::size_t place : order.moved) moved[place] = 1;
  recording.reordered_frames.clear();
  for (std::size_t place = 0; place < moved.size(); ++place) {
    if (moved[place] != 0) recording.reordered_frames.push_back(place);
  }
}

void take_times(std::vector<double> time_s, const std::string& place, Recording& recording) {
  const auto refuse = [&](std::size_t i, const std::string& expected) {
    throw InputError({recording.path, place + ", frame " + std::to_string(i) + " (from 0)",
                      number_text(time_s[i]), expected,
                      "put the frames in order, or give --sample-rate-hz"});
  };
  for (std::size_t i = 0; i < time_s.size(); ++i) {
    if (!std::isfinite(time_s[i])) refuse(i, "a finite number of seconds");
  }
  const std::optional<FrameOrder> order = order_of_time(time_s);
  const std::vector<double> rising = order ? ordered(time_s, order->frame) : time_s;
  for (std::size_t i = 1; i < time_s.size(); ++i) {
    if (rising[i] > rising[i - 1]) continue;
    const std::size_t frame = order ? order->frame[i] : i;
    refuse(frame, "more than " + number_text(rising[i - 1]));
  }
  recording.time_s = std::move(time_s);
  if (order) put_in_order(*order, recording);
}

}  // namespace matfit
