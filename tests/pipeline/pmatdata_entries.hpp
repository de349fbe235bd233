#pragma once

#include "stages/acquire/study.hpp"
#include "stages/calibrate/knowledge.hpp"

#include <cstddef>
#include <filesystem>
#include <vector>

namespace matfit::test {

// Every `step`-th map of PmatData's second experiment and, where wanted, recording of the first.
std::vector<StudyEntry> pmatdata_entries(const std::filesystem::path& datasets, bool first_too,
                                         std::size_t step);

// The project's own, loaded once.
const CalibrationKnowledge& calibration_knowledge();

}  // namespace matfit::test
