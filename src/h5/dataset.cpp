#include "h5/dataset.hpp"

#include "h5/call.hpp"
#include "h5/error.hpp"

#include <algorithm>
#include <limits>
#include <utility>

namespace matfit::h5 {

namespace {

constexpr std::size_t largest_chunk_bytes = std::size_t{512} * 1024;

Element element_stored(hid_t type) {
  for (const Element element : {Element::uint8, Element::uint16, Element::int32, Element::int64,
                                Element::float32, Element::float64}) {
    const hid_t memory = memory_type(element);
    if (H5Tget_class(type) == H5Tget_class(memory) && H5Tget_size(type) == H5Tget_size(memory) &&
        (H5Tget_class(type) != H5T_INTEGER || H5Tget_sign(type) == H5Tget_sign(memory))) {
      return element;
    }
  }
  return Element::other;
}

}  // namespace

Shape chunk_shape(const Shape& shape, std::size_t element_bytes) {
  Shape chunk(shape.size(), 1);
  std::size_t room = std::max<std::size_t>(1, largest_chunk_bytes / element_bytes);
  for (std::size_t i = shape.size(); i-- > 0;) {
    chunk[i] = std::clamp<std::size_t>(shape[i], 1, room);
    room /= chunk[i];
    if (chunk[i] < shape[i]) break;
  }
  return chunk;
}

Dataset::Dataset(Handle file, Handle dataset, std::filesystem::path path, std::string name)
    : file_(std::move(file)),
      dataset_(std::move(dataset)),
      path_(std::move(path)),
      name_(std::move(name)) {
  const LibraryLock lock;
  const Handle space(checked(H5Dget_space(dataset_.id()), path_, name_, "the shape cannot be read"),
                     H5Sclose);
  const int rank =
      checked(H5Sget_simple_extent_ndims(space.id()), path_, name_, "the shape cannot be read");
  std::vector<hsize_t> extent(static_cast<std::size_t>(rank));
  checked(H5Sget_simple_extent_dims(space.id(), extent.data(), nullptr), path_, name_,
          "the shape cannot be read");
  shape_.assign(extent.begin(), extent.end());
  std::size_t total = 1;
  for (std::size_t i = 0; i < shape_.size(); ++i) {
    if (shape_[i] != 0 && total > std::numeric_limits<std::ptrdiff_t>::max() / 8 / shape_[i]) {
      throw Error(path_, name_, "the shape is larger than memory can address");
    }
    total *= std::max<std::size_t>(shape_[i], 1);
    if (i > 0) row_size_ *= shape_[i];
  }
  const Handle type(checked(H5Dget_type(dataset_.id()), path_, name_, "the type cannot be read"),
                    H5Tclose);
  element_ = element_stored(type.id());
  const H5T_class_t kind = H5Tget_class(type.id());
  numeric_ = kind == H5T_INTEGER || kind == H5T_FLOAT;
}

Handle Dataset::block_space(std::size_t first, std::size_t count, std::size_t size) const {
  if (first > rows() || count > rows() - first) {
    throw Error(path_, name_,
                "rows " + std::to_string(first) + " to " + std::to_string(first + count) +
                    " lie beyond the " + std::to_string(rows()) + " rows");
  }
  if (size != count * row_size_) {
    throw Error(path_, name_,
                "a block of " + std::to_string(count) + " rows has " +
                    std::to_string(count * row_size_) + " values, not " + std::to_string(size));
  }
  Handle space(checked(H5Dget_space(dataset_.id()), path_, name_, "the shape cannot be read"),
               H5Sclose);
  if (shape_.empty()) return space;
  std::vector<hsize_t> start(shape_.size(), 0);
  std::vector<hsize_t> extent(shape_.begin(), shape_.end());
  start[0] = first;
  extent[0] = count;
  checked(H5Sselect_hyperslab(space.id(), H5S_SELECT_SET, start.data(), nullptr, extent.data(),
                              nullptr),
          path_, name_, "the block cannot be selected");
  return space;
}

void Dataset::read_block(std::size_t first, std::size_t count, Element element, void* values,
                         std::size_t size) const {
  const LibraryLock lock;
  const Handle selected = block_space(first, count, size);
  if (size == 0) return;
  const Handle memory = memory_space(count);
  checked(
      H5Dread(dataset_.id(), memory_type(element), memory.id(), selected.id(), H5P_DEFAULT, values),
      path_, name_, "the values cannot be read");
}

void Dataset::write_block(std::size_t first, std::size_t count, Element element, const void* values,
                          std::size_t size) {
  const LibraryLock lock;
  const Handle selected = block_space(first, count, size);
  if (size == 0) return;
  const Handle memory = memory_space(count);
  checked(H5Dwrite(dataset_.id(), memory_type(element), memory.id(), selected.id(), H5P_DEFAULT,
                   values),
          path_, name_, "the values cannot be written");
}

// HDF5 maps a block onto chunks value by value unless both sides have the same shape.
Handle Dataset::memory_space(std::size_t count) const {
  std::vector<hsize_t> extent(shape_.begin(), shape_.end());
  if (extent.empty()) extent.push_back(1);
  extent.front() = count;
  return Handle(checked(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr),
                        path_, name_, "no memory for the block"),
                H5Sclose);
}

}  // namespace matfit::h5
