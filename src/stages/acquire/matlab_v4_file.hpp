#pragma once

#include "stages/acquire/matlab_file.hpp"

#include <filesystem>
#include <memory>
#include <string_view>

namespace matfit {

// Whether a file that begins so is of MATLAB's format version 4, which has no mark of its own: the
// header of a matrix and its name.
bool is_matlab_v4(std::string_view beginning);

// A file of that version: matrices of real numbers and text. InputError for one that is cut short.
// https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
std::unique_ptr<MatlabFile> open_matlab_v4_file(const std::filesystem::path& path);

}  // namespace matfit
