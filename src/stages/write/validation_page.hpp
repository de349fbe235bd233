#pragma once

#include <string>
#include <utility>
#include <vector>

namespace matfit {

struct ValidationTable {
  std::string caption;
  std::vector<std::string> columns;            // the first names the rows
  std::vector<std::vector<std::string>> rows;  // as many cells as columns
};

struct ValidationFigure {
  std::string svg;  // of chart.hpp or row_chart.hpp
  std::string caption;
};

struct ValidationSection {
  std::string title;
  std::vector<std::string> notes;  // a paragraph each, first
  std::vector<ValidationTable> tables;
  std::vector<ValidationFigure> figures;  // of three the last stands beside the others
};

// How good what matfit tells was found to be, so that others can check it.
struct ValidationReport {
  std::string title;
  std::string subtitle;
  std::vector<std::pair<std::string, std::string>> facts;  // how it was made
  std::vector<ValidationSection> sections;
};

// As one page that needs no other file; every text is escaped, `version` is the program's.
std::string validation_page(const ValidationReport& report, const std::string& version);

}  // namespace matfit
