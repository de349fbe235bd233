#pragma once

#include "pipeline/spine_agreement.hpp"

#include <string>
#include <vector>

namespace matfit {

// A row a mattress, comparison and metric, then a row a condition with its doubts.
std::string as_text(const std::vector<SpineAgreement>& agreement,
                    const std::vector<SpineDoubtCount>& doubts);

}  // namespace matfit
