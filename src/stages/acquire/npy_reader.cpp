#include "stages/acquire/npy_reader.hpp"

#include "stages/acquire/finite_values.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/npy_header.hpp"
#include "stages/acquire/sha256.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <stdexcept>

namespace matfit {

namespace {

static_assert(std::endian::native == std::endian::little, "items are turned to little-endian");

template <typename T>
float item_value(const char* bytes) {
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return static_cast<float>(value);
}

using ItemValue = float (*)(const char*);

ItemValue item_value_of(const NpyHeader& header) {
  const std::size_t n = header.item_bytes;
  if (header.kind == 'f') {
    return n == 2 ? item_value<Eigen::half> : n == 4 ? item_value<float> : item_value<double>;
  }
  if (header.kind == 'i') {
    return n == 1   ? item_value<std::int8_t>
           : n == 2 ? item_value<std::int16_t>
           : n == 4 ? item_value<std::int32_t>
                    : item_value<std::int64_t>;
  }
  return n == 1   ? item_value<std::uint8_t>
         : n == 2 ? item_value<std::uint16_t>
         : n == 4 ? item_value<std::uint32_t>
                  : item_value<std::uint64_t>;
}

// Items of an open file, in its order.
class NpyItems {
 public:
  NpyItems(const std::string& file, const NpyHeader& header)
      : file_(file), header_(header), value_(item_value_of(header)), in_(file, std::ios::binary) {}

  // Writes [first, first + count) to every `stride`-th place from `out` on.
  void read(std::size_t first, std::size_t count, float* out, std::size_t stride) {
    const std::size_t size = header_.item_bytes;
    bytes_.resize(count * size);
    in_.seekg(static_cast<std::streamoff>(header_.data_offset + first * size));
    if (!in_.read(bytes_.data(), static_cast<std::streamsize>(bytes_.size()))) {
      throw InputError({file_, "item " + std::to_string(first), "",
                        "the file as it was when opened",
                        "do not change a recording while it is read"});
    }
    for (std::size_t i = 0; i < count; ++i) {
      char* const item = bytes_.data() + i * size;
      if (header_.big_endian) std::reverse(item, item + size);
      out[i * stride] = value_(item);
    }
  }

 private:
  const std::string& file_;
  const NpyHeader& header_;
  ItemValue value_;
  std::ifstream in_;
  std::vector<char> bytes_;
};

class NpyFrames final : public FrameSource {
 public:
  NpyFrames(std::string file, NpyHeader header, const MatGeometry& geometry)
      : file_(std::move(file)),
        header_(std::move(header)),
        cells_(static_cast<std::size_t>(geometry.cells())),
        cols_(geometry.cols) {}

  std::size_t size() const override { return header_.items() / cells_; }

  FrameBlock read(std::size_t first, std::size_t count) const override {
    if (first > size() || count > size() - first) {
      throw std::out_of_range("frames beyond the end of the recording");
    }
    FrameBlock block(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(cells_));
    NpyItems items(file_, header_);
    if (header_.fortran_order) {
      for (std::size_t cell = 0; cell < cells_; ++cell) {
        items.read(place_of(cell) * size() + first, count, block.data() + cell, cells_);
      }
    } else {
      items.read(first * cells_, count * cells_, block.data(), 1);
    }
    require_finite(block, first, cols_, file_);
    return block;
  }

 private:
  // Fortran order: the first index, the frame's, runs fastest, then the row's. How many cells lie
  // before this one.
  std::size_t place_of(std::size_t cell) const {
    if (header_.shape.back() == cells_) return cell;  // flat frames
    const auto cols = static_cast<std::size_t>(cols_);
    return cell % cols * (cells_ / cols) + cell / cols;
  }

  std::string file_;
  NpyHeader header_;
  std::size_t cells_;
  int cols_;
};

void settle_shape(const NpyHeader& header, const ReadOptions& options, Recording& recording) {
  MatGeometry& geometry = recording.mat.geometry;
  const std::vector<std::size_t>& shape = header.shape;
  const std::size_t given =
      options.rows && options.cols
          ? static_cast<std::size_t>(*options.rows) * static_cast<std::size_t>(*options.cols)
          : 0;
  const bool flat = shape.size() <= 2 && given != 0 && shape.back() == given;
  if (flat) {
    require_grid(options, recording.path, geometry);
    recording.mat.geometry_source = options.source;
    return;
  }
  if (shape.size() != 2 && shape.size() != 3) {
    throw InputError({recording.path, "the .npy header: shape",
                      std::to_string(shape.size()) + " dimensions",
                      "[frames, rows, cols], [rows, cols] or [frames, rows x cols]",
                      "reshape the array; for the last one give --rows and --cols"});
  }
  require_grid_within_limits(static_cast<double>(shape[shape.size() - 2]),
                             static_cast<double>(shape.back()), recording.path,
                             "the .npy header: shape");
  geometry.rows = static_cast<int>(shape[shape.size() - 2]);
  geometry.cols = static_cast<int>(shape.back());
  recording.mat.geometry_source = "file";
  require_same_grid(options, recording.path, geometry);
}

// Signed and wide numbers fit uint16 only if all of them do; floats are kept as floats.
bool counts_fit_uint16(const Recording& recording, const NpyHeader& header) {
  if (header.kind == 'f') return false;
  if (header.kind == 'u' && header.item_bytes <= 2) return true;
  constexpr std::size_t block = 256;
  for (std::size_t first = 0; first < recording.size(); first += block) {
    const FrameBlock frames =
        recording.frames->read(first, std::min(block, recording.size() - first));
    if (frames.minCoeff() < 0.0F || frames.maxCoeff() > 65535.0F) return false;
  }
  return true;
}

}  // namespace

bool is_npy(const FileHead& head) { return head.bytes.starts_with("\x93NUMPY"); }

Recording read_npy_recording(const std::filesystem::path& path, const ReadOptions& options) {
  const NpyHeader header = read_npy_header(path);
  Recording recording;
  recording.path = path.string();
  recording.format = "npy";
  settle_shape(header, options, recording);
  recording.mat.orientation_source = "unknown";
  recording.unit_source = "assumed";
  recording.frames = std::make_shared<NpyFrames>(recording.path, header, recording.mat.geometry);
  recording.integer_counts = counts_fit_uint16(recording, header);
  recording.sha256 = sha256_of_file(path);
  return recording;
}

}  // namespace matfit
