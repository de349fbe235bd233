#pragma once

#include "stages/acquire/read_recording.hpp"
#include "types/error.hpp"
#include "types/mattress.hpp"
#include "types/posture.hpp"
#include "types/recording.hpp"
#include "types/subject.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// One recording to be read, with what the study says about it.
struct StudyEntry {
  std::string recording_id;  // safe as a file name (recording_ids.hpp)
  std::filesystem::path path;
  std::string subject_id;   // empty: not given
  std::string mattress_id;  // empty: not given
  std::string condition;
  ReadOptions read;
  std::optional<Subject> subject;
  std::optional<Mattress> mattress;
  std::string profile;              // calibration file; empty: none
  std::optional<Posture> posture;   // the true posture of all frames, where the study labels it
  std::optional<double> roll_rad;   // true roll by a wedge or pillow, where the study labels it
  std::optional<InputFault> fault;  // wrong in the tables; read_entry throws it
};

struct Study {
  std::filesystem::path folder;
  std::vector<StudyEntry> entries;  // in the order of recordings.csv
};

// Whether `path` is a folder with a recordings.csv.
bool is_study(const std::filesystem::path& path);

// The tables of a study folder; the recordings themselves are not opened. The two other tables
// replace the folder's own. UsageError for a table that is missing, its header, a duplicate or
// unknown id; a wrong cell is the fault of the entries that it concerns.
Study read_study(const std::filesystem::path& folder,
                 const std::optional<std::filesystem::path>& subjects_csv = std::nullopt,
                 const std::optional<std::filesystem::path>& mattresses_csv = std::nullopt);

// The recording of an entry. What the study says wins; what it leaves open about the same person or
// mattress (same id, or no id in the file) is taken from the file.
Recording read_entry(const StudyEntry& entry);

struct FoundEntries {
  std::vector<StudyEntry> entries;
  std::vector<std::string> skipped;  // "PATH: REASON" of what stands beside them in a folder
};

// The entries of a study folder, of one recording, or of a folder of recordings: its regular files
// of a known format by name, without its subfolders. There the id is the file's name made safe,
// with -2, -3, ... where two would be the same; a file of several sensors has one entry a sensor,
// its name after the file's. InputError where `path` does not exist.
FoundEntries find_entries(const std::filesystem::path& path);
std::vector<StudyEntry> entries_of(const std::filesystem::path& path);

}  // namespace matfit
