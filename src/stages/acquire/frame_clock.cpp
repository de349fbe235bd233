#include "stages/acquire/frame_clock.hpp"

#include "numeric/statistics.hpp"
#include "stages/acquire/limits.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double day_s = 86400.0;
constexpr double hour_s = 3600.0;
// No clock is put back so far but by a new day.
constexpr double new_day_fall_s = 6.0 * hour_s;
// How far from the whole hour the two frames about the end of summer time may be.
constexpr double near_whole_hour_s = 120.0;
// How far from midnight a frame that is late by a day may be.
constexpr double near_midnight_s = 60.0;

bool is_end_of_summer_time(double before_s, double after_s) {
  return std::fmod(after_s, hour_s) < near_whole_hour_s &&
         std::fmod(before_s, hour_s) > hour_s - near_whole_hour_s &&
         before_s - after_s > hour_s - 2.0 * near_whole_hour_s && before_s - after_s < hour_s;
}

// Days from one reading of a date to the next: the smaller of the two that do not go back.
std::optional<double> step_of(const DateReading& from, const DateReading& to) {
  std::optional<double> step;
  const auto consider = [&step](const std::optional<std::int64_t>& a,
                                const std::optional<std::int64_t>& b) {
    if (!a || !b || *b < *a) return;
    const auto days = static_cast<double>(*b - *a);
    step = step ? std::min(*step, days) : days;
  };
  consider(from.day_first, to.day_first);
  consider(from.month_first, to.month_first);
  return step;
}

// Frames that share a stamp, and the time to the next one.
struct Tick {
  std::size_t first = 0;
  std::size_t count = 0;
  double length_s = 0.0;
};

std::vector<Tick> ticks_of(const std::vector<double>& times) {
  std::vector<Tick> ticks;
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (i == 0 || times[i] != times[i - 1]) {
      if (i > 0) ticks.back().length_s = times[i] - times[i - 1];
      ticks.push_back({i, 0, 0.0});
    }
    ++ticks.back().count;
  }
  return ticks;
}

// Moves frames of one stamp apart, up to the next stamp; there are at least two stamps.
void spread(std::vector<double>& times) {
  std::vector<Tick> ticks = ticks_of(times);
  std::vector<double> lengths;
  for (std::size_t i = 0; i + 1 < ticks.size(); ++i) lengths.push_back(ticks[i].length_s);
  const double longest_tick = 1.5 * median(lengths);  // beyond it there is a gap
  // Whole ticks only: neither the first, begun before the recording was, nor one before a gap.
  std::vector<double> intervals;
  for (std::size_t i = 1; i + 1 < ticks.size(); ++i) {
    if (ticks[i].length_s <= longest_tick) {
      intervals.push_back(ticks[i].length_s / static_cast<double>(ticks[i].count));
    }
  }
  if (intervals.empty()) {
    intervals.push_back(lengths.front() / static_cast<double>(ticks.front().count));
  }
  const double usual = median(intervals);
  ticks.back().length_s = usual * static_cast<double>(ticks.back().count);
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    const Tick& tick = ticks[i];
    const auto count = static_cast<double>(tick.count);
    const double interval = std::min(usual, tick.length_s / count);
    const bool begun_late = i == 0 && tick.length_s <= longest_tick;
    const double start = times[tick.first] + (begun_late ? tick.length_s - interval * count : 0.0);
    for (std::size_t k = 0; k < tick.count; ++k) {
      times[tick.first + k] = start + static_cast<double>(k) * interval;
    }
  }
}

}  // namespace

void FrameClock::remark(const std::string& text) {
  if (remarks_.find(text) != std::string::npos) return;
  remarks_ += (remarks_.empty() ? "" : "; ") + text;
}

double FrameClock::days_since_last(const std::optional<DateReading>& date) {
  if (!date) return 0.0;
  const std::optional<double> step = last_date_ ? step_of(*last_date_, *date) : 0.0;
  last_date_ = date;
  return step.value_or(-1.0);
}

void FrameClock::append(double time_s, std::size_t line_number) {
  if (!first_fall_ && !time_s_.empty() && time_s < time_s_.back()) {
    first_fall_ = {
        file_, "line " + std::to_string(line_number),
        "a time " + number_text(time_s_.back() - time_s) + " s before that of the frame above",
        "times that do not fall",
        "put the frames in order, cut the file there, or give --sample-rate-hz"};
  }
  if (time_s_.empty() || time_s > time_s_.back()) ++stamps_;
  time_s_.push_back(time_s);
}

void FrameClock::add(const TimeStamp& stamp, std::size_t line_number) {
  const double clock_s = stamp.clock.seconds;
  if (time_s_.empty()) {
    last_date_ = stamp.date;
    append(clock_s, line_number);
    last_clock_s_ = clock_s;
    return;
  }
  double step_s = clock_s - last_clock_s_;
  if (!stamp.clock.hours) {
    remark("hours were cut off by a spreadsheet");
    if (step_s < -hour_s / 2.0) step_s += hour_s;
  } else {
    const double days = days_since_last(stamp.date);
    step_s += day_s * days;
    if (days == 0.0 && step_s < -new_day_fall_s) {
      step_s += day_s;
      remark("over midnight");
    } else if (days == 0.0 && last_clock_s_ < near_midnight_s &&
               clock_s > day_s - near_midnight_s) {
      step_s -= day_s;  // a late frame of the day before
    } else if (step_s < 0.0 && is_end_of_summer_time(last_clock_s_, clock_s)) {
      step_s += hour_s;
      remark("the clock went back one hour");
    }
  }
  append(time_s_.back() + step_s, line_number);
  last_clock_s_ = clock_s;
}

void FrameClock::add(double elapsed_s, std::size_t line_number) { append(elapsed_s, line_number); }

std::optional<InputFault> FrameClock::fault() const {
  if (first_fall_ && !order_of_time(time_s_)) return first_fall_;
  if (time_s_.size() > 1 && stamps_ == 1) {
    return InputFault{file_, "", "", "times that go on, but every frame has the same",
                      "give --sample-rate-hz"};
  }
  return std::nullopt;
}

FrameOrder FrameClock::settle(Recording& recording) {
  if (const auto found = fault()) throw InputError(*found);
  FrameOrder order = order_of_time(time_s_).value_or(FrameOrder());
  recording.time_s = std::move(time_s_);
  put_in_order(order, recording);
  std::vector<double>& times = recording.time_s;
  if (!order.changes_nothing()) remark(std::to_string(order.moved.size()) + " put in order");
  if (std::adjacent_find(times.begin(), times.end()) != times.end()) {
    remark("clock too coarse for its frames, which were spread");
    spread(times);
  }
  const double first = times.empty() ? 0.0 : times.front();
  for (double& time : times) time -= first;
  recording.time_source = remarks_.empty() ? "file" : "file (" + remarks_ + ")";
  return order;
}

}  // namespace matfit
