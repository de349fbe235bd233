#include "pmatdata_entries.hpp"

#include "support/datasets.hpp"

#include <algorithm>
#include <string>

namespace matfit::test {

std::vector<StudyEntry> pmatdata_entries(const std::filesystem::path& datasets, bool first_too,
                                         std::size_t step) {
  std::vector<std::filesystem::path> files;
  for (const char* experiment : {"experiment-i", "experiment-ii"}) {
    if (!first_too && std::string(experiment) == "experiment-i") continue;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(datasets / "pmatdata" / experiment)) {
      if (entry.path().extension() == ".txt") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<StudyEntry> entries;
  for (std::size_t i = 0; i < files.size(); i += step) {
    StudyEntry entry;
    entry.path = files[i];
    entry.recording_id = std::filesystem::relative(files[i], datasets / "pmatdata").string();
    entries.push_back(entry);
  }
  return entries;
}

const CalibrationKnowledge& calibration_knowledge() {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(project_folder() / "calibration");
  return known;
}

}  // namespace matfit::test
