#include "stages/acquire/matlab_file.hpp"

#include "h5/file.hpp"
#include "stages/acquire/file_head.hpp"
#include "stages/acquire/matlab_hdf5_file.hpp"
#include "stages/acquire/matlab_v4_file.hpp"
#include "stages/acquire/matlab_v5_file.hpp"

namespace matfit {

std::size_t MatlabVariable::size() const {
  std::size_t size = 1;
  for (const std::size_t extent : shape) size *= extent;
  return size;
}

std::string MatlabVariable::shape_text() const {
  std::string text;
  for (const std::size_t extent : shape) {
    text += (text.empty() ? "" : " x ") + std::to_string(extent);
  }
  return text;
}

std::unique_ptr<MatlabFile> open_matlab_file(const std::filesystem::path& path) {
  if (h5::is_hdf5(path)) return open_matlab_hdf5_file(path);
  if (is_matlab_v4(read_file_head(path).bytes)) return open_matlab_v4_file(path);
  return open_matlab_v5_file(path);
}

}  // namespace matfit
