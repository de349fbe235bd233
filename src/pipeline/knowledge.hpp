#pragma once

#include "stages/calibrate/calibrate.hpp"
#include "stages/classify/posture_model.hpp"
#include "stages/fit/anthropometry.hpp"
#include "stages/fit/mattress_mechanics.hpp"
#include "stages/fit/roll_model.hpp"
#include "stages/fit/spine_doubts.hpp"
#include "stages/score/guidance.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

// All that matfit knows beside a recording: loaded once, shared const by every worker.
struct Knowledge {
  CalibrationKnowledge calibration;
  PostureModel postures;
  Anthropometry anthropometry;
  RollModel roll;
  MattressPresets mattresses;
  LyingLimits lying;
  Guidance guidance;
  std::vector<std::pair<std::string, std::string>> files;  // file name -> SHA-256, for run.json
};

// From the folder calibration/; UsageError names the file, the place and what was expected.
Knowledge load_knowledge(const std::filesystem::path& calibration_folder);

}  // namespace matfit
