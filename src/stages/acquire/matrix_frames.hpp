#pragma once

#include "stages/acquire/frame_spool.hpp"
#include "stages/acquire/number_line.hpp"
#include "types/mat_geometry.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// Frames printed as matrices, a row a line, as the exports of several vendors are. The first frame
// tells rows, columns and how the numbers stand: parted by blanks or tabs (plain_lines.hpp), or in
// columns of a fixed width that may touch. Every other frame must be like it; InputError names
// the line that is not.
class MatrixFrames {
 public:
  MatrixFrames(std::string file, const NumberSyntax& syntax)
      : file_(std::move(file)), syntax_(syntax) {}

  // Where a heading says how many columns there are.
  void expect_columns(std::size_t columns) { cols_ = columns; }

  void begin(std::size_t line_number);
  void add_row(std::string_view line, std::size_t line_number);
  // Ends the frame that was begun, if any. Its values, row-major, multiplied with `factor`, valid
  // until the next call; empty where no frame was begun.
  std::span<const float> end(std::size_t line_number, double factor = 1.0);

  bool in_frame() const { return in_frame_; }
  int rows() const { return static_cast<int>(rows_); }
  int cols() const { return static_cast<int>(cols_); }
  FrameSpool& frames();  // InputError where there is none

 private:
  struct Row {
    std::string text;
    std::size_t line_number;
  };

  [[noreturn]] void refuse(std::size_t line_number, const std::string& value,
                           const std::string& expected) const;
  void learn_layout();
  void read_row(std::string_view line, std::size_t line_number);
  void read_touching(std::string_view line, std::size_t line_number);

  std::string file_;
  bool in_frame_ = false;
  std::size_t begun_at_ = 0;
  std::vector<Row> first_;  // frame's rows, until it ends
  std::vector<float> frame_;
  std::size_t rows_ = 0;   // 0: no frame was read yet
  std::size_t cols_ = 0;   // as long as there are no rows: 0, or those expected
  std::size_t width_ = 0;  // of a column, where the lines are of one length; else 0
  NumberSyntax syntax_;
  std::optional<FrameSpool> frames_;
};

}  // namespace matfit
