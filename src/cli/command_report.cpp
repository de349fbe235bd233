#include "cli/command.hpp"
#include "stages/write/results.hpp"

#include <fmt/format.h>

namespace matfit {

namespace {

class ReportCommand final : public Command {
 public:
  std::string name() const override { return "report"; }
  std::string synopsis() const override { return "DIR"; }
  std::string summary() const override { return "pages again from results, without analysing"; }

  void declare(OptionTable& options) override {
    options.positional("DIR", folder_, 1, 1, "results folder of `matfit analyze`");
  }

  int run(const CommandContext&, Terminal& terminal) override {
    const std::filesystem::path folder = folder_.front();
    write_pages_again(folder);
    terminal.info(fmt::format("wrote {}", (folder / "index.html").string()));
    return exit_all_well;
  }

 private:
  std::vector<std::string> folder_;
};

}  // namespace

std::unique_ptr<Command> make_report_command() { return std::make_unique<ReportCommand>(); }

}  // namespace matfit
