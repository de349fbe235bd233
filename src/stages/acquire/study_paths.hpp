#pragma once

#include "stages/acquire/table_file.hpp"

#include <filesystem>
#include <string_view>

namespace matfit {

// The file named by a cell: absolute, or relative to the table's folder. A relative path that leads
// out of that folder is an InputError: a study that is moved or handed on must not silently read
// other files. An empty cell gives an empty path.
std::filesystem::path path_in_study(const TableFile& table, std::size_t row,
                                    std::string_view column);

}  // namespace matfit
