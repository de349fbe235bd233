#pragma once

#include "stages/acquire/study.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace matfit::test {

// The recordings of "experiment-i" or "experiment-ii" with people, conditions, postures and rolls
// as scripts/pmatdata_study states them; empty where it fails.
std::vector<StudyEntry> pmatdata_study(const std::filesystem::path& datasets,
                                       const std::string& experiment);

}  // namespace matfit::test
