#include "stages/fit/knowledge_file.hpp"

#include "types/error.hpp"

#include <cmath>
#include <optional>

#include <fmt/format.h>

namespace matfit {

namespace {

toml::table parse(const std::string& path) {
  try {
    return toml::parse_file(path);
  } catch (const toml::parse_error& e) {
    throw UsageError(fmt::format("{}: line {}: {}", path, e.source().begin.line, e.description()));
  }
}

}  // namespace

KnowledgeFile::KnowledgeFile(const std::filesystem::path& path)
    : path_(path.string()), root_(parse(path_)) {}

toml::node_view<const toml::node> KnowledgeFile::at(const std::string& key) const {
  return toml::node_view<const toml::node>(root_.at_path(key));
}

void KnowledgeFile::fail(const std::string& key, const std::string& expected) const {
  // A missing key has no line: the nearest table above it has.
  std::string place = key;
  toml::source_index line = 0;
  while (line == 0 && !place.empty()) {
    if (const auto node = at(place)) line = node.node()->source().begin.line;
    const std::size_t dot = place.rfind('.');
    place = dot == std::string::npos ? "" : place.substr(0, dot);
  }
  throw UsageError(line > 0
                       ? fmt::format("{}: line {}: {}: expected {}", path_, line, key, expected)
                       : fmt::format("{}: {}: expected {}", path_, key, expected));
}

void KnowledgeFile::require_format(std::string_view format) const {
  if (at("format").value_or(std::string_view()) != format) {
    fail("format", fmt::format("\"{}\"", format));
  }
  if (at("format_version").value_or(0) != 1) fail("format_version", "1");
}

double KnowledgeFile::number(const std::string& key, double low, double high) const {
  const std::optional<double> value = at(key).value<double>();
  if (!value || !(*value >= low && *value <= high)) {
    fail(key, fmt::format("a number from {} to {}", low, high));
  }
  return *value;
}

std::vector<double> KnowledgeFile::numbers(const std::string& key, std::size_t count, double low,
                                           double high) const {
  const toml::array* array = at(key).as_array();
  const std::string expected = count > 0 ? fmt::format("{} numbers from {} to {}", count, low, high)
                                         : fmt::format("numbers from {} to {}", low, high);
  if (array == nullptr || array->empty() || (count > 0 && array->size() != count)) {
    fail(key, expected);
  }
  std::vector<double> values;
  for (const toml::node& node : *array) {
    const std::optional<double> value = node.value<double>();
    if (!value || !(*value >= low && *value <= high)) fail(key, expected);
    values.push_back(*value);
  }
  return values;
}

std::size_t KnowledgeFile::size_of_array(const std::string& key) const {
  const toml::array* array = at(key).as_array();
  if (array == nullptr || array->empty()) fail(key, "a list with at least one entry");
  return array->size();
}

void KnowledgeFile::require_source(const std::string& table_key) const {
  const std::string key = table_key + ".source";
  const std::optional<std::string> name = at(key).value<std::string>();
  if (!name || !at("sources." + *name).is_string()) fail(key, "the name of an entry of [sources]");
}

}  // namespace matfit
