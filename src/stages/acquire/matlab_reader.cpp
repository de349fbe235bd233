#include "stages/acquire/matlab_reader.hpp"

#include "h5/file.hpp"
#include "stages/acquire/frame_order.hpp"
#include "stages/acquire/frame_spool.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/matlab_choice.hpp"
#include "stages/acquire/matlab_file.hpp"
#include "stages/acquire/matlab_statements.hpp"
#include "stages/acquire/matlab_v4_file.hpp"
#include "stages/acquire/matlab_v5_elements.hpp"
#include "stages/acquire/nan_cells.hpp"
#include "stages/acquire/sha256.hpp"
#include "stages/acquire/trial_reading.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

// Values read at once. Where frames are the first dimension, and in packed variables, each block
// takes a walk over all before it.
constexpr std::size_t values_per_block = std::size_t{1} << 23;

// A trial of a larger file ends before its values.
constexpr std::uintmax_t tried_whole_bytes = std::uintmax_t{1} << 20;

// How much rougher maps must be in the wrong order of their cells to tell the right one.
constexpr double clearly_rougher = 1.25;

// Where the value of (row, col) lies among the values of one frame.
using CellPlace = std::size_t (*)(std::size_t row, std::size_t col, const MatlabChoice& choice);

std::size_t down_columns(std::size_t row, std::size_t col, const MatlabChoice& choice) {
  return row + static_cast<std::size_t>(choice.rows) * col;
}

std::size_t along_rows(std::size_t row, std::size_t col, const MatlabChoice& choice) {
  return row * static_cast<std::size_t>(choice.cols) + col;
}

// Reads frames in blocks, each frame's values still in the variable's order of cells.
class MatlabFrames {
 public:
  MatlabFrames(MatlabFile& file, const MatlabChoice& choice)
      : file_(file),
        choice_(choice),
        cells_(static_cast<std::size_t>(choice.rows) * static_cast<std::size_t>(choice.cols)) {
    per_block_ = std::clamp<std::size_t>(values_per_block / cells_, 1, choice.frames);
  }

  std::size_t per_block() const { return per_block_; }

  // [count, cells]
  FrameBlock read(std::size_t first, std::size_t count) {
    FrameBlock block(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(cells_));
    std::vector<float> values;
    switch (choice_.order) {
      case MatlabOrder::frames_first:
      case MatlabOrder::frame_rows:
        values = file_.read_first(choice_.variable, first, count);
        block = Eigen::Map<const FrameBlock>(values.data(), static_cast<Eigen::Index>(cells_),
                                             static_cast<Eigen::Index>(count))
                    .transpose();
        return block;
      case MatlabOrder::one_frame:
        values = file_.read_last(choice_.variable, 0, static_cast<std::size_t>(choice_.cols));
        break;
      default: values = file_.read_last(choice_.variable, first, count);
    }
    std::copy(values.begin(), values.end(), block.data());
    return block;
  }

 private:
  MatlabFile& file_;
  MatlabChoice choice_;
  std::size_t cells_;
  std::size_t per_block_ = 1;
};

// The sum of the steps between neighbours of the mean frame.
double roughness(const Eigen::ArrayXd& mean, const MatlabChoice& choice, CellPlace place) {
  double sum = 0.0;
  const auto value = [&](std::size_t row, std::size_t col) {
    return mean(static_cast<Eigen::Index>(place(row, col, choice)));
  };
  for (std::size_t row = 0; row < static_cast<std::size_t>(choice.rows); ++row) {
    for (std::size_t col = 0; col < static_cast<std::size_t>(choice.cols); ++col) {
      if (row > 0) sum += std::abs(value(row, col) - value(row - 1, col));
      if (col > 0) sum += std::abs(value(row, col) - value(row, col - 1));
    }
  }
  return sum;
}

CellPlace place_of_cells(const MatlabChoice& choice, const FrameBlock& first,
                         const std::string& path, const std::string& variable) {
  if (choice.order != MatlabOrder::frame_rows && choice.order != MatlabOrder::frame_cols) {
    return down_columns;
  }
  const Eigen::ArrayXd mean = first.isFinite().select(first, 0.0F).cast<double>().colwise().mean();
  const double rows = roughness(mean, choice, along_rows);
  const double columns = roughness(mean, choice, down_columns);
  if (columns > clearly_rougher * rows) return along_rows;
  if (rows > clearly_rougher * columns) return down_columns;
  throw InputError({path, "variable " + variable, "flat frames, as smooth in either order",
                    "maps that tell whether their cells run along rows or columns",
                    "save the frames as [rows, cols, frames]"});
}

void spool_frames(MatlabFile& file, const MatlabChoice& choice, double factor,
                  Recording& recording) {
  MatlabFrames frames(file, choice);
  const auto cells = static_cast<std::size_t>(recording.mat.geometry.cells());
  FrameSpool spool(recording.path, cells);
  NanCells nans(recording.path, recording.mat.geometry.cols, cells);
  std::vector<float> frame(cells);
  CellPlace place = nullptr;
  for (std::size_t first = 0; first < choice.frames; first += frames.per_block()) {
    const std::size_t count = std::min(frames.per_block(), choice.frames - first);
    const FrameBlock block = frames.read(first, count);
    if (place == nullptr) {
      place = place_of_cells(choice, block, recording.path, file.variables()[choice.variable].name);
    }
    for (Eigen::Index i = 0; i < block.rows(); ++i) {
      std::size_t cell = 0;
      for (std::size_t row = 0; row < static_cast<std::size_t>(choice.rows); ++row) {
        for (std::size_t col = 0; col < static_cast<std::size_t>(choice.cols); ++col) {
          frame[cell++] = static_cast<float>(
              factor * block(i, static_cast<Eigen::Index>(place(row, col, choice))));
        }
      }
      nans.add(frame);
      spool.append(frame);
    }
  }
  recording.mat.absent = nans.absent();
  recording.integer_counts = spool.integer_counts();
  recording.frames = spool.finish();
}

void settle_times(const MatlabStatements& said, const ReadOptions& options, Recording& recording) {
  if (options.sample_rate_hz) return;
  if (const auto times = said.times()) {
    take_times(times->time_s, times->place, recording);
    recording.time_source = "file";
  } else if (const auto rate_hz = said.sample_rate_hz()) {
    recording.time_s = regular_times(recording.size(), *rate_hz);
    recording.time_source = "file";
  }
}

Recording read_variables(const std::filesystem::path& path, const ReadOptions& options,
                         bool with_frames) {
  const auto file = open_matlab_file(path);
  MatlabStatements said(*file, path.string());
  const MatlabChoice choice = choose_frames(*file, path.string(), options, said.time_count());
  const std::string& variable = file->variables()[choice.variable].name;
  require_grid_within_limits(choice.rows, choice.cols, path.string(), "variable " + variable);
  said.set_frames(variable, choice.frames);
  Recording recording;
  recording.path = path.string();
  recording.format = "matlab";
  recording.mat.geometry = {choice.rows, choice.cols, said.row_pitch_m().value_or(0.0),
                            said.col_pitch_m().value_or(0.0)};
  recording.mat.geometry_source = "file";
  recording.mat.orientation_source = "unknown";
  recording.unit_source = "assumed";
  const auto unit = said.unit();
  const double factor =
      unit ? settle_unit(options, *unit, "the variable with the unit", recording) : 1.0;
  if (!with_frames) return recording;
  spool_frames(*file, choice, factor, recording);
  settle_times(said, options, recording);
  return recording;
}

}  // namespace

bool is_matlab(const FileHead& head) {
  return head.bytes.starts_with("MATLAB 5.0 MAT-file") ||
         head.bytes.starts_with("MATLAB 7.3 MAT-file") || is_matlab_v4(head.bytes);
}

Recording read_matlab(const std::filesystem::path& path, const ReadOptions& options) {
  if (!h5::is_hdf5(path) && !is_matlab_v4(read_file_head(path).bytes)) {
    require_whole_v5_elements(path);
  }
  const bool small = std::filesystem::file_size(path) <= tried_whole_bytes;
  if (!survives_reading([&] { read_variables(path, options, small); })) {
    throw InputError({path.string(), "", "damage on which the library for such files fails",
                      "a whole, readable MATLAB file", "copy or save the file again"});
  }
  Recording recording = read_variables(path, options, true);
  recording.sha256 = sha256_of_file(path);
  return recording;
}

}  // namespace matfit
