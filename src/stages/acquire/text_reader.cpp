#include "stages/acquire/text_reader.hpp"

#include "stages/acquire/line_reader.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/number_line.hpp"
#include "types/error.hpp"

#include <algorithm>

namespace matfit {

namespace {

bool is_blank_line(std::string_view line) {
  return line.find_first_not_of(" \t,;") == std::string_view::npos;
}

bool fits_uint16(float value) {
  return value >= 0.0F && value <= 65535.0F && value == static_cast<float>(static_cast<int>(value));
}

// Collects numbers line by line and refuses whatever does not make whole frames.
class FrameCollector {
 public:
  FrameCollector(std::string file, const MatGeometry& geometry)
      : file_(std::move(file)),
        rows_(static_cast<std::size_t>(geometry.rows)),
        cols_(static_cast<std::size_t>(geometry.cols)) {}

  void add(std::string_view line, std::size_t line_number) {
    if (values_.empty()) choose_layout(line, line_number);
    const std::size_t count = append_numbers(line, syntax_, file_, line_number, values_);
    if (count != line_size_) {
      throw InputError({file_, "line " + std::to_string(line_number),
                        std::to_string(count) + " numbers",
                        std::to_string(line_size_) + " (" + layout() + ")",
                        "mend the line or give the right --rows and --cols"});
    }
  }

  // Between frames only: a gap inside a frame means that rows are missing.
  void end_of_frame(std::size_t line_number) const {
    const std::size_t cells = rows_ * cols_;
    const std::size_t rows_read = values_.size() % cells / cols_;
    if (rows_read == 0) return;
    throw InputError({file_,
                      "frame " + std::to_string(values_.size() / cells + 1) +
                          ", which ends at line " + std::to_string(line_number),
                      std::to_string(rows_read) + " rows", std::to_string(rows_) + " rows",
                      "complete the frame or give the right --rows and --cols"});
  }

  std::vector<float> take() { return std::move(values_); }

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
  std::size_t line_size_ = 0;
  std::vector<float> values_;
};

}  // namespace

void read_text_frames(Recording& recording) {
  const MatGeometry& geometry = recording.mat.geometry;
  LineReader lines(recording.path);
  FrameCollector collector(recording.path, geometry);
  while (const auto line = lines.next()) {
    if (line->starts_with('#')) continue;
    if (is_blank_line(*line)) {
      collector.end_of_frame(lines.number());
    } else {
      collector.add(*line, lines.number());
    }
  }
  collector.end_of_frame(lines.number());
  const std::vector<float> values = collector.take();
  if (values.empty()) {
    throw InputError({recording.path, "", "", "frames, but the file holds no numbers",
                      "export the recording again"});
  }
  recording.integer_counts = std::all_of(values.begin(), values.end(), fits_uint16);
  const Eigen::Index cells = geometry.cells();
  recording.frames = std::make_shared<MemoryFrames>(Eigen::Map<const FrameBlock>(
      values.data(), static_cast<Eigen::Index>(values.size()) / cells, cells));
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
