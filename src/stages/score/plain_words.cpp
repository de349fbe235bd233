#include "stages/score/plain_words.hpp"

namespace matfit {

namespace {

constexpr std::string_view curly_apostrophe = "\xe2\x80\x99";

}  // namespace

std::string plain_words(std::string_view text) {
  std::string out;
  bool gap = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (text.substr(i, curly_apostrophe.size()) == curly_apostrophe) {
      i += curly_apostrophe.size() - 1;
      c = ' ';
    }
    if (c >= 'A' && c <= 'Z') c = static_cast<unsigned char>(c - 'A' + 'a');
    const bool in_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c >= 0x80;
    if (!in_word) {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) out += ' ';
    gap = false;
    out += static_cast<char>(c);
  }
  return out;
}

std::optional<std::size_t> phrase_place(std::string_view text, std::string_view phrase) {
  if (phrase.empty()) return std::nullopt;
  for (std::size_t at = text.find(phrase); at != std::string_view::npos;
       at = text.find(phrase, at + 1)) {
    const std::size_t end = at + phrase.size();
    const bool starts = at == 0 || text[at - 1] == ' ';
    const bool ends = end == text.size() || text[end] == ' ';
    if (starts && ends) return at;
  }
  return std::nullopt;
}

}  // namespace matfit
