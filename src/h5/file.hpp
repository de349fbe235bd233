#pragma once

#include "h5/dataset.hpp"
#include "h5/element.hpp"
#include "h5/handle.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace matfit::h5 {

// An open HDF5 file. Objects are named by their path from the root ("/labels/posture"). Every
// function throws Error. Nothing in a written file depends on the time or the machine.
class File {
 public:
  static File open(const std::filesystem::path& path);    // to read only
  static File create(const std::filesystem::path& path);  // replaces what is there

  bool has_group(const std::string& name) const;
  bool has_dataset(const std::string& name) const;
  Dataset dataset(const std::string& name) const;
  // The objects directly in a group, sorted by name.
  std::vector<std::string> names_in(const std::string& group) const;

  // Absent: none of that name. Of another kind than asked for: Error.
  std::optional<std::string> text_attribute(const std::string& object, const char* name) const;
  std::optional<double> number_attribute(const std::string& object, const char* name) const;
  std::vector<std::string> attribute_names(const std::string& object) const;

  void make_group(const std::string& name);
  void write_attribute(const std::string& object, const char* name, std::string_view value);
  void write_attribute(const std::string& object, const char* name, double value);
  void write_attribute(const std::string& object, const char* name, std::int64_t value);

  Dataset make_dataset(const std::string& name, const Shape& shape, Element element,
                       const Storage& storage = {});
  // A whole dataset in one call; `values` has as many values as the shape says, row-major.
  template <Storable T>
  void write_dataset(const std::string& name, const Shape& shape, std::span<const T> values,
                     const Storage& storage = {}) {
    Dataset made = make_dataset(name, shape, element_of<T>(), storage);
    made.write_rows<T>(0, made.rows(), values);
  }

  // Writes what is still in memory and closes; a full disk shows here. Datasets still open keep
  // the file open.
  void close();

 private:
  File(Handle file, std::filesystem::path path);
  bool has_object(const std::string& name, int kind) const;
  Handle open_object(const std::string& name) const;
  struct OpenAttribute {
    Handle attribute;
    Handle type;
    Handle space;
  };
  std::optional<OpenAttribute> open_attribute(const std::string& object, const char* name) const;
  void write_scalar(const std::string& object, const char* name, Identifier type,
                    const void* value);

  Handle file_;
  std::filesystem::path path_;
};

// Whether the file begins (or, after a user block, goes on) with HDF5's signature.
bool is_hdf5(const std::filesystem::path& path);

}  // namespace matfit::h5
