#include "made_recording.hpp"

#include "numeric/random.hpp"

#include <cmath>

namespace matfit::test {

namespace {

void add_mound(Map& map, double row, double col, double half_length, double half_width,
               double height) {
  for (int r = 0; r < map.rows(); ++r) {
    for (int c = 0; c < map.cols(); ++c) {
      const double u = (r - row) / half_length;
      const double v = (c - col) / half_width;
      const double rest = 1.0 - u * u - v * v;
      if (rest > 0.0) map(r, c) += static_cast<float>(height * std::sqrt(rest));
    }
  }
}

}  // namespace

Map lying_body(int shift_cols) {
  Map map = Map::Zero(made_rows, made_cols);
  const double middle = 15.5 + shift_cols;
  add_mound(map, 4.0, middle, 3.0, 2.5, 200.0);
  add_mound(map, 16.0, middle, 8.0, 7.0, 180.0);
  add_mound(map, 29.0, middle, 7.0, 7.5, 300.0);
  add_mound(map, 44.0, middle - 4.0, 12.0, 2.5, 120.0);
  add_mound(map, 44.0, middle + 4.0, 12.0, 2.5, 120.0);
  add_mound(map, 59.0, middle - 3.0, 2.0, 1.5, 250.0);
  add_mound(map, 59.0, middle + 3.0, 2.0, 1.5, 250.0);
  return map;
}

Recording made_recording(std::size_t count, const std::function<Map(std::size_t)>& map_at,
                         double offset, unsigned seed) {
  Random random(seed);
  Recording recording;
  recording.id = "made";
  recording.mat.geometry = {made_rows, made_cols, 0.025, 0.025};
  FrameBlock frames(static_cast<Eigen::Index>(count), made_rows * made_cols);
  for (std::size_t t = 0; t < count; ++t) {
    const Map map = map_at(t);
    for (Eigen::Index i = 0; i < frames.cols(); ++i) {
      const double value = map.data()[i] + offset + random.normal();
      frames(static_cast<Eigen::Index>(t), i) =
          static_cast<float>(std::max(0.0, std::round(value)));
    }
    recording.time_s.push_back(static_cast<double>(t));
  }
  recording.frames = std::make_shared<MemoryFrames>(std::move(frames));
  recording.subject = Subject{};
  recording.subject->mass_kg = 80.0;
  return recording;
}

Recording with_frames(const Recording& recording, const std::function<void(FrameBlock&)>& change) {
  Recording out = recording;
  FrameBlock frames = recording.frames->read(0, recording.size());
  change(frames);
  out.frames = std::make_shared<MemoryFrames>(std::move(frames));
  return out;
}

float byte_swapped(float reading) {
  const auto bits = static_cast<unsigned>(reading);
  return static_cast<float>((((bits & 0xffU) << 8U) | (bits >> 8U)) & 0xfffU);
}

}  // namespace matfit::test
