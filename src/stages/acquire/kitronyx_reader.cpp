#include "stages/acquire/kitronyx_reader.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/frame_clock.hpp"
#include "stages/acquire/frame_spool.hpp"
#include "stages/acquire/limits.hpp"
#include "stages/acquire/line_reader.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/matrix_frames.hpp"
#include "stages/acquire/number_line.hpp"
#include "stages/acquire/plain_lines.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "stages/acquire/words.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <optional>

namespace matfit {

namespace {

constexpr std::string_view index_key = "Frame Index:";
constexpr std::string_view time_key = "Measurement Time(sec):";

Recording begun(const std::string& file) {
  Recording recording;
  recording.path = file;
  recording.format = "kitronyx";
  recording.mat.model = "Kitronyx";
  recording.mat.geometry_source = "file";
  recording.mat.orientation_source = "unknown";
  recording.unit = PressureUnit::raw;
  recording.unit_source = "assumed";
  return recording;
}

void settle(FrameSpool& frames, FrameClock& clock, const ReadOptions& options,
            Recording& recording) {
  require_same_grid(options, recording.path, recording.mat.geometry);
  recording.integer_counts = frames.integer_counts();
  recording.frames = frames.finish();
  if (!options.sample_rate_hz) clock.settle(recording);
}

[[noreturn]] void refuse(const std::string& file, std::size_t line_number, std::string_view value,
                         const std::string& expected) {
  throw InputError({file, "line " + std::to_string(line_number), utf8_text(value), expected,
                    "export the file again"});
}

// A cell's place in "R12C3".
struct CellName {
  int row, col;
};
std::optional<CellName> cell_named(std::string_view text) {
  const std::size_t c = place_of(text, "C");
  if (!begins_with(text, "R") || c == std::string_view::npos) return std::nullopt;
  const auto row = whole_number_in(text.substr(1, c - 1));
  const auto col = whole_number_in(text.substr(c + 1));
  const auto most = static_cast<std::size_t>(limits::grid_lines.high);
  if (!row || !col || *row >= most || *col >= most) return std::nullopt;
  return CellName{static_cast<int>(*row), static_cast<int>(*col)};
}

// The heading of the wide layout: where the time stands, and which cell each column is.
struct WideHeading {
  std::size_t time_column = 0;
  std::size_t first_cell = 0;      // columns before it are no cells
  std::vector<std::size_t> cells;  // of the frame, row-major
  MatGeometry geometry;
};

WideHeading wide_heading(const std::vector<std::string>& columns, const std::string& file,
                         std::size_t line_number) {
  WideHeading heading;
  std::vector<CellName> names;
  std::optional<std::size_t> time;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (const auto cell = cell_named(columns[i])) {
      if (names.empty()) heading.first_cell = i;
      names.push_back(*cell);
      heading.geometry.rows = std::max(heading.geometry.rows, cell->row + 1);
      heading.geometry.cols = std::max(heading.geometry.cols, cell->col + 1);
    } else if (!names.empty()) {
      refuse(file, line_number, columns[i], "cells R0C0 ... to the end of the heading");
    } else if (lower_case(columns[i]).find("time") != std::string::npos) {
      time = i;
    }
  }
  require_grid_within_limits(heading.geometry.rows, heading.geometry.cols, file,
                             "line " + std::to_string(line_number));
  if (!time) refuse(file, line_number, columns.front(), "a column 'Measurement Time (sec)'");
  heading.time_column = *time;
  std::vector<bool> seen(static_cast<std::size_t>(heading.geometry.cells()), false);
  for (const CellName& name : names) {
    const auto cell = static_cast<std::size_t>(name.row * heading.geometry.cols + name.col);
    if (seen[cell]) {
      refuse(file, line_number, "R" + std::to_string(name.row) + "C" + std::to_string(name.col),
             "each cell once");
    }
    seen[cell] = true;
    heading.cells.push_back(cell);
  }
  if (names.size() != seen.size()) {
    refuse(file, line_number, std::to_string(names.size()) + " cells",
           std::to_string(heading.geometry.rows) + " x " + std::to_string(heading.geometry.cols) +
               ", every cell up to the last");
  }
  return heading;
}

bool has_matrices(const FileHead& head) {
  return begins_with(trimmed(head.first_plain()), index_key);
}

bool has_frame_lines(const FileHead& head) {
  const std::string_view line = head.first_content();
  return place_of(line.substr(0, 64), "time") != std::string_view::npos &&
         place_of(line, "R0C0") != std::string_view::npos;
}

Recording read_matrices(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording = begun(path.string());
  PlainLines lines(path);
  MatrixFrames frames(recording.path, lines.number_syntax());
  FrameClock clock(recording.path);
  while (const auto line = lines.next()) {
    const std::string_view text = trimmed(*line);
    if (begins_with(text, index_key)) {
      frames.end(lines.number());
      const auto time_s = number_in(first_word(text_after(text, time_key)));
      if (!time_s) {
        refuse(recording.path, lines.number(), text, "'Frame Index: N, Measurement Time(sec): T'");
      }
      if (!options.sample_rate_hz) clock.add(*time_s, lines.number());
      frames.begin(lines.number());
    } else if (!text.empty()) {
      if (!frames.in_frame()) {
        refuse(recording.path, lines.number(), text.substr(0, 30), "a line 'Frame Index: N, ...'");
      }
      frames.add_row(text, lines.number());
    }
  }
  frames.end(lines.number());
  recording.mat.geometry.rows = frames.rows();
  recording.mat.geometry.cols = frames.cols();
  settle(frames.frames(), clock, options, recording);
  recording.sha256 = lines.sha256();
  return recording;
}

Recording read_frame_lines(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording = begun(path.string());
  LineReader lines(path);
  auto line = lines.next();
  while (line && trimmed(*line).empty()) line = lines.next();
  if (!line) refuse(recording.path, lines.number(), "", "a heading with R0C0");
  const char separator = csv_separator({std::string(*line)});
  const WideHeading heading =
      wide_heading(csv_cells(*line, separator), recording.path, lines.number());
  recording.mat.geometry = heading.geometry;

  FrameSpool frames(recording.path, heading.cells.size());
  FrameClock clock(recording.path);
  NumberSyntax syntax;
  syntax.comma_parts = separator == ',';
  std::vector<float> values;
  std::vector<float> frame(heading.cells.size());
  while ((line = lines.next())) {
    if (is_blank_row(*line)) continue;
    std::optional<std::string_view> rest = *line;
    for (std::size_t column = 0; rest && column < heading.first_cell; ++column) {
      const std::string_view cell = take_cell(rest, separator);
      if (column != heading.time_column) continue;
      const auto time_s = number_in(cell);
      if (!time_s) refuse(recording.path, lines.number(), cell, "a time in seconds");
      if (!options.sample_rate_hz) clock.add(*time_s, lines.number());
    }
    values.clear();
    const std::size_t count = append_numbers(rest.value_or(std::string_view()), syntax,
                                             recording.path, lines.number(), values);
    if (count != heading.cells.size()) {
      refuse(recording.path, lines.number(), std::to_string(count) + " values",
             std::to_string(heading.cells.size()) + ", one a cell of the heading");
    }
    for (std::size_t i = 0; i < count; ++i) frame[heading.cells[i]] = values[i];
    frames.append(frame);
  }
  if (frames.size() == 0) refuse(recording.path, lines.number(), "", "lines with a frame each");
  settle(frames, clock, options, recording);
  recording.sha256 = lines.sha256();
  return recording;
}

}  // namespace

bool is_kitronyx(const FileHead& head) { return has_matrices(head) || has_frame_lines(head); }

Recording read_kitronyx(const std::filesystem::path& path, const ReadOptions& options) {
  return has_matrices(read_file_head(path)) ? read_matrices(path, options)
                                            : read_frame_lines(path, options);
}

}  // namespace matfit
