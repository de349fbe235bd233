#include "stages/acquire/tekscan_times.hpp"

#include "stages/acquire/limits.hpp"

#include <algorithm>
#include <functional>

namespace matfit {

TekscanTimes::TekscanTimes(const std::string& file, const ReadOptions& options,
                           std::optional<double> seconds_per_frame)
    : file_(file),
      rate_given_(options.sample_rate_hz.has_value()),
      seconds_per_frame_(seconds_per_frame),
      elapsed_(file),
      stamps_(file),
      by_numbers_(file, "SECONDS_PER_FRAME") {}

template <typename Stamp>
void TekscanTimes::OptionalClock::add(const std::optional<Stamp>& stamp, std::size_t line_number) {
  complete = complete && stamp.has_value();
  if (complete) clock.add(*stamp, line_number);
}

std::optional<InputFault> TekscanTimes::OptionalClock::fault() const {
  return complete ? clock.fault() : std::nullopt;
}

void TekscanTimes::add(const TekscanFrameLine& frame, std::size_t line_number) {
  const auto number = static_cast<double>(frame.number);
  if (!number_fault_ && !numbers_.empty() && number <= numbers_.back()) {
    number_fault_ = {file_, "line " + std::to_string(line_number),
                     "frame " + std::to_string(frame.number),
                     "a number above " + number_text(numbers_.back()),
                     "put the frames in order or export the recording again"};
  }
  numbers_.push_back(number);
  if (rate_given_) return;
  elapsed_.add(frame.elapsed, line_number);
  stamps_.add(frame.stamp, line_number);
  if (seconds_per_frame_) by_numbers_.add(number * *seconds_per_frame_, line_number);
}

std::optional<double> TekscanTimes::span_by_numbers_s() const {
  if (!seconds_per_frame_ || numbers_.size() < 2) return std::nullopt;
  const auto [first, last] = std::minmax_element(numbers_.begin(), numbers_.end());
  return *seconds_per_frame_ * (*last - *first);
}

// What one unit of the elapsed times is; they span `span`.
double TekscanTimes::elapsed_unit_s(double span) const {
  const auto expected = span_by_numbers_s();
  if (!expected) return 1.0;
  for (const double unit : {1.0, 1e-3}) {
    const double ratio = span * unit / *expected;
    if (ratio > 0.5 && ratio < 10.0) return unit;
  }
  throw InputError({file_, "the frames' lines", number_text(span) + " elapsed at the last frame",
                    "seconds or milliseconds that fit SECONDS_PER_FRAME", "give --sample-rate-hz"});
}

void TekscanTimes::compare_with_numbers(Recording& recording) const {
  const auto expected = span_by_numbers_s();
  if (!expected || *expected <= 0.0) return;
  const double ratio = recording.time_s.back() / *expected;
  if (ratio > 0.9 && ratio < 1.1) return;
  recording.notes.push_back("The frames' own times, which were taken, last " + number_text(ratio) +
                            " times as long as SECONDS_PER_FRAME says.");
}

void TekscanTimes::settle(Recording& recording) {
  const FrameOrder applied = rate_given_ ? FrameOrder() : settle_clock(recording);
  if (number_fault_) put_in_order_of_numbers(applied, recording);
}

FrameOrder TekscanTimes::settle_clock(Recording& recording) {
  const bool elapsed_is_usable = elapsed_.usable();
  const bool elapsed_is_finer =
      elapsed_is_usable && elapsed_.clock.stamps() > stamps_.clock.stamps();
  FrameOrder order;
  if (!elapsed_is_finer && stamps_.usable()) {
    order = stamps_.clock.settle(recording);
    compare_with_numbers(recording);
  } else if (elapsed_is_usable) {
    order = elapsed_.clock.settle(recording);
    const double unit = elapsed_unit_s(recording.time_s.back());
    for (double& time : recording.time_s) time *= unit;
    compare_with_numbers(recording);
  } else if (const auto fault = stamps_.fault() ? stamps_.fault() : elapsed_.fault()) {
    throw InputError(*fault);
  } else if (seconds_per_frame_) {
    order = by_numbers_.settle(recording);
  }
  return order;
}

// Frames that share a stamp of a coarse clock may still be out of order by their numbers.
void TekscanTimes::put_in_order_of_numbers(const FrameOrder& applied, Recording& recording) const {
  const std::vector<double> numbers =
      applied.frame.empty() ? numbers_ : ordered(numbers_, applied.frame);
  const std::optional<FrameOrder> order = order_of_time(numbers);
  if (!order) throw InputError(*number_fault_);
  const std::vector<double> rising = ordered(numbers, order->frame);
  if (std::adjacent_find(rising.begin(), rising.end(), std::greater_equal<>()) != rising.end()) {
    throw InputError(*number_fault_);
  }
  const std::vector<double> time_s = recording.time_s;
  put_in_order(*order, recording);
  recording.time_s = time_s;
}

}  // namespace matfit
