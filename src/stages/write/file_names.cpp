#include "stages/write/results.hpp"

#include "numeric/fnv1a.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace matfit {

namespace {

constexpr std::size_t longest_stem = 80;

bool is_plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

}  // namespace

std::string file_stem(const std::string& id) {
  std::string stem = id;
  std::replace_if(
      stem.begin(), stem.end(), [](char c) { return !is_plain(c); }, '_');
  if (stem.empty() || stem.front() == '.') stem.insert(stem.begin(), '_');
  if (stem.size() > longest_stem) stem.resize(longest_stem);
  if (stem == id) return stem;
  return fmt::format("{}-{:08x}", stem, fnv1a_32(id));
}

std::filesystem::path recording_json_path(const std::filesystem::path& folder,
                                          const std::string& recording_id) {
  return folder / "recordings" / (file_stem(recording_id) + ".json");
}

std::filesystem::path recording_arrays_path(const std::filesystem::path& folder,
                                            const std::string& recording_id) {
  return folder / "recordings" / (file_stem(recording_id) + ".h5");
}

}  // namespace matfit
