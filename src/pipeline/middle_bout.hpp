#pragma once

#include "types/result.hpp"

namespace matfit {

// The bout of somebody lying at or next to the middle frame of a recording; null: there is none.
const BoutResult* middle_bout(const RecordingResult& result);

}  // namespace matfit
