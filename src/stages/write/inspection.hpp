#pragma once

#include "types/pressure_series.hpp"
#include "types/recording.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

// What is said of a recording before any analysis: what was read, from where each statement came,
// what the calibration found and how good it is.
struct Inspection {
  std::string recording_id;
  std::vector<std::pair<std::string, std::string>> facts;  // label and text, in order
  Quality quality;
  PressureField mean;  // over the usable frames, in the recording's order; empty: none is usable
  std::vector<std::uint8_t> absent;  // cells that the mat does not have; empty: all are there
  std::vector<double> time_s;        // a frame each, as the next two
  std::vector<double> load_n;
  std::vector<std::uint8_t> valid;
};

// `series`: the recording's, calibrated. `language`: of the facts.
Inspection inspection_of(const Recording& recording, const PressureSeries& series,
                         const std::string& language = "en");

// One self-contained page: the map with every defect marked in the recording's own rows and
// columns, the load over time with the frames left out, the grade and its reasons. UsageError where
// it cannot be written.
void write_inspection_page(const Inspection& inspection, const std::string& version,
                           const std::filesystem::path& path);

// One JSON document, schema "matfit-inspection"; its "quality" is that of the results.
std::string inspection_json(const Recording& recording, const PressureSeries& series);

}  // namespace matfit
