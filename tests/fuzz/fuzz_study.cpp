// Reads bytes as the tables of a study: recordings.csv, subjects.csv, mattresses.csv, mats.csv and
// a mattress's curve.csv, in this order, parted by lines of "%%"; the last may be left out. There
// is a study or an error of the two kinds.

#include "fuzz_input.hpp"

#include "stages/acquire/study.hpp"
#include "types/error.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

bool matfit::test::accepts(const std::uint8_t* bytes, std::size_t size) {
  const std::filesystem::path folder = test::input_folder();
  std::string rest(reinterpret_cast<const char*>(bytes), size);
  for (const char* name :
       {"recordings.csv", "subjects.csv", "mattresses.csv", "mats.csv", "curve.csv"}) {
    const std::size_t end = rest.find("%%\n");
    std::filesystem::remove(folder / name);
    if (!rest.empty()) std::ofstream(folder / name, std::ios::binary) << rest.substr(0, end);
    rest = end == std::string::npos ? "" : rest.substr(end + 3);
  }
  try {
    const Study study = read_study(folder, std::nullopt, std::nullopt);
    for (const StudyEntry& entry : study.entries) {
      test::require(!entry.recording_id.empty(), "every entry has an id");
    }
    return true;
  } catch (const InputError&) {
  } catch (const UsageError&) {
  }
  return false;
}
