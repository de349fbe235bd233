#include "stages/acquire/file_head.hpp"

#include "stages/acquire/line_reader.hpp"
#include "stages/acquire/plain_lines.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <array>
#include <fstream>

namespace matfit {

namespace {

constexpr std::size_t head_bytes = std::size_t{16} * 1024;
// More than the header and the first frame of any known text format.
constexpr std::size_t head_lines = 400;
constexpr std::size_t head_text = std::size_t{64} * 1024;

std::string first_bytes(const std::filesystem::path& path) {
  const std::string file = path.string();
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) {
    throw InputError({file, "", "", "an existing file", "check the path"});
  }
  if (!std::filesystem::is_regular_file(status)) {
    throw InputError({file, "", "", "a file with frames, not a folder or device",
                      "give one recording, or a folder to a command that takes folders"});
  }
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError({file, "", "", "a readable file", "check its rights"});
  std::string bytes(head_bytes, '\0');
  in.read(bytes.data(), static_cast<std::streamsize>(head_bytes));
  bytes.resize(static_cast<std::size_t>(in.gcount()));
  if (bytes.empty()) {
    throw InputError({file, "", "", "frames, but the file is empty", "export the recording again"});
  }
  return bytes;
}

bool is_text(std::string_view bytes) {
  // What may fill up the end.
  bytes = bytes.substr(0, bytes.find_last_not_of(std::string_view("\0\x1a", 2)) + 1);
  if (bytes.empty()) return false;
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) return true;
  const auto control = std::count_if(bytes.begin(), bytes.end(), [](unsigned char c) {
    return c != 0 && c < ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\f';
  });
  if (control > 0) return false;
  std::array<std::size_t, 2> zeros{};
  for (std::size_t i = 0; i < bytes.size(); ++i) zeros[i % 2] += bytes[i] == '\0' ? 1 : 0;
  if (zeros[0] + zeros[1] == 0) return true;
  // UTF-16 without a mark: every other byte is zero, but for the odd letter beyond Latin.
  return std::min(zeros[0], zeros[1]) == 0 && std::max(zeros[0], zeros[1]) > bytes.size() * 2 / 5;
}

std::vector<std::string> first_lines(const std::filesystem::path& path) {
  LineReader reader(path, head_bytes);
  std::vector<std::string> lines;
  std::size_t taken = 0;
  try {
    while (lines.size() < head_lines && taken < head_text) {
      const auto line = reader.next();
      if (!line) break;
      lines.emplace_back(*line);
      taken += line->size();
    }
  } catch (const InputError&) {
    // What is damaged is still of some format, whose reader says where.
  }
  return lines;
}

std::string_view first_of(const std::vector<std::string>& lines) {
  const auto found = std::find_if(lines.begin(), lines.end(), has_content);
  return found == lines.end() ? std::string_view() : std::string_view(*found);
}

}  // namespace

bool FileHead::mentions(std::string_view text) const {
  return std::any_of(lines.begin(), lines.end(), [text](const std::string& line) {
    return place_of(line, text) != std::string::npos;
  });
}

std::string_view FileHead::first_content() const { return first_of(lines); }

std::string_view FileHead::first_plain() const { return first_of(plain_lines); }

bool has_content(std::string_view line) {
  return line.find_first_not_of(" \t") != std::string_view::npos && !line.starts_with('#');
}

FileHead read_file_head(const std::filesystem::path& path) {
  FileHead head;
  head.path = path;
  head.bytes = first_bytes(path);
  if (!is_text(head.bytes)) return head;
  head.lines = first_lines(path);
  const auto separator = cell_separator(head.lines);
  std::string buffer;
  for (const std::string& line : head.lines) {
    head.plain_lines.emplace_back(plain_line(line, separator, buffer));
  }
  return head;
}

}  // namespace matfit
