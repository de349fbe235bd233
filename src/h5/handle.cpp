#include "h5/handle.hpp"
#include "h5/process_copy.hpp"

#include <hdf5.h>
#include <unistd.h>

#include <memory>
#include <type_traits>
#include <utility>

namespace matfit::h5 {

static_assert(std::is_same_v<hid_t, std::int64_t>, "Identifier must be HDF5's hid_t");

namespace {

std::recursive_mutex& library_mutex() {
  static std::recursive_mutex mutex;
  return mutex;
}

}  // namespace

pid_t fork_outside_library() {
  std::recursive_mutex& mutex = library_mutex();
  mutex.lock();
  const pid_t copy = fork();
  if (copy == 0) {
    // Locked by a thread id that the copy does not have.
    std::construct_at(&mutex);
  } else {
    mutex.unlock();
  }
  return copy;
}

LibraryLock::LibraryLock() : lock_(library_mutex()) {
  // Per thread in thread-safe builds of HDF5, hence every time.
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Handle::Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}

Handle& Handle::operator=(Handle&& other) noexcept {
  if (this != &other) {
    close();
    id_ = std::exchange(other.id_, -1);
    close_ = other.close_;
  }
  return *this;
}

Handle::~Handle() { close(); }

bool Handle::close() {
  if (id_ < 0) return true;
  const LibraryLock lock;
  return close_(std::exchange(id_, -1)) >= 0;
}

}  // namespace matfit::h5
