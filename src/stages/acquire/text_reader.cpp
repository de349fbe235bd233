#include "stages/acquire/text_reader.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/frame_spool.hpp"
#include "stages/acquire/line_reader.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/number_line.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cctype>
#include <memory>
#include <vector>

namespace matfit {

namespace {

// A line of words between frames, as exports print above or below each: it begins with a letter
// and holds far fewer numbers than a row, so that no damaged row is taken for one.
bool is_heading(std::string_view line, int cols) {
  constexpr std::string_view separators = " \t,;:()=\"'";
  const std::size_t first = line.find_first_not_of(separators);
  if (first == std::string_view::npos) return false;
  const auto letter = static_cast<unsigned char>(line[first]);
  if (std::isalpha(letter) == 0 && letter < 0x80) return false;
  int numbers = 0;
  for (std::size_t at = first; at < line.size(); at = line.find_first_not_of(separators, at)) {
    if (std::isdigit(static_cast<unsigned char>(line[at])) != 0) ++numbers;
    at = std::min(line.find_first_of(separators, at), line.size());
  }
  return 2 * numbers < cols;
}

// Collects numbers line by line and refuses whatever does not make whole frames.
class FrameCollector {
 public:
  FrameCollector(std::string file, const MatGeometry& geometry)
      : file_(std::move(file)),
        rows_(static_cast<std::size_t>(geometry.rows)),
        cols_(static_cast<std::size_t>(geometry.cols)),
        frames_(file_, rows_ * cols_) {}

  void add(std::string_view line, std::size_t line_number) {
    if (line_size_ == 0) choose_layout(line, line_number);
    const std::size_t count = append_numbers(line, syntax_, file_, line_number, frame_);
    if (count != line_size_) {
      throw InputError({file_, "line " + std::to_string(line_number),
                        std::to_string(count) + " numbers",
                        std::to_string(line_size_) + " (" + layout() + ")",
                        "mend the line or give the right --rows and --cols"});
    }
    if (frame_.size() < rows_ * cols_) return;
    frames_.append(frame_);
    frame_.clear();
  }

  // Between frames only: a gap inside a frame means that rows are missing.
  void end_of_frame(std::size_t line_number) const {
    if (frame_.empty()) return;
    throw InputError({file_,
                      "frame " + std::to_string(frames_.size() + 1) + ", which ends at line " +
                          std::to_string(line_number),
                      std::to_string(frame_.size() / cols_) + " rows",
                      std::to_string(rows_) + " rows",
                      "complete the frame or give the right --rows and --cols"});
  }

  FrameSpool& frames() { return frames_; }

 private:
  void choose_layout(std::string_view line, std::size_t line_number) {
    syntax_ = syntax_of(line, {rows_ * cols_, cols_});
    const std::size_t count = count_numbers(line, syntax_);
    if (count != cols_ && count != rows_ * cols_) {
      throw InputError(
          {file_, "line " + std::to_string(line_number), std::to_string(count) + " numbers",
           std::to_string(cols_) + " (a row) or " + std::to_string(rows_ * cols_) + " (a frame)",
           "mend the line or give the right --rows and --cols"});
    }
    line_size_ = count;
  }

  std::string layout() const {
    return line_size_ == cols_ ? "a row a line, as in the first line"
                               : "a frame a line, as in the first line";
  }

  std::string file_;
  std::size_t rows_;
  std::size_t cols_;
  NumberSyntax syntax_;
  std::size_t line_size_ = 0;  // 0: no line yet
  std::vector<float> frame_;   // as far as it was read
  FrameSpool frames_;
};

}  // namespace

bool is_plain_text(const FileHead& head) { return only_numbers(head.first_content()); }

void read_text_frames(Recording& recording) {
  LineReader lines(recording.path);
  FrameCollector collector(recording.path, recording.mat.geometry);
  while (const auto line = lines.next()) {
    if (line->starts_with('#')) continue;
    if (is_blank_row(*line) || is_heading(*line, recording.mat.geometry.cols)) {
      collector.end_of_frame(lines.number());
    } else {
      collector.add(*line, lines.number());
    }
  }
  collector.end_of_frame(lines.number());
  FrameSpool& frames = collector.frames();
  if (frames.size() == 0) {
    throw InputError({recording.path, "", "", "frames, but the file holds no numbers",
                      "export the recording again"});
  }
  recording.integer_counts = frames.integer_counts();
  recording.frames = frames.finish();
  recording.sha256 = lines.sha256();
}

Recording read_text_recording(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording;
  recording.path = path.string();
  recording.format = "text";
  require_grid(options, recording.path, recording.mat.geometry);
  recording.mat.geometry_source = options.source;
  recording.mat.orientation_source = "unknown";
  recording.unit_source = "assumed";
  read_text_frames(recording);
  return recording;
}

}  // namespace matfit
