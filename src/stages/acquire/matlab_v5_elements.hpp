#pragma once

#include <filesystem>

namespace matfit {

// InputError unless the file's data elements, of MATLAB's format version 5, fill it to its last
// byte and every packed one unpacks to its check sum. The library that reads the variables takes
// what is cut off for zeros and does not look at check sums.
// https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf
void require_whole_v5_elements(const std::filesystem::path& path);

}  // namespace matfit
