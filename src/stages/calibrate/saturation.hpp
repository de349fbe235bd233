#pragma once

#include "types/survey.hpp"

#include <optional>

namespace matfit {

// The reading at which values pile up, in the recording's unit: the largest one, when it is the
// documented full scale or the top of a 8, 10, 12 or 16 bit converter, or when at least three cells
// share it exactly and they outnumber the readings within a tenth below it. Absent: no pile-up.
std::optional<double> find_saturation(const Survey& survey, bool whole_numbers,
                                      std::optional<double> full_scale);

}  // namespace matfit
