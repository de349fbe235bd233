#pragma once

#include "types/posture.hpp"

#include <string>
#include <utility>

namespace matfit {

// Phrases of what lies at low and at high columns of the body frame; empty where nobody lies.
std::pair<std::string, std::string> side_keys(Posture posture);

}  // namespace matfit
