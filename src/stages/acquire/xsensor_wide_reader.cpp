#include "stages/acquire/xsensor_wide_reader.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/frame_clock.hpp"
#include "stages/acquire/frame_spool.hpp"
#include "stages/acquire/limits.hpp"
#include "stages/acquire/line_reader.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/number_line.hpp"
#include "stages/acquire/unit_text.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "stages/acquire/xsensor_figures.hpp"
#include "stages/acquire/xsensor_wide_header.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace matfit {

namespace {

// The file's name may stand above the heading.
constexpr std::size_t most_lines_above = 10;

XsensorWideHeader read_header(LineReader& lines, const std::filesystem::path& path) {
  const char separator = csv_separator(read_file_head(path).lines);
  while (const auto line = lines.next()) {
    if (lines.number() > most_lines_above) break;
    if (auto header = xsensor_wide_header(*line, separator, path.string(), lines.number())) {
      return *header;
    }
  }
  throw InputError({path.string(), "", "", "a heading with columns S_1_1, S_1_2, ...",
                    "export the recording again"});
}

// A line cut into its cells; the same memory for every line.
class WideLine {
 public:
  void cut(std::string_view line, char separator) {
    text_ = line;
    cells_.clear();
    std::optional<std::string_view> rest = line;
    while (rest) cells_.push_back(take_cell(rest, separator));
  }
  std::string_view at(const std::optional<std::size_t>& column) const {
    return column && *column < cells_.size() ? cells_[*column] : std::string_view();
  }
  std::size_t size() const { return cells_.size(); }
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  std::vector<std::string_view> cells_;
};

// The frames of one sensor.
class WideFrames {
 public:
  WideFrames(const std::filesystem::path& path, const ReadOptions& options, Recording& recording)
      : options_(options),
        recording_(recording),
        lines_(path),
        header_(read_header(lines_, path)),
        clock_(recording.path) {
    syntax_.comma_parts = header_.separator == ',';
  }

  void read() {
    while (const auto line = lines_.next()) {
      if (is_blank_row(*line)) continue;
      line_.cut(*line, header_.separator);
      if (!spool_) begin();
      read_frame();
    }
    if (!spool_) refuse("", "no frame", "lines of cells below the heading");
    recording_.integer_counts = spool_->integer_counts();
    recording_.frames = spool_->finish();
    if (clock_.size() > 0) clock_.settle(recording_);
    require_rate(options_, recording_);
    figures_.note(recording_);
    recording_.sha256 = lines_.sha256();
  }

 private:
  [[noreturn]] void refuse(const std::string& place, const std::string& value,
                           const std::string& expected,
                           const std::string& remedy = "export the recording again") const {
    throw InputError({recording_.path, place, value, expected, remedy});
  }
  std::string place() const { return "line " + std::to_string(lines_.number()); }

  void begin() {
    sensor_ = &header_.sensors.front();
    for (const XsensorWideSensor& sensor : header_.sensors) {
      if (options_.sensor && utf8_text(line_.at(sensor.name)) == *options_.sensor) {
        sensor_ = &sensor;
        break;
      }
    }
    name_ = std::string(line_.at(sensor_->name));
    recording_.sensor = utf8_text(name_);
    MatDescription& mat = recording_.mat;
    mat.model = recording_.sensor.empty() ? "XSENSOR" : "XSENSOR " + recording_.sensor;
    mat.geometry_source = "file";
    mat.orientation_source = "unknown";
    settle_grid();
    units_ = std::string(line_.at(header_.units));
    const std::string stated = units_.empty() ? sensor_->pressure_unit : units_;
    factor_ = settle_unit(options_, stated, "Units", recording_);
    figures_ = XsensorFigures(stated);
    const auto threshold = number_in(line_.at(header_.threshold));
    if (threshold && !options_.unit) note_threshold(*threshold, factor_, stated, recording_);
    spool_.emplace(recording_.path, static_cast<std::size_t>(mat.geometry.cells()));
    frame_.assign(static_cast<std::size_t>(mat.geometry.cells()),
                  std::numeric_limits<float>::quiet_NaN());
  }

  void settle_grid() {
    MatGeometry& geometry = recording_.mat.geometry;
    for (const XsensorWideSensor::Cell& cell : sensor_->cells) {
      geometry.rows = std::max(geometry.rows, cell.row + 1);
      geometry.cols = std::max(geometry.cols, cell.col + 1);
    }
    const auto rows = whole_number_in(line_.at(sensor_->rows));
    const auto cols = whole_number_in(line_.at(sensor_->cols));
    if (rows && cols) {
      require_grid_within_limits(static_cast<double>(*rows), static_cast<double>(*cols),
                                 recording_.path, place());
      if (static_cast<int>(*rows) < geometry.rows || static_cast<int>(*cols) < geometry.cols) {
        refuse(place(), std::to_string(*rows) + " x " + std::to_string(*cols) + " cells",
               "at least the " + std::to_string(geometry.rows) + " x " +
                   std::to_string(geometry.cols) + " of the heading");
      }
      geometry.rows = static_cast<int>(*rows);
      geometry.cols = static_cast<int>(*cols);
    }
    require_grid_within_limits(geometry.rows, geometry.cols, recording_.path, "the heading");
    require_same_grid(options_, recording_.path, geometry);
    const auto unit = metres_in(sensor_->length_unit);
    const auto width = number_in(line_.at(sensor_->sensel_width));
    const auto height = number_in(line_.at(sensor_->sensel_height));
    if (unit && width) geometry.col_pitch_m = *width * *unit;
    if (unit && height) geometry.row_pitch_m = *height * *unit;
    require_area_of_cells();
    if (sensor_->cells.size() == static_cast<std::size_t>(geometry.cells())) return;
    recording_.mat.absent.assign(static_cast<std::size_t>(geometry.cells()), 1);
    for (const XsensorWideSensor::Cell& cell : sensor_->cells) {
      recording_.mat.absent[index_of(cell)] = 0;
    }
  }

  // The file states its cells' area where it does not state their width and height.
  void require_area_of_cells() const {
    const auto unit = square_metres_in(sensor_->area_unit);
    const auto total = number_in(line_.at(sensor_->total_area));
    const double row_pitch_m = options_.row_pitch_m.value_or(recording_.mat.geometry.row_pitch_m);
    const double col_pitch_m = options_.col_pitch_m.value_or(recording_.mat.geometry.col_pitch_m);
    if (!unit || !total || *total <= 0.0) return;
    const double cell_mm2 = *total * *unit / static_cast<double>(sensor_->cells.size()) * 1e6;
    const std::string hint = "the Total Area gives cells of " + number_text(std::round(cell_mm2)) +
                             " mm2, " + number_text(std::round(std::sqrt(cell_mm2) * 10.0) / 10.0) +
                             " mm if they are square";
    if (row_pitch_m == 0.0 || col_pitch_m == 0.0) {
      refuse("", "", "the mat's pitch, which this layout does not state",
             "give --row-pitch-mm and --col-pitch-mm or a mat in the study's mats.csv; " + hint);
    }
    const double ratio = row_pitch_m * col_pitch_m * 1e6 / cell_mm2;
    if (ratio > 0.9 && ratio < 1.1) return;
    refuse(place(), number_text(row_pitch_m * 1e3) + " x " + number_text(col_pitch_m * 1e3) + " mm",
           "the size of a cell", hint);
  }

  std::size_t index_of(const XsensorWideSensor::Cell& cell) const {
    return static_cast<std::size_t>(cell.row) *
               static_cast<std::size_t>(recording_.mat.geometry.cols) +
           static_cast<std::size_t>(cell.col);
  }

  void read_frame() {
    if (line_.size() <= sensor_->cells.back().column) {
      refuse(
          place(), std::to_string(line_.size()) + " cells",
          "at least " + std::to_string(sensor_->cells.back().column + 1) + ", as the heading has",
          "the file is cut off or damaged: export the recording again");
    }
    if (line_.at(sensor_->name) != name_ || line_.at(header_.units) != units_) {
      refuse(place(), utf8_text(line_.at(sensor_->name)) + " " + utf8_text(line_.at(header_.units)),
             "the sensor and unit of the first frame", "keep one recording a file");
    }
    cells_.clear();
    for (const XsensorWideSensor::Cell& cell : sensor_->cells) {
      const std::string_view text = line_.at(cell.column);
      const auto value = number_of_cell(text, line_.text(), syntax_);
      if (!value || *value < 0.0F) {
        refuse(place() + ", column S_" + std::to_string(cell.row + 1) + "_" +
                   std::to_string(cell.col + 1),
               utf8_text(text), "a pressure, not below 0 and without thousands separators",
               "mend or remove that line");
      }
      cells_.push_back(*value);
    }
    if (!options_.unit) check_figures();
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      frame_[index_of(sensor_->cells[i])] = static_cast<float>(cells_[i] * factor_);
    }
    spool_->append(frame_);
    if (!options_.sample_rate_hz && header_.time) add_time();
  }

  void check_figures() {
    XsensorBlock printed;
    printed.line = lines_.number();
    printed.peak = printed_figure(line_.at(sensor_->peak), sensor_->pressure_unit);
    printed.average = printed_figure(line_.at(sensor_->average), sensor_->pressure_unit);
    figures_.check(printed, cells_, recording_.path);
  }

  void add_time() {
    const auto stamp = time_stamp_in(line_.at(header_.date), line_.at(header_.time));
    if (!stamp) {
      refuse(place() + ", column Time", utf8_text(line_.at(header_.time)), "a time of day",
             "give --sample-rate-hz");
    }
    clock_.add(*stamp, lines_.number());
  }

  const ReadOptions& options_;
  Recording& recording_;
  LineReader lines_;
  XsensorWideHeader header_;
  FrameClock clock_;
  const XsensorWideSensor* sensor_ = nullptr;
  WideLine line_;
  NumberSyntax syntax_;
  std::string name_;
  std::string units_;
  double factor_ = 1.0;
  std::optional<FrameSpool> spool_;
  std::vector<float> cells_;
  std::vector<float> frame_;
  XsensorFigures figures_;
};

}  // namespace

bool is_xsensor_wide(const FileHead& head) {
  const char separator = csv_separator(head.lines);
  const std::size_t lines = std::min(head.lines.size(), most_lines_above);
  for (std::size_t i = 0; i < lines; ++i) {
    if (xsensor_wide_header(head.lines[i], separator, head.path.string(), i + 1)) return true;
  }
  return false;
}

Recording read_xsensor_wide(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording;
  recording.path = path.string();
  recording.format = "xsensor-wide";
  WideFrames(path, options, recording).read();
  return recording;
}

std::vector<std::string> xsensor_wide_sensors(const std::filesystem::path& path) {
  LineReader lines(path);
  const XsensorWideHeader header = read_header(lines, path);
  std::vector<std::string> sensors;
  while (const auto line = lines.next()) {
    if (is_blank_row(*line)) continue;
    WideLine cells;
    cells.cut(*line, header.separator);
    for (const XsensorWideSensor& sensor : header.sensors) {
      sensors.push_back(utf8_text(cells.at(sensor.name)));
    }
    return sensors;
  }
  return {};
}

}  // namespace matfit
