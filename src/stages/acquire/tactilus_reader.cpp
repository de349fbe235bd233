#include "stages/acquire/tactilus_reader.hpp"

#include "stages/acquire/clock_text.hpp"
#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/frame_clock.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/matrix_frames.hpp"
#include "stages/acquire/plain_lines.hpp"
#include "stages/acquire/printed_centres.hpp"
#include "stages/acquire/unit_text.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "stages/acquire/words.hpp"
#include "types/error.hpp"

#include <cctype>
#include <optional>

namespace matfit {

namespace {

// "FRAME 1(mmHg)", "FRAME      1(mmHg)": the unit in it.
std::optional<std::string_view> unit_of_heading(std::string_view line) {
  if (!begins_with(line, "FRAME")) return std::nullopt;
  const std::size_t open = line.find('(');
  const std::size_t close = line.rfind(')');
  if (open == std::string_view::npos || close == std::string_view::npos || close < open ||
      !number_in(trimmed(line.substr(5, open - 5)))) {
    return std::nullopt;
  }
  return trimmed(line.substr(open + 1, close - open - 1));
}

// The names of days and months come in the language of the computer that recorded; then the time
// of day alone must do.
std::optional<TimeStamp> stamp_in(std::string_view line) {
  if (const auto stamp = time_stamp_in(line)) return stamp;
  const auto words = words_of(line);
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].find(':') == std::string_view::npos) continue;
    std::string text(words[i]);
    if (i + 1 < words.size() && std::isalpha(static_cast<unsigned char>(words[i + 1][0])) != 0) {
      text += ' ';
      text += words[i + 1];
    }
    const auto clock = clock_in(text);
    if (clock) return TimeStamp{std::nullopt, *clock};
    const auto alone = clock_in(words[i]);
    if (alone) return TimeStamp{std::nullopt, *alone};
  }
  return std::nullopt;
}

class TactilusFile {
 public:
  explicit TactilusFile(const std::filesystem::path& path)
      : file_(path.string()), lines_(path), frames_(file_, lines_.number_syntax()), clock_(file_) {
    begun_.path = file_;
  }

  Recording read(const ReadOptions& options) {
    while (const auto line = lines_.next()) take(*line, options);
    end_frame();
    Recording recording = begun_;
    recording.format = "tactilus";
    recording.mat.model = "Sensor Products Tactilus";
    recording.integer_counts = frames_.frames().integer_counts();
    recording.frames = frames_.frames().finish();
    recording.mat.geometry.rows = frames_.rows();
    recording.mat.geometry.cols = frames_.cols();
    require_same_grid(options, file_, recording.mat.geometry);
    recording.mat.geometry_source = "file";
    if (const auto pitch = centres_.pitch()) {
      recording.mat.geometry.row_pitch_m = pitch->row_m;
      recording.mat.geometry.col_pitch_m = pitch->col_m;
      recording.mat.geometry_source = "file (contact areas and centres of pressure)";
    }
    recording.mat.orientation_source = "unknown";
    if (!options.sample_rate_hz) clock_.settle(recording);
    recording.sha256 = lines_.sha256();
    return recording;
  }

 private:
  [[noreturn]] void refuse(std::string_view value, const std::string& expected,
                           const std::string& remedy = "export the file again") const {
    throw InputError(
        {file_, "line " + std::to_string(lines_.number()), utf8_text(value), expected, remedy});
  }

  void take(std::string_view raw, const ReadOptions& options) {
    const std::string_view line = trimmed(raw);
    if (const auto unit = unit_of_heading(line)) {
      end_frame();
      require_unit(*unit, options);
      frames_.begin(lines_.number());
      dated_ = false;
    } else if (line.empty()) {
      rows_ended_ = frames_.in_frame() && has_rows_;
    } else if (frames_.in_frame() && !dated_) {
      take_stamp(line, options);
    } else if (std::isalpha(static_cast<unsigned char>(line.front())) != 0) {
      if (!frames_.in_frame()) refuse(line.substr(0, 30), "a line 'FRAME 1(mmHg)'");
      rows_ended_ = true;
      take_statistic(line);
    } else {
      if (!frames_.in_frame() || rows_ended_) refuse(line.substr(0, 30), "a line 'FRAME N(unit)'");
      frames_.add_row(raw, lines_.number());
      has_rows_ = true;
    }
  }

  void require_unit(std::string_view unit, const ReadOptions& options) {
    if (unit_.empty()) {
      unit_ = unit;
      factor_ = settle_unit(options, unit_, "line " + std::to_string(lines_.number()), begun_);
    } else if (unit != unit_) {
      refuse(unit, "the unit of the first frame, " + unit_);
    }
  }

  void take_stamp(std::string_view line, const ReadOptions& options) {
    const auto stamp = stamp_in(line);
    if (!stamp) refuse(line.substr(0, 40), "date and time, 'Fri Aug 26 16:45:04 2022'");
    if (!options.sample_rate_hz) clock_.add(*stamp, lines_.number());
    dated_ = true;
  }

  // "Contact Area     		1207.8 cm2"; others are of no matter.
  void take_statistic(std::string_view line) {
    const auto words = words_of(line);
    if (words.size() < 2) return;
    const auto value = number_in(words[words.size() - 2]);
    if (!value) return;
    const std::string_view unit = words.back();
    const std::string name = lower_case(line.substr(0, line.find('\t')));
    const auto length = metres_in(unit);
    if (name.starts_with("contact area")) {
      const auto area = square_metres_in(unit);
      if (area) printed_.contact_area_m2 = *value * *area;
    } else if (name.starts_with("center of pressure(x)") && length) {
      printed_.x_m = *value * *length;
    } else if (name.starts_with("center of pressure(y)") && length) {
      printed_.y_m = *value * *length;
    }
  }

  void end_frame() {
    const auto frame = frames_.end(lines_.number(), factor_);
    if (!frame.empty()) centres_.add(frame, frames_.cols(), printed_);
    printed_ = {};
    rows_ended_ = has_rows_ = false;
  }

  std::string file_;
  PlainLines lines_;
  MatrixFrames frames_;
  FrameClock clock_;
  PrintedCentres centres_;
  PrintedCentre printed_;
  std::string unit_;
  double factor_ = 1.0;
  Recording begun_;  // path and unit
  bool dated_ = false;
  bool has_rows_ = false;
  bool rows_ended_ = false;
};

}  // namespace

bool is_tactilus(const FileHead& head) {
  return unit_of_heading(trimmed(head.first_plain())).has_value();
}

Recording read_tactilus(const std::filesystem::path& path, const ReadOptions& options) {
  return TactilusFile(path).read(options);
}

}  // namespace matfit
