#include "stages/write/csv_table.hpp"

#include "stages/write/number_text.hpp"

#include <stdexcept>

namespace matfit {

namespace {

std::string quoted(const std::string& value) {
  if (value.find_first_of(",\"\r\n") == std::string::npos) return value;
  std::string out = "\"";
  for (const char c : value) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

std::string defused(const std::string& value) {
  static const std::string formula_starts = "=+-@\t\r\n|";
  if (value.empty() || formula_starts.find(value.front()) == std::string::npos) return value;
  return "'" + value;
}

}  // namespace

CsvTable::CsvTable(const std::vector<std::string>& header) : columns_(header.size()) {
  for (const std::string& name : header) cell(name);
  end_row();
}

CsvTable& CsvTable::number(double value, int decimals) {
  cell(fixed_text(value, decimals));
  return *this;
}

CsvTable& CsvTable::text(const std::string& value) {
  cell(quoted(defused(value)));
  return *this;
}

void CsvTable::cell(const std::string& content) {
  if (filled_++ > 0) bytes_ += ',';
  bytes_ += content;
}

void CsvTable::end_row() {
  if (filled_ != columns_)
    throw std::invalid_argument("a CSV row of another length than its header");
  bytes_ += '\n';
  filled_ = 0;
}

}  // namespace matfit
