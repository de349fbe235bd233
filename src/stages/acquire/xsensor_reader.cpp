#include "stages/acquire/xsensor_reader.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/frame_clock.hpp"
#include "stages/acquire/frame_spool.hpp"
#include "stages/acquire/limits.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/unit_text.hpp"
#include "stages/acquire/xsensor_blocks.hpp"
#include "stages/acquire/xsensor_figures.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace matfit {

namespace {

constexpr const char* export_again = "export the recording again";

// The frames of one sensor.
class XsensorFrames {
 public:
  XsensorFrames(const std::filesystem::path& path, const ReadOptions& options, Recording& recording)
      : blocks_(path), options_(options), recording_(recording), clock_(recording.path) {}

  void read() {
    while (const auto block = blocks_.next()) {
      if (options_.sensor && block->sensor != *options_.sensor) continue;
      read_frame(*block);
    }
    if (!spool_ || spool_->size() == 0) {
      refuse("", "no frame", "a line SENSELS with cells below it", export_again);
    }
    recording_.integer_counts = spool_->integer_counts();
    recording_.frames = spool_->finish();
    if (!options_.sample_rate_hz && clock_.size() > 0) clock_.settle(recording_);
    require_rate(options_, recording_);
    figures_.note(recording_);
    recording_.sha256 = blocks_.sha256();
  }

 private:
  [[noreturn]] void refuse(const std::string& place, const std::string& value,
                           const std::string& expected, const std::string& remedy) const {
    throw InputError({recording_.path, place, value, expected, remedy});
  }

  void read_frame(const XsensorBlock& block) {
    const auto cols = static_cast<int>(blocks_.read_cells(block, values_));
    if (!spool_) begin(block, cols);
    const MatGeometry& geometry = recording_.mat.geometry;
    if (cols != geometry.cols || values_.size() != static_cast<std::size_t>(geometry.cells())) {
      refuse("line " + std::to_string(block.line),
             std::to_string(cols) + " columns and " + std::to_string(values_.size()) + " cells",
             std::to_string(geometry.cols) + " and " + std::to_string(geometry.cells()) +
                 ", as in the first frame",
             "keep one recording a file");
    }
    if (block.units != units_) {
      refuse("line " + std::to_string(block.line), block.units, "Units " + units_ + " throughout",
             "keep one recording a file");
    }
    if (!block.frame.empty() && block.frame == last_frame_) {
      refuse("line " + std::to_string(block.line), "frame " + block.frame + " again",
             "each frame of a sensor once", "remove one of them or export the recording again");
    }
    last_frame_ = block.frame;
    if (!options_.unit) figures_.check(block, values_, recording_.path);
    if (factor_ != 1.0) {
      for (float& value : values_) value = static_cast<float>(value * factor_);
    }
    spool_->append(values_);
    if (!options_.sample_rate_hz) add_time(block);
  }

  void begin(const XsensorBlock& block, int cols) {
    recording_.sensor = block.sensor;
    MatDescription& mat = recording_.mat;
    mat.model = block.sensor.empty() ? "XSENSOR" : "XSENSOR " + block.sensor;
    mat.geometry = {static_cast<int>(values_.size()) / cols, cols,
                    block.sensel_height_m.value_or(0.0), block.sensel_width_m.value_or(0.0)};
    mat.geometry_source = "file";
    mat.orientation_source = "unknown";
    require_grid_within_limits(mat.geometry.rows, mat.geometry.cols, recording_.path,
                               "line " + std::to_string(block.line));
    require_same_grid(options_, recording_.path, mat.geometry);
    units_ = block.units;
    const std::string stated = !units_.empty() ? units_ : block.peak ? block.peak->unit : "";
    factor_ = settle_unit(options_, stated, "Units", recording_);
    figures_ = XsensorFigures(stated);
    if (block.threshold && !options_.unit) {
      note_threshold(*block.threshold, factor_, stated, recording_);
    }
    note_shape(block);
    spool_.emplace(recording_.path, static_cast<std::size_t>(mat.geometry.cells()));
  }

  // A sensor that is no rectangle is printed as one, with 0 where it has no cells.
  void note_shape(const XsensorBlock& block) {
    const MatGeometry& geometry = recording_.mat.geometry;
    const auto area = block.total_area ? square_metres_in(block.total_area->unit) : std::nullopt;
    if (!area || geometry.cell_area_m2() <= 0.0) return;
    const double cells = block.total_area->value * *area / geometry.cell_area_m2();
    if (cells > 0.98 * geometry.cells()) return;
    recording_.notes.push_back("By its Total Area the sensor has about " +
                               number_text(std::round(cells)) + " of the grid's " +
                               std::to_string(geometry.cells()) +
                               " cells; the file gives the others as 0.");
  }

  void add_time(const XsensorBlock& block) {
    if (block.time.empty()) {
      if (clock_.size() == 0) return;
      refuse("line " + std::to_string(block.line), "no time", "a line Time above every frame",
             "give --sample-rate-hz");
    }
    const auto stamp = time_stamp_in(block.date, block.time);
    if (!stamp) {
      refuse("above line " + std::to_string(block.line), block.time, "a time of day",
             "give --sample-rate-hz");
    }
    if (clock_.size() + 1 != spool_->size()) {
      refuse("above line " + std::to_string(block.line), block.time,
             "a time above every frame or none", "give --sample-rate-hz");
    }
    clock_.add(*stamp, block.line);
  }

  XsensorBlocks blocks_;
  const ReadOptions& options_;
  Recording& recording_;
  FrameClock clock_;
  std::optional<FrameSpool> spool_;
  std::vector<float> values_;
  std::string units_;
  std::string last_frame_;
  double factor_ = 1.0;
  XsensorFigures figures_;
};

}  // namespace

bool is_xsensor(const FileHead& head) {
  const char separator = csv_separator(head.lines);
  bool sensels = false;
  bool described = false;
  for (const std::string& line : head.lines) {
    const std::vector<std::string> cells = csv_cells(line, separator);
    if (cells.empty()) continue;
    const std::string name = heading_of(cells.front()).name;
    sensels = sensels || name == "sensels";
    described = described || name == "rows" || name == "units" || name == "sensor" ||
                name == "frame" || name == "average pressure" || name == "peak pressure" ||
                name == "sensel width";
  }
  return sensels && described;
}

Recording read_xsensor(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording;
  recording.path = path.string();
  recording.format = "xsensor";
  XsensorFrames(path, options, recording).read();
  return recording;
}

std::vector<std::string> xsensor_sensors(const std::filesystem::path& path) {
  XsensorBlocks blocks(path);
  std::vector<std::string> sensors;
  while (const auto block = blocks.next()) {
    if (std::find(sensors.begin(), sensors.end(), block->sensor) == sensors.end()) {
      sensors.push_back(block->sensor);
    }
  }
  return sensors;
}

}  // namespace matfit
