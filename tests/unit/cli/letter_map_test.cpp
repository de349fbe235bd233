#include "cli/letter_map.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace matfit {
namespace {

PressureField field_of(int rows, int cols, double pitch_m) {
  PressureField field;
  field.geometry = {rows, cols, pitch_m, pitch_m};
  field.pressure_pa = Eigen::ArrayXXd::Zero(rows, cols);
  return field;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

TEST(LetterMap, shows_the_highest_pressure_where_it_is) {
  PressureField field = field_of(8, 4, 0.02);
  field.pressure_pa(2, 3) = field.pressure_pa(3, 3) = 5000.0;
  field.pressure_pa(6, 0) = field.pressure_pa(7, 0) = 1250.0;
  const auto lines = lines_of(letter_map(field, {}, {}));
  ASSERT_EQ(lines.size(), 4U);  // two rows a letter, which is twice as tall as wide
  EXPECT_EQ(lines[0], "  |    |");
  EXPECT_EQ(lines[1], "  |   @|");
  EXPECT_EQ(lines[3], "  |+   |");  // a quarter of the highest: half of the ramp
}

TEST(LetterMap, marks_dead_hot_and_absent_cells) {
  PressureField field = field_of(4, 4, 0.02);
  field.pressure_pa.setConstant(100.0);
  Quality quality;
  quality.dead_cols = {1};
  quality.hot_cells = {{0, 3}};
  quality.dead_parts = {{true, 0, 0, 1}};
  quality.weak_rows = {3};
  std::vector<std::uint8_t> absent(16, 0);
  absent[8] = absent[12] = 1;  // both cells of the last letter in column 0
  const auto lines = lines_of(letter_map(field, quality, absent));
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "  |xx@O|");
  EXPECT_EQ(lines[1], "  |~xww|");
}

TEST(LetterMap, never_grows_wider_than_a_terminal) {
  const auto lines = lines_of(letter_map(field_of(192, 84, 0.01), {}, {}));
  ASSERT_FALSE(lines.empty());
  EXPECT_EQ(lines[0].size(), 64U + 4U);
  EXPECT_NEAR(static_cast<double>(lines.size()), 1.92 / (0.84 / 64.0 * 2.0), 1.0);
}

}  // namespace
}  // namespace matfit
