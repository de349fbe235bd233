#include "stages/acquire/recording_ids.hpp"

#include <algorithm>

namespace matfit {

namespace {

constexpr std::size_t longest_id = 100;

bool is_id_character(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

std::string safe_id(std::string_view text) {
  std::string id(text.substr(0, longest_id));
  std::replace_if(
      id.begin(), id.end(), [](char c) { return !is_id_character(c); }, '_');
  if (id.empty()) return "_";
  if (id.front() == '.') id.front() = '_';
  return id;
}

}  // namespace

bool is_recording_id(std::string_view text) {
  return !text.empty() && text.size() <= longest_id && text.front() != '.' &&
         std::all_of(text.begin(), text.end(), is_id_character);
}

std::string id_from_file_name(const std::filesystem::path& path) {
  return safe_id(path.stem().string());
}

std::string id_of_sensor(const std::filesystem::path& path, std::string_view sensor) {
  // Both names stay seen where they are too long together.
  const std::string name = safe_id(sensor).substr(0, longest_id / 2);
  return id_from_file_name(path).substr(0, longest_id - 1 - name.size()) + "-" + name;
}

}  // namespace matfit
