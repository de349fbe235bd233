#include "pipeline/gather.hpp"

#include "pipeline/read_options.hpp"
#include "stages/acquire/recording_ids.hpp"
#include "types/error.hpp"

#include <fmt/format.h>

#include <set>

namespace matfit {

namespace {

FoundEntries entries_at(const std::filesystem::path& path, const EntryRequest& request) {
  // What is not there fails when it is read, as one recording among the others.
  if (!is_study(path) && std::filesystem::exists(path)) return find_entries(path);
  if (!is_study(path)) {
    StudyEntry missing;
    missing.recording_id = id_from_file_name(path);
    missing.path = path;
    return {{std::move(missing)}, {}};
  }
  return {read_study(path, request.subjects_csv, request.mattresses_csv).entries, {}};
}

}  // namespace

FoundEntries gather_entries(const EntryRequest& request) {
  FoundEntries all;
  std::set<std::string> ids;
  for (const std::filesystem::path& path : request.paths) {
    FoundEntries found = entries_at(path, request);
    for (StudyEntry& entry : found.entries) {
      const std::optional<std::string>& sensor = request.read.sensor;
      if (sensor && entry.read.sensor && *entry.read.sensor != *sensor) continue;
      if (!ids.insert(entry.recording_id).second) {
        throw UsageError(fmt::format(
            "{}: a second recording with the id '{}'; analyse it in a run of its own or rename it",
            entry.path.string(), entry.recording_id));
      }
      override_with(entry.read, request.read);
      if (request.profile) entry.profile = request.profile->string();
      all.entries.push_back(std::move(entry));
    }
    all.skipped.insert(all.skipped.end(), found.skipped.begin(), found.skipped.end());
  }
  return all;
}

std::vector<std::filesystem::path> tables_of(const EntryRequest& request) {
  std::vector<std::filesystem::path> tables;
  const auto add = [&tables](const std::filesystem::path& path) {
    if (std::filesystem::is_regular_file(path)) tables.push_back(path);
  };
  for (const std::filesystem::path& path : request.paths) {
    if (!is_study(path)) continue;
    add(path / "recordings.csv");
    add(request.subjects_csv.value_or(path / "subjects.csv"));
    add(request.mattresses_csv.value_or(path / "mattresses.csv"));
    add(path / "mats.csv");
  }
  return tables;
}

}  // namespace matfit
