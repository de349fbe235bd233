#pragma once

#include "stages/acquire/read_recording.hpp"
#include "types/error.hpp"
#include "types/mattress.hpp"
#include "types/subject.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <variant>

namespace matfit {

// What mats.csv says of one mat.
struct MatEntry {
  ReadOptions read;
  std::string profile;  // calibration file, resolved; empty: none
};

// A row of a table, or what is wrong with one of its cells: only what names the row fails then.
template <typename T>
using TableRow = std::variant<T, InputFault>;

// Each reads one table of a study, by id. UsageError for its header, a row without an id or a
// duplicate id.
std::map<std::string, TableRow<Subject>> read_subjects(const std::filesystem::path& path);
std::map<std::string, TableRow<Mattress>> read_mattresses(const std::filesystem::path& path);
std::map<std::string, TableRow<MatEntry>> read_mats(const std::filesystem::path& path);

}  // namespace matfit
