#include "stages/acquire/novel_lst_reader.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/frame_spool.hpp"
#include "stages/acquire/limits.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/number_line.hpp"
#include "stages/acquire/plain_lines.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "stages/acquire/words.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <optional>

namespace matfit {

namespace {

constexpr std::string_view picture_key = "Pict-No.:";
constexpr std::string_view matrix_key = "Matrix:";
constexpr std::string_view force_word = "force";

// "64x95" -> 64, 95.
std::optional<std::array<double, 2>> pair_of(std::string_view text) {
  const auto words = words_of(text);
  if (words.empty()) return std::nullopt;
  const std::size_t cross = words[0].find_first_of("xX");
  if (cross == std::string_view::npos) return std::nullopt;
  const auto first = number_in(words[0].substr(0, cross));
  const auto second = number_in(words[0].substr(cross + 1));
  if (!first || !second) return std::nullopt;
  return std::array{*first, *second};
}

// The number of a picture, absent on other lines and for summaries.
std::optional<int> picture_in(std::string_view line) {
  const auto words = words_of(text_after(line, picture_key));
  if (words.empty()) return std::nullopt;
  const auto number = number_in(words[0]);
  if (!number || *number < 1 || *number > limits::frames.high) return std::nullopt;
  return static_cast<int>(*number);
}

// Counts measurements: each begins where the numbers do not go on rising.
class MeasurementCount {
 public:
  int of(int picture) {
    if (picture <= last_ || count_ == 0) ++count_;
    last_ = picture;
    return count_;
  }
  int count() const { return count_; }

 private:
  int last_ = 0;
  int count_ = 0;
};

// Reads the pages one after the other; every page repeats the statements about the matrix.
class LstFile {
 public:
  LstFile(const std::filesystem::path& path, int measurement)
      : file_(path.string()), lines_(path), measurement_(measurement) {}

  Recording read(const ReadOptions& options) {
    Recording recording;
    recording.path = file_;
    recording.format = "novel-lst";
    MeasurementCount measurements;
    while (const auto line = lines_.next()) {
      if (const auto picture = picture_in(*line)) {
        if (measurements.of(*picture) != measurement_) continue;
        require_statements();
        if (!frames_) frames_.emplace(file_, static_cast<std::size_t>(geometry_.cells()));
        read_picture();
        recording.time_s.push_back((*picture - 1) * *picture_s_);
      } else {
        take_statement(*line);
      }
    }
    if (!frames_) refuse("", std::string("pages with '") + std::string(picture_key) + " N'");
    if (!n_per_cm2_unit_ && !options.unit) {
      throw InputError(
          {file_, "", "no forces to tell the pressures' unit by", "the unit", "give --units"});
    }
    require_same_grid(options, file_, geometry_);
    recording.mat.model = "novel emed";
    recording.mat.geometry = geometry_;
    recording.mat.geometry_source = "file";
    recording.mat.orientation_source = "unknown";
    recording.unit = PressureUnit::kpa;
    recording.unit_source = "file, proved by its forces";
    recording.time_source = "file";
    recording.integer_counts = frames_->integer_counts();
    recording.frames = frames_->finish();
    recording.sha256 = lines_.sha256();
    return recording;
  }

 private:
  [[noreturn]] void refuse(std::string_view value, const std::string& expected,
                           const std::string& remedy = "export the file again") const {
    throw InputError(
        {file_, "line " + std::to_string(lines_.number()), utf8_text(value), expected, remedy});
  }

  void take_statement(std::string_view line) {
    if (const auto matrix = pair_of(text_after(line, matrix_key))) {
      const auto [cols, rows] = *matrix;
      require_grid_within_limits(rows, cols, file_, "line " + std::to_string(lines_.number()));
      if (frames_ && (rows != geometry_.rows || cols != geometry_.cols)) {
        refuse(line, "the matrix of the pictures above");
      }
      geometry_.rows = static_cast<int>(rows);
      geometry_.cols = static_cast<int>(cols);
    }
    if (const auto size = pair_of(text_after(line, "Sensor size:"))) {
      const double m = place_of(line, "mm") != std::string_view::npos ? 0.001 : 0.01;
      geometry_.col_pitch_m = (*size)[0] * m;
      geometry_.row_pitch_m = (*size)[1] * m;
    }
    const auto time = words_of(text_after(line, "Time/picture:"));
    if (time.size() < 2) return;
    const auto picture = number_in(time[0]);
    if (!picture || !(*picture > 0.0)) refuse(time[0], "the time between pictures");
    picture_s_ = *picture * (lower_case(time[1]) == "ms" ? 0.001 : 1.0);
  }

  void require_statements() const {
    if (geometry_.rows == 0) refuse("", "a line 'Matrix: COLUMNSxROWS' above");
    if (!(geometry_.cell_area_m2() > 0.0)) refuse("", "a line 'Sensor size: WxH cm' above");
    if (!picture_s_) refuse("", "a line 'Time/picture: T ms' above");
  }

  int cell_number(std::string_view word, int most) const {
    const auto number = number_in(word);
    if (!number || *number != std::floor(*number) || *number < 1 || *number > most) {
      refuse(word, "a row or column of the matrix, 1 to " + std::to_string(most));
    }
    return static_cast<int>(*number);
  }

  std::string_view next_of_picture() {
    const auto line = lines_.next();
    if (!line)
      refuse("the file's end", "a whole picture", "the file is cut short: export it again");
    return *line;
  }

  void read_picture() {
    auto heading = words_of(next_of_picture());
    while (heading.empty()) heading = words_of(next_of_picture());
    const bool forces = lower_case(heading.back()) == force_word;
    std::vector<int> columns;
    for (std::size_t i = 0; i + (forces ? 1 : 0) < heading.size(); ++i) {
      columns.push_back(cell_number(heading[i], geometry_.cols) - 1);
    }
    std::vector<float> frame(static_cast<std::size_t>(geometry_.cells()), 0.0F);
    std::vector<double> column_sums(columns.size(), 0.0);
    std::vector<float> values;
    for (;;) {
      const std::string_view line =
          forces ? next_of_picture() : lines_.next().value_or(std::string_view());
      const auto label = first_word(line);
      if (label.empty()) break;
      const auto begin = static_cast<std::size_t>(label.data() + label.size() - line.data());
      read_values(line.substr(begin), columns.size() + (forces ? 1 : 0), values);
      const std::size_t loaded = columns.size();
      if (lower_case(label) == force_word) {
        require_forces(column_sums, values, frame.size());
        break;
      }
      const int row = cell_number(label, geometry_.rows) - 1;
      for (std::size_t i = 0; i < loaded; ++i) {
        frame[static_cast<std::size_t>(row * geometry_.cols + columns[i])] = values[i];
        column_sums[i] += values[i];
      }
      if (forces) {
        const double sum = std::accumulate(values.begin(), values.end() - 1, 0.0);
        require_force(sum, values.back(), loaded, "row " + std::to_string(row + 1));
      }
    }
    for (float& value : frame) {
      value = static_cast<float>(value * kpa_per_unit());
      if (!std::isfinite(value)) refuse("", "pressures within all numbers");
    }
    frames_->append(frame);
  }

  void read_values(std::string_view text, std::size_t expected, std::vector<float>& values) {
    values.clear();
    append_numbers(text, syntax_, file_, lines_.number(), values);
    if (values.size() == expected) return;
    refuse(std::to_string(values.size()) + " numbers",
           std::to_string(expected) + ", as in the picture's heading",
           "export the file again, it may be cut short");
  }

  void require_forces(const std::vector<double>& column_sums, const std::vector<float>& printed,
                      std::size_t cells) {
    for (std::size_t i = 0; i < column_sums.size(); ++i) {
      require_force(column_sums[i], printed[i], cells, "column " + std::to_string(i + 1));
    }
    require_force(std::accumulate(column_sums.begin(), column_sums.end(), 0.0), printed.back(),
                  cells, "the picture");
  }

  // All figures are printed with two decimals, the sensor's size with three.
  void require_force(double sum, double printed_n, std::size_t cells, const std::string& of) {
    const double area_cm2 = geometry_.cell_area_m2() * 1e4;
    const double size_error = 5e-6 / geometry_.col_pitch_m + 5e-6 / geometry_.row_pitch_m;
    const auto agrees = [&](double n_per_cm2_unit) {
      const double force_n = sum * n_per_cm2_unit * area_cm2;
      const double rounding_n =
          0.0051 + 0.005 * static_cast<double>(cells) * n_per_cm2_unit * area_cm2;
      return std::abs(force_n - printed_n) <=
             std::min(rounding_n, 0.0051 + 0.01 * force_n) + size_error * force_n;
    };
    if (!n_per_cm2_unit_ && sum > 0.0) {
      for (const double unit : {0.1, 1.0}) {  // kPa, N/cm2
        if (!n_per_cm2_unit_ && agrees(unit)) n_per_cm2_unit_ = unit;
      }
    }
    if (agrees(n_per_cm2_unit_.value_or(0.1))) return;
    refuse("a force of " + number_text(printed_n) + " N of " + of,
           "that of its cells, " +
               number_text(std::round(sum * n_per_cm2_unit_.value_or(0.1) * area_cm2 * 100) / 100) +
               " N (kPa) or ten times that (N/cm2)",
           "a figure is damaged: export the file again");
  }

  double kpa_per_unit() const { return n_per_cm2_unit_.value_or(0.1) * 10.0; }

  std::string file_;
  PlainLines lines_;
  int measurement_;
  MatGeometry geometry_;
  std::optional<double> picture_s_;
  std::optional<double> n_per_cm2_unit_;  // newtons on a cm2 under one of the file's units
  NumberSyntax syntax_ = lines_.number_syntax();
  std::optional<FrameSpool> frames_;
};

}  // namespace

bool is_novel_lst(const FileHead& head) {
  return head.mentions(picture_key) && head.mentions(matrix_key);
}

Recording read_novel_lst(const std::filesystem::path& path, const ReadOptions& options) {
  const auto chosen = options.sensor ? number_in(*options.sensor) : std::nullopt;
  Recording recording = LstFile(path, static_cast<int>(chosen.value_or(1.0))).read(options);
  recording.sensor = options.sensor.value_or("");
  return recording;
}

std::vector<std::string> novel_lst_measurements(const std::filesystem::path& path) {
  MeasurementCount measurements;
  PlainLines lines(path);
  while (const auto line = lines.next()) {
    if (const auto picture = picture_in(*line)) measurements.of(*picture);
  }
  std::vector<std::string> names;
  for (int i = 1; measurements.count() > 1 && i <= measurements.count(); ++i) {
    names.push_back(std::to_string(i));
  }
  return names;
}

}  // namespace matfit
