#pragma once

#include <sys/types.h>

namespace matfit::h5 {

// fork(), at a moment when no other thread is inside HDF5: the copy, which has only the calling
// thread, may use this folder as if nothing had happened. Call it without a LibraryLock.
pid_t fork_outside_library();

}  // namespace matfit::h5
