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

// The times of Tekscan's frames from the best of what the file says: the date and time beside each
// frame, the time elapsed (the finer of the two), or the frames' numbers and SECONDS_PER_FRAME.
class TekscanTimes {
 public:
  TekscanTimes(const std::string& file, const ReadOptions& options,
               std::optional<double> seconds_per_frame);

  void add(const TekscanFrameLine& frame, std::size_t line_number);
  // Sets time_s and time_source, unless the user gave a rate, and notes where the frames' own times
  // and SECONDS_PER_FRAME are far apart. InputError where no clock of the file can be used.
  void settle(Recording& recording);

 private:
  // Given up where it misses a frame or falls, for the other may serve.
  struct OptionalClock {
    explicit OptionalClock(const std::string& file) : clock(file) {}
    template <typename Stamp>
    void add(const std::optional<Stamp>& stamp, std::size_t line_number);

    FrameClock clock;
    bool usable = true;
    std::optional<InputFault> fault;
  };

  std::optional<double> span_by_numbers_s() const;
  double elapsed_unit_s(double span) const;
  void compare_with_numbers(Recording& recording) const;

  std::string file_;
  bool rate_given_;
  std::optional<double> seconds_per_frame_;
  OptionalClock elapsed_;
  OptionalClock stamps_;
  std::vector<double> numbers_;
};

}  // namespace matfit
