#include "h5/call.hpp"
#include "h5/error.hpp"
#include "h5/file.hpp"

#include <algorithm>
#include <utility>

namespace matfit::h5 {

std::optional<File::OpenAttribute> File::open_attribute(const std::string& object,
                                                        const char* name) const {
  const std::string where = object + "@" + name;
  const Handle owner = open_object(object);
  if (checked(H5Aexists(owner.id(), name), path_, where, "the attribute cannot be read") == 0) {
    return std::nullopt;
  }
  Handle attribute(checked(H5Aopen(owner.id(), name, H5P_DEFAULT), path_, where,
                           "the attribute cannot be opened"),
                   H5Aclose);
  Handle type(checked(H5Aget_type(attribute.id()), path_, where, "the type cannot be read"),
              H5Tclose);
  Handle space(checked(H5Aget_space(attribute.id()), path_, where, "the shape cannot be read"),
               H5Sclose);
  return OpenAttribute{std::move(attribute), std::move(type), std::move(space)};
}

std::optional<std::string> File::text_attribute(const std::string& object, const char* name) const {
  const LibraryLock lock;
  const std::string where = object + "@" + name;
  const std::optional<OpenAttribute> opened = open_attribute(object, name);
  if (!opened) return std::nullopt;
  const auto& [attribute, type, space] = *opened;
  if (H5Tget_class(type.id()) != H5T_STRING || H5Sget_simple_extent_npoints(space.id()) != 1) {
    throw Error(path_, where, "the attribute is not one text");
  }
  if (checked(H5Tis_variable_str(type.id()), path_, where, "the type cannot be read") > 0) {
    const Handle memory(checked(H5Tcopy(H5T_C_S1), path_, where, "no text type"), H5Tclose);
    checked(H5Tset_size(memory.id(), H5T_VARIABLE), path_, where, "no text type");
    checked(H5Tset_cset(memory.id(), H5Tget_cset(type.id())), path_, where, "no text type");
    char* text = nullptr;
    checked(H5Aread(attribute.id(), memory.id(), &text), path_, where, "the text cannot be read");
    std::string value = text == nullptr ? "" : text;
    checked(H5Dvlen_reclaim(memory.id(), space.id(), H5P_DEFAULT, &text), path_, where,
            "the text cannot be released");
    return value;
  }
  std::string value(H5Tget_size(type.id()), '\0');
  checked(H5Aread(attribute.id(), type.id(), value.data()), path_, where,
          "the text cannot be read");
  value.resize(std::min(value.find('\0'), value.size()));
  if (H5Tget_strpad(type.id()) == H5T_STR_SPACEPAD) {
    value.erase(value.find_last_not_of(' ') + 1);
  }
  return value;
}

std::optional<double> File::number_attribute(const std::string& object, const char* name) const {
  const LibraryLock lock;
  const std::string where = object + "@" + name;
  const std::optional<OpenAttribute> opened = open_attribute(object, name);
  if (!opened) return std::nullopt;
  const auto& [attribute, type, space] = *opened;
  const H5T_class_t kind = H5Tget_class(type.id());
  if ((kind != H5T_INTEGER && kind != H5T_FLOAT) || H5Sget_simple_extent_npoints(space.id()) != 1) {
    throw Error(path_, where, "the attribute is not one number");
  }
  double value = 0.0;
  checked(H5Aread(attribute.id(), H5T_NATIVE_DOUBLE, &value), path_, where,
          "the number cannot be read");
  return value;
}

std::vector<std::string> File::attribute_names(const std::string& object) const {
  const LibraryLock lock;
  const Handle owner = open_object(object);
  std::vector<std::string> names;
  hsize_t position = 0;
  const auto append = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
    static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  checked(H5Aiterate2(owner.id(), H5_INDEX_NAME, H5_ITER_INC, &position, append, &names), path_,
          object, "the attributes cannot be listed");
  return names;
}

void File::write_scalar(const std::string& object, const char* name, Identifier type,
                        const void* value) {
  const std::string where = object + "@" + name;
  const Handle owner = open_object(object);
  const Handle space(checked(H5Screate(H5S_SCALAR), path_, where, "no shape"), H5Sclose);
  const Handle attribute(
      checked(H5Acreate2(owner.id(), name, type, space.id(), H5P_DEFAULT, H5P_DEFAULT), path_,
              where, "the attribute cannot be made"),
      H5Aclose);
  checked(H5Awrite(attribute.id(), type, value), path_, where, "the attribute cannot be written");
}

void File::write_attribute(const std::string& object, const char* name, std::string_view value) {
  const LibraryLock lock;
  const std::string where = object + "@" + name;
  // Fixed length: variable-length text would stand in a heap of its own. Length 0 is not legal.
  std::string stored(value);
  if (stored.empty()) stored.push_back('\0');
  const Handle type(checked(H5Tcopy(H5T_C_S1), path_, where, "no text type"), H5Tclose);
  checked(H5Tset_size(type.id(), stored.size()), path_, where, "no text type");
  checked(H5Tset_strpad(type.id(), H5T_STR_NULLPAD), path_, where, "no text type");
  checked(H5Tset_cset(type.id(), H5T_CSET_UTF8), path_, where, "no text type");
  write_scalar(object, name, type.id(), stored.data());
}

void File::write_attribute(const std::string& object, const char* name, double value) {
  const LibraryLock lock;
  write_scalar(object, name, H5T_NATIVE_DOUBLE, &value);
}

void File::write_attribute(const std::string& object, const char* name, std::int64_t value) {
  const LibraryLock lock;
  write_scalar(object, name, H5T_NATIVE_INT64, &value);
}

}  // namespace matfit::h5
