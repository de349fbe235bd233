#include "stages/write/phrases.hpp"

#include "stages/write/templates.hpp"
#include "types/error.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <stdexcept>

namespace matfit {

namespace {

void flatten(const toml::table& table, const std::string& prefix,
             std::map<std::string, std::string>& by_key) {
  for (const auto& [name, node] : table) {
    const std::string key = prefix + std::string(name.str());
    if (const toml::table* inner = node.as_table()) {
      flatten(*inner, key + ".", by_key);
    } else {
      by_key[key] = node.value_or(std::string());
    }
  }
}

kainjow::mustache::data branch(const std::map<std::string, std::string>& by_key,
                               const std::string& prefix) {
  kainjow::mustache::data object;
  for (auto entry = by_key.lower_bound(prefix);
       entry != by_key.end() && entry->first.compare(0, prefix.size(), prefix) == 0;) {
    const std::size_t dot = entry->first.find('.', prefix.size());
    const std::string name = entry->first.substr(prefix.size(), dot - prefix.size());
    if (dot == std::string::npos) {
      object.set(name, entry->second);
      ++entry;
      continue;
    }
    const std::string inner = entry->first.substr(0, dot + 1);
    object.set(name, branch(by_key, inner));
    while (entry != by_key.end() && entry->first.compare(0, inner.size(), inner) == 0) ++entry;
  }
  return object;
}

}  // namespace

Phrases::Phrases(const std::string& language) {
  const auto source = embedded_template("strings." + language + ".toml");
  if (!source) throw UsageError(fmt::format("no pages in language '{}'", language));
  flatten(toml::parse(*source), "", by_key_);
}

const std::string& Phrases::at(const std::string& key) const {
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) throw std::out_of_range("no phrase '" + key + "'");
  return found->second;
}

std::string Phrases::fill(const std::string& key, Values values) const {
  const std::string& pattern = at(key);
  std::string out;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] != '{') {
      out += pattern[i];
      continue;
    }
    const std::size_t end = pattern.find('}', i);
    const std::string name = pattern.substr(i + 1, end - i - 1);
    const auto* const value = std::find_if(values.begin(), values.end(),
                                           [&](const auto& pair) { return pair.first == name; });
    if (end == std::string::npos || value == values.end()) {
      throw std::out_of_range(fmt::format("phrase '{}' asks for {{{}}}", key, name));
    }
    out += value->second;
    i = end;
  }
  return out;
}

std::string Phrases::word(const std::string& table, const std::string& word) const {
  const auto found = by_key_.find(table + "." + word);
  if (found != by_key_.end()) return found->second;
  std::string plain = word;
  std::replace(plain.begin(), plain.end(), '_', ' ');
  return plain;
}

kainjow::mustache::data Phrases::tree() const { return branch(by_key_, ""); }

}  // namespace matfit
