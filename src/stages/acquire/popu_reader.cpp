#include "stages/acquire/popu_reader.hpp"

#include "stages/acquire/limits.hpp"
#include "stages/acquire/line_reader.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/sha256.hpp"
#include "types/error.hpp"

#include <nlohmann/json.hpp>

#include <charconv>
#include <map>

namespace matfit {

namespace {

using nlohmann::json;

// The file's object with errors that name file and key.
class PopuFile {
 public:
  explicit PopuFile(const std::filesystem::path& path) : path_(path.string()) {
    try {
      root_ = json::parse(read_text(path));
    } catch (const json::parse_error& error) {
      refuse("byte " + std::to_string(error.byte), "", "whole JSON", "copy the file again");
    }
    if (!root_.is_object()) refuse("", "", "an object at the top");
    for (const char* name : {"tactilus", "sensomatt"}) {
      if (root_.contains(std::string(name) + "_rows")) sheet_ = name;
    }
    if (sheet_.empty()) refuse("", "", "a key tactilus_rows or sensomatt_rows");
  }

  const std::string& sheet() const { return sheet_; }

  MatGeometry grid() const {
    MatGeometry geometry;
    geometry.rows = static_cast<int>(number(sheet_ + "_rows", limits::grid_lines).value_or(0));
    geometry.cols = static_cast<int>(number(sheet_ + "_columns", limits::grid_lines).value_or(0));
    if (geometry.cols == 0) refuse(sheet_ + "_columns", "", "the number of columns");
    require_grid_within_limits(geometry.rows, geometry.cols, path_, "key " + sheet_ + "_rows");
    return geometry;
  }

  std::optional<double> number(const std::string& key, const Limits& limits) const {
    if (!root_.contains(key)) return std::nullopt;
    if (!root_[key].is_number()) refuse("key " + key, root_[key].dump(), "a number");
    const double value = root_[key].get<double>();
    require_within(value, limits, path_, "key " + key);
    return value;
  }

  std::string text(const std::string& key) const {
    if (!root_.contains(key)) return "";
    if (!root_[key].is_string()) refuse("key " + key, root_[key].dump(), "a text");
    return root_[key].get<std::string>();
  }

  Subject subject() const {
    Subject subject;
    subject.id = text("volunteer_id");
    const std::string sex = text("sex");
    if (sex == "female") subject.sex = Sex::female;
    if (sex == "male") subject.sex = Sex::male;
    if (!sex.empty() && !subject.sex) refuse("key sex", sex, "female or male");
    const auto stature_cm = number("height", limits::stature_cm);
    if (stature_cm) subject.stature_m = *stature_cm / 100.0;
    subject.mass_kg = number("weight", limits::mass_kg);
    return subject;
  }

  // Absent for the unlabelled transitions of others.json.
  std::optional<Posture> posture() const {
    const std::string position = text("position");
    if (position.empty()) return std::nullopt;
    const auto posture = posture_named(position);
    if (!posture) refuse("key position", position, "empty, supine, prone, left or right");
    return posture;
  }

  FrameBlock frames(const MatGeometry& geometry) const {
    const std::vector<const json*> ordered = snapshots();
    FrameBlock frames(static_cast<Eigen::Index>(ordered.size()), geometry.cells());
    const std::string key = sheet_ + "_readings";
    for (std::size_t i = 0; i < ordered.size(); ++i) {
      const std::string place = "snapshot " + std::to_string(i) + " (from 0)";
      if (!ordered[i]->is_object() || !ordered[i]->contains(key)) {
        refuse(place, "", "a list " + key);
      }
      const json& readings = (*ordered[i])[key];
      if (!readings.is_array() || readings.size() != static_cast<std::size_t>(geometry.cells())) {
        refuse(place, std::to_string(readings.size()) + " readings",
               std::to_string(geometry.cells()) + ", rows x columns");
      }
      for (std::size_t cell = 0; cell < readings.size(); ++cell) {
        if (!readings[cell].is_number()) {
          refuse(place + ", reading " + std::to_string(cell), readings[cell].dump(), "a number");
        }
        frames(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(cell)) =
            readings[cell].get<float>();
      }
    }
    return frames;
  }

 private:
  [[noreturn]] void refuse(const std::string& place, const std::string& value,
                           const std::string& expected,
                           const std::string& remedy = "take the file as it was published") const {
    throw InputError({path_, place, value, expected, remedy});
  }

  // Their keys are numbers, so 10 comes after 9 and not after 1.
  std::vector<const json*> snapshots() const {
    if (!root_.contains("snapshots") || !root_["snapshots"].is_object() ||
        root_["snapshots"].empty()) {
      refuse("key snapshots", "", "an object with snapshots");
    }
    std::map<int, const json*> ordered;
    for (const auto& [key, snapshot] : root_["snapshots"].items()) {
      int number = 0;
      const auto result = std::from_chars(key.data(), key.data() + key.size(), number);
      if (result.ec != std::errc{} || result.ptr != key.data() + key.size()) {
        refuse("key snapshots", key, "whole numbers as keys");
      }
      if (!ordered.emplace(number, &snapshot).second) {
        refuse("key snapshots", key, "each number once");
      }
    }
    std::vector<const json*> list;
    list.reserve(ordered.size());
    for (const auto& [number, snapshot] : ordered) list.push_back(snapshot);
    return list;
  }

  std::string path_;
  json root_;
  std::string sheet_;
};

}  // namespace

bool is_popu(const FileHead& head) {
  const std::string_view first = head.first_content();
  const std::size_t begin = first.find_first_not_of(" \t");
  return begin != std::string_view::npos && (first[begin] == '{' || first[begin] == '[') &&
         (head.mentions("\"tactilus_rows\"") || head.mentions("\"sensomatt_rows\""));
}

Recording read_popu_recording(const std::filesystem::path& path, const ReadOptions& options) {
  const PopuFile file(path);
  Recording recording;
  recording.path = path.string();
  recording.format = "popu";
  recording.mat.model = file.sheet() == "tactilus" ? "Sensor Products Tactilus, over the mattress"
                                                   : "Sensomatt, under the mattress";
  recording.mat.geometry = file.grid();
  require_same_grid(options, recording.path, recording.mat.geometry);
  recording.mat.geometry_source = "file";
  recording.mat.head_end = HeadEnd::first_row;
  recording.mat.view = View::above;
  recording.mat.orientation_source = "format";
  // Not documented, but no reading of the set exceeds it and many reach it.
  if (file.sheet() == "tactilus") recording.mat.full_scale = 104.0;
  recording.unit = PressureUnit::raw;
  recording.unit_source = "format";
  const FrameBlock frames = file.frames(recording.mat.geometry);
  recording.integer_counts =
      (frames == frames.floor()).all() && frames.minCoeff() >= 0 && frames.maxCoeff() <= 65535;
  recording.frames = std::make_shared<MemoryFrames>(frames);
  recording.subject = file.subject();
  if (const auto posture = file.posture()) recording.labels.assign(recording.size(), *posture);
  recording.condition =
      file.text("variation").empty() ? "" : file.text("position") + " " + file.text("variation");
  recording.sha256 = sha256_of_file(path);
  return recording;
}

}  // namespace matfit
