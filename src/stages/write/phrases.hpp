#pragma once

#include <kainjow/mustache.hpp>

#include <initializer_list>
#include <map>
#include <string>
#include <utility>

namespace matfit {

// The sentences of the pages in one language, by dotted key: "verdict.right.title".
class Phrases {
 public:
  using Values = std::initializer_list<std::pair<const char*, std::string>>;

  // From templates/strings.LANGUAGE.toml. UsageError where there is no such language.
  explicit Phrases(const std::string& language);

  // std::out_of_range names a key that is not in the table: a mistake of the program.
  const std::string& at(const std::string& key) const;
  bool has(const std::string& key) const { return by_key_.contains(key); }
  // With {name} replaced by its value.
  std::string fill(const std::string& key, Values values) const;
  // For words that come with the data: the key's phrase, else `word` with spaces for underscores.
  std::string word(const std::string& table, const std::string& word) const;

  // All of them as nested objects, for {{t.verdict.right.title}} in templates.
  kainjow::mustache::data tree() const;

 private:
  std::map<std::string, std::string> by_key_;
};

}  // namespace matfit
