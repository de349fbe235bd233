#include "cli/command.hpp"

namespace matfit {

std::vector<std::unique_ptr<Command>> all_commands() {
  std::vector<std::unique_ptr<Command>> commands;
  commands.push_back(make_analyze_command());
  commands.push_back(make_report_command());
  commands.push_back(make_import_command());
  commands.push_back(make_formats_command());
  commands.push_back(make_inspect_command());
  commands.push_back(make_calibrate_mat_command());
  commands.push_back(make_calibrate_mattress_command());
  commands.push_back(make_calibrate_people_command());
  commands.push_back(make_simulate_command());
  commands.push_back(make_train_command());
  commands.push_back(make_evaluate_command());
  return commands;
}

}  // namespace matfit
