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

void File::make_group(const std::string& name) {
  const LibraryLock lock;
  const Handle properties = creation_properties(H5P_GROUP_CREATE, path_, name);
  const Handle made(
      checked(H5Gcreate2(file_.id(), name.c_str(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
              path_, name, "the group cannot be made"),
      H5Gclose);
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
