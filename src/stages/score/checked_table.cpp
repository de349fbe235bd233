#include "stages/score/checked_table.hpp"

#include "types/error.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

namespace matfit {

toml::table parse_toml_file(const std::filesystem::path& path) {
  try {
    return toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    const auto line = error.source().begin.line;
    throw UsageError(one_line({path.string(), line > 0 ? fmt::format("line {}", line) : "", "",
                               fmt::format("a readable TOML file ({})", error.description()),
                               "restore the file of the release"}));
  }
}

CheckedTable::CheckedTable(const toml::table& table, std::string file, std::string place)
    : table_(table), file_(std::move(file)), place_(std::move(place)) {}

void CheckedTable::fail(std::string_view key, const std::string& got,
                        const std::string& expected) const {
  const toml::node* node = table_.get(key);
  const auto line = (node != nullptr ? node->source() : table_.source()).begin.line;
  std::string place = fmt::format("line {}", line);
  if (!place_.empty()) place += ", " + place_;
  if (!key.empty()) place += fmt::format(", key '{}'", key);
  throw UsageError(one_line({file_, place, got, expected, ""}));
}

const toml::node& CheckedTable::required(std::string_view key, const char* expected) {
  read_.emplace(key);
  const toml::node* node = table_.get(key);
  if (node == nullptr) fail(key, "nothing", expected);
  return *node;
}

double CheckedTable::number(std::string_view key) {
  const auto value = required(key, "a number").value<double>();
  if (!value || !std::isfinite(*value)) fail(key, "something else", "a finite number");
  return *value;
}

std::vector<double> CheckedTable::numbers(std::string_view key, std::size_t count) {
  const std::string expected = fmt::format("a list of {} finite numbers", count);
  const toml::array* array = required(key, expected.c_str()).as_array();
  if (array == nullptr || array->size() != count) fail(key, "something else", expected);
  std::vector<double> out;
  for (const toml::node& node : *array) {
    const auto value = node.value<double>();
    if (!value || !std::isfinite(*value)) fail(key, "something else", expected);
    out.push_back(*value);
  }
  return out;
}

std::string CheckedTable::text(std::string_view key) {
  const auto value = required(key, "a text").value<std::string>();
  if (!value || value->empty()) fail(key, "something else", "a text that is not empty");
  return *value;
}

std::vector<std::string> CheckedTable::texts(std::string_view key, std::size_t at_least) {
  const std::string expected = fmt::format("a list of texts, {} or more", at_least);
  const toml::array* array = required(key, expected.c_str()).as_array();
  if (array == nullptr || array->size() < at_least) fail(key, "something else", expected);
  std::vector<std::string> out;
  for (const toml::node& node : *array) {
    const auto value = node.value<std::string>();
    if (!value || value->empty()) fail(key, "something else", expected);
    out.push_back(*value);
  }
  return out;
}

bool CheckedTable::flag(std::string_view key, bool otherwise) {
  if (!has(key)) return otherwise;
  const auto value = required(key, "true or false").value<bool>();
  if (!value) fail(key, "something else", "true or false");
  return *value;
}

CheckedTable CheckedTable::table(std::string_view key) {
  const toml::table* child = required(key, "a table").as_table();
  if (child == nullptr) fail(key, "something else", "a table");
  return {*child, file_, place_.empty() ? std::string(key) : fmt::format("{}, {}", place_, key)};
}

std::vector<CheckedTable> CheckedTable::tables(std::string_view key) {
  std::vector<CheckedTable> out;
  if (!has(key)) return out;
  const toml::array* array = required(key, "a list of tables").as_array();
  if (array == nullptr) fail(key, "something else", "a list of tables");
  for (const toml::node& node : *array) {
    const toml::table* child = node.as_table();
    if (child == nullptr) fail(key, "something else", "a list of tables");
    const auto id = child->get_as<std::string>("id");
    out.emplace_back(
        *child, file_,
        id != nullptr ? fmt::format("{} '{}'", key, id->get()) : fmt::format("{}", key));
  }
  return out;
}

std::vector<std::string> CheckedTable::keys() const {
  std::vector<std::string> out;
  for (const auto& entry : table_) out.emplace_back(entry.first.str());
  return out;
}

void CheckedTable::finish() const {
  for (const auto& entry : table_) {
    const std::string key(entry.first.str());
    if (read_.contains(key)) continue;
    std::string known;
    for (const std::string& name : read_) known += (known.empty() ? "" : ", ") + name;
    fail(key, key, "one of the keys " + known);
  }
}

}  // namespace matfit
