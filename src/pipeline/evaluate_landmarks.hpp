#pragma once

#include "types/result.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// A landmark as somebody placed it on a map: cell index in the stored order, integers at cell
// centres; confidence 1 (guess) to 3 (sure).
struct LandmarkAnnotation {
  std::string name;  // as in the file: "head", "shoulder", "shoulder_l" (image-left), ...
  double column = 0.0;
  double row = 0.0;
  int confidence = 0;
};

struct RecordingAnnotation {
  std::string key;      // "I_S1_1", "II_S2_Air_B6"
  std::string posture;  // first word: supine, prone, left, right
  std::vector<LandmarkAnnotation> landmarks;
};

// JSON of {key: {posture, landmarks: {name: [column, row, confidence] or null}}}. Throws
// InputError.
std::vector<RecordingAnnotation> read_landmark_annotations(const std::filesystem::path& path);

// Distance of one landmark from its annotation, in the recording's order.
struct LandmarkError {
  std::string key;
  std::string group;                  // "I", "II Air", "II Sponge"
  std::string view;                   // "back" or "side"
  std::string landmark;               // without the image side
  std::optional<double> error_cells;  // absent: not found, or fitted in another posture
  double error_m = 0.0;
  // Misses along columns and rows over the stated standard deviation, the annotator's joined in.
  double column_z = 0.0;
  double row_z = 0.0;
};

struct LandmarkErrorSummary {
  std::string group;
  std::string view;
  std::string landmark;  // "all": over every landmark of the view
  std::size_t count = 0;
  std::size_t missing = 0;
  double median_cells = 0.0;  // of those found; NaN where there is none
  double p90_cells = 0.0;
  double median_m = 0.0;
  double within_one_sd = 0.0;  // share of coordinates; 0.68 where the stated errors are true
  double within_two_sd = 0.0;  // 0.95
};

struct LandmarkEvaluation {
  std::vector<LandmarkError> errors;
  std::vector<LandmarkErrorSummary> summaries;
  std::size_t annotated = 0;      // recordings with annotations
  std::size_t evaluated = 0;      // of those, with a result
  std::size_t other_posture = 0;  // of those, fitted in another posture than annotated
};

struct EvaluateLandmarksOptions {
  int least_confidence = 2;
  double annotator_sd_cells = 0.4;  // each coordinate; two annotators differ by half a cell
};

// Results meet annotations by recording id, else by the PmatData path they were read from. The bout
// around the middle of a recording counts, as the annotators saw the middle frames.
LandmarkEvaluation evaluate_landmarks(const std::vector<RecordingResult>& results,
                                      const std::vector<RecordingAnnotation>& annotations,
                                      const EvaluateLandmarksOptions& options = {});

// "I_S1_1" of ".../experiment-i/S1/1.txt", "II_S2_Air_B6" of ".../S2/Air_Mat/Matrix_Air_B6...";
// empty for other paths.
std::string pmatdata_key(const std::filesystem::path& path);

}  // namespace matfit
