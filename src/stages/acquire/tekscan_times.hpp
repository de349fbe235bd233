#pragma once

#include "stages/acquire/frame_clock.hpp"
#include "stages/acquire/read_recording.hpp"
#include "stages/acquire/tekscan_frame_line.hpp"
#include "types/error.hpp"
#include "types/recording.hpp"

#include <optional>
#include <string>
#include <vector>

namespace matfit {

// The times and the order of Tekscan's frames from the best of what the file says: the date and
// time beside each frame, the time elapsed (the finer of the two), or the frames' numbers and
// SECONDS_PER_FRAME.
class TekscanTimes {
 public:
  TekscanTimes(const std::string& file, const ReadOptions& options,
               std::optional<double> seconds_per_frame);

  void add(const TekscanFrameLine& frame, std::size_t line_number);
  // Sets time_s and time_source, unless the user gave a rate, and notes where the frames' own times
  // and SECONDS_PER_FRAME are far apart; puts a few late frames in order, by their times and by
  // their numbers. InputError where no clock of the file can be used, where numbers fall otherwise
  // or stand twice. The recording's frames must be there.
  void settle(Recording& recording);

 private:
  // Given up where it misses a frame or cannot be used, for the other may serve.
  struct OptionalClock {
    explicit OptionalClock(const std::string& file) : clock(file) {}
    template <typename Stamp>
    void add(const std::optional<Stamp>& stamp, std::size_t line_number);
    std::optional<InputFault> fault() const;
    bool usable() const { return complete && !fault(); }

    FrameClock clock;
    bool complete = true;
  };

  FrameOrder settle_clock(Recording& recording);
  void put_in_order_of_numbers(const FrameOrder& applied, Recording& recording) const;
  std::optional<double> span_by_numbers_s() const;
  double elapsed_unit_s(double span) const;
  void compare_with_numbers(Recording& recording) const;

  std::string file_;
  bool rate_given_;
  std::optional<double> seconds_per_frame_;
  OptionalClock elapsed_;
  OptionalClock stamps_;
  FrameClock by_numbers_;
  std::vector<double> numbers_;
  std::optional<InputFault> number_fault_;  // the first one that does not rise
};

}  // namespace matfit
