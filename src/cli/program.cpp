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
    text += fmt::format("  {:<18} {}\n", command->name(), command->summary());
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

// A command's name is one word, or two where one has several kinds: "calibrate mat".
std::vector<std::string> words_of(const Command& command) {
  const std::string name = command.name();
  const std::size_t space = name.find(' ');
  if (space == std::string::npos) return {name};
  return {name.substr(0, space), name.substr(space + 1)};
}

bool is_named(const Command& command, const std::vector<std::string>& arguments) {
  const std::vector<std::string> words = words_of(command);
  return arguments.size() >= words.size() &&
         std::equal(words.begin(), words.end(), arguments.begin());
}

// The commands whose first word is this one, though none was named whole; empty: there is none.
std::vector<const Command*> kinds_of(const std::vector<std::unique_ptr<Command>>& commands,
                                     const std::string& word) {
  std::vector<const Command*> kinds;
  for (const auto& command : commands) {
    if (words_of(*command).front() == word) kinds.push_back(command.get());
  }
  return kinds;
}

int say_kinds(const std::vector<const Command*>& kinds, const std::vector<std::string>& arguments) {
  const bool asked = std::find(arguments.begin() + 1, arguments.end(), "--help") != arguments.end();
  std::FILE* stream = asked ? stdout : stderr;
  fmt::print(stream, "usage: matfit {} KIND [OPTIONS]\n\n", arguments[0]);
  for (const Command* kind : kinds) {
    fmt::print(stream, "  {:<18} {}\n", kind->name(), kind->summary());
  }
  return asked ? exit_all_well : exit_usage;
}

int run_command(Command& command, const std::vector<std::string>& arguments,
                const fs::path& executable) {
  const auto first_option =
      arguments.begin() + static_cast<std::ptrdiff_t>(words_of(command).size());
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
  const bool wants_help = std::find(first_option, arguments.end(), "--help") != arguments.end();
  if (wants_help) {
    fmt::print("matfit {}: {}\n\nusage: matfit {} {}\n\n{}", command.name(), command.summary(),
               command.name(), command.synopsis(), options.help());
    return exit_all_well;
  }
  Terminal talkative(Talk::info);
  try {
    options.parse({first_option, arguments.end()});
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
    if (is_named(*command, arguments)) return run_command(*command, arguments, executable);
  }
  const std::vector<const Command*> kinds = kinds_of(commands, arguments[0]);
  if (!kinds.empty()) return say_kinds(kinds, arguments);
  fmt::print(stderr, "matfit: error: unknown command '{}'; see matfit --help\n", arguments[0]);
  return exit_usage;
}

}  // namespace matfit
