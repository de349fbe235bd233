#pragma once

#include "stages/acquire/clock_text.hpp"
#include "stages/acquire/frame_order.hpp"
#include "types/error.hpp"
#include "types/recording.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// The times of frames from what a file prints beside them. A time of day that falls by hours is the
// next day's, whether or not its date went on; a date that goes on wins; where day and month could
// be either way the reading with the smaller step does. A clock put back by an hour at the whole
// hour ended its summer time. Gaps stay gaps. A few frames that stand too early or too late are put
// in order (see order_of_time()); any other falling stamp is an InputError that names its line.
// Frames of one stamp (a clock too coarse for them) are spread up to the next one.
class FrameClock {
 public:
  // `basis`: what the times rest on, for the recording's time_source; empty: the frames' own clock.
  explicit FrameClock(std::string file, std::string basis = "")
      : file_(std::move(file)), remarks_(std::move(basis)) {}

  void add(const TimeStamp& stamp, std::size_t line_number);
  // Seconds since some moment.
  void add(double elapsed_s, std::size_t line_number);

  std::size_t size() const { return time_s_.size(); }
  std::size_t stamps() const { return stamps_; }  // different ones
  // Why the times cannot be used: they fall, or all frames have one stamp; else nothing.
  std::optional<InputFault> fault() const;
  // Sets the recording's times, in seconds from the first frame and strictly increasing, their
  // source ("file", and in brackets what had to be settled) and the order of its frames, which must
  // be there; gives the order that was found. InputError where there is a fault. Call once, last.
  FrameOrder settle(Recording& recording);

 private:
  double days_since_last(const std::optional<DateReading>& date);
  void append(double time_s, std::size_t line_number);
  void remark(const std::string& text);

  std::string file_;
  std::vector<double> time_s_;  // from any moment
  std::optional<DateReading> last_date_;
  double last_clock_s_ = 0.0;
  std::size_t stamps_ = 0;
  std::optional<InputFault> first_fall_;
  std::string remarks_;
};

}  // namespace matfit
