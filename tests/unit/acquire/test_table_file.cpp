#include "files.hpp"
#include "stages/acquire/table_file.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matfit {
namespace {

using test::input_error_of;
using test::TemporaryFolder;
using test::usage_error_of;
using test::write_file;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr Limits any = {-1000, 1000, "test"};

TableFile table(const TemporaryFolder& folder, std::string_view text) {
  return TableFile(write_file(folder.path() / "t.csv", text), {"id", "x", "note"}, 2);
}

TEST(TableFile, reads_commas_semicolons_quotes_marks_and_blank_lines_alike) {
  const TemporaryFolder folder;
  const std::string comma = "id,x,note\r\na,1.5,\"p, q\"\r\n\r\nb,,\r\n";
  const std::string semicolon = "\n id ;x; note\na; 1.5 ;\"p, q\"\n;;\nb;;\n";
  for (const std::string& text : {comma, semicolon, "\xef\xbb\xbf" + comma,
                                  test::utf16(comma, false), test::utf16(semicolon, true)}) {
    const TableFile read = table(folder, text);
    ASSERT_EQ(read.rows(), 2U);
    EXPECT_EQ(read.text(0, "id"), "a");
    EXPECT_EQ(read.number(0, "x", any), 1.5);
    EXPECT_EQ(read.text(0, "note"), "p, q");
    EXPECT_EQ(read.text(1, "id"), "b");
    EXPECT_EQ(read.number(1, "x", any), std::nullopt);
  }
}

TEST(TableFile, understands_doubled_quotes_and_line_ends_in_quotes) {
  const TemporaryFolder folder;
  const TableFile read = table(folder, "id,x,note\na,1,\"he said \"\"no\"\"\nand left\"\nb,x,\n");
  EXPECT_EQ(read.text(0, "note"), "he said \"no\"\nand left");
  EXPECT_EQ(read.place(1, "x"), "line 4, column x");
}

TEST(TableFile, splits_lists_at_semicolons) {
  const TemporaryFolder folder;
  EXPECT_THAT(table(folder, "id,x,note\na,1,hip; neck ;;\n").list(0, "note"),
              ElementsAre("hip", "neck"));
  EXPECT_THAT(table(folder, "id,x\na,1\n").list(0, "note"), ElementsAre());
}

TEST(TableFile, refuses_headers_it_does_not_know_as_wrong_set_up) {
  const TemporaryFolder folder;
  EXPECT_THAT(usage_error_of([&] { table(folder, "id,x,colour\n"); }),
              AllOf(HasSubstr("'colour'"), HasSubstr("id, x, note")));
  EXPECT_THAT(usage_error_of([&] { table(folder, "id,note\n"); }), HasSubstr("'x' is missing"));
  EXPECT_THAT(usage_error_of([&] { table(folder, "id,x,x\n"); }), HasSubstr("twice"));
  EXPECT_THAT(usage_error_of([&] { table(folder, "\n\n"); }), HasSubstr("empty"));
}

TEST(TableFile, names_line_column_and_value_of_a_wrong_cell) {
  const TemporaryFolder folder;
  const auto number = [&](const std::string& cell) {
    return input_error_of([&] {
      table(folder, "id;x\na;1\n\nb;" + cell + "\n").number(1, "x", {0, 10, "small"});
    });
  };
  EXPECT_THAT(number("7kg"), AllOf(HasSubstr("t.csv: line 4, column x"), HasSubstr("'7kg'"),
                                   HasSubstr("without its unit")));
  EXPECT_THAT(number("1,5"), HasSubstr("dot as decimal sign"));
  EXPECT_THAT(number("11"), AllOf(HasSubstr("got '11'"), HasSubstr("0 to 10 (small)")));
  EXPECT_THAT(number("nan"), HasSubstr("expected a number"));
}

TEST(TableFile, refuses_rows_of_another_length_and_open_quotes) {
  const TemporaryFolder folder;
  EXPECT_THAT(input_error_of([&] { table(folder, "id,x\na,1,2\n"); }),
              AllOf(HasSubstr("line 2"), HasSubstr("3 cells"), HasSubstr("expected 2")));
  EXPECT_THAT(input_error_of([&] { table(folder, "id,x\na\n"); }), HasSubstr("1 cells"));
  EXPECT_THAT(input_error_of([&] { table(folder, "id,x\na,\"1\n"); }), HasSubstr("closing quote"));
  EXPECT_THAT(input_error_of([&] { table(folder, "id,x\na,\"1\"2\n"); }),
              HasSubstr("after a closing quote"));
  EXPECT_EQ(table(folder, "id,x,,\na,1,,\n").rows(), 1U);
}

}  // namespace
}  // namespace matfit
