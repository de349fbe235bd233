#pragma once

#include "cli/option_table.hpp"

#include <optional>
#include <string>

namespace matfit {

// The flag --jobs: all cores unless given.
class JobsFlag {
 public:
  void declare(OptionTable& options, std::string help = "threads (default: all cores)");
  void settle();  // takes the default as given, so that it is among the effective options
  int value() const;

 private:
  std::optional<int> jobs_;
};

}  // namespace matfit
