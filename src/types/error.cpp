#include "types/error.hpp"

#include <utility>

namespace matfit {

namespace {

constexpr std::size_t longest_quoted_value = 80;

std::string printable(std::string text) {
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

// Cut between UTF-8 characters: a byte of the form 10xxxxxx continues one.
std::string shortened(const std::string& text) {
  std::size_t end = longest_quoted_value;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end);
}

}  // namespace

std::string one_line(const InputFault& fault) {
  std::string line;
  const auto add = [&line](const std::string& separator, const std::string& text) {
    if (text.empty()) return;
    if (!line.empty()) line += separator;
    line += text;
  };
  add("", fault.file);
  add(": ", fault.place);
  std::string value = fault.value;
  if (value.size() > longest_quoted_value) value = shortened(value) + "...";
  add(": ", value.empty() ? "" : "got '" + value + "'");
  if (!fault.expected.empty()) add(value.empty() ? ": " : ", ", "expected " + fault.expected);
  add("; ", fault.remedy);
  return printable(line);
}

InputError::InputError(InputFault fault)
    : std::runtime_error(one_line(fault)), fault_(std::move(fault)) {}

}  // namespace matfit
