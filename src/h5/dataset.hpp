#pragma once

#include "h5/element.hpp"
#include "h5/handle.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace matfit::h5 {

// How a dataset lies in the file.
struct Storage {
  bool compressed = false;  // chunks of at most 512 KiB, shuffled, deflated
  int deflate_level = 4;
};

// An open n-dimensional dataset, read and written in blocks along its first dimension ("rows").
// Every function throws Error. Safe to use from several threads.
class Dataset {
 public:
  Dataset(Handle file, Handle dataset, std::filesystem::path path, std::string name);

  const std::string& name() const { return name_; }
  const Shape& shape() const { return shape_; }
  Element element() const { return element_; }
  bool numeric() const { return numeric_; }  // integer or floating point
  std::size_t rows() const { return shape_.empty() ? 1 : shape_.front(); }
  std::size_t row_size() const { return row_size_; }  // values in one row

  // `values` holds count * row_size() values, row-major.
  template <Storable T>
  void read_rows(std::size_t first, std::size_t count, std::span<T> values) const {
    read_block(first, count, element_of<T>(), values.data(), values.size());
  }
  template <Storable T>
  std::vector<T> read() const {
    std::vector<T> values(rows() * row_size());
    read_rows<T>(0, rows(), values);
    return values;
  }
  template <Storable T>
  void write_rows(std::size_t first, std::size_t count, std::span<const T> values) {
    write_block(first, count, element_of<T>(), values.data(), values.size());
  }

 private:
  void read_block(std::size_t first, std::size_t count, Element element, void* values,
                  std::size_t size) const;
  void write_block(std::size_t first, std::size_t count, Element element, const void* values,
                   std::size_t size);
  Handle block_space(std::size_t first, std::size_t count, std::size_t size) const;
  Handle memory_space(std::size_t count) const;

  Handle file_;  // keeps the file open as long as the dataset
  Handle dataset_;
  std::filesystem::path path_;
  std::string name_;
  Shape shape_;
  std::size_t row_size_ = 1;
  Element element_ = Element::other;
  bool numeric_ = false;
};

// The chunk of a dataset of that shape: whole rows where they fit into 512 KiB, at least 1.
Shape chunk_shape(const Shape& shape, std::size_t element_bytes);

}  // namespace matfit::h5
