#pragma once

#include "stages/fit/anthropometry.hpp"
#include "types/result.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

inline constexpr int print_rows = 32;
inline constexpr int print_cols = 16;

// A bout's mean map made small: the mat's whole area in 32 x 16 cells, in steps of 1/255 of the
// highest. Neither unit nor offset of the readings is in it, and little of their noise.
using MapPrint = std::array<std::uint8_t, std::size_t{print_rows} * print_cols>;

// Powers of the readings whose sum may stand for the load: which one does, only the people of a mat
// tell together.
inline constexpr std::array<double, 4> load_exponents = {1.0, 0.8, 0.65, 0.5};

// The little of a recording that checks across a study need.
struct RecordingSummary {
  std::string recording_id;
  std::string subject_id;   // empty: not given
  std::string mattress_id;  // empty: not given
  std::string input_sha256;
  std::string mat;             // model, size and pitch: recordings of equal ones compare
  std::vector<MapPrint> maps;  // of the longest bouts, longest first
  // Sum over the cells of the reading to each power times the cell's area, median over the bouts on
  // the back and the sides; in Pa m2 = N at power 1 where `absolute`. Absent where nobody lay.
  std::optional<std::array<double, load_exponents.size()>> loads;
  bool absolute = false;
  std::optional<double> length_m;  // head to heel on the back, found without the stated stature
  std::optional<double> stature_m;
  std::optional<double> mass_kg;
};

// From a result with its maps, as analysed or as read from a results folder. Without maps only ids,
// checksum and what is stated of the person are filled in.
RecordingSummary summarise_recording(const RecordingResult& result, const Anthropometry& known);

}  // namespace matfit
