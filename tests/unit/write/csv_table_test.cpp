#include "stages/write/csv_table.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>

namespace matfit {
namespace {

std::string cell_of(const std::string& value) {
  CsvTable table({"a"});
  table.text(value).end_row();
  return table.bytes().substr(2, table.bytes().size() - 3);
}

TEST(CsvTable, QuotesCommasQuotesAndLineBreaks) {
  EXPECT_EQ(cell_of("plain"), "plain");
  EXPECT_EQ(cell_of("a,b"), "\"a,b\"");
  EXPECT_EQ(cell_of("say \"hi\""), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(cell_of("two\nlines"), "\"two\nlines\"");
}

TEST(CsvTable, DefusesWhatASpreadsheetWouldRun) {
  EXPECT_EQ(cell_of("=HYPERLINK(\"http://x\")"), "\"'=HYPERLINK(\"\"http://x\"\")\"");
  for (const char* start : {"=1", "+1", "-1", "@x", "|x"}) {
    EXPECT_EQ(cell_of(start).front(), '\'') << start;
  }
}

TEST(CsvTable, LeavesNumbersAlone) {
  CsvTable table({"a", "b"});
  table.number(-1.25, 2).number(std::numeric_limits<double>::quiet_NaN(), 2).end_row();
  EXPECT_EQ(table.bytes(), "a,b\n-1.25,\n");
}

TEST(CsvTable, RefusesARowOfAnotherLength) {
  CsvTable table({"a", "b"});
  table.text("only one");
  EXPECT_THROW(table.end_row(), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
