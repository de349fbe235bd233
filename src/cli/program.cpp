#include "cli/command.hpp"
#include "generated/version.hpp"
#include "types/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace matfit {

namespace {

namespace fs = std::filesystem;

std::string overview(const std::vector<std::unique_ptr<Command>>& commands) {
  std::string text =
      "matfit: posture, spine alignment and mattress fit from pressure mats\n\n"
      "usage: matfit COMMAND [OPTIONS]\n\n";
  for (const auto& command : commands) {
    text += fmt::format("  {:<10} {}\n", command->name(), command->summary());
  }
  text += "\nmatfit COMMAND --help   options of a command\nmatfit --version        the version\n";
  return text;
}

Talk talk_named(const std::string& name) {
  if (name == "error") return Talk::error;
  if (name == "warning") return Talk::warning;
  return name == "debug" ? Talk::debug : Talk::info;
}

// An installed program keeps its knowledge in ../share/matfit; a built one uses the source tree's.
fs::path default_calibration(const fs::path& executable) {
  const fs::path installed = executable.parent_path() / "../share/matfit/calibration";
  if (fs::is_directory(installed)) return fs::weakly_canonical(installed);
  return MATFIT_SOURCE_CALIBRATION;
}

int run_command(Command& command, const std::vector<std::string>& arguments,
                const fs::path& executable) {
  bool help = false;
  bool quiet = false;
  std::string log_level = "info";
  std::optional<std::string> calibration;
  OptionTable options;
  command.declare(options);
  options.section("Everywhere");
  options.text("calibration", calibration, "DIR", "folder of the knowledge files");
  options.choice("log-level", log_level, {"error", "warning", "info", "debug"},
                 "how much to say on stderr");
  options.flag("quiet", quiet, "say nothing but errors");
  options.flag("help", help, "show this help");
  const bool wants_help =
      std::find(arguments.begin() + 1, arguments.end(), "--help") != arguments.end();
  if (wants_help) {
    fmt::print("matfit {}: {}\n\nusage: matfit {} {}\n\n{}", command.name(), command.summary(),
               command.name(), command.synopsis(), options.help());
    return exit_all_well;
  }
  Terminal talkative(Talk::info);
  try {
    options.parse({arguments.begin() + 1, arguments.end()});
    command.setup();
    Terminal terminal(quiet ? Talk::quiet : talk_named(log_level));
    CommandContext context;
    context.calibration = calibration ? fs::path(*calibration) : default_calibration(executable);
    context.command_line = arguments;
    context.effective_options = options.effective();
    return command.run(context, terminal);
  } catch (const InputError& fault) {
    talkative.error(fault.what());
    return exit_some_failed;
  } catch (const UsageError& fault) {
    talkative.error(fault.what());
    return exit_usage;
  } catch (const std::exception& fault) {
    talkative.error(fault.what());
    return exit_usage;
  }
}

}  // namespace

int run_program(const std::vector<std::string>& arguments, const fs::path& executable) {
  const std::vector<std::unique_ptr<Command>> commands = all_commands();
  if (arguments.empty() || arguments[0] == "--help" || arguments[0] == "help") {
    fmt::print(arguments.empty() ? stderr : stdout, "{}", overview(commands));
    return arguments.empty() ? exit_usage : exit_all_well;
  }
  if (arguments[0] == "--version") {
    fmt::print("matfit {}\n", version);
    return exit_all_well;
  }
  for (const auto& command : commands) {
    if (command->name() == arguments[0]) return run_command(*command, arguments, executable);
  }
  fmt::print(stderr, "matfit: error: unknown command '{}'; see matfit --help\n", arguments[0]);
  return exit_usage;
}

}  // namespace matfit
