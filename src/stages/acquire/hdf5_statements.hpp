#pragma once

#include "h5/error.hpp"
#include "h5/file.hpp"
#include "stages/acquire/limits.hpp"
#include "types/error.hpp"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace matfit {

// What HDF5 itself says of a file, as the user is told.
InputError damaged_hdf5(const h5::Error& error, const std::string& file);

// A recording file with what it states, each with its place in the error.
class Hdf5Statements {
 public:
  explicit Hdf5Statements(const std::filesystem::path& path);

  const h5::File& file() const { return file_; }
  const std::string& path() const { return path_; }

  // Empty where nothing is stated.
  std::string text(const std::string& group, const char* name) const;

  // A number in the file's unit, divided by `units_per_si` into SI. InputError outside the limits.
  std::optional<double> number(const std::string& group, const char* name, const Limits& limits,
                               double units_per_si = 1.0) const;

  // A word out of a list; `expected` says of which. InputError for another one.
  template <typename T>
  std::optional<T> word(const std::string& group, const char* name,
                        const std::function<std::optional<T>(std::string_view)>& named,
                        const std::string& expected) const {
    const std::string stated = text(group, name);
    if (stated.empty()) return std::nullopt;
    const std::optional<T> value = named(stated);
    if (!value) refuse(std::string("attribute ") + name + " of " + group, stated, expected);
    return value;
  }

  [[noreturn]] void refuse(const std::string& place, const std::string& value,
                           const std::string& expected) const;

 private:
  h5::File file_;
  std::string path_;
};

}  // namespace matfit
