#pragma once

#include <functional>

namespace matfit {

// Whether `reading` comes to an end, by returning or by throwing, when a copy of this process tries
// it first. For foreign libraries that crash or loop on damaged files (libhdf5 1.10.8 on a broken
// global heap): such a file is to cost its own recording, not the whole study. The copy may use two
// seconds of processor time; nothing it does is seen here. One to two milliseconds.
bool survives_reading(const std::function<void()>& reading);

}  // namespace matfit
