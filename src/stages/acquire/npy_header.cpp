#include "stages/acquire/npy_header.hpp"

#include "types/error.hpp"

#include <charconv>
#include <fstream>
#include <limits>
#include <string>
#include <string_view>

namespace matfit {

namespace {

constexpr std::size_t longest_header = 1 << 16;

class HeaderText {
 public:
  HeaderText(std::string file, std::string text) : file_(std::move(file)), text_(std::move(text)) {}

  [[noreturn]] void refuse(const std::string& place, std::string_view value,
                           const std::string& expected) const {
    throw InputError({file_, "the .npy header: " + place, std::string(value), expected,
                      "save the array again with numpy.save"});
  }

  // What stands after 'key': up to the end of the text.
  std::string_view after(const std::string& key) const {
    for (const char quote : {'\'', '"'}) {
      const std::size_t at = text_.find(quote + key + quote);
      if (at == std::string::npos) continue;
      std::string_view rest = std::string_view(text_).substr(at + key.size() + 2);
      const std::size_t value = rest.find_first_not_of(" :");
      if (value != std::string_view::npos) return rest.substr(value);
    }
    refuse(key, "", "an entry '" + key + "'");
  }

  void read_descr(NpyHeader& header) const {
    const std::string_view rest = after("descr");
    const std::size_t end = rest.find_first_of("'\"", 1);
    if (rest.empty() || (rest[0] != '\'' && rest[0] != '"') || end == std::string_view::npos) {
      refuse("descr", rest.substr(0, 20), "one plain number a cell, not a record");
    }
    const std::string_view descr = rest.substr(1, end - 1);
    const std::string expected = "u1 u2 u4 u8 i1 i2 i4 i8 f2 f4 or f8 with <, > or |";
    if (descr.size() != 3 || std::string_view("<>|=").find(descr[0]) == std::string_view::npos) {
      refuse("descr", descr, expected);
    }
    header.big_endian = descr[0] == '>';
    header.kind = descr[1];
    header.item_bytes = static_cast<std::size_t>(descr[2] - '0');
    const bool whole = header.kind == 'i' || header.kind == 'u';
    const std::string_view sizes = whole ? "1248" : header.kind == 'f' ? "248" : "";
    if (sizes.find(descr[2]) == std::string_view::npos) refuse("descr", descr, expected);
  }

  void read_order(NpyHeader& header) const {
    const std::string_view rest = after("fortran_order");
    header.fortran_order = rest.starts_with("True");
    if (!header.fortran_order && !rest.starts_with("False")) {
      refuse("fortran_order", rest.substr(0, 10), "True or False");
    }
  }

  void read_shape(NpyHeader& header) const {
    const std::string_view rest = after("shape");
    const std::size_t end = rest.find(')');
    if (rest.empty() || rest[0] != '(' || end == std::string_view::npos) {
      refuse("shape", rest.substr(0, 20), "(frames, rows, cols)");
    }
    const std::string_view shape = rest.substr(0, end + 1);
    const char* at = shape.data() + 1;
    const char* const stop = shape.data() + end;
    std::size_t items = 1;
    while (at != stop) {
      if (*at == ' ' || *at == ',') {
        ++at;
        continue;
      }
      std::size_t extent = 0;
      const auto result = std::from_chars(at, stop, extent);
      constexpr std::size_t most = std::numeric_limits<std::size_t>::max() / 8;
      if (result.ec != std::errc{} || extent == 0 || items > most / extent) {
        refuse("shape", shape, "whole numbers of 1 and more");
      }
      items *= extent;
      header.shape.push_back(extent);
      at = result.ptr;
    }
  }

 private:
  std::string file_;
  std::string text_;
};

}  // namespace

std::size_t NpyHeader::items() const {
  std::size_t items = 1;
  for (const std::size_t extent : shape) items *= extent;
  return items;
}

NpyHeader read_npy_header(const std::filesystem::path& path) {
  const std::string file = path.string();
  const auto refuse = [&](const std::string& value, const std::string& expected) {
    throw InputError(
        {file, "the .npy header", value, expected, "save the array again with numpy.save"});
  };
  std::ifstream in(path, std::ios::binary);
  std::string start(8, '\0');
  if (!in.read(start.data(), 8) || !start.starts_with("\x93NUMPY")) {
    refuse("", "the magic \\x93NUMPY and a version");
  }
  const int version = static_cast<unsigned char>(start[6]);
  if (version < 1 || version > 3) refuse("version " + std::to_string(version), "version 1, 2 or 3");
  const std::size_t length_bytes = version == 1 ? 2 : 4;
  std::string length(length_bytes, '\0');
  in.read(length.data(), static_cast<std::streamsize>(length_bytes));
  std::size_t size = 0;
  for (std::size_t i = length_bytes; i-- > 0;)
    size = size << 8 | static_cast<unsigned char>(length[i]);
  if (!in || size == 0 || size > longest_header) {
    refuse(std::to_string(size) + " bytes", "a header of 1 to 65536 bytes");
  }
  std::string text(size, '\0');
  if (!in.read(text.data(), static_cast<std::streamsize>(size))) {
    refuse("the file's end", std::to_string(size) + " bytes of header");
  }

  NpyHeader header;
  const HeaderText entries(file, std::move(text));
  entries.read_descr(header);
  entries.read_order(header);
  entries.read_shape(header);
  header.data_offset = 8 + length_bytes + size;
  const std::uintmax_t expected = header.data_offset + header.items() * header.item_bytes;
  const std::uintmax_t actual = std::filesystem::file_size(path);
  if (actual != expected) {
    throw InputError({file, "", std::to_string(actual) + " bytes",
                      std::to_string(expected) + " bytes, as the .npy header says",
                      actual < expected ? "the file is cut short: copy it again"
                                        : "save the array again with numpy.save"});
  }
  return header;
}

}  // namespace matfit
