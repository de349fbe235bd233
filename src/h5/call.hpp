#pragma once

#include "h5/element.hpp"
#include "h5/handle.hpp"

#include <hdf5.h>

#include <filesystem>
#include <string>

// For the sources of this folder: HDF5 calls whose status is checked.
namespace matfit::h5 {

// Throws Error with HDF5's innermost reason. Call only under a LibraryLock.
[[noreturn]] void fail(const std::filesystem::path& file, const std::string& object,
                       const std::string& problem);

// An identifier or a status, as it came, unless it is negative.
template <typename Result>
Result checked(Result result, const std::filesystem::path& file, const std::string& object,
               const std::string& problem) {
  if (result < 0) fail(file, object, problem);
  return result;
}

hid_t memory_type(Element element);
std::size_t bytes_of(Element element);

}  // namespace matfit::h5
