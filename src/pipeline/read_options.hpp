#pragma once

#include "stages/acquire/read_recording.hpp"

namespace matfit {

// What `given` states wins over what `options` states.
void override_with(ReadOptions& options, const ReadOptions& given);

}  // namespace matfit
