#include "stages/acquire/novel_asc_reader.hpp"

#include "stages/acquire/cell_layout.hpp"
#include "stages/acquire/cell_table.hpp"
#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/frame_clock.hpp"
#include "stages/acquire/frame_spool.hpp"
#include "stages/acquire/limits.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/novel_header.hpp"
#include "stages/acquire/number_line.hpp"
#include "stages/acquire/plain_lines.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "stages/acquire/words.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace matfit {

namespace {

constexpr std::string_view table_key = "time[secs]";

// Sensors that stand side by side in the table: an insole or a mat.
struct SensorColumns {
  std::string name;  // empty: the only ones
  std::size_t first = 0;
  std::vector<int> numbers;
};

bool is_pressure_table(std::string_view line) {
  const auto words = words_of(line);
  return words.size() > 1 && lower_case(words[0]) == table_key && number_in(words[1]);
}

bool is_summary(std::string_view word) {
  const std::string name = lower_case(word);
  return name == "mpp" || name == "mvp";
}

class AscFile {
 public:
  explicit AscFile(const std::filesystem::path& path) : file_(path.string()), lines_(path) {
    while (auto line = next()) {
      if (is_pressure_table(*line)) {
        read_columns(*line);
        return;
      }
      header_.take(*line);
    }
    refuse("", "a line '" + std::string(table_key) + "' with the sensors' numbers");
  }

  const NovelHeader& header() const { return header_; }
  const std::vector<SensorColumns>& sensors() const { return sensors_; }

  void read_pressures(const SensorColumns& sensor, double factor, const ReadOptions& options,
                      Recording& recording) {
    FrameSpool frames(file_, sensor.numbers.size());
    FrameClock clock(file_);
    std::vector<float> values;
    for (auto line = next(); line && !trimmed(*line).empty(); line = next()) {
      const std::string_view time = first_word(*line);
      if (is_summary(time)) continue;
      const auto time_s = number_in(time);
      if (!time_s) refuse(time, "a time in seconds, MPP or MVP");
      if (!options.sample_rate_hz) clock.add(*time_s, lines_.number());
      read_values(line->substr(static_cast<std::size_t>(time.data() + time.size() - line->data())),
                  values);
      const auto first = values.begin() + static_cast<std::ptrdiff_t>(sensor.first);
      std::vector<float> frame(first, first + static_cast<std::ptrdiff_t>(sensor.numbers.size()));
      for (float& value : frame) {
        value = static_cast<float>(value * factor);
        if (!std::isfinite(value)) refuse(time, "pressures within all numbers");
      }
      frames.append(frame);
    }
    if (frames.size() == 0) refuse("", "lines with a time and a pressure of each sensor");
    recording.integer_counts = frames.integer_counts();
    recording.frames = frames.finish();
    if (!options.sample_rate_hz) clock.settle(recording);
  }

  // The cells' outlines after the tables; nothing where there are none.
  std::optional<std::vector<CellOutline>> read_outlines(const SensorColumns& sensor) {
    double m_per_unit = 0.0;
    while (auto line = next()) {
      if (is_pressure_table(*line)) {
        refuse(trimmed(*line).substr(0, 30), "one table of pressures a file",
               "export each of the mats or objects to a file of its own");
      }
      const auto words = words_of(*line);
      const std::string key = words.empty() ? "" : lower_case(words[0]);
      if (!key.starts_with("corner[")) continue;
      if (key == "corner[cm]") m_per_unit = 0.01;
      if (key == "corner[mm]") m_per_unit = 0.001;
      if (m_per_unit == 0.0) refuse(words[0], "corner[cm] or corner[mm]");
      return outlines_from(sensor, m_per_unit);
    }
    return std::nullopt;
  }

  std::string sha256() { return lines_.sha256(); }

  [[noreturn]] void refuse(std::string_view value, const std::string& expected,
                           const std::string& remedy = "export the file again") const {
    throw InputError(
        {file_, "line " + std::to_string(lines_.number()), utf8_text(value), expected, remedy});
  }

 private:
  std::optional<std::string_view> next() { return lines_.next(); }

  // The numbers begin again with each insole.
  void read_columns(std::string_view line) {
    const auto words = words_of(line);
    for (std::size_t i = 1; i < words.size(); ++i) {
      const auto number = number_in(words[i]);
      if (!number || *number < 1 || *number > 1e6 || *number != std::floor(*number)) {
        refuse(words[i], "the number of a sensor");
      }
      const int sensor = static_cast<int>(*number);
      if (sensors_.empty() || sensor <= sensors_.back().numbers.back()) {
        sensors_.push_back({"", i - 1, {}});
      }
      sensors_.back().numbers.push_back(sensor);
    }
    columns_ = words.size() - 1;
    const bool named = sensors_.size() == header_.insoles.size();
    for (std::size_t i = 0; i < sensors_.size() && (named || sensors_.size() > 1); ++i) {
      sensors_[i].name = named ? header_.insoles[i] : std::to_string(i + 1);
    }
  }

  void read_values(std::string_view text, std::vector<float>& values) {
    values.clear();
    const std::size_t count = append_numbers(text, syntax_, file_, lines_.number(), values);
    if (count != columns_) {
      refuse(std::to_string(count) + " pressures", std::to_string(columns_) + ", one a sensor",
             "export the file again, it may be cut short");
    }
  }

  std::vector<CellOutline> outlines_from(const SensorColumns& sensor, double m_per_unit) {
    std::map<std::string, std::vector<float>> rows;
    const std::size_t cells = sensor.numbers.size();
    while (auto line = next()) {
      const std::string_view label = first_word(*line);
      if (label.empty()) break;
      const std::size_t end = static_cast<std::size_t>(label.data() + label.size() - line->data());
      std::vector<float> values;
      append_numbers(line->substr(end), syntax_, file_, lines_.number(), values);
      if (values.size() != columns_) {
        refuse(std::to_string(values.size()) + " numbers",
               std::to_string(columns_) + ", one a sensor",
               "export the file again, it may be cut short");
      }
      const auto first = values.begin() + static_cast<std::ptrdiff_t>(sensor.first);
      rows[lower_case(utf8_text(label))].assign(first, first + static_cast<std::ptrdiff_t>(cells));
    }
    std::vector<CellOutline> outlines(cells);
    for (std::size_t cell = 0; cell < cells; ++cell) {
      outlines[cell].name = std::to_string(sensor.numbers[cell]);
      for (std::size_t corner = 0; corner < 4; ++corner) {
        const std::string index = "[" + std::to_string(corner) + "]";
        const auto x = rows.find("x" + index);
        const auto y = rows.find("y" + index);
        if (x == rows.end() || y == rows.end()) {
          refuse("", "lines x" + index + " and y" + index + " of the cells' corners",
                 "export the file again, it may be cut short");
        }
        outlines[cell].corners_m[corner] =
            m_per_unit * Eigen::Vector2d(x->second[cell], y->second[cell]);
      }
      require_stated_area(outlines[cell], rows, cell, m_per_unit);
    }
    return outlines;
  }

  void require_stated_area(const CellOutline& outline,
                           const std::map<std::string, std::vector<float>>& rows, std::size_t cell,
                           double m_per_unit) const {
    const auto areas = rows.find("area");
    if (areas == rows.end()) return;
    const double stated_m2 = areas->second[cell] * m_per_unit * m_per_unit;
    if (std::abs(outline.area_m2() - stated_m2) <= 0.01 * stated_m2) return;
    refuse("area " + number_text(areas->second[cell]) + " of sensor " + outline.name,
           "that of its corners, " + number_text(outline.area_m2() / m_per_unit / m_per_unit));
  }

  std::string file_;
  PlainLines lines_;
  NovelHeader header_;
  std::vector<SensorColumns> sensors_;
  std::size_t columns_ = 0;
  NumberSyntax syntax_ = lines_.number_syntax();
};

const SensorColumns& chosen(const AscFile& file, const ReadOptions& options) {
  const std::vector<SensorColumns>& sensors = file.sensors();
  const auto found = std::find_if(sensors.begin(), sensors.end(), [&](const SensorColumns& sensor) {
    return !options.sensor || sensor.name == *options.sensor;
  });
  return found == sensors.end() ? sensors.front() : *found;
}

std::vector<CellOutline> outlines_given(const SensorColumns& sensor, const ReadOptions& options,
                                        const std::string& file) {
  if (options.cells) return read_cell_table(*options.cells, sensor.numbers);
  throw InputError({file, "", "no cells' corners",
                    "where each of the " + std::to_string(sensor.numbers.size()) +
                        " sensors lies, which this file does not state",
                    "give --cells FILE.csv with the columns cell, x_mm, y_mm and area_mm2, or "
                    "width_mm and height_mm"});
}

}  // namespace

bool is_novel_asc(const FileHead& head) {
  return head.mentions("scanning rate [Hz]") ||
         std::any_of(head.plain_lines.begin(), head.plain_lines.end(), is_pressure_table);
}

Recording read_novel_asc(const std::filesystem::path& path, const ReadOptions& options) {
  AscFile file(path);
  const SensorColumns& sensor = chosen(file, options);
  Recording recording;
  recording.path = path.string();
  recording.format = "novel-asc";
  recording.sensor = sensor.name;
  recording.mat.model = file.header().model;
  const double factor =
      settle_unit(options, file.header().unit, "the line 'pressure values in'", recording);
  file.read_pressures(sensor, factor, options, recording);

  const auto printed = options.cells ? std::nullopt : file.read_outlines(sensor);
  const std::string place = printed ? "corners of the cells" : "";
  const CellLayout layout =
      lay_out(printed ? *printed : outlines_given(sensor, options, recording.path),
              printed ? recording.path : *options.cells, place);
  recording.mat.geometry = layout.geometry;
  require_same_grid(options, recording.path, layout.geometry);
  recording.mat.geometry_source = printed ? "file" : "cells table";
  if (!layout.lattice) recording.mat.geometry_source += ", unequal cells on a finer grid";
  recording.mat.orientation_source = "unknown";
  recording.mat.absent = layout.absent();
  recording.frames = laid_out(recording.frames, layout);
  recording.sha256 = file.sha256();
  return recording;
}

std::vector<std::string> novel_asc_sensors(const std::filesystem::path& path) {
  const AscFile file(path);
  std::vector<std::string> names;
  for (const SensorColumns& sensor : file.sensors()) {
    if (!sensor.name.empty()) names.push_back(sensor.name);
  }
  return names;
}

}  // namespace matfit
