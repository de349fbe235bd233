#pragma once

#include "types/recording.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// Frames in the order of their times, where a file holds some of them too early or too late.
struct FrameOrder {
  std::vector<std::size_t> frame;  // at each place in time, the frame's place in the file
  std::vector<std::size_t> moved;  // places of the fewest frames that had to move, rising

  bool changes_nothing() const { return moved.empty(); }
};

// nullopt where the times fall for another reason, as a clock put back or recordings strung
// together: more than a tenth of the frames would have to move, or those that move would not fill
// the places they left, one usual interval (0.6 to 2.5 times) from their neighbours. Frames may
// share a time. O(n log n).
std::optional<FrameOrder> order_of_time(const std::vector<double>& time_s);

template <typename T>
std::vector<T> ordered(const std::vector<T>& values, const std::vector<std::size_t>& order) {
  if (values.empty()) return {};
  std::vector<T> out;
  out.reserve(order.size());
  for (const std::size_t i : order) out.push_back(values[i]);
  return out;
}

// The frames of another source in another order; the i-th is that source's frame order[i].
std::shared_ptr<const FrameSource> frames_in_order(std::shared_ptr<const FrameSource> frames,
                                                   std::vector<std::size_t> order);

// Puts the recording's frames, and its times and labels if there are any, in order, and adds those
// that move to its reordered_frames.
void put_in_order(const FrameOrder& order, Recording& recording);

// Gives the recording the times of its frames and puts a few displaced frames in order. InputError,
// with `place` and the frame, where a time is not finite or, in that order, not above the one
// before. The recording's frames and labels must be there.
void take_times(std::vector<double> time_s, const std::string& place, Recording& recording);

}  // namespace matfit
