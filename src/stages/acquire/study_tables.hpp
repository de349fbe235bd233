#pragma once

#include "stages/acquire/read_recording.hpp"
#include "types/mattress.hpp"
#include "types/subject.hpp"

#include <filesystem>
#include <map>
#include <string>

namespace matfit {

// What mats.csv says of one mat.
struct MatEntry {
  ReadOptions read;
  std::string profile;  // calibration file, resolved; empty: none
};

// Each reads one table of a study, by id. UsageError for its header or a duplicate id, InputError
// for a cell.
std::map<std::string, Subject> read_subjects(const std::filesystem::path& path);
std::map<std::string, Mattress> read_mattresses(const std::filesystem::path& path);
std::map<std::string, MatEntry> read_mats(const std::filesystem::path& path);

}  // namespace matfit
