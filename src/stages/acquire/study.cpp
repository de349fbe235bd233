#include "stages/acquire/study.hpp"

#include "stages/acquire/formats.hpp"
#include "stages/acquire/recording_ids.hpp"
#include "stages/acquire/study_paths.hpp"
#include "stages/acquire/study_tables.hpp"
#include "stages/acquire/table_file.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <map>
#include <set>
#include <variant>

namespace matfit {

namespace fs = std::filesystem;

namespace {

// The table's row of that id; absent for an empty cell and for a row with a fault, which becomes
// the entry's.
template <typename T>
std::optional<T> named_in(const std::map<std::string, TableRow<T>>& known,
                          const fs::path& known_file, const TableFile& table, std::size_t row,
                          std::string_view column, StudyEntry& entry) {
  const std::string& id = table.text(row, column);
  if (id.empty()) return std::nullopt;
  const auto found = known.find(id);
  if (found != known.end()) {
    if (const T* content = std::get_if<T>(&found->second)) return *content;
    if (!entry.fault) entry.fault = std::get<InputFault>(found->second);
    return std::nullopt;
  }
  throw UsageError(table.file() + ": " + table.place(row, column) + ": '" + id + "' is not in " +
                   known_file.string() + "; add it there or leave the cell empty");
}

template <typename Rows>
Rows table_if_there(const fs::path& path, bool named, Rows (*read)(const fs::path&)) {
  if (fs::exists(path)) return read(path);
  if (named) throw UsageError(path.string() + ": there is no such table; check the path");
  return {};
}

// It names the results' files, so there is no result without a good one.
std::string new_recording_id(const TableFile& table, std::size_t row,
                             std::set<std::string>& taken) {
  const std::string& id = table.text(row, "recording_id");
  const std::string place = table.file() + ": " + table.place(row, "recording_id") + ": '" + id;
  if (!is_recording_id(id)) {
    throw UsageError(place + "' cannot name a file; expected 1 to 100 letters, digits, . _ -, " +
                     "not a dot first");
  }
  if (!taken.insert(id).second) {
    throw UsageError(place + "' stands there twice; give each its own id");
  }
  return id;
}

// The cells of a row of recordings.csv but its id. Throws InputError for a wrong one.
void add_cells(const TableFile& table, std::size_t row, StudyEntry& entry) {
  entry.path = path_in_study(table, row, "path");
  if (entry.path.empty()) table.refuse(row, "path", "the recording's file", "complete the line");
  entry.subject_id = table.text(row, "subject_id");
  entry.mattress_id = table.text(row, "mattress_id");
  entry.condition = table.text(row, "condition");
  const std::string& posture = table.text(row, "posture");
  if (!posture.empty()) {
    entry.posture = posture_named(posture);
    if (!entry.posture) {
      table.refuse(row, "posture", "unknown, empty, supine, prone, left, right or sitting",
                   "leave it empty where it changes or is not known");
    }
  }
  if (const auto roll_deg = table.number(row, "roll_deg", limits::roll_deg)) {
    entry.roll_rad = *roll_deg * pi / 180.0;
  }
}

void add_mat(const TableFile& table, std::size_t row, const std::optional<MatEntry>& mat,
             StudyEntry& entry) {
  if (mat) {
    entry.read = mat->read;
    entry.profile = mat->profile;
  }
  const std::string& format = table.text(row, "format");
  if (!format.empty()) entry.read.format = format;
  const std::string& sensor = table.text(row, "sensor");
  if (!sensor.empty()) entry.read.sensor = sensor;
  entry.read.sample_rate_hz = table.number(row, "sample_rate_hz", limits::sample_rate_hz);
  const fs::path profile = path_in_study(table, row, "calibration");
  if (!profile.empty()) entry.profile = profile.string();
}

// What `study` leaves open is taken from `file`.
template <typename T>
void fill(std::optional<T>& study, const std::optional<T>& file) {
  if (!study) study = file;
}

Subject merged(Subject study, const Subject& file) {
  fill(study.sex, file.sex);
  fill(study.age_years, file.age_years);
  fill(study.stature_m, file.stature_m);
  fill(study.mass_kg, file.mass_kg);
  fill(study.shoulder_breadth_m, file.shoulder_breadth_m);
  fill(study.waist_breadth_m, file.waist_breadth_m);
  fill(study.hip_breadth_m, file.hip_breadth_m);
  return study;
}

Mattress merged(Mattress study, const Mattress& file) {
  if (study.name.empty()) study.name = file.name;
  fill(study.firmness, file.firmness);
  fill(study.thickness_m, file.thickness_m);
  fill(study.age_years, file.age_years);
  if (study.material.empty()) study.material = file.material;
  if (study.curve.empty()) {
    study.curve = file.curve;
    study.curve_kind = file.curve_kind;
    study.curve_relative_sd = file.curve_relative_sd;
  }
  fill(study.shear_n_per_m, file.shear_n_per_m);
  return study;
}

template <typename T>
void let_study_win(const std::optional<T>& study, std::optional<T>& file) {
  if (!study) return;
  const bool same = file && (file->id.empty() || file->id == study->id);
  file = same ? merged(*study, *file) : *study;
}

std::string unique_id(const std::string& id, std::set<std::string>& taken) {
  std::string unique = id;
  for (int n = 2; !taken.insert(unique).second; ++n) unique = id + "-" + std::to_string(n);
  return unique;
}

// One entry, or one a sensor where the file has several.
void add_entries(const fs::path& path, std::set<std::string>& taken,
                 std::vector<StudyEntry>& entries) {
  std::vector<std::string> sensors;
  try {
    sensors = sensors_in(path);
  } catch (const InputError&) {  // reading it will say what is wrong
  }
  const auto add = [&](const std::string& id) -> StudyEntry& {
    StudyEntry entry;
    entry.recording_id = unique_id(id, taken);
    entry.path = path;
    return entries.emplace_back(std::move(entry));
  };
  if (sensors.size() < 2) {
    add(id_from_file_name(path));
    return;
  }
  for (const std::string& sensor : sensors) add(id_of_sensor(path, sensor)).read.sensor = sensor;
}

FoundEntries entries_in_folder(const fs::path& folder) {
  std::set<fs::path> names;
  for (const fs::directory_entry& item : fs::directory_iterator(folder)) names.insert(item.path());
  FoundEntries found;
  std::set<std::string> taken;
  for (const fs::path& path : names) {
    if (path.filename().string().front() == '.') continue;
    if (!fs::is_regular_file(path)) {
      found.skipped.push_back(path.string() + ": a folder; give it by itself to read it");
      continue;
    }
    try {
      const Sniffed sniffed = sniff_format(path);
      if (sniffed.format.empty()) {
        found.skipped.push_back(path.string() + ": " + sniffed.reason);
        continue;
      }
    } catch (const InputError& error) {
      found.skipped.push_back(error.what());
      continue;
    }
    add_entries(path, taken, found.entries);
  }
  return found;
}

}  // namespace

bool is_study(const fs::path& path) { return fs::is_regular_file(path / "recordings.csv"); }

Study read_study(const fs::path& folder, const std::optional<fs::path>& subjects_csv,
                 const std::optional<fs::path>& mattresses_csv) {
  const fs::path subjects_file = subjects_csv.value_or(folder / "subjects.csv");
  const fs::path mattresses_file = mattresses_csv.value_or(folder / "mattresses.csv");
  const fs::path mats_file = folder / "mats.csv";
  const TableFile table(
      folder / "recordings.csv",
      {"recording_id", "path", "subject_id", "mattress_id", "mat_id", "calibration", "condition",
       "posture", "roll_deg", "format", "sample_rate_hz", "sensor"},
      4);
  const auto subjects = table_if_there(subjects_file, subjects_csv.has_value(), read_subjects);
  const auto mattresses =
      table_if_there(mattresses_file, mattresses_csv.has_value(), read_mattresses);
  const auto mats = table_if_there(mats_file, false, read_mats);
  Study study;
  study.folder = folder;
  std::set<std::string> taken;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    StudyEntry entry;
    entry.recording_id = new_recording_id(table, row, taken);
    entry.subject = named_in(subjects, subjects_file, table, row, "subject_id", entry);
    entry.mattress = named_in(mattresses, mattresses_file, table, row, "mattress_id", entry);
    const auto mat = named_in(mats, mats_file, table, row, "mat_id", entry);
    try {
      add_cells(table, row, entry);
      add_mat(table, row, mat, entry);
    } catch (const InputError& error) {
      entry.fault = error.fault();
    }
    study.entries.push_back(std::move(entry));
  }
  if (study.entries.empty()) {
    throw UsageError(table.file() + ": there is no recording below the header; add a line each");
  }
  return study;
}

Recording read_entry(const StudyEntry& entry) {
  if (entry.fault) throw InputError(*entry.fault);
  Recording recording = read_recording(entry.path, entry.read);
  recording.id = entry.recording_id;
  if (!entry.condition.empty()) recording.condition = entry.condition;
  if (!entry.profile.empty()) recording.mat.profile = entry.profile;
  let_study_win(entry.subject, recording.subject);
  let_study_win(entry.mattress, recording.mattress);
  if (entry.posture) recording.labels.assign(recording.size(), *entry.posture);
  return recording;
}

FoundEntries find_entries(const fs::path& path) {
  if (is_study(path)) return {read_study(path).entries, {}};
  if (fs::is_directory(path)) return entries_in_folder(path);
  if (!fs::exists(path)) {
    throw InputError({path.string(), "", "", "a study folder, a recording or a folder of them",
                      "check the path"});
  }
  FoundEntries found;
  std::set<std::string> taken;
  add_entries(path, taken, found.entries);
  return found;
}

std::vector<StudyEntry> entries_of(const fs::path& path) { return find_entries(path).entries; }

}  // namespace matfit
