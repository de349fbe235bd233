#include "cli/letter_map.hpp"

#include "types/cell_marks.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace matfit {

namespace {

constexpr std::string_view ramp = " .:-=+*#%@";
constexpr double letter_height_per_width = 2.0;

using Letters = Eigen::Array<char, Eigen::Dynamic, Eigen::Dynamic>;

char letter_of(CellMark mark) {
  switch (mark) {
    case CellMark::hot: return 'O';
    case CellMark::dead: return 'x';
    case CellMark::weak: return 'w';
    case CellMark::bridged: return 'b';
    case CellMark::sound: break;
  }
  return '\0';
}

// What stands for a cell whatever its pressure; 0 for none.
Letters fixed_letters(const MatGeometry& g, const Quality& quality,
                      const std::vector<std::uint8_t>& absent) {
  Letters letters = cell_marks(quality, g).unaryExpr([](CellMark mark) { return letter_of(mark); });
  for (std::size_t i = 0; i < absent.size(); ++i) {
    const int cell = static_cast<int>(i);
    if (absent[i] != 0) letters(cell / g.cols, cell % g.cols) = '~';
  }
  return letters;
}

// One letter for some cells: a fault shows among sound cells, what is absent only where all are.
char one_letter(const Eigen::Ref<const Letters>& cells) {
  for (const char fault : {'O', 'x', 'w', 'b'}) {
    if ((cells == fault).any()) return fault;
  }
  return (cells == '~').all() ? '~' : '\0';
}

// By the square root, so that a leg shows beside a hip; any load is more than a blank.
char letter_of_share(double share) {
  const double steps = std::sqrt(std::max(share, 0.0)) * static_cast<double>(ramp.size() - 1);
  return ramp[static_cast<std::size_t>(std::lround(steps))];
}

}  // namespace

std::string letter_map(const PressureField& field, const Quality& quality,
                       const std::vector<std::uint8_t>& absent) {
  constexpr int most_cols = 64;
  const MatGeometry& g = field.geometry;
  const Letters fixed = fixed_letters(g, quality, absent);
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
      const char mark = one_letter(fixed.block(top, left, rows, cols));
      letters_of_line +=
          mark != '\0'
              ? mark
              : letter_of_share(field.pressure_pa.block(top, left, rows, cols).mean() / highest);
    }
    text += "  |" + letters_of_line + "|\n";
  }
  return text;
}

}  // namespace matfit
