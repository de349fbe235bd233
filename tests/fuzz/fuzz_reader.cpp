// Reads bytes as one format (MATFIT_FUZZED_FORMAT). Whatever they are, there is a recording that
// keeps what types/recording.hpp promises, and that its import gives back, or an InputError.

#include "fuzz_input.hpp"

#include "stages/acquire/read_recording.hpp"
#include "stages/write/recording_file.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace matfit {
namespace {

using test::require;

constexpr std::size_t most_imported_bytes = std::size_t{1} << 20;

// All that the format's files may leave open, so that a sound one is read.
ReadOptions full_options(const std::filesystem::path& path) {
  ReadOptions options;
  options.format = MATFIT_FUZZED_FORMAT;
  options.row_pitch_m = options.col_pitch_m = 0.0127;
  if (*options.format == "boditrak") options.sample_rate_hz = 5.0;
  if (*options.format == "text") {
    options.rows = 4;
    options.cols = 3;
  }
  const std::vector<std::string> sensors = sensors_in(path);
  if (sensors.size() > 1) options.sensor = sensors.front();
  if (options.sensor && *options.format == "novel-asc") {
    const std::filesystem::path cells = test::input_folder() / "cells.csv";
    std::ofstream(cells) << "cell,x_mm,y_mm,area_mm2\n1,5,5,100\n2,5,15,100\n3,5,25,100\n";
    options.cells = cells.string();
  }
  return options;
}

// Others, which may contradict the file or leave it open, by its length.
ReadOptions other_options(std::size_t size) {
  ReadOptions options;
  options.format = MATFIT_FUZZED_FORMAT;
  if (size % 4 == 1) {
    options.rows = 4;
    options.cols = 3;
  }
  if (size % 4 != 2) options.row_pitch_m = options.col_pitch_m = 0.0127;
  if (size % 4 == 3) options.sample_rate_hz = 5.0;
  return options;
}

bool is_absent(const MatDescription& mat, Eigen::Index cell) {
  return !mat.absent.empty() && mat.absent[static_cast<std::size_t>(cell)] != 0;
}

void require_sound(const Recording& recording) {
  const MatGeometry& g = recording.mat.geometry;
  require(recording.size() > 0, "a recording has frames");
  require(g.rows > 0 && g.cols > 0 && g.row_pitch_m > 0.0 && g.col_pitch_m > 0.0,
          "a recording has a geometry");
  require(recording.time_s.size() == recording.size(), "there is a time for each frame");
  require(std::isfinite(recording.time_s.front()), "times are finite");
  require(std::adjacent_find(recording.time_s.begin(), recording.time_s.end(),
                             [](double a, double b) { return !(a < b); }) == recording.time_s.end(),
          "times rise");
  require(recording.labels.empty() || recording.labels.size() == recording.size(),
          "there is a label for each frame or for none");
  require(recording.mat.absent.empty() ||
              recording.mat.absent.size() == static_cast<std::size_t>(g.cells()),
          "absence is said of every cell or of none");
  for (std::size_t first = 0; first < recording.size(); first += 64) {
    const FrameBlock block =
        recording.frames->read(first, std::min<std::size_t>(64, recording.size() - first));
    require(block.cols() == g.cells(), "a frame has as many values as the mat has cells");
    for (Eigen::Index cell = 0; cell < block.cols(); ++cell) {
      const auto column = block.col(cell);
      require(is_absent(recording.mat, cell) ? column.isNaN().all() : column.isFinite().all(),
              "readings are finite, those of absent cells are not numbers");
    }
  }
}

bool same(const FrameBlock& a, const FrameBlock& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() && (a == b || (a.isNaN() && b.isNaN())).all();
}

void require_same_after_import(const Recording& recording) {
  const std::size_t cells = static_cast<std::size_t>(recording.mat.geometry.cells());
  if (recording.size() * cells * sizeof(float) > most_imported_bytes) return;
  const std::filesystem::path path = test::input_folder() / "imported.h5";
  write_recording(recording, path);
  const Recording imported = read_recording(path);
  require(imported.time_s == recording.time_s, "an import keeps the times");
  require(imported.unit == recording.unit, "an import keeps the unit");
  require(imported.mat.absent == recording.mat.absent, "an import keeps absent cells");
  require(imported.labels == recording.labels, "an import keeps the labels");
  require(
      same(imported.frames->read(0, imported.size()), recording.frames->read(0, recording.size())),
      "an import keeps the frames");
}

bool reads(const std::filesystem::path& path, const ReadOptions& options) {
  const Recording recording = read_recording(path, options);
  require_sound(recording);
  require_same_after_import(recording);
  return true;
}

}  // namespace
}  // namespace matfit

bool matfit::test::accepts(const std::uint8_t* bytes, std::size_t size) {
  const std::filesystem::path path = input_file(bytes, size, "input");
  bool accepted = false;
  try {
    accepted = reads(path, full_options(path));
  } catch (const InputError&) {
  }
  try {
    reads(path, other_options(size));
  } catch (const InputError&) {
  }
  return accepted;
}
