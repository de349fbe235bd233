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
  if (header.kind == 'f') return n == 4 ? item_value<float> : item_value<double>;
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

// Items [first, first + count) of the file's order.
std::vector<float> read_items(const std::string& file, const NpyHeader& header, std::size_t first,
                              std::size_t count) {
  const std::size_t size = header.item_bytes;
  std::vector<char> bytes(count * size);
  std::ifstream in(file, std::ios::binary);
  in.seekg(static_cast<std::streamoff>(header.data_offset + first * size));
  if (!in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()))) {
    throw InputError({file, "item " + std::to_string(first), "", "the file as it was when opened",
                      "do not change a recording while it is read"});
  }
  const ItemValue value = item_value_of(header);
  std::vector<float> values(count);
  for (std::size_t i = 0; i < count; ++i) {
    char* const item = bytes.data() + i * size;
    if (header.big_endian) std::reverse(item, item + size);
    values[i] = value(item);
  }
  return values;
}

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
    const std::vector<float> values = read_items(file_, header_, first * cells_, count * cells_);
    FrameBlock block = Eigen::Map<const FrameBlock>(values.data(), static_cast<Eigen::Index>(count),
                                                    static_cast<Eigen::Index>(cells_));
    require_finite(block, first, cols_, file_);
    return block;
  }

 private:
  std::string file_;
  NpyHeader header_;
  std::size_t cells_;
  int cols_;
};

// Fortran order: the first index runs fastest, so the array is that of the reversed shape in C
// order, turned about.
FrameBlock frames_from_fortran_order(const std::string& file, const NpyHeader& header,
                                     const MatGeometry& geometry) {
  const std::vector<float> items = read_items(file, header, 0, header.items());
  const std::vector<std::size_t>& shape = header.shape;
  FrameBlock frames(static_cast<Eigen::Index>(items.size()) / geometry.cells(), geometry.cells());
  float* const out = frames.data();
  for (std::size_t from = 0; from < items.size(); ++from) {
    std::size_t rest = from;
    std::size_t to = 0;
    std::size_t stride = items.size();
    for (const std::size_t extent : shape) {
      stride /= extent;
      to += rest % extent * stride;
      rest /= extent;
    }
    out[to] = items[from];
  }
  require_finite(frames, 0, geometry.cols, file);
  return frames;
}

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
  if (header.fortran_order) {
    recording.frames = std::make_shared<MemoryFrames>(
        frames_from_fortran_order(recording.path, header, recording.mat.geometry));
  } else {
    recording.frames = std::make_shared<NpyFrames>(recording.path, header, recording.mat.geometry);
  }
  recording.integer_counts = counts_fit_uint16(recording, header);
  recording.sha256 = sha256_of_file(path);
  return recording;
}

}  // namespace matfit
