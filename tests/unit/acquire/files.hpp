#pragma once

#include "types/error.hpp"

#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <string_view>

namespace matfit::test {

inline std::filesystem::path write_file(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary)
      .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path;
}

// The message of the InputError that `action` throws, or a text that no message contains.
inline std::string input_error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputError& error) {
    return error.what();
  }
  return "no InputError";
}

inline std::string usage_error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const UsageError& error) {
    return error.what();
  }
  return "no UsageError";
}

// The text with its last `from` replaced; the text itself where there is none.
inline std::string with_last_replaced(std::string text, const std::string& from,
                                      const std::string& to) {
  const std::size_t at = text.rfind(from);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// The same with the first.
inline std::string with_first_replaced(std::string text, const std::string& from,
                                       const std::string& to) {
  const std::size_t at = text.find(from);
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

// ASCII text as UTF-16 with a byte order mark.
inline std::string utf16(std::string_view text, bool big_endian) {
  std::string bytes = big_endian ? "\xfe\xff" : "\xff\xfe";
  for (const char c : text) {
    if (big_endian) bytes += '\0';
    bytes += c;
    if (!big_endian) bytes += '\0';
  }
  return bytes;
}

}  // namespace matfit::test
