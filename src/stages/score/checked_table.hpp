#pragma once

#include <toml++/toml.h>

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// The root table of a TOML file; a UsageError names file and line where it cannot be read.
toml::table parse_toml_file(const std::filesystem::path& path);

// A TOML table read strictly: each reader throws a UsageError that names file, line, place and what
// was expected, and finish() does so for keys that nobody asked for. Keeps a reference to the
// table.
class CheckedTable {
 public:
  CheckedTable(const toml::table& table, std::string file, std::string place);

  bool has(std::string_view key) const { return table_.contains(key); }
  double number(std::string_view key);  // finite; an integer is taken too
  std::vector<double> numbers(std::string_view key, std::size_t count);
  std::string text(std::string_view key);  // not empty
  std::vector<std::string> texts(std::string_view key, std::size_t at_least = 1);
  bool flag(std::string_view key, bool otherwise);
  CheckedTable table(std::string_view key);
  std::vector<CheckedTable> tables(std::string_view key);  // an array of tables; absent: none
  std::vector<std::string> keys() const;
  void finish() const;

  // Fails with the line of `key`, or of the table where there is no such key.
  [[noreturn]] void fail(std::string_view key, const std::string& got,
                         const std::string& expected) const;

 private:
  const toml::node& required(std::string_view key, const char* expected);

  const toml::table& table_;
  std::string file_;
  std::string place_;
  std::set<std::string, std::less<>> read_;
};

}  // namespace matfit
