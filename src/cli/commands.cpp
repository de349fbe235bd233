#include "cli/command.hpp"

namespace matfit {

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(make_report_command());
  commands.push_back(make_import_command());
  commands.push_back(make_formats_command());
  return commands;
}

}  // namespace matfit
