#include "stages/acquire/tekscan_times.hpp"

#include "stages/acquire/limits.hpp"

namespace matfit {

TekscanTimes::TekscanTimes(const std::string& file, const ReadOptions& options,
                           std::optional<double> seconds_per_frame)
    : file_(file),
      rate_given_(options.sample_rate_hz.has_value()),
      seconds_per_frame_(seconds_per_frame),
      elapsed_(file),
      stamps_(file) {}

template <typename Stamp>
void TekscanTimes::OptionalClock::add(const std::optional<Stamp>& stamp, std::size_t line_number) {
  if (!usable) return;
  try {
    usable = stamp.has_value();
    if (usable) clock.add(*stamp, line_number);
  } catch (const InputError& error) {
    usable = false;
    fault = error.fault();
  }
}

void TekscanTimes::add(const TekscanFrameLine& frame, std::size_t line_number) {
  if (rate_given_) return;
  elapsed_.add(frame.elapsed, line_number);
  stamps_.add(frame.stamp, line_number);
  numbers_.push_back(static_cast<double>(frame.number));
}

std::optional<double> TekscanTimes::span_by_numbers_s() const {
  if (!seconds_per_frame_ || numbers_.size() < 2) return std::nullopt;
  return *seconds_per_frame_ * (numbers_.back() - numbers_.front());
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
  if (rate_given_) return;
  const bool elapsed_is_finer = elapsed_.usable && elapsed_.clock.stamps() > stamps_.clock.stamps();
  if (stamps_.usable && !elapsed_is_finer) {
    recording.time_s = stamps_.clock.finish();
    recording.time_source = stamps_.clock.source();
    compare_with_numbers(recording);
  } else if (elapsed_.usable) {
    recording.time_s = elapsed_.clock.finish();
    recording.time_source = elapsed_.clock.source();
    const double unit = elapsed_unit_s(recording.time_s.back());
    for (double& time : recording.time_s) time *= unit;
    compare_with_numbers(recording);
  } else if (stamps_.fault || elapsed_.fault) {
    throw InputError(stamps_.fault ? *stamps_.fault : *elapsed_.fault);
  } else if (seconds_per_frame_) {
    recording.time_s = std::move(numbers_);
    const double first = recording.time_s.front();
    for (double& time : recording.time_s) time = (time - first) * *seconds_per_frame_;
    recording.time_source = "file (SECONDS_PER_FRAME)";
  }
}

}  // namespace matfit
