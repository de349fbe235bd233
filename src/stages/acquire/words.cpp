#include "stages/acquire/words.hpp"

#include "stages/acquire/utf8_text.hpp"

#include <algorithm>

namespace matfit {

namespace {

constexpr std::string_view blanks = " \t\r\f";

}  // namespace

std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  std::size_t begin = line.find_first_not_of(blanks);
  while (begin != std::string_view::npos) {
    const std::size_t end = std::min(line.find_first_of(blanks, begin), line.size());
    words.push_back(line.substr(begin, end - begin));
    begin = line.find_first_not_of(blanks, end);
  }
  return words;
}

std::string_view first_word(std::string_view line) {
  const std::size_t begin = line.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return line.substr(begin, std::min(line.find_first_of(blanks, begin), line.size()) - begin);
}

std::string_view text_after(std::string_view line, std::string_view key) {
  const std::size_t at = place_of(line, key);
  if (at == std::string_view::npos) return {};
  return trimmed(line.substr(at + key.size()));
}

}  // namespace matfit
