#include "stages/acquire/study_paths.hpp"

namespace matfit {

std::filesystem::path path_in_study(const TableFile& table, std::size_t row,
                                    std::string_view column) {
  const std::filesystem::path given = table.text(row, column);
  if (given.empty() || given.is_absolute()) return given;
  const std::filesystem::path inside = given.lexically_normal();
  if (*inside.begin() == "..") {
    table.refuse(row, column, "a path inside the study folder or an absolute one",
                 "write the whole path, or move the file into the study");
  }
  return std::filesystem::path(table.file()).parent_path() / inside;
}

}  // namespace matfit
