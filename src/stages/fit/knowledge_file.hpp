#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace matfit {

// A TOML file of knowledge, read strictly: every get throws a UsageError that names the file, the
// line, the key and what was expected.
class KnowledgeFile {
 public:
  explicit KnowledgeFile(const std::filesystem::path& path);

  // `format` must equal the file's own format key, with format_version 1.
  void require_format(std::string_view format) const;

  // `key` is a dotted path such as "regression.male.hip_breadth.a".
  double number(const std::string& key, double low, double high) const;
  // `count` = 0: any number of at least one.
  std::vector<double> numbers(const std::string& key, std::size_t count, double low,
                              double high) const;
  // A table's source must be one of the keys of [sources].
  void require_source(const std::string& table_key) const;
  std::size_t size_of_array(const std::string& key) const;

  [[noreturn]] void fail(const std::string& key, const std::string& expected) const;

 private:
  toml::node_view<const toml::node> at(const std::string& key) const;

  std::string path_;
  toml::table root_;
};

}  // namespace matfit
