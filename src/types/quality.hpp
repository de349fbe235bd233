#pragma once

#include "types/estimate.hpp"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

enum class Grade { a, b, c, f };  // the later, the worse

inline constexpr std::array<Grade, 4> all_grades = {Grade::a, Grade::b, Grade::c, Grade::f};

std::string_view name_of(Grade grade);  // "A", ...
std::optional<Grade> grade_named(std::string_view name);

// What a reason affects: parts of the results. The last three are the parts of the mattress's fit.
enum class ResultPart {
  everything,
  posture,
  movement,   // shifts, time shares, longest time still
  sides,      // which side is the person's left
  landmarks,  // the body's place and shape on the mat
  pressure,   // absolute pressures and the load
  alignment,
  pressure_relief,
  support,
};

inline constexpr std::size_t result_part_count = 9;

std::string_view name_of(ResultPart part);
std::optional<ResultPart> result_part_named(std::string_view name);

struct QualityReason {
  std::string code;                      // "invalid_frames", "dead_column", "load_mismatch", ...
  std::string text;                      // one sentence with the figure
  std::string effect;                    // what it means and what to do
  Grade cap = Grade::c;                  // the recording's grade is no better than this for it
  std::vector<ResultPart> affects = {};  // by quality.toml; empty: not stated, so perhaps all
};

// How far a pressure may be off, relative (1 sd).
struct PressureError {
  double pressure_pa = 0.0;
  double relative_sd = 0.0;
};

// How raw values became pressure.
struct UnitEvidence {
  std::string given;           // "raw" | "mmHg" | "kPa"
  double scale_to_mmhg = 0.0;  // mmHg per unit of the recording, after the tare
  std::string source;          // "recording" | "body_weight" | "profile" | "assumed"
  bool absolute = false;       // false: only ratios within this mat and person mean something
  // Error (1 sd) that all pressures share, at what a typical loaded cell reads; absent: not known.
  std::optional<double> relative_sd = std::nullopt;
  bool response_known = false;  // a profile bent the readings; else they were taken for linear
  std::vector<PressureError> error = {};  // by rising pressure; empty: not known
};

// A frame that is not to be used, and why.
struct InvalidFrame {
  std::size_t frame = 0;
  std::string reason;  // "byte_swapped", "torn", "shifted", "out_of_order", "dropout", ...
};

// What the raw values showed, in the recording's own unit.
struct RawSignal {
  double background = 0.0;  // median of what an unloaded cell reads
  double noise = 0.0;       // standard deviation of an unloaded cell
  bool background_from_empty_frames = false;
  std::optional<double> saturation;  // reading at which values pile up
};

// What readings do while a person lies still under the same weight: all grow alike (the sensor
// creeps), or the load spreads (person and foam settle), or both; or movement hides either.
enum class LoadCourse { too_short, steady, creep, settling, creep_and_settling, moving };

std::string_view name_of(LoadCourse course);
std::optional<LoadCourse> load_course_named(std::string_view name);

// Both rates are growth for each factor ten in time since lying down, as a share of the value after
// one second.
struct CreepFigures {
  LoadCourse kind = LoadCourse::too_short;
  Estimate rate_per_decade;    // of the load; what is left where `compensated`
  Estimate spread_per_decade;  // of the effective contact area (sum p)^2 / sum p^2
  // Moment of the recording at which the person lay down or turned; before its first frame where
  // that was not recorded but judged by the load's course.
  std::optional<double> lying_since_s;
  // Moment of the recording from which the next minute changes load and contact by less than the
  // limit of quality.toml; may lie after its end. Absent where it cannot be told.
  std::optional<double> readable_from_s;
  // Growth over the minute after the longest time lying, relative; 0 where there is no course.
  double load_growth_at_end = 0.0;
  double contact_growth_at_end = 0.0;
  bool compensated = false;  // readings were divided by the creep law of the mat's profile
};

// Valid frames that repeat the one before exactly, though a person's stillness cannot explain it.
struct RepeatedFrames {
  std::size_t count = 0;
  double longest_s = 0.0;  // longest stretch of one frame sent again and again
};

// Cells [first, last) of a row or a column.
struct LinePart {
  bool is_row = false;
  int line = 0;
  int first = 0;
  int last = 0;
};

// Neighbouring rows or columns [first_line, last_line) that read alike in each of the cells [first,
// last) along them, as lines that touch do: what one of them bears shows in all.
struct BridgedLines {
  bool rows = false;
  int first_line = 0;
  int last_line = 0;
  int first = 0;
  int last = 0;
  double load_share = 0.0;  // of the map's load, that these cells read together
};

// A loaded line shows in its cells without load: each reads `share` of the line's mean reading.
struct Leakage {
  bool along_rows = false;
  double share = 0.0;
  double least = 0.0;  // three quarters of the lines, by how much they differ, show more
};

// From a boundary on, rows (or columns) read `factor` times what those before it do.
struct GainStep {
  bool between_rows = false;
  int line = 0;  // the first one beyond the boundary
  double factor = 1.0;
  double relative_sd = 0.0;  // of the factor
  int poses = 1;             // in which the body lay differently
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
  std::vector<LinePart> dead_parts;  // from one end of a line up to somewhere
  std::vector<int> weak_rows;        // read a steady fraction of what they should
  std::vector<int> weak_cols;
  std::vector<int> hot_rows;  // stuck at one value, loaded or not
  std::vector<int> hot_cols;
  CreepFigures creep;
  std::optional<RepeatedFrames> repeated;  // absent: a mat so coarse or quiet may repeat itself
  std::vector<BridgedLines> bridged;
  std::vector<Leakage> leakage;  // at most one along the rows and one along the columns
  std::vector<GainStep> gain_steps;
  // Of the typical load: what repaired cells carry, and how far the load may be off by them (1 sd).
  double repaired_load_share = 0.0;
  double repaired_load_sd = 0.0;
};

}  // namespace matfit
