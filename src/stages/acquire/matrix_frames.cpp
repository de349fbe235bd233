#include "stages/acquire/matrix_frames.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

void MatrixFrames::begin(std::size_t line_number) {
  in_frame_ = true;
  begun_at_ = line_number;
  frame_.clear();
}

void MatrixFrames::add_row(std::string_view line, std::size_t line_number) {
  if (rows_ == 0) {
    require_grid_within_limits(static_cast<double>(first_.size() + 1), 1.0, file_,
                               "line " + std::to_string(line_number));
    first_.push_back({std::string(line), line_number});
    return;
  }
  if (frame_.size() == rows_ * cols_) {
    refuse(line_number, "a row more", std::to_string(rows_) + " rows, as in the first frame");
  }
  read_row(line, line_number);
}

std::span<const float> MatrixFrames::end(std::size_t line_number, double factor) {
  if (!in_frame_) return {};
  in_frame_ = false;
  if (rows_ == 0) learn_layout();
  if (frame_.size() != rows_ * cols_) {
    refuse(line_number, std::to_string(frame_.size() / cols_) + " rows",
           std::to_string(rows_) + ", as in the first frame");
  }
  for (float& value : frame_) {
    value = static_cast<float>(value * factor);
    if (!std::isfinite(value)) {
      refuse(line_number, "a value beyond all numbers", "pressures");
    }
  }
  frames_->append(frame_);
  return frame_;
}

FrameSpool& MatrixFrames::frames() {
  if (frames_) return *frames_;
  throw InputError({file_, "", "", "frames, but the file holds none", "export the file again"});
}

void MatrixFrames::refuse(std::size_t line_number, const std::string& value,
                          const std::string& expected) const {
  throw InputError({file_,
                    "line " + std::to_string(line_number) + " (frame " +
                        std::to_string(frames_ ? frames_->size() + 1 : 1) + ", from line " +
                        std::to_string(begun_at_) + ")",
                    value, expected, "complete or remove that frame, or export the file again"});
}

void MatrixFrames::learn_layout() {
  if (first_.empty()) refuse(begun_at_, "no rows", "the rows of the first frame");
  if (cols_ == 0) {
    for (const Row& row : first_) cols_ = std::max(cols_, count_numbers(row.text, syntax_));
  }
  rows_ = first_.size();
  require_grid_within_limits(static_cast<double>(rows_), static_cast<double>(cols_), file_,
                             "line " + std::to_string(first_.front().line_number));
  const std::size_t length = first_.front().text.size();
  const bool one_length = std::all_of(first_.begin(), first_.end(), [&](const Row& row) {
    return row.text.size() == length && row.text.find_first_of(",;\t") == std::string::npos;
  });
  width_ = one_length && length % cols_ == 0 ? length / cols_ : 0;
  frames_.emplace(file_, rows_ * cols_);
  for (const Row& row : first_) read_row(row.text, row.line_number);
  first_.clear();
}

void MatrixFrames::read_row(std::string_view line, std::size_t line_number) {
  const std::size_t before = frame_.size();
  const bool may_touch = width_ != 0 && line.size() == width_ * cols_;
  if (may_touch && count_numbers(line, syntax_) < cols_) {
    read_touching(line, line_number);
    return;
  }
  const std::size_t count = append_numbers(line, syntax_, file_, line_number, frame_);
  if (count == cols_) return;
  frame_.resize(before);
  refuse(line_number, std::to_string(count) + " numbers",
         std::to_string(cols_) + ", as in the first frame");
}

// A row of fixed width: its numbers are read by their place.
void MatrixFrames::read_touching(std::string_view line, std::size_t line_number) {
  for (std::size_t column = 0; column < cols_; ++column) {
    const std::string_view cell = line.substr(column * width_, width_);
    const auto value = number_in(trimmed(cell));
    if (!value) {
      refuse(line_number, std::string(cell),
             "a number in each column " + std::to_string(width_) + " characters wide");
    }
    frame_.push_back(static_cast<float>(*value));
  }
}

}  // namespace matfit
