#pragma once

#include <string>
#include <vector>

namespace matfit {

// A CSV table in memory: comma, LF, a header, every row as long as it (std::invalid_argument
// otherwise). Numbers are written as given; texts are quoted where RFC 4180 asks for it, and one
// that a spreadsheet would run as a formula gets an apostrophe in front (OWASP, "CSV Injection").
class CsvTable {
 public:
  explicit CsvTable(const std::vector<std::string>& header);

  CsvTable& number(double value, int decimals);  // an empty cell for a value that is not finite
  CsvTable& text(const std::string& value);
  void end_row();

  const std::string& bytes() const { return bytes_; }

 private:
  void cell(const std::string& content);

  std::size_t columns_;
  std::size_t filled_ = 0;
  std::string bytes_;
};

}  // namespace matfit
