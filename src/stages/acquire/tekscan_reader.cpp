#include "stages/acquire/tekscan_reader.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/frame_spool.hpp"
#include "stages/acquire/limits.hpp"
#include "stages/acquire/line_reader.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/number_line.hpp"
#include "stages/acquire/tekscan_frame_line.hpp"
#include "stages/acquire/tekscan_header.hpp"
#include "stages/acquire/tekscan_times.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {

namespace {

constexpr const char* cut_off = "the file is cut off: export the recording again";

// The frames of one file.
class TekscanFrames {
 public:
  TekscanFrames(LineReader& lines, const ReadOptions& options, TekscanHeader header,
                Recording& recording)
      : lines_(lines),
        options_(options),
        header_(std::move(header)),
        recording_(recording),
        factor_(settle_unit(options, header_.units, "UNITS", recording)),
        raw_(recording.unit == PressureUnit::raw && !options.unit),
        cells_(static_cast<std::size_t>(header_.geometry.cells())),
        spool_(recording.path, cells_),
        times_(recording.path, options, header_.seconds_per_frame) {
    if (!raw_ && header_.saturation_pressure && !options.unit) {
      recording.mat.full_scale = *header_.saturation_pressure * factor_;
    }
  }

  void read() {
    while (const auto line = lines_.next()) {
      const std::string_view text = trimmed(*line);
      if (text.starts_with("@@") || text.starts_with("\"@@")) {
        finish();
        return;
      }
      if (is_blank_row(text)) continue;
      if (!begins_with(text, "Frame") && !begins_with(text, "\"Frame")) {
        refuse("line " + std::to_string(lines_.number()), utf8_text(text.substr(0, 40)),
               "a line 'Frame N' or @@", cut_off);
      }
      read_frame(tekscan_frame_line(text, recording_.path, lines_.number()));
    }
    refuse("after line " + std::to_string(lines_.number()), "the end", "a line @@", cut_off);
  }

 private:
  [[noreturn]] void refuse(const std::string& place, const std::string& value,
                           const std::string& expected, const std::string& remedy) const {
    throw InputError({recording_.path, place, value, expected, remedy});
  }

  std::string frame_place(const TekscanFrameLine& frame) const {
    return "frame " + std::to_string(frame.number) + ", which ends at line " +
           std::to_string(lines_.number());
  }

  void read_frame(const TekscanFrameLine& frame) {
    lowest_number_ = spool_.size() == 0 ? frame.number : std::min(lowest_number_, frame.number);
    highest_number_ = std::max(highest_number_, frame.number);
    const std::size_t line_number = lines_.number();
    values_.clear();
    for (int row = 0; row < header_.geometry.rows; ++row) read_row(frame, row);
    if (spool_.size() == 0) note_absent_cells(frame);
    require_same_absent_cells(frame);
    if (raw_ && frame.raw_sum) require_sum(frame);
    if (factor_ != 1.0) {
      for (float& value : values_) value = static_cast<float>(value * factor_);
    }
    require_below_saturation(frame);
    spool_.append(values_);
    times_.add(frame, line_number);
  }

  void read_row(const TekscanFrameLine& frame, int row) {
    auto line = lines_.next();
    while (line && is_blank_row(*line)) line = lines_.next();
    const auto cols = static_cast<std::size_t>(header_.geometry.cols);
    if (!line || trimmed(*line).starts_with("@@") || trimmed(*line).starts_with("Frame")) {
      refuse(frame_place(frame), std::to_string(row) + " rows",
             std::to_string(header_.geometry.rows), cut_off);
    }
    if (!syntax_known_) {
      syntax_ = syntax_of(*line, {cols});
      syntax_.absent = "B";
      syntax_known_ = true;
    }
    const std::size_t count =
        append_numbers(*line, syntax_, recording_.path, lines_.number(), values_);
    if (count != cols) {
      refuse("line " + std::to_string(lines_.number()), std::to_string(count) + " cells",
             std::to_string(cols) + " (COLS)", "mend the line or export the recording again");
    }
  }

  void note_absent_cells(const TekscanFrameLine& frame) {
    std::vector<std::uint8_t> absent(cells_);
    std::transform(values_.begin(), values_.end(), absent.begin(),
                   [](float value) { return std::isnan(value) ? 1 : 0; });
    absent_ = absent;
    const auto count = std::count(absent.begin(), absent.end(), 1);
    if (count == static_cast<std::ptrdiff_t>(cells_)) {
      refuse(frame_place(frame), "B in every cell", "cells with a reading",
             "export the recording again");
    }
    if (count > 0) recording_.mat.absent = std::move(absent);
  }

  void require_same_absent_cells(const TekscanFrameLine& frame) const {
    for (std::size_t cell = 0; cell < cells_; ++cell) {
      if (std::isnan(values_[cell]) == (absent_[cell] != 0)) continue;
      const auto cols = static_cast<std::size_t>(header_.geometry.cols);
      refuse(frame_place(frame) + ", row " + std::to_string(cell / cols) + ", column " +
                 std::to_string(cell % cols) + " (from 0)",
             absent_[cell] != 0 ? "a reading" : "B",
             absent_[cell] != 0 ? "B, as in the first frame" : "a reading, as in the first frame",
             "export the recording again");
    }
  }

  void require_sum(const TekscanFrameLine& frame) const {
    double sum = 0.0;
    for (const float value : values_) sum += std::isnan(value) ? 0.0 : value;
    if (std::abs(sum - *frame.raw_sum) < 0.5) return;
    refuse(frame_place(frame), "cells that add up to " + number_text(sum),
           "its Raw Sum " + number_text(*frame.raw_sum),
           "the frame is damaged: export the recording again");
  }

  void require_below_saturation(const TekscanFrameLine& frame) const {
    if (!recording_.mat.full_scale) return;
    constexpr double rounding = 1.02;
    const double top = *recording_.mat.full_scale * rounding;
    for (const float value : values_) {
      if (!(value > top)) continue;
      refuse(frame_place(frame), number_text(value / factor_) + " " + header_.units,
             "no more than SATURATION_PRESSURE " + number_text(*header_.saturation_pressure),
             "the cells are not in the unit of the line UNITS: give --units");
    }
  }

  void finish() {
    if (spool_.size() == 0) refuse("", "no frame", "frames", "export the recording again");
    if (header_.start_frame && lowest_number_ != *header_.start_frame) {
      refuse("", "frame " + std::to_string(lowest_number_) + " as the first one",
             "START_FRAME " + std::to_string(*header_.start_frame), cut_off);
    }
    if (header_.end_frame && highest_number_ != *header_.end_frame) {
      refuse("line " + std::to_string(lines_.number()),
             "the end after frame " + std::to_string(highest_number_),
             "END_FRAME " + std::to_string(*header_.end_frame), cut_off);
    }
    while (const auto line = lines_.next()) {
      if (line->find_first_not_of(",; \t\x1a") == std::string_view::npos) continue;
      refuse("line " + std::to_string(lines_.number()), utf8_text(line->substr(0, 40)),
             "nothing below the closing @@", "keep one recording a file");
    }
    recording_.integer_counts = spool_.integer_counts();
    recording_.frames = spool_.finish();
    times_.settle(recording_);
    require_rate(options_, recording_);
    settle_notes();
  }

  void settle_notes() {
    std::vector<std::string>& notes = recording_.notes;
    if (header_.noise_threshold && *header_.noise_threshold > 0.0) {
      notes.push_back("The software set cells below " + number_text(*header_.noise_threshold) +
                      " counts to 0 (NOISE_THRESHOLD).");
      if (raw_) recording_.mat.zero_below = header_.noise_threshold;
    }
    if (raw_ && header_.scale_factor) {
      notes.push_back("The file holds counts; its calibration (SCALE_FACTOR " +
                      number_text(*header_.scale_factor) + ", exponent " +
                      number_text(header_.scale_exponent.value_or(1.0)) + ") was not applied.");
    }
    if (header_.mirror_row || header_.mirror_col) {
      notes.push_back(std::string("The software showed the ") + (header_.mirror_row ? "rows" : "") +
                      (header_.mirror_row && header_.mirror_col ? " and " : "") +
                      (header_.mirror_col ? "columns" : "") + " mirrored.");
    }
  }

  LineReader& lines_;
  const ReadOptions& options_;
  TekscanHeader header_;
  Recording& recording_;
  double factor_;
  bool raw_;
  std::size_t cells_;
  FrameSpool spool_;
  TekscanTimes times_;
  NumberSyntax syntax_;
  bool syntax_known_ = false;
  std::vector<float> values_;
  std::vector<std::uint8_t> absent_;
  std::size_t lowest_number_ = 0;
  std::size_t highest_number_ = 0;
};

}  // namespace

bool is_tekscan(const FileHead& head) {
  return begins_with(tekscan_text(head.first_content()), "DATA_TYPE") &&
         (head.mentions("ASCII_DATA") || head.mentions("Tekscan"));
}

Recording read_tekscan(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording;
  recording.path = path.string();
  recording.format = "tekscan";
  LineReader lines(path);
  TekscanHeader header = read_tekscan_header(lines, recording.path);
  recording.mat.geometry = header.geometry;
  require_same_grid(options, recording.path, header.geometry);
  recording.mat.geometry_source = "file";
  recording.mat.orientation_source = "unknown";
  recording.mat.model = header.sensor_type.empty() ? "Tekscan" : "Tekscan " + header.sensor_type;
  TekscanFrames(lines, options, std::move(header), recording).read();
  recording.sha256 = lines.sha256();
  return recording;
}

}  // namespace matfit
