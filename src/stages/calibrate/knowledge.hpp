#pragma once

#include "stages/calibrate/load_course.hpp"
#include "types/quality.hpp"
#include "types/recording.hpp"
#include "types/study_finding.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// One rule of calibration/quality.toml: where the figure named `measure` lies beyond a limit, the
// grade is no better than `cap` and the reason is given. A figure that could not be had is no
// reason.
struct QualityRule {
  std::string code;
  std::string measure;
  std::optional<double> above;
  std::optional<double> below;
  Grade cap = Grade::a;
  std::string text;  // with {value}, {percent} and {list} for the figure
  std::string effect;
  std::string source;
  std::string evidence;
  std::vector<ResultPart> affects = {};  // empty: nothing, with cap A only
};

// What is said of a finding across recordings beside its figures. It caps no grade: each recording
// is as good as it was by itself.
struct FindingRule {
  std::string code;
  std::vector<ResultPart> affects;
  std::string effect;
  std::string source;
  std::string evidence;
};

// A known slip of units: what was taken for `given` was something else, and the load is off by a
// factor: a fixed one, or one that the size of the cells tells.
struct UnitMistake {
  std::optional<PressureUnit> given;       // absent: any
  double factor = 1.0;                     // load over weight that it leads to
  std::optional<double> force_per_unit_n;  // the values were each cell's force in this unit
  std::optional<double> pitch_factor;      // the pitch was stated so many times too large
  double tolerance = 0.0;                  // relative, of the load
  std::string text;
};

// What is left open of pressures without a profile of the mat; relative, 1 sd.
struct UnknownResponse {
  double exponent_sd = 0.0;      // of the response's exponent about the linear one
  double weight_sd = 0.0;        // of the share of a whole body's weight that a mat reads
  double posture_sd = 0.0;       // of one person's load over postures, taken for linear
  double assumed_mass_sd = 0.0;  // of grown people about the assumed one
};

// What calibrate() knows beside the recording.
struct CalibrationKnowledge {
  std::vector<QualityRule> rules;
  std::vector<FindingRule> findings;
  std::vector<UnitMistake> unit_mistakes;
  double mass_female_kg = 0.0;  // assumed where a person's mass is not known
  double mass_male_kg = 0.0;
  UnknownResponse unknown_response;
  LoadCourseLimits load_course;
  StudyLimits study;
  double least_posture_confidence = 0.5;  // a likeliest posture below it is unknown
};

// Reads quality.toml of the folder. UsageError names file, line and what was expected.
CalibrationKnowledge load_calibration_knowledge(const std::filesystem::path& calibration_folder);

// The names that a rule's `measure` may have.
const std::vector<std::string>& quality_measures();

}  // namespace matfit
