#pragma once

#include "types/body.hpp"
#include "types/bout.hpp"
#include "types/fit_assessment.hpp"
#include "types/hotspot.hpp"
#include "types/pressure_series.hpp"
#include "types/quality.hpp"
#include "types/recording.hpp"
#include "types/roll.hpp"
#include "types/spine.hpp"

#include <optional>
#include <string>
#include <vector>

namespace matfit {

struct BoutResult {
  PostureBout bout;
  PressureField field;  // mean over the bout, recording order
  BodyFit body;
  std::optional<RollEstimate> roll;  // of a body on its side
  SpineFit spine;
  PressureSummary pressure;
  std::vector<Hotspot> hotspots;
  FitAssessment fit;
};

// Everything matfit says of one recording.
struct RecordingResult {
  std::string recording_id;
  std::string subject_id;   // empty: not given
  std::string mattress_id;  // empty: not given
  std::string condition;
  double duration_s = 0.0;
  std::size_t frames = 0;
  MatDescription mat;
  Orientation orientation;
  Quality quality;
  Movement movement;
  std::vector<BoutResult> bouts;
  FitAssessment fit;
  std::vector<Advice> advice;
  std::vector<Advice> referral;
  std::optional<Subject> subject;
  std::optional<Mattress> mattress;
  std::string input_path;
  std::string input_format;
  std::string input_sha256;
  // What the reader said of the file beside its values, a sentence each.
  std::vector<std::string> notes;
};

// A recording that could not be analysed: one row, the others go on.
struct RecordingFailure {
  std::string recording_id;
  std::string input_path;
  std::string message;  // one line
};

}  // namespace matfit
