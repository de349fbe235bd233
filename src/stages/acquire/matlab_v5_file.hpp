#pragma once

#include "stages/acquire/matlab_file.hpp"

#include <filesystem>
#include <memory>

namespace matfit {

// A MATLAB file of format version 5, read by libmatio, which trusts it: see matlab_v5_elements.hpp.
std::unique_ptr<MatlabFile> open_matlab_v5_file(const std::filesystem::path& path);

}  // namespace matfit
