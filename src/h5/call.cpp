#include "h5/call.hpp"

#include "h5/error.hpp"

namespace matfit::h5 {

namespace {

// The first record of the stack is where the failure began.
herr_t keep_first(unsigned, const H5E_error2_t* record, void* text) {
  auto& kept = *static_cast<std::string*>(text);
  if (kept.empty() && record->desc != nullptr) kept = record->desc;
  return 0;
}

}  // namespace

void fail(const std::filesystem::path& file, const std::string& object,
          const std::string& problem) {
  std::string reason;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &reason);
  H5Eclear2(H5E_DEFAULT);
  throw Error(file, object, reason.empty() ? problem : problem + " (HDF5: " + reason + ")");
}

hid_t memory_type(Element element) {
  switch (element) {
    case Element::uint8: return H5T_NATIVE_UINT8;
    case Element::uint16: return H5T_NATIVE_UINT16;
    case Element::int32: return H5T_NATIVE_INT32;
    case Element::int64: return H5T_NATIVE_INT64;
    case Element::float32: return H5T_NATIVE_FLOAT;
    case Element::float64: return H5T_NATIVE_DOUBLE;
    case Element::other: break;
  }
  throw std::logic_error("values of this kind are not stored");
}

std::size_t bytes_of(Element element) {
  switch (element) {
    case Element::uint8: return 1;
    case Element::uint16: return 2;
    case Element::int32:
    case Element::float32: return 4;
    case Element::int64:
    case Element::float64: return 8;
    case Element::other: break;
  }
  throw std::logic_error("values of this kind are not stored");
}

}  // namespace matfit::h5
