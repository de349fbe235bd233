#include "cli/command.hpp"
#include "stages/acquire/formats.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace matfit {

namespace {

constexpr std::size_t indent = 13;
constexpr std::size_t line_width = 80;

// The text in lines of words, each line set in by `indent`.
std::string paragraph(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    std::size_t end = text.size();
    if (end > line_width - indent) end = text.rfind(' ', line_width - indent);
    if (end == std::string_view::npos) end = std::min(text.find(' '), text.size());
    lines += fmt::format("{:{}}{}\n", "", indent, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

class FormatsCommand final : public Command {
 public:
  std::string name() const override { return "formats"; }
  std::string synopsis() const override { return ""; }
  std::string summary() const override { return "the recordings that matfit reads"; }
  void declare(OptionTable&) override {}

  int run(const CommandContext&, Terminal& terminal) override {
    for (const FormatDescription& format : known_formats()) {
      terminal.data(
          fmt::format("{:<{}}{}\n{}", format.id, indent, format.name, paragraph(format.detail)));
    }
    return exit_all_well;
  }
};

}  // namespace

std::unique_ptr<Command> make_formats_command() { return std::make_unique<FormatsCommand>(); }

}  // namespace matfit
