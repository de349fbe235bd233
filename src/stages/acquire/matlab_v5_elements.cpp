#include "stages/acquire/matlab_v5_elements.hpp"

#include "types/error.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string>
#include <vector>

namespace matfit {

namespace {

constexpr std::uintmax_t header_bytes = 128;
constexpr std::size_t endian_mark = 126;
constexpr std::uint32_t matrix_type = 14;
constexpr std::uint32_t packed_type = 15;
constexpr std::size_t block_bytes = std::size_t{1} << 16;

[[noreturn]] void refuse(const std::string& file, std::uintmax_t at, const std::string& value,
                         const std::string& expected) {
  throw InputError({file, "byte " + std::to_string(at), value, expected,
                    "the file is cut short or damaged: copy it again"});
}

class Unpacking {
 public:
  Unpacking() : whole_(inflateInit(&stream_) == Z_OK) {}
  ~Unpacking() { inflateEnd(&stream_); }
  Unpacking(const Unpacking&) = delete;
  Unpacking& operator=(const Unpacking&) = delete;

  // Whether the bytes continue the stream without a fault.
  bool take(char* bytes, std::size_t size) {
    stream_.next_in = reinterpret_cast<Bytef*>(bytes);
    stream_.avail_in = static_cast<uInt>(size);
    while (whole_ && !done_ && stream_.avail_in > 0) {
      stream_.next_out = out_.data();
      stream_.avail_out = static_cast<uInt>(out_.size());
      const int status = inflate(&stream_, Z_NO_FLUSH);
      done_ = status == Z_STREAM_END;
      whole_ = status == Z_OK || done_;
    }
    return whole_;
  }
  bool done() const { return whole_ && done_; }

 private:
  z_stream stream_{};
  std::vector<Bytef> out_ = std::vector<Bytef>(block_bytes);
  bool done_ = false;
  bool whole_;
};

void require_unpacks(std::ifstream& in, const std::string& file, std::uintmax_t at,
                     std::uintmax_t size) {
  Unpacking unpacking;
  std::vector<char> block(block_bytes);
  for (std::uintmax_t left = size; left > 0 && !unpacking.done();) {
    const auto part = static_cast<std::size_t>(std::min<std::uintmax_t>(left, block.size()));
    if (!in.read(block.data(), static_cast<std::streamsize>(part)) ||
        !unpacking.take(block.data(), part)) {
      break;
    }
    left -= part;
  }
  if (!unpacking.done()) refuse(file, at, "a packed variable that does not unpack", "a whole one");
}

}  // namespace

void require_whole_v5_elements(const std::filesystem::path& path) {
  const std::string file = path.string();
  std::ifstream in(path, std::ios::binary);
  std::array<char, header_bytes> header{};
  if (!in.read(header.data(), header.size())) refuse(file, 0, "the file's end", "a header");
  const bool swapped = header[endian_mark] == 'M';
  const std::uintmax_t end = std::filesystem::file_size(path);
  std::uintmax_t at = header_bytes;
  while (at < end) {
    std::array<unsigned char, 8> tag{};
    in.clear();
    in.seekg(static_cast<std::streamoff>(at));
    if (!in.read(reinterpret_cast<char*>(tag.data()), tag.size())) {
      refuse(file, at, "the file's end", "a variable");
    }
    const auto word = [&](std::size_t begin) {
      std::uint32_t value = 0;
      for (std::size_t i = 0; i < 4; ++i) {
        value |= std::uint32_t{tag[begin + (swapped ? 3 - i : i)]} << (8 * i);
      }
      return value;
    };
    const std::uint32_t type = word(0);
    const std::uintmax_t size = word(4);
    if (type != matrix_type && type != packed_type) {
      refuse(file, at, "an element of type " + std::to_string(type), "a variable");
    }
    if (size > end - at - tag.size()) {
      refuse(file, at, "a variable of " + std::to_string(size) + " bytes",
             "at most the " + std::to_string(end - at - tag.size()) + " that are left");
    }
    if (type == packed_type) require_unpacks(in, file, at, size);
    at += tag.size() + size;
  }
}

}  // namespace matfit
