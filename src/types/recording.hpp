#pragma once

#include "types/mat_geometry.hpp"
#include "types/mattress.hpp"
#include "types/posture.hpp"
#include "types/subject.hpp"

#include <Eigen/Core>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

enum class PressureUnit { raw, mmhg, kpa };

std::string_view name_of(PressureUnit unit);
std::optional<PressureUnit> pressure_unit_named(std::string_view name);

// Some consecutive frames, one a row, cells row-major in the recording's order: [count, rows*cols].
using FrameBlock = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Where frames come from, read in blocks so that a night needs no more memory than a block.
// Implementations are safe to read from several threads.
class FrameSource {
 public:
  virtual ~FrameSource() = default;
  virtual std::size_t size() const = 0;
  virtual FrameBlock read(std::size_t first, std::size_t count) const = 0;
};

// Hands over the frames [first, last) in blocks small enough for a processor's cache:
// visit(number of the block's first frame, block).
template <typename Visit>
void visit_frames(const FrameSource& frames, std::size_t first, std::size_t last, Visit visit) {
  constexpr std::size_t frames_per_read = 64;
  for (; first < last; first += frames_per_read) {
    visit(first, frames.read(first, std::min(frames_per_read, last - first)));
  }
}

// Frames held in memory, for the small text formats and for tests.
class MemoryFrames final : public FrameSource {
 public:
  explicit MemoryFrames(FrameBlock frames) : frames_(std::move(frames)) {}
  std::size_t size() const override { return static_cast<std::size_t>(frames_.rows()); }
  FrameBlock read(std::size_t first, std::size_t count) const override;

 private:
  FrameBlock frames_;
};

// What a file or the user said about the mat, and where each statement came from.
struct MatDescription {
  std::string model;
  MatGeometry geometry;
  HeadEnd head_end = HeadEnd::unknown;
  View view = View::unknown;
  std::string geometry_source;  // "file", "format", "mats.csv", "command line"
  std::string orientation_source;
  std::optional<double> pitch_sd_m;  // where a pitch is documented as uncertain
  std::optional<double> full_scale;  // documented top of the range, in the recording's unit
  std::string profile;               // calibration file named by the study; empty: none
  // Cells that the mat does not have, row-major, 1: absent; empty: all are there. Their readings
  // are NaN in every frame.
  std::vector<std::uint8_t> absent;
  // Readings below it were set to 0 by the vendor's software; in the recording's unit.
  std::optional<double> zero_below;
};

struct Recording {
  std::string id;
  MatDescription mat;
  PressureUnit unit = PressureUnit::raw;
  std::string unit_source;
  bool integer_counts = true;  // values came as whole numbers that fit uint16
  std::shared_ptr<const FrameSource> frames;
  std::vector<double> time_s;  // one a frame, strictly increasing
  std::optional<Subject> subject;
  std::optional<Mattress> mattress;
  std::vector<Posture> labels;  // empty, or one a frame
  std::string condition;
  std::string path;
  std::string format;       // id of the format in `matfit formats`
  std::string sha256;       // of the file's bytes, lower-case hex
  std::string time_source;  // "file", "format", "command line", "assumed": 1 frame a second
  std::string sensor;       // which of several sensors in the file; empty: it has one
  // That stood elsewhere in the file and were put in the order of their times; rising.
  std::vector<std::size_t> reordered_frames;
  // What else the file said or the reader saw that bears on the values, a sentence each.
  std::vector<std::string> notes;

  std::size_t size() const { return frames ? frames->size() : 0; }
};

}  // namespace matfit
