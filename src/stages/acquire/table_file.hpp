#pragma once

#include "stages/acquire/limits.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// A table with a header line, read whole: UTF-8 or UTF-16, with or without a byte order mark;
// separated by commas or, where the header has more of them, semicolons; cells may stand in double
// quotes (RFC 4180). Blank lines are skipped and blanks around a cell dropped.
class TableFile {
 public:
  // `known` are the columns that may stand there, the first `required` of them must. UsageError for
  // a missing or unknown column, InputError for a row of another length or an open quote.
  TableFile(const std::filesystem::path& path, const std::vector<std::string>& known,
            std::size_t required);

  std::size_t rows() const { return rows_.size(); }
  const std::string& file() const { return file_; }
  std::string place(std::size_t row, std::string_view column) const;  // "line 3, column sex"

  // Empty where the cell is empty or the table has no such column.
  const std::string& text(std::size_t row, std::string_view column) const;
  // Absent likewise; InputError unless the whole cell is a number within the limits.
  std::optional<double> number(std::size_t row, std::string_view column,
                               const Limits& limits) const;
  std::optional<int> whole_number(std::size_t row, std::string_view column,
                                  const Limits& limits) const;
  std::vector<std::string> list(std::size_t row, std::string_view column) const;  // by ;

  [[noreturn]] void refuse(std::size_t row, std::string_view column, const std::string& expected,
                           const std::string& remedy) const;

 private:
  struct Row {
    std::size_t line;
    std::vector<std::string> cells;
  };

  void parse(std::string_view text);
  void check_header(const std::vector<std::string>& known, std::size_t required);

  std::string file_;
  std::vector<std::string> header_;
  std::vector<Row> rows_;
};

}  // namespace matfit
