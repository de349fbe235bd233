#pragma once

#include "types/recording.hpp"

#include <Eigen/Core>

#include <functional>

namespace matfit::test {

using Map = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

inline constexpr int made_rows = 64;
inline constexpr int made_cols = 32;

// Somebody on the back, in counts: head, trunk, pelvis and two legs as smooth mounds over the whole
// width of a contact, nothing elsewhere. `shift_cols` moves the body sideways.
Map lying_body(int shift_cols = 0);

// `count` frames at 1 Hz of `map_at(frame)` plus rounded noise of sd 1 and `offset` counts, 64 x 32
// cells of 25 mm, of a person of 80 kg; the same for the same seed.
Recording made_recording(std::size_t count, const std::function<Map(std::size_t)>& map_at,
                         double offset = 0.0, unsigned seed = 1);

// The recording with frames or readings changed.
Recording with_frames(const Recording& recording, const std::function<void(FrameBlock&)>& change);

// The twelve bits that a logger keeps of a reading with its bytes exchanged.
float byte_swapped(float reading);

}  // namespace matfit::test
