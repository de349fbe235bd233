#pragma once

#include "pipeline/train_roll.hpp"

#include <string>
#include <vector>

namespace matfit {

// A row a person and one of all: of each true roll, how many are answered rightly, as another roll
// and with "undecided".
std::string as_text(const std::vector<RollHeldOut>& rows, const std::string& heading);

}  // namespace matfit
