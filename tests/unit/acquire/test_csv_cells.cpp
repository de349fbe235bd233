#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/utf8_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matfit {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(CsvCells, loses_quotes_blanks_and_the_empty_cells_at_the_end) {
  EXPECT_THAT(csv_cells(R"(Units:,"mmHg",,,,)", ','), ElementsAre("Units:", "mmHg"));
  EXPECT_THAT(csv_cells(R"( a , "b ""c"", d" ,,e)", ','), ElementsAre("a", "b \"c\", d", "", "e"));
  EXPECT_THAT(csv_cells("1,5;2,5;;", ';'), ElementsAre("1,5", "2,5"));
  EXPECT_THAT(csv_cells(",,,", ','), IsEmpty());
  EXPECT_THAT(csv_cells("", ','), IsEmpty());
  EXPECT_THAT(csv_cells("\"open, end", ','), ElementsAre("open, end"));
  EXPECT_THAT(csv_cells("5\" wide,x", ','), ElementsAre("5\" wide", "x"));
}

TEST(CsvCells, are_parted_by_what_stands_in_most_lines_outside_quotes) {
  EXPECT_EQ(csv_separator({"a,b", "1,5"}), ',');
  EXPECT_EQ(csv_separator({"Rows;48", "", ",,,", "1,5;2,5"}), ';');
  EXPECT_EQ(csv_separator({"a\tb", "1\t2"}), '\t');
  EXPECT_EQ(csv_separator({"File,\"a;b\"", "Note,one;two", "1,2", "3,4"}), ',');
  EXPECT_EQ(csv_separator({}), ',');
}

TEST(CsvCells, of_headings_hold_a_name_and_a_unit) {
  EXPECT_EQ(heading_of("Sensel Width (cm):").name, "sensel width");
  EXPECT_EQ(heading_of("Sensel Width (cm):").unit, "cm");
  EXPECT_EQ(heading_of("Contact Area (cm\u00b2)").unit, "cm\u00b2");
  EXPECT_EQ(heading_of("SENSELS").name, "sensels");
  EXPECT_EQ(heading_of("Std Dev.").name, "std dev.");
  EXPECT_EQ(heading_of("Std Dev.").unit, "");
  EXPECT_EQ(heading_of("").name, "");
}

TEST(CsvCells, give_numbers_with_point_or_comma_and_nothing_else) {
  EXPECT_EQ(number_in("1,25"), 1.25);
  EXPECT_EQ(number_in(" -0.5 "), -0.5);
  EXPECT_EQ(number_in("+3"), 3.0);
  for (const char* cell : {"", "nan", "inf", "1e999", "1,2,3", "1 2", "B", "1.2.3", "0x10"}) {
    EXPECT_FALSE(number_in(cell)) << cell;
  }
  EXPECT_EQ(whole_number_in("31"), 31U);
  EXPECT_EQ(whole_number_in("31.0"), 31U);
  EXPECT_FALSE(whole_number_in("-1"));
  EXPECT_FALSE(whole_number_in("1.5"));
  EXPECT_FALSE(whole_number_in("1e300"));
}

TEST(Utf8Text, reads_what_is_not_utf8_as_latin_letters) {
  EXPECT_EQ(utf8_text("cm\xb2 caf\xe9"), "cm\u00b2 caf\u00e9");
  EXPECT_EQ(utf8_text("cm\u00b2"), "cm\u00b2");
  EXPECT_EQ(utf8_text("a\tb\x01"), "a b ");
  EXPECT_EQ(utf8_text("\xed\xa0\x80"), "\u00ed\u00a0\u0080");  // half a pair is no letter
  EXPECT_EQ(trimmed("\xc2\xa0 a b\t"), "a b");
  EXPECT_EQ(lower_case("\u00c4Bc"), "\u00c4bc");
}

}  // namespace
}  // namespace matfit
