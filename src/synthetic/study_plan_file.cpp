#include "synthetic/study_plan.hpp"
#include "types/error.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <map>
#include <set>

namespace matfit {
namespace {

// A table of the seed file, read strictly: wrong, missing and unasked keys are refused with their
// line.
class SeedTable {
 public:
  SeedTable(const toml::table& table, std::string file) : table_(table), file_(std::move(file)) {}

  [[noreturn]] void refuse(std::string_view key, const std::string& expected) const {
    const toml::node* node = table_.get(key);
    const auto line = (node ? node->source() : table_.source()).begin.line;
    throw UsageError(file_ + ": line " + std::to_string(line) + ", " + std::string(key) +
                     (node ? "" : " is missing") + ": expected " + expected);
  }

  bool has(std::string_view key) const { return table_.contains(key); }

  double number(std::string_view key, double low, double high) {
    asked_.emplace(key);
    const auto value = table_[key].value<double>();
    if (!value || !(*value >= low && *value <= high)) {
      refuse(key, "a number from " + shortest(low) + " to " + shortest(high));
    }
    return *value;
  }

  double number_or(std::string_view key, double low, double high, double otherwise) {
    return has(key) ? number(key, low, high) : otherwise;
  }

  std::string text(std::string_view key) {
    asked_.emplace(key);
    const auto value = table_[key].value<std::string>();
    if (!value || value->empty()) refuse(key, "a text in quotes");
    return *value;
  }

  std::string text_or(std::string_view key, const std::string& otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  bool flag_or(std::string_view key, bool otherwise) {
    asked_.emplace(key);
    if (!has(key)) return otherwise;
    const auto value = table_[key].value<bool>();
    if (!value) refuse(key, "true or false");
    return *value;
  }

  std::vector<std::string> texts_or_none(std::string_view key) {
    asked_.emplace(key);
    std::vector<std::string> out;
    if (!has(key)) return out;
    const toml::array* array = table_.get_as<toml::array>(key);
    if (!array) refuse(key, "a list of texts");
    for (const toml::node& node : *array) {
      const auto value = node.value<std::string>();
      if (!value) refuse(key, "a list of texts");
      out.push_back(*value);
    }
    return out;
  }

  SeedTable table(std::string_view key) {
    asked_.emplace(key);
    const toml::table* table = table_.get_as<toml::table>(key);
    if (!table) refuse(key, "a table [" + std::string(key) + "]");
    return {*table, file_};
  }

  std::vector<SeedTable> tables(std::string_view key) {
    asked_.emplace(key);
    const std::string expected = "tables [[" + std::string(key) + "]]";
    const toml::array* array = table_.get_as<toml::array>(key);
    if (!array || array->empty()) refuse(key, expected);
    std::vector<SeedTable> out;
    for (const toml::node& node : *array) {
      if (!node.is_table()) refuse(key, expected);
      out.emplace_back(*node.as_table(), file_);
    }
    return out;
  }

  // [["supine", 20], ...]
  std::vector<TimelineEntry> timeline(std::string_view key) {
    asked_.emplace(key);
    const std::string expected = "a list such as [[\"empty\", 5], [\"supine\", 20]]";
    const toml::array* array = table_.get_as<toml::array>(key);
    if (!array || array->empty()) refuse(key, expected);
    std::vector<TimelineEntry> out;
    for (const toml::node& node : *array) {
      const toml::array* pair = node.as_array();
      if (!pair || pair->size() != 2) refuse(key, expected);
      const auto posture = posture_named(pair->get(0)->value_or(std::string()));
      const double duration_s = pair->get(1)->value_or(0.0);
      if (!posture || !(is_lying(*posture) || *posture == Posture::empty) || !(duration_s >= 1.0) ||
          !(duration_s <= 1e5)) {
        refuse(key, expected);
      }
      out.push_back({*posture, duration_s, std::nullopt});
    }
    return out;
  }

  void finish() const {
    for (const auto& [key, node] : table_) {
      if (!asked_.contains(std::string(key.str()))) refuse(key.str(), "no such key here");
    }
  }

 private:
  static std::string shortest(double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
  }

  const toml::table& table_;
  std::string file_;
  std::set<std::string, std::less<>> asked_;
};

toml::table parsed(const std::filesystem::path& path) {
  try {
    return toml::parse_file(path.string());
  } catch (const toml::parse_error& error) {
    throw UsageError(path.string() + ": line " + std::to_string(error.source().begin.line) + ": " +
                     std::string(error.description()));
  }
}

PlannedMattress mattress_of(SeedTable& table) {
  const std::map<std::string, Firmness> feels = {
      {"soft", Firmness::soft}, {"medium", Firmness::medium}, {"firm", Firmness::firm}};
  const std::string id = table.text("id");
  const auto feel = feels.find(table.text("feel"));
  if (feel == feels.end()) table.refuse("feel", "soft, medium or firm");
  PlannedMattress out;
  out.model = typical_mattress(feel->second);
  out.model.id = id;
  out.model.name = table.text_or("name", out.model.name);
  out.model.age_years = table.number_or("age_years", 0, 50, 0);
  out.model.thickness_m =
      0.001 * table.number_or("thickness_mm", 40, 600, 1000.0 * out.model.thickness_m);
  const auto kind = curve_kind_named(table.text_or("curve_kind", "uniform"));
  if (!kind) table.refuse("curve_kind", "uniform, disc_203mm or platen_344mm");
  out.measured = measured(out.model, *kind);
  table.finish();
  return out;
}

PlannedPerson person_of(SeedTable& table, std::uint64_t seed) {
  PlannedPerson out;
  const std::string id = table.text("id");
  const std::string sex = table.text("sex");
  if (sex != "female" && sex != "male") table.refuse("sex", "female or male");
  const double stature_m = 0.01 * table.number("stature_cm", 130, 220);
  const double mass_kg = table.number("mass_kg", 35, 200);
  Random random(seed);
  out.body = individual_body(sex == "male" ? Sex::male : Sex::female, stature_m, mass_kg, random);
  out.body.age_years = table.number("age_years", 16, 100);
  out.subject = subject_of(out.body, id);
  if (!table.flag_or("breadths_measured", true)) {
    out.subject.shoulder_breadth_m.reset();
    out.subject.waist_breadth_m.reset();
    out.subject.hip_breadth_m.reset();
  }
  if (table.has("usual_position")) {
    out.subject.usual_position = posture_named(table.text("usual_position"));
    if (!out.subject.usual_position || !is_lying(*out.subject.usual_position)) {
      table.refuse("usual_position", "supine, prone, left or right");
    }
  }
  if (table.has("pregnant")) out.subject.pregnant = table.flag_or("pregnant", false);
  out.subject.pain_sites = table.texts_or_none("pain_sites");
  out.subject.pain_pattern = table.text_or("pain_pattern", "");
  out.subject.symptoms = table.texts_or_none("symptoms");
  if (table.has("pillow_height_mm")) {
    out.subject.pillow_height_m = 0.001 * table.number("pillow_height_mm", 0, 300);
  }
  table.finish();
  return out;
}

MatGeometry mat_of(SeedTable table) {
  MatGeometry mat;
  mat.rows = static_cast<int>(table.number("rows", 8, 512));
  mat.cols = static_cast<int>(table.number("cols", 8, 512));
  mat.row_pitch_m = 0.001 * table.number("row_pitch_mm", 13, 120);
  mat.col_pitch_m = 0.001 * table.number("col_pitch_mm", 13, 120);
  table.finish();
  return mat;
}

void break_sensor(SeedTable& table, MatSensor& sensor, Random& random) {
  const MatGeometry& mat = sensor.geometry;
  for (const std::string& fault : table.texts_or_none("faults")) {
    // Within the middle, where a fault meets a body.
    const int row = random.integer(mat.rows / 4, mat.rows / 2);
    const int col = random.integer(mat.cols / 3, 2 * mat.cols / 3);
    if (fault == "dead_column") {
      sensor.gain.col(col).setZero();
    } else if (fault == "dead_row") {
      sensor.gain.row(row).setZero();
    } else if (fault == "dead_cell") {
      sensor.gain(row, col) = 0.0;
    } else if (fault == "hot_cell") {
      sensor.stuck.push_back({row, random.integer(0, mat.cols / 6), sensor.saturation});
    } else if (fault == "corrupt_frames") {
      sensor.corrupt_leading_frames = random.integer(2, 3);
    } else {
      table.refuse("faults", "dead_column, dead_row, dead_cell, hot_cell or corrupt_frames");
    }
  }
}

template <typename List, typename Id>
std::size_t index_of(const List& list, SeedTable& table, std::string_view key, Id id_of) {
  const std::string wanted = table.text(key);
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (id_of(list[i]) == wanted) return i;
  }
  table.refuse(key, "an id that stands in this file");
}

PlannedRecording recording_of(SeedTable& table, const StudyPlan& study, const MatGeometry& mat,
                              double sample_rate_hz, std::uint64_t seed) {
  PlannedRecording out;
  out.person = index_of(study.people, table, "person",
                        [](const PlannedPerson& person) { return person.subject.id; });
  out.mattress = index_of(study.mattresses, table, "mattress",
                          [](const PlannedMattress& mattress) { return mattress.model.id; });
  out.condition = table.text_or("condition", "");
  RecordingPlan& lies = out.plan;
  lies.body = study.people[out.person].body;
  lies.mattress = study.mattresses[out.mattress].model;
  lies.id = table.text_or("id", study.people[out.person].subject.id + "-" + lies.mattress.id);
  Random random(derived_seed(seed, 7));
  lies.sensor = everyday_sensor(mat, random);
  break_sensor(table, lies.sensor, random);
  const auto head_end = head_end_named(table.text_or("head_end", "first_row"));
  const auto view = view_named(table.text_or("view", "above"));
  if (!head_end) table.refuse("head_end", "first_row, last_row, first_col, last_col or unknown");
  if (!view) table.refuse("view", "above, below or unknown");
  lies.orientation = {*head_end, *view, false, 1.0};
  lies.timeline = table.timeline("timeline");
  lies.sample_rate_hz = sample_rate_hz;
  lies.seed = seed;
  table.finish();
  return out;
}

}  // namespace

StudyPlan read_study_plan(const std::filesystem::path& path) {
  const toml::table root_table = parsed(path);
  SeedTable root(root_table, path.string());
  if (root.text("format") != "matfit-study-seed") root.refuse("format", "\"matfit-study-seed\"");
  root.number("format_version", 1, 1);
  const auto seed = static_cast<std::uint64_t>(root.number("seed", 0, 9e15));
  const double sample_rate_hz = root.number("sample_rate_hz", 0.01, 200);
  const MatGeometry mat = mat_of(root.table("mat"));
  StudyPlan plan;
  for (SeedTable& table : root.tables("mattress")) plan.mattresses.push_back(mattress_of(table));
  for (SeedTable& table : root.tables("person")) {
    plan.people.push_back(person_of(table, derived_seed(seed, plan.people.size())));
  }
  std::set<std::string> ids;
  for (SeedTable& table : root.tables("recording")) {
    plan.recordings.push_back(recording_of(table, plan, mat, sample_rate_hz,
                                           derived_seed(seed, 1000 + plan.recordings.size())));
    if (!ids.insert(plan.recordings.back().plan.id).second) {
      table.refuse("id", "an id that no other recording has");
    }
  }
  root.finish();
  return plan;
}

}  // namespace matfit
