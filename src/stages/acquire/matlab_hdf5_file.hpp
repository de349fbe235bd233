#pragma once

#include "stages/acquire/matlab_file.hpp"

#include <filesystem>
#include <memory>

namespace matfit {

// A MATLAB file of format version 7.3, which is HDF5 with every shape reversed. Cell arrays are
// left out: their elements lie elsewhere, behind references.
std::unique_ptr<MatlabFile> open_matlab_hdf5_file(const std::filesystem::path& path);

}  // namespace matfit
