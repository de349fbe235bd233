#pragma once

#include "cli/option_table.hpp"
#include "cli/terminal.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace matfit {

// Exit codes of the program.
enum ExitCode : int { exit_all_well = 0, exit_some_failed = 1, exit_usage = 2 };

// What every command is given beside its own options.
struct CommandContext {
  std::filesystem::path calibration;  // folder of the knowledge files
  std::vector<std::string> command_line;
  std::vector<std::pair<std::string, std::string>> effective_options;
};

// One word, or two ("calibrate mat"), that a user types after `matfit`. declare() binds options to
// members, setup() checks their combination and opens nothing, run() works and asks nothing.
class Command {
 public:
  virtual ~Command() = default;
  virtual std::string name() const = 0;
  virtual std::string synopsis() const = 0;  // what follows "matfit NAME"
  virtual std::string summary() const = 0;   // one line
  virtual void declare(OptionTable& options) = 0;
  virtual void setup() {}
  virtual int run(const CommandContext& context, Terminal& terminal) = 0;
};

// One factory a file command_NAME.cpp; commands.cpp lists them in the order of the help.
std::unique_ptr<Command> make_analyze_command();
std::unique_ptr<Command> make_report_command();
std::unique_ptr<Command> make_import_command();
std::unique_ptr<Command> make_formats_command();
std::unique_ptr<Command> make_inspect_command();
std::unique_ptr<Command> make_calibrate_mat_command();
std::unique_ptr<Command> make_calibrate_mattress_command();
std::unique_ptr<Command> make_calibrate_people_command();
std::unique_ptr<Command> make_simulate_command();
std::unique_ptr<Command> make_train_command();
std::unique_ptr<Command> make_evaluate_command();

std::vector<std::unique_ptr<Command>> all_commands();

// The whole program: chooses a command, turns exceptions into exit codes. `executable` is used to
// find the installed knowledge files.
int run_program(const std::vector<std::string>& arguments, const std::filesystem::path& executable);

}  // namespace matfit
