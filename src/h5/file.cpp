#include "h5/file.hpp"

#include "h5/call.hpp"
#include "h5/error.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <utility>

namespace matfit::h5 {

namespace {

// The handle keeps the file open; nothing of HDF5's says when an object was made.
Handle creation_properties(hid_t kind, const std::filesystem::path& path,
                           const std::string& object) {
  Handle properties(checked(H5Pcreate(kind), path, object, "no creation properties"), H5Pclose);
  checked(H5Pset_obj_track_times(properties.id(), false), path, object, "no creation properties");
  return properties;
}

}  // namespace

File::File(Handle file, std::filesystem::path path)
    : file_(std::move(file)), path_(std::move(path)) {}

File File::open(const std::filesystem::path& path) {
  const LibraryLock lock;
  // Readers take no lock: network and cluster file systems often have none to give.
  const Handle access(checked(H5Pcreate(H5P_FILE_ACCESS), path, "", "no access properties"),
                      H5Pclose);
  checked(H5Pset_file_locking(access.id(), false, true), path, "", "no access properties");
  const hid_t file = checked(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access.id()), path, "",
                             "the file cannot be opened as HDF5");
  return File(Handle(file, H5Fclose), path);
}

File File::create(const std::filesystem::path& path) {
  const LibraryLock lock;
  const Handle properties = creation_properties(H5P_FILE_CREATE, path, "/");
  const hid_t file = checked(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, properties.id(), H5P_DEFAULT),
                             path, "", "the file cannot be made");
  return File(Handle(file, H5Fclose), path);
}

bool File::has_object(const std::string& name, int kind) const {
  const LibraryLock lock;
  // Each step of the path must exist before the next may be asked for.
  for (std::size_t end = name.find('/', 1);; end = name.find('/', end + 1)) {
    const std::string step = name.substr(0, end);
    if (step != "/") {
      const htri_t linked = H5Lexists(file_.id(), step.c_str(), H5P_DEFAULT);
      if (linked < 0) H5Eclear2(H5E_DEFAULT);
      if (linked <= 0) return false;
    }
    if (end == std::string::npos) break;
  }
  H5O_info_t info;
  if (H5Oget_info_by_name2(file_.id(), name.c_str(), &info, H5O_INFO_BASIC, H5P_DEFAULT) < 0) {
    H5Eclear2(H5E_DEFAULT);
    return false;
  }
  return info.type == kind;
}

bool File::has_group(const std::string& name) const { return has_object(name, H5O_TYPE_GROUP); }
bool File::has_dataset(const std::string& name) const { return has_object(name, H5O_TYPE_DATASET); }

Handle File::open_object(const std::string& name) const {
  return Handle(checked(H5Oopen(file_.id(), name.c_str(), H5P_DEFAULT), path_, name,
                        "there is no such object"),
                H5Oclose);
}

Dataset File::dataset(const std::string& name) const {
  const LibraryLock lock;
  if (!has_dataset(name)) throw Error(path_, name, "there is no such dataset");
  Handle opened(checked(H5Dopen2(file_.id(), name.c_str(), H5P_DEFAULT), path_, name,
                        "the dataset cannot be opened"),
                H5Dclose);
  checked(H5Iinc_ref(file_.id()), path_, name, "the file cannot be held");
  return Dataset(Handle(file_.id(), H5Fclose), std::move(opened), path_, name);
}

std::vector<std::string> File::names_in(const std::string& group) const {
  const LibraryLock lock;
  const Handle opened = open_object(group);
  std::vector<std::string> names;
  const auto append = [](hid_t, const char* name, const H5L_info_t*, void* list) -> herr_t {
    static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  checked(H5Literate(opened.id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, append, &names), path_,
          group, "the objects cannot be listed");
  return names;
}

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

void File::make_group(const std::string& name) {
  const LibraryLock lock;
  const Handle properties = creation_properties(H5P_GROUP_CREATE, path_, name);
  const Handle made(
      checked(H5Gcreate2(file_.id(), name.c_str(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
              path_, name, "the group cannot be made"),
      H5Gclose);
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

Dataset File::make_dataset(const std::string& name, const Shape& shape, Element element,
                           const Storage& storage) {
  const LibraryLock lock;
  const Handle properties = creation_properties(H5P_DATASET_CREATE, path_, name);
  if (storage.compressed && !shape.empty()) {
    const Shape chunk = chunk_shape(shape, bytes_of(element));
    const std::vector<hsize_t> extent(chunk.begin(), chunk.end());
    checked(H5Pset_chunk(properties.id(), static_cast<int>(extent.size()), extent.data()), path_,
            name, "the chunks cannot be set");
    checked(H5Pset_shuffle(properties.id()), path_, name, "the shuffle filter is missing");
    checked(H5Pset_deflate(properties.id(), static_cast<unsigned>(storage.deflate_level)), path_,
            name, "the deflate filter is missing");
  }
  const std::vector<hsize_t> extent(shape.begin(), shape.end());
  const Handle space(
      checked(H5Screate_simple(static_cast<int>(extent.size()), extent.data(), nullptr), path_,
              name, "the shape is not possible"),
      H5Sclose);
  Handle made(checked(H5Dcreate2(file_.id(), name.c_str(), memory_type(element), space.id(),
                                 H5P_DEFAULT, properties.id(), H5P_DEFAULT),
                      path_, name, "the dataset cannot be made"),
              H5Dclose);
  checked(H5Iinc_ref(file_.id()), path_, name, "the file cannot be held");
  return Dataset(Handle(file_.id(), H5Fclose), std::move(made), path_, name);
}

void File::close() {
  const LibraryLock lock;
  if (!file_.valid()) return;
  checked(H5Fflush(file_.id(), H5F_SCOPE_GLOBAL), path_, "", "the file cannot be written");
  if (!file_.close()) fail(path_, "", "the file cannot be closed");
}

bool is_hdf5(const std::filesystem::path& path) {
  constexpr std::array<char, 8> signature = {'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::ifstream in(path, std::ios::binary);
  // After a user block the signature stands at 512, 1024, 2048, ... (HDF5 format, section II.A).
  for (std::streamoff offset = 0; offset <= 1 << 20; offset = offset == 0 ? 512 : 2 * offset) {
    std::array<char, 8> bytes{};
    if (!in.seekg(offset) || !in.read(bytes.data(), bytes.size())) return false;
    if (bytes == signature) return true;
  }
  return false;
}

}  // namespace matfit::h5
