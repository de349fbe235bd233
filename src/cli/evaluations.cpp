#include "cli/evaluations.hpp"

#include "cli/command.hpp"

#include <set>

namespace matfit {

int print_evaluation(const std::vector<std::string>& failures, const std::string& figures,
                     Terminal& terminal) {
  std::set<std::string> said;
  for (const std::string& failure : failures) {
    if (said.insert(failure).second) terminal.error(failure);
  }
  terminal.data(figures);
  return failures.empty() ? exit_all_well : exit_some_failed;
}

}  // namespace matfit
