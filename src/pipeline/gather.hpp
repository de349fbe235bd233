#pragma once

#include "stages/acquire/study.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// What a user names on the command line.
struct EntryRequest {
  std::vector<std::filesystem::path> paths;  // study folders, recordings, folders of recordings
  std::optional<std::filesystem::path> subjects_csv;  // in place of the studies' own tables
  std::optional<std::filesystem::path> mattresses_csv;
  ReadOptions read;                                   // wins over what studies and files say
  std::optional<std::filesystem::path> profile = {};  // of the mat; likewise
};

// The entries of all paths in the order given, and "PATH: REASON" of what stood beside them.
// UsageError where a table is wrong as a whole or two recordings have one id.
FoundEntries gather_entries(const EntryRequest& request);

// The tables that gather_entries reads for it: of the study folders, or in their place.
std::vector<std::filesystem::path> tables_of(const EntryRequest& request);

}  // namespace matfit
