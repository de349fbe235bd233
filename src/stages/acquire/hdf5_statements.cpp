#include "stages/acquire/hdf5_statements.hpp"

namespace matfit {

InputError damaged_hdf5(const h5::Error& error, const std::string& file) {
  return InputError({file, error.object(), error.problem(), "a whole, readable HDF5 recording",
                     "copy or export the file again"});
}

Hdf5Statements::Hdf5Statements(const std::filesystem::path& path)
    : file_(h5::File::open(path)), path_(path.string()) {}

std::string Hdf5Statements::text(const std::string& group, const char* name) const {
  return file_.text_attribute(group, name).value_or("");
}

std::optional<double> Hdf5Statements::number(const std::string& group, const char* name,
                                             const Limits& limits, double units_per_si) const {
  const auto value = file_.number_attribute(group, name);
  if (!value) return std::nullopt;
  require_within(*value, limits, path_, std::string("attribute ") + name + " of " + group);
  return *value / units_per_si;
}

void Hdf5Statements::refuse(const std::string& place, const std::string& value,
                            const std::string& expected) const {
  throw InputError({path_, place, value, expected, "write the file again with it mended"});
}

}  // namespace matfit
