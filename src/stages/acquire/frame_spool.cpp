#include "stages/acquire/frame_spool.hpp"

#include "types/error.hpp"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>

namespace matfit {

namespace {

constexpr std::size_t values_per_block = std::size_t{1} << 16;
constexpr std::uint16_t not_a_number = 65535;

bool fits_uint16(float value) {
  return std::isnan(value) || (value >= 0.0F && value <= 65535.0F &&
                               value == static_cast<float>(static_cast<std::uint32_t>(value)));
}

// A file that is gone from its folder as soon as it is open.
class TemporaryFile {
 public:
  TemporaryFile(std::string of, const std::filesystem::path& folder)
      : of_(std::move(of)), folder_(folder.string()) {
    std::string name = (folder / "matfit-frames-XXXXXX").string();
    descriptor_ = mkstemp(name.data());
    if (descriptor_ < 0) refuse();
    unlink(name.c_str());
  }
  ~TemporaryFile() { close(descriptor_); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  void write(const char* bytes, std::size_t size, std::size_t offset) {
    for (std::size_t done = 0; done < size;) {
      const ssize_t written =
          pwrite(descriptor_, bytes + done, size - done, static_cast<off_t>(offset + done));
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) refuse();
      done += static_cast<std::size_t>(written);
    }
  }

  void read(char* bytes, std::size_t size, std::size_t offset) const {
    for (std::size_t done = 0; done < size;) {
      const ssize_t got =
          pread(descriptor_, bytes + done, size - done, static_cast<off_t>(offset + done));
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) refuse();
      done += static_cast<std::size_t>(got);
    }
  }

 private:
  [[noreturn]] void refuse() const {
    throw InputError({of_, "temporary file in " + folder_, std::strerror(errno),
                      "room for the frames",
                      "free some space, set TMPDIR, or import the recording elsewhere first"});
  }

  std::string of_;
  std::string folder_;
  int descriptor_ = -1;
};

}  // namespace

// Blocks of whole frames, all but the last of the same number. A block of whole numbers below 65535
// takes two bytes a value, NaN as 65535; any other takes four.
struct FrameSpool::Contents final : FrameSource {
  struct Block {
    std::size_t offset = 0;
    bool short_form = true;
  };

  Contents(std::string of_file, std::size_t cells_of_frame, FrameSpoolOptions given)
      : file(std::move(of_file)),
        cells(cells_of_frame),
        frames_per_block(
            std::max<std::size_t>(1, values_per_block / std::max<std::size_t>(1, cells))),
        options(std::move(given)) {}

  std::size_t size() const override { return frame_count; }
  FrameBlock read(std::size_t first, std::size_t count) const override;
  void flush();
  void store(const char* bytes, std::size_t size);
  void fetch(char* bytes, std::size_t size, std::size_t offset) const;

  std::string file;
  std::size_t cells;
  std::size_t frames_per_block;
  FrameSpoolOptions options;
  std::size_t frame_count = 0;
  bool whole_numbers = true;
  std::vector<float> open;  // of the block being filled
  std::vector<Block> blocks;
  std::size_t stored_bytes = 0;
  std::vector<char> memory;
  std::unique_ptr<TemporaryFile> disk;
};

void FrameSpool::Contents::store(const char* bytes, std::size_t size) {
  if (!disk && stored_bytes + size > options.memory_bytes) {
    disk = std::make_unique<TemporaryFile>(file, options.folder);
    disk->write(memory.data(), memory.size(), 0);
    memory = {};
  }
  if (disk) {
    disk->write(bytes, size, stored_bytes);
  } else {
    memory.insert(memory.end(), bytes, bytes + size);
  }
  stored_bytes += size;
}

void FrameSpool::Contents::fetch(char* bytes, std::size_t size, std::size_t offset) const {
  if (disk) {
    disk->read(bytes, size, offset);
  } else {
    std::memcpy(bytes, memory.data() + offset, size);
  }
}

void FrameSpool::Contents::flush() {
  if (open.empty()) return;
  whole_numbers = whole_numbers && std::all_of(open.begin(), open.end(), fits_uint16);
  const bool short_form = whole_numbers && std::none_of(open.begin(), open.end(), [](float value) {
                            return value == float{not_a_number};
                          });
  blocks.push_back({stored_bytes, short_form});
  if (short_form) {
    std::vector<std::uint16_t> numbers(open.size());
    std::transform(open.begin(), open.end(), numbers.begin(), [](float value) {
      return std::isnan(value) ? not_a_number : static_cast<std::uint16_t>(value);
    });
    store(reinterpret_cast<const char*>(numbers.data()), numbers.size() * sizeof(std::uint16_t));
  } else {
    store(reinterpret_cast<const char*>(open.data()), open.size() * sizeof(float));
  }
  open.clear();
}

FrameBlock FrameSpool::Contents::read(std::size_t first, std::size_t count) const {
  if (first > frame_count || count > frame_count - first) {
    throw std::out_of_range("frames beyond the end of a spool");
  }
  FrameBlock out(static_cast<Eigen::Index>(count), static_cast<Eigen::Index>(cells));
  std::vector<std::uint16_t> numbers;
  for (std::size_t done = 0; done < count;) {
    const std::size_t block = (first + done) / frames_per_block;
    const std::size_t skipped = (first + done) % frames_per_block;
    const std::size_t frames = std::min(count - done, frames_per_block - skipped);
    float* into = out.data() + done * cells;
    const std::size_t values = frames * cells;
    if (blocks[block].short_form) {
      numbers.resize(values);
      fetch(reinterpret_cast<char*>(numbers.data()), values * sizeof(std::uint16_t),
            blocks[block].offset + skipped * cells * sizeof(std::uint16_t));
      std::transform(numbers.begin(), numbers.end(), into, [](std::uint16_t number) {
        return number == not_a_number ? std::numeric_limits<float>::quiet_NaN()
                                      : static_cast<float>(number);
      });
    } else {
      fetch(reinterpret_cast<char*>(into), values * sizeof(float),
            blocks[block].offset + skipped * cells * sizeof(float));
    }
    done += frames;
  }
  return out;
}

FrameSpool::FrameSpool(std::string file, std::size_t cells, FrameSpoolOptions options)
    : contents_(std::make_unique<Contents>(std::move(file), cells, std::move(options))) {}
FrameSpool::~FrameSpool() = default;
FrameSpool::FrameSpool(FrameSpool&&) noexcept = default;
FrameSpool& FrameSpool::operator=(FrameSpool&&) noexcept = default;

void FrameSpool::append(std::span<const float> frame) {
  if (frame.size() != contents_->cells) {
    throw std::invalid_argument("a frame of another size than the spool's");
  }
  contents_->open.insert(contents_->open.end(), frame.begin(), frame.end());
  ++contents_->frame_count;
  if (contents_->open.size() == contents_->frames_per_block * contents_->cells) {
    contents_->flush();
  }
}

std::size_t FrameSpool::size() const { return contents_->frame_count; }

bool FrameSpool::integer_counts() const {
  return contents_->whole_numbers &&
         std::all_of(contents_->open.begin(), contents_->open.end(), fits_uint16);
}

std::shared_ptr<const FrameSource> FrameSpool::finish() {
  contents_->flush();
  return std::shared_ptr<const FrameSource>(std::move(contents_));
}

}  // namespace matfit
