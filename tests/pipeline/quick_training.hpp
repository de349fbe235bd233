#pragma once

#include "pipeline/train_postures.hpp"

#include <vector>

namespace matfit::test {

std::vector<StudyEntry> sample_entries();

CalibrationKnowledge knowledge();

// Training so small that its model is good for nothing but tests.
TrainPosturesOptions quick_training(int jobs = 1);

}  // namespace matfit::test
