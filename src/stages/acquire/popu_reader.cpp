#include "stages/acquire/popu_reader.hpp"

#include "stages/acquire/limits.hpp"
#include "stages/acquire/line_reader.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/popu_snapshots.hpp"
#include "stages/acquire/sha256.hpp"
#include "types/error.hpp"

#include <nlohmann/json.hpp>

#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>

namespace matfit {

namespace {

using nlohmann::json;

// The characters of a text, line by line, as the parser takes them.
class LineCharacters {
 public:
  explicit LineCharacters(const std::filesystem::path& path) : lines_(path) { advance(); }

  class Iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = char;
    using difference_type = std::ptrdiff_t;
    using pointer = const char*;
    using reference = char;

    explicit Iterator(LineCharacters* from) : from_(from) {}
    char operator*() const { return from_->current(); }
    Iterator& operator++() {
      from_->next();
      return *this;
    }
    bool operator==(const Iterator& other) const { return done() == other.done(); }
    bool operator!=(const Iterator& other) const { return !(*this == other); }

   private:
    bool done() const { return from_ == nullptr || !from_->line_; }
    LineCharacters* from_;
  };

  Iterator begin() { return Iterator(this); }
  Iterator end() { return Iterator(nullptr); }

 private:
  char current() const { return at_ < line_->size() ? (*line_)[at_] : '\n'; }
  void next() {
    if (at_++ >= line_->size()) advance();
  }
  void advance() {
    line_ = lines_.next();
    at_ = 0;
  }

  LineReader lines_;
  std::optional<std::string_view> line_;
  std::size_t at_ = 0;
};

// The file's object with errors that name file and key.
class PopuFile {
 public:
  explicit PopuFile(const std::filesystem::path& path) : path_(path.string()), snapshots_(path_) {
    try {
      root_ = parsed();
    } catch (const json::parse_error& error) {
      refuse("byte " + std::to_string(error.byte), "", "whole JSON", "copy the file again");
    }
    if (!root_.is_object()) refuse("", "", "an object at the top");
    for (const char* name : {"tactilus", "sensomatt"}) {
      if (root_.contains(std::string(name) + "_rows")) sheet_ = name;
    }
    if (sheet_.empty()) refuse("", "", "a key tactilus_rows or sensomatt_rows");
    if (snapshots_.sheet() != sheet_) {
      refuse("key snapshots", "", "snapshots with " + sheet_ + "_readings");
    }
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

  PopuSnapshots& snapshots() { return snapshots_; }

 private:
  [[noreturn]] void refuse(const std::string& place, const std::string& value,
                           const std::string& expected,
                           const std::string& remedy = "take the file as it was published") const {
    throw InputError({path_, place, value, expected, remedy});
  }

  // Leaves snapshots, once read, out of what is kept.
  json parsed() {
    LineCharacters characters(path_);
    std::string section;
    std::string number;
    return json::parse(characters.begin(), characters.end(),
                       [&](int depth, json::parse_event_t event, const json& value) {
                         if (event == json::parse_event_t::key && depth == 1) section = value;
                         if (section != "snapshots" || depth != 2) return true;
                         if (event == json::parse_event_t::key) number = value;
                         if (event != json::parse_event_t::object_end) return true;
                         snapshots_.add(number, value);
                         return false;
                       });
  }

  std::string path_;
  PopuSnapshots snapshots_;
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
  PopuFile file(path);
  const bool integer_counts = file.snapshots().integer_counts();
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
  recording.frames =
      file.snapshots().finish(static_cast<std::size_t>(recording.mat.geometry.cells()));
  recording.integer_counts = integer_counts;
  recording.subject = file.subject();
  if (const auto posture = file.posture()) recording.labels.assign(recording.size(), *posture);
  recording.condition =
      file.text("variation").empty() ? "" : file.text("position") + " " + file.text("variation");
  recording.sha256 = sha256_of_file(path);
  return recording;
}

}  // namespace matfit
