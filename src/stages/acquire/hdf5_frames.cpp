#include "stages/acquire/hdf5_frames.hpp"

#include "stages/acquire/finite_values.hpp"
#include "stages/acquire/mat_statements.hpp"

#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <stdexcept>
#include <utility>
#include <vector>

namespace matfit {

namespace {

class Hdf5Frames final : public FrameSource {
 public:
  Hdf5Frames(h5::Dataset frames, int cols, std::vector<std::uint8_t> absent, std::string file)
      : frames_(std::move(frames)),
        cols_(cols),
        absent_(std::move(absent)),
        file_(std::move(file)) {}

  std::size_t size() const override { return frames_.rows(); }

  FrameBlock read(std::size_t first, std::size_t count) const override {
    if (first > size() || count > size() - first) {
      throw std::out_of_range("frames beyond the end of the recording");
    }
    FrameBlock block(static_cast<Eigen::Index>(count),
                     static_cast<Eigen::Index>(frames_.row_size()));
    try {
      frames_.read_rows<float>(
          first, count, std::span<float>(block.data(), static_cast<std::size_t>(block.size())));
    } catch (const h5::Error& error) {
      throw damaged_hdf5(error, file_);
    }
    for (std::size_t c = 0; c < absent_.size(); ++c) {
      if (absent_[c] != 0) block.col(static_cast<Eigen::Index>(c)) = 0.0F;
    }
    require_finite(block, first, cols_, file_);
    for (std::size_t c = 0; c < absent_.size(); ++c) {
      if (absent_[c] == 0) continue;
      block.col(static_cast<Eigen::Index>(c)) = std::numeric_limits<float>::quiet_NaN();
    }
    return block;
  }

 private:
  h5::Dataset frames_;
  int cols_;
  std::vector<std::uint8_t> absent_;
  std::string file_;
};

std::vector<std::uint8_t> absent_cells(const Hdf5Statements& stated, const MatGeometry& geometry) {
  if (!stated.file().has_dataset("/mat/absent")) return {};
  const h5::Dataset absent = stated.file().dataset("/mat/absent");
  const h5::Shape grid = {static_cast<std::size_t>(geometry.rows),
                          static_cast<std::size_t>(geometry.cols)};
  if (absent.shape() != grid || absent.element() != h5::Element::uint8) {
    stated.refuse("dataset /mat/absent", "another shape or type", "uint8 of [rows, cols]");
  }
  return absent.read<std::uint8_t>();
}

}  // namespace

void read_hdf5_frames(const Hdf5Statements& stated, const ReadOptions& options,
                      Recording& recording) {
  if (!stated.file().has_dataset("/frames")) stated.refuse("dataset /frames", "none", "the frames");
  h5::Dataset frames = stated.file().dataset("/frames");
  if (frames.shape().size() != 3 || frames.rows() == 0 || frames.row_size() == 0 ||
      !frames.numeric()) {
    std::string shape = "shape";
    for (const std::size_t extent : frames.shape())
      shape.append(" ").append(std::to_string(extent));
    stated.refuse("dataset /frames", shape, "numbers of [frames, rows, cols], none of them 0");
  }
  MatGeometry& geometry = recording.mat.geometry;
  require_within(static_cast<double>(frames.rows()), limits::frames, stated.path(),
                 "dataset /frames");
  require_grid_within_limits(static_cast<double>(frames.shape()[1]),
                             static_cast<double>(frames.shape()[2]), stated.path(),
                             "dataset /frames");
  geometry.rows = static_cast<int>(frames.shape()[1]);
  geometry.cols = static_cast<int>(frames.shape()[2]);
  require_same_grid(options, stated.path(), geometry);
  recording.integer_counts =
      frames.element() == h5::Element::uint8 || frames.element() == h5::Element::uint16;
  const auto unit =
      stated.word<PressureUnit>("/frames", "units", pressure_unit_named, "one of mmHg, kPa, raw");
  if (!unit && !options.unit) {
    stated.refuse("attribute units of /frames", "none", "one of mmHg, kPa, raw");
  }
  recording.unit = unit.value_or(PressureUnit::raw);
  recording.unit_source = "file";
  recording.mat.absent = absent_cells(stated, geometry);
  recording.frames = std::make_shared<Hdf5Frames>(std::move(frames), geometry.cols,
                                                  recording.mat.absent, stated.path());
}

}  // namespace matfit
