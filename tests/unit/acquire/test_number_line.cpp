#include "files.hpp"
#include "numeric/random.hpp"
#include "stages/acquire/number_line.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <string>

namespace matfit {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<float> numbers(std::string_view line, NumberSyntax syntax = {}) {
  std::vector<float> values;
  const std::size_t count = append_numbers(line, syntax, "f.txt", 7, values);
  EXPECT_EQ(count, values.size());
  return values;
}

std::string refusal(std::string_view line, const NumberSyntax& syntax = {}) {
  return test::input_error_of([&] { numbers(line, syntax); });
}

TEST(NumberLine, takes_any_separator_and_one_at_the_end) {
  for (const char* line : {"1 2 3", "1\t2\t3\t", "1,2,3", "1, 2, 3,", "1;2;3;", "  1  2  3 "}) {
    EXPECT_THAT(numbers(line), ElementsAre(1.0F, 2.0F, 3.0F)) << line;
  }
}

TEST(NumberLine, takes_signs_fractions_and_exponents) {
  EXPECT_THAT(numbers("-1 +2 0.5 .25 1e3 -2.5E-1"),
              ElementsAre(-1.0F, 2.0F, 0.5F, 0.25F, 1000.0F, -0.25F));
  EXPECT_THAT(numbers("123456789012"), ElementsAre(123456789012.0F));
}

TEST(NumberLine, gives_the_float_nearest_to_every_decimal) {
  Random random(1);
  for (int i = 0; i < 20000; ++i) {
    std::string text = std::to_string(random.integer(0, i % 2 == 0 ? 999 : 99999999));
    const auto decimals = static_cast<std::size_t>(random.integer(0, 9));
    if (decimals > 0)
      text += '.' + std::string(decimals - 1, '0') + std::to_string(random.integer(0, 9999));
    float expected = 0.0F;
    std::from_chars(text.data(), text.data() + text.size(), expected);
    ASSERT_EQ(numbers(text).front(), expected) << text;
  }
}

TEST(NumberLine, takes_decimal_commas_when_told) {
  EXPECT_THAT(numbers("1,5;2;-0,25", {.comma_parts = false}), ElementsAre(1.5F, 2.0F, -0.25F));
}

TEST(NumberLine, takes_a_comma_in_quotes_for_the_decimal_sign) {
  EXPECT_THAT(numbers("\"1,5\",\"2\",3,\" 0,25 \""), ElementsAre(1.5F, 2.0F, 3.0F, 0.25F));
  EXPECT_THAT(refusal("\"1,5\",3.5"), HasSubstr("got '3.5'"));
}

TEST(NumberLine, reads_groups_of_thousands_where_another_number_tells_the_decimal_sign) {
  EXPECT_THAT(numbers("\"1,234\",0.5,\"12,345,678.5\""), ElementsAre(1234.0F, 0.5F, 12345678.5F));
  EXPECT_THAT(numbers("1.234;0,5;-2.000.000", {.comma_parts = false}),
              ElementsAre(1234.0F, 0.5F, -2000000.0F));
  EXPECT_THAT(numbers("\"0,500\",\"1,234\""), ElementsAre(0.5F, 1.234F));
  for (const char* line : {"\"1,234\",2", "\"999\",\"1,234\""}) {
    EXPECT_THAT(refusal(line), AllOf(HasSubstr("got '1,234'"), HasSubstr("thousands separators")));
  }
  EXPECT_THAT(refusal("1.234;567", {.comma_parts = false}), HasSubstr("got '1.234'"));
  EXPECT_THAT(numbers("1.234;0.000", {.comma_parts = false}), ElementsAre(1.234F, 0.0F));
  EXPECT_THAT(numbers("1.234\t567"), ElementsAre(1.234F, 567.0F));
  EXPECT_THAT(refusal("1.234\t567\t0", {.comma_parts = false}), HasSubstr("got '1.234'"));
  EXPECT_THAT(numbers("1.234\t0\t0", {.comma_parts = false}), ElementsAre(1.234F, 0.0F, 0.0F));
  EXPECT_THAT(numbers("1.234\t5678\t5", {.comma_parts = false}),
              ElementsAre(1.234F, 5678.0F, 5.0F));
  EXPECT_THAT(numbers("1.234\t5\t0.5", {.comma_parts = false}), ElementsAre(1.234F, 5.0F, 0.5F));
  EXPECT_THAT(numbers("1.234\t0,5", {.comma_parts = false}), ElementsAre(1234.0F, 0.5F));
  for (const char* line : {"\"12,34,567\",0.5", "\"1,2345\",0.5", "\"0,234\",0.5", "1 234;5"}) {
    EXPECT_THAT(refusal(line), HasSubstr("line 7")) << line;
  }
}

TEST(NumberLine, remembers_the_decimal_sign_from_line_to_line) {
  NumberSyntax syntax{.comma_parts = false};
  std::vector<float> values;
  append_numbers("0,25;1", syntax, "f.txt", 1, values);
  append_numbers("1,234;1.234", syntax, "f.txt", 2, values);
  EXPECT_THAT(values, ElementsAre(0.25F, 1.0F, 1.234F, 1234.0F));
  EXPECT_THAT(test::input_error_of([&] { append_numbers("1.5", syntax, "f.txt", 3, values); }),
              HasSubstr("got '1.5'"));
}

TEST(NumberLine, reads_absent_cells_and_passes_over_empty_ones_at_the_end) {
  const NumberSyntax syntax{.absent = "B"};
  const std::vector<float> cells = numbers("B,1,\"B\",2,,, ", syntax);
  ASSERT_EQ(cells.size(), 4U);
  EXPECT_TRUE(std::isnan(cells[0]) && std::isnan(cells[2]));
  EXPECT_EQ(cells[3], 2.0F);
  EXPECT_THAT(refusal("1,,2", syntax), HasSubstr("not an empty cell"));
  EXPECT_THAT(refusal("BB,1", syntax), HasSubstr("got 'BB'"));
}

TEST(NumberLine, names_line_number_and_value_of_a_word) {
  EXPECT_THAT(refusal("1 2 1o3 4"),
              AllOf(HasSubstr("f.txt: line 7, number 3"), HasSubstr("got '1o3'")));
  for (const char* line :
       {"nan", "inf", "-inf", "1 B", "0x10", "1.2.3", "--1", "1e999", "\"1\"2", "\"1"}) {
    EXPECT_THAT(refusal(line), HasSubstr("expected a number")) << line;
  }
}

TEST(NumberLine, refuses_an_empty_cell_between_separators) {
  EXPECT_THAT(refusal("1,,3"), AllOf(HasSubstr("number 2"), HasSubstr("not an empty cell")));
  EXPECT_THAT(refusal(",1"), AllOf(HasSubstr("number 1"), HasSubstr("not an empty cell")));
}

TEST(NumberLine, tells_by_the_expected_count_whether_commas_part) {
  EXPECT_TRUE(syntax_of("1,2,3,4", {4}).comma_parts);
  EXPECT_TRUE(syntax_of("1, 2, 3", {3}).comma_parts);
  EXPECT_FALSE(syntax_of("1,5\t2,5", {2}).comma_parts);
  EXPECT_TRUE(syntax_of("1,5\t2,5", {4}).comma_parts);
  EXPECT_FALSE(syntax_of("1,5;2,5", {4, 2}).comma_parts);
  EXPECT_FALSE(syntax_of("B\tB\t0", {3}).comma_parts);  // other lines may hold "1,5"
}

}  // namespace
}  // namespace matfit
