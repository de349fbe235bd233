#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

enum class Grade : char { a = 'A', b = 'B', c = 'C', f = 'F' };

struct QualityReason {
  std::string code;    // "corrupt_frames", "dead_column", "load_mismatch", ...
  std::string text;    // one sentence with the figure
  std::string effect;  // what it affects and what to do
};

// How raw values became pressure.
struct UnitEvidence {
  std::string given;           // "raw" | "mmHg" | "kPa"
  double scale_to_mmhg = 0.0;  // mmHg per unit of the recording, after the tare
  std::string source;          // "recording" | "body_weight" | "profile" | "assumed"
  bool absolute = false;       // false: only ratios within this mat and person mean something
};

// A frame that is not to be used, and why.
struct InvalidFrame {
  std::size_t frame = 0;
  std::string reason;  // "byte_swapped", "torn", "shifted", "start_up", "dropout", ...
};

// What the raw values showed, in the recording's own unit.
struct RawSignal {
  double background = 0.0;  // median of what an unloaded cell reads
  double noise = 0.0;       // standard deviation of an unloaded cell
  bool background_from_empty_frames = false;
  std::optional<double> saturation;  // reading at which values pile up
};

struct Quality {
  Grade grade = Grade::f;
  std::vector<QualityReason> reasons;
  std::optional<double> load_over_weight;      // 1 = the whole body is on the mat and units hold
  std::vector<std::array<int, 2>> dead_cells;  // row, column
  std::vector<std::array<int, 2>> hot_cells;
  std::vector<int> dead_rows;
  std::vector<int> dead_cols;
  double saturated_share = 0.0;  // of loaded cell values
  std::size_t invalid_frames = 0;
  UnitEvidence units;
  std::vector<InvalidFrame> invalid;  // one a frame counted in invalid_frames, in order
  RawSignal raw;
};

}  // namespace matfit
