#pragma once

#include <cstdint>
#include <mutex>

namespace matfit::h5 {

// HDF5's hid_t, so that no header of ours includes HDF5's.
using Identifier = std::int64_t;

// Debian's libhdf5 is not thread-safe: every call into it stands under this one lock, and HDF5's
// own printing to stderr is off while it is held. May be taken again by the thread that has it.
class LibraryLock {
 public:
  LibraryLock();

 private:
  std::unique_lock<std::recursive_mutex> lock_;
};

// Owns one HDF5 identifier and closes it with the call that its kind needs.
class Handle {
 public:
  using Close = int (*)(Identifier);

  Handle() = default;
  Handle(Identifier id, Close closing_call) : id_(id), close_(closing_call) {}
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&& other) noexcept;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle();

  Identifier id() const { return id_; }
  bool valid() const { return id_ >= 0; }
  // Closes now and says whether HDF5 could; a file's last writes happen here.
  bool close();

 private:
  Identifier id_ = -1;
  Close close_ = nullptr;
};

}  // namespace matfit::h5
