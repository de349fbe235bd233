#include "cli/command.hpp"
#include "stages/acquire/formats.hpp"

#include <fmt/format.h>

namespace matfit {

namespace {

class FormatsCommand final : public Command {
 public:
  std::string name() const override { return "formats"; }
  std::string synopsis() const override { return ""; }
  std::string summary() const override { return "the recordings that matfit reads"; }
  void declare(OptionTable&) override {}

  int run(const CommandContext&, Terminal& terminal) override {
    for (const FormatDescription& format : known_formats()) {
      terminal.data(
          fmt::format("{:<12} {}\n{:<12} {}\n", format.id, format.name, "", format.detail));
    }
    return exit_all_well;
  }
};

}  // namespace

std::unique_ptr<Command> make_formats_command() { return std::make_unique<FormatsCommand>(); }

}  // namespace matfit
