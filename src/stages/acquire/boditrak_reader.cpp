#include "stages/acquire/boditrak_reader.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/matrix_frames.hpp"
#include "stages/acquire/plain_lines.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "stages/acquire/words.hpp"
#include "types/error.hpp"

#include <optional>

namespace matfit {

namespace {

struct FrameHeading {
  std::size_t cols = 0;
  std::size_t rows = 0;
  double most = 0.0;  // of the range
  std::string unit;
};

// Without a calibration the mats give their cells' conductance.
constexpr std::string_view conductance = "usiemens";

std::optional<FrameHeading> heading_in(std::string_view line) {
  const std::size_t cross = first_word(line).find_first_of("xX");
  if (cross == std::string_view::npos) return std::nullopt;
  const auto words = words_of(line);
  if (words.size() != 3) return std::nullopt;
  const std::size_t dash = words[1].find('-', 1);
  if (dash == std::string_view::npos) return std::nullopt;
  const auto cols = whole_number_in(words[0].substr(0, cross));
  const auto rows = whole_number_in(words[0].substr(cross + 1));
  const auto least = number_in(words[1].substr(0, dash));
  const auto most = number_in(words[1].substr(dash + 1));
  if (!cols || !rows || !least || !most) return std::nullopt;
  return FrameHeading{*cols, *rows, *most, std::string(words[2])};
}

[[noreturn]] void refuse(const std::string& file, std::size_t line_number, std::string_view value,
                         const std::string& expected, const std::string& remedy) {
  throw InputError(
      {file, "line " + std::to_string(line_number), utf8_text(value), expected, remedy});
}

}  // namespace

bool is_boditrak(const FileHead& head) { return heading_in(head.first_plain()).has_value(); }

Recording read_boditrak(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording;
  recording.path = path.string();
  recording.format = "boditrak";
  recording.mat.model = "Vista Medical FSA or BodiTrak";
  PlainLines lines(path);
  MatrixFrames frames(recording.path, lines.number_syntax());
  std::optional<FrameHeading> first;
  double factor = 1.0;
  while (const auto line = lines.next()) {
    if (const auto heading = heading_in(*line)) {
      frames.end(lines.number(), factor);
      if (!first) {
        first = heading;
        const bool conducts = lower_case(heading->unit) == conductance;
        factor = settle_unit(options, conducts ? "raw" : heading->unit,
                             "line " + std::to_string(lines.number()), recording);
        frames.expect_columns(heading->cols);
      }
      if (heading->cols != first->cols || heading->rows != first->rows ||
          heading->unit != first->unit) {
        refuse(recording.path, lines.number(), trimmed(*line), "the grid and unit of the first",
               "export the recordings to files of their own");
      }
      frames.begin(lines.number());
    } else if (!trimmed(*line).empty()) {
      if (!frames.in_frame()) {
        refuse(recording.path, lines.number(), line->substr(0, 30), "COLUMNSxROWS range unit",
               "export the file again");
      }
      frames.add_row(*line, lines.number());
    }
  }
  frames.end(lines.number(), factor);
  recording.integer_counts = frames.frames().integer_counts();
  recording.frames = frames.frames().finish();
  recording.mat.geometry.rows = frames.rows();
  recording.mat.geometry.cols = frames.cols();
  if (first->rows != static_cast<std::size_t>(frames.rows())) {
    throw InputError({recording.path, "the first frame", std::to_string(frames.rows()) + " rows",
                      std::to_string(first->rows) + ", as its heading says",
                      "export the file again"});
  }
  require_same_grid(options, recording.path, recording.mat.geometry);
  recording.mat.geometry_source = "file";
  recording.mat.orientation_source = "unknown";
  recording.mat.full_scale = first->most * factor;
  recording.sha256 = lines.sha256();
  return recording;
}

}  // namespace matfit
