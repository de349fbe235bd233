#pragma once

#include "stages/acquire/clock_text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// The times of frames from what a file prints beside them. A time of day that falls by hours is the
// next day's, whether or not its date went on; a date that goes on wins; where day and month could
// be either way the reading with the smaller step does. A clock put back by an hour at the whole
// hour ended its summer time. Gaps stay gaps. Any other falling stamp is an InputError that names
// its line. Frames of one stamp (a clock too coarse for them) are spread up to the next one.
class FrameClock {
 public:
  explicit FrameClock(std::string file) : file_(std::move(file)) {}

  void add(const TimeStamp& stamp, std::size_t line_number);
  // Seconds since some moment.
  void add(double elapsed_s, std::size_t line_number);

  std::size_t size() const { return time_s_.size(); }
  std::size_t stamps() const { return stamps_; }  // different ones
  // Seconds from the first frame, strictly increasing. InputError where all frames have one stamp.
  // Call once, last.
  std::vector<double> finish();
  // For Recording::time_source: "file", and in brackets what had to be settled.
  std::string source() const;

 private:
  double days_since_last(const std::optional<DateReading>& date);
  void append(double time_s, std::size_t line_number);
  void remark(const std::string& text);

  std::string file_;
  std::vector<double> time_s_;  // from any moment
  std::optional<DateReading> last_date_;
  double last_clock_s_ = 0.0;
  std::size_t stamps_ = 0;
  std::string remarks_;
};

}  // namespace matfit
