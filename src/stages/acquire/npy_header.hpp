#pragma once

#include <cstddef>
#include <filesystem>
#include <vector>

namespace matfit {

struct NpyHeader {
  char kind = 'f';  // 'i' signed, 'u' unsigned, 'f' floating point
  std::size_t item_bytes = 0;
  bool big_endian = false;
  bool fortran_order = false;
  std::vector<std::size_t> shape;
  std::size_t data_offset = 0;  // bytes from the start of the file

  std::size_t items() const;
};

// InputError names the part that is wrong: magic, version, descr, fortran_order, shape, or a file
// that is shorter or longer than they say.
NpyHeader read_npy_header(const std::filesystem::path& path);

}  // namespace matfit
