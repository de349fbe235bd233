#include "cli/letter_map.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace matfit {

namespace {

constexpr std::string_view ramp = " .:-=+*#%@";
constexpr double letter_height_per_width = 2.0;

// What stands for a cell whatever its pressure; 0 for none.
Eigen::Array<char, Eigen::Dynamic, Eigen::Dynamic> marks_of(
    const MatGeometry& g, const Quality& quality, const std::vector<std::uint8_t>& absent) {
  Eigen::Array<char, Eigen::Dynamic, Eigen::Dynamic> marks =
      Eigen::Array<char, Eigen::Dynamic, Eigen::Dynamic>::Zero(g.rows, g.cols);
  for (const int row : quality.dead_rows) marks.row(row) = 'x';
  for (const int col : quality.dead_cols) marks.col(col) = 'x';
  for (const auto& [row, col] : quality.dead_cells) marks(row, col) = 'x';
  for (const auto& [row, col] : quality.hot_cells) marks(row, col) = 'O';
  for (std::size_t i = 0; i < absent.size(); ++i) {
    const int cell = static_cast<int>(i);
    if (absent[i] != 0) marks(cell / g.cols, cell % g.cols) = '~';
  }
  return marks;
}

// One mark for some cells: a fault shows among sound cells, what is absent only where all are.
char mark_of(const Eigen::Ref<const Eigen::Array<char, Eigen::Dynamic, Eigen::Dynamic>>& cells) {
  for (const char fault : {'O', 'x'}) {
    if ((cells == fault).any()) return fault;
  }
  return (cells == '~').all() ? '~' : '\0';
}

// By the square root, so that a leg shows beside a hip; any load is more than a blank.
char letter_of(double share) {
  const double steps = std::sqrt(std::max(share, 0.0)) * static_cast<double>(ramp.size() - 1);
  return ramp[static_cast<std::size_t>(std::lround(steps))];
}

}  // namespace

std::string letter_map(const PressureField& field, const Quality& quality,
                       const std::vector<std::uint8_t>& absent) {
  constexpr int most_cols = 64;
  const MatGeometry& g = field.geometry;
  const auto marks = marks_of(g, quality, absent);
  const double highest = std::max(field.pressure_pa.maxCoeff(), 1e-30);
  const int letters = std::min(g.cols, most_cols);
  const double letter_m = g.width_m() / letters;
  const int lines =
      std::clamp(static_cast<int>(std::lround(g.length_m() / (letter_m * letter_height_per_width))),
                 1, g.rows);
  std::string text;
  for (int line = 0; line < lines; ++line) {
    const int top = line * g.rows / lines;
    const int rows = (line + 1) * g.rows / lines - top;
    std::string letters_of_line;
    for (int letter = 0; letter < letters; ++letter) {
      const int left = letter * g.cols / letters;
      const int cols = (letter + 1) * g.cols / letters - left;
      const char mark = mark_of(marks.block(top, left, rows, cols));
      letters_of_line +=
          mark != '\0' ? mark
                       : letter_of(field.pressure_pa.block(top, left, rows, cols).mean() / highest);
    }
    text += "  |" + letters_of_line + "|\n";
  }
  return text;
}

}  // namespace matfit
