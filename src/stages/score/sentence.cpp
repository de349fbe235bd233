#include "stages/score/sentence.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace matfit {

std::string filled(std::string_view text, Figures figures) {
  std::string out;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos) break;
    out += text.substr(at, open - at);
    const std::string_view name = text.substr(open + 1, close - open - 1);
    const auto* figure = figures.begin();
    while (figure != figures.end() && figure->first != name) ++figure;
    if (figure == figures.end()) {
      throw std::invalid_argument("no figure for {" + std::string(name) + "}");
    }
    out += figure->second;
    at = close + 1;
  }
  out += text.substr(at);
  return out;
}

std::string capitalised(std::string text) {
  if (!text.empty() && text.front() >= 'a' && text.front() <= 'z') {
    text.front() = static_cast<char>(text.front() - 'a' + 'A');
  }
  return text;
}

std::vector<std::string> names_to_fill(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    const std::size_t close = text.find('}', open);
    if (close == std::string_view::npos) break;
    names.emplace_back(text.substr(open + 1, close - open - 1));
  }
  return names;
}

std::string decimals(double value, int count) {
  std::string text = fmt::format("{:.{}f}", value, count);
  const bool is_zero = text.find_first_not_of("-0.") == std::string::npos;
  if (is_zero && text.front() == '-') text.erase(0, 1);
  return text;
}

}  // namespace matfit
