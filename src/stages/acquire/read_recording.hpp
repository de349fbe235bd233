#pragma once

#include "types/recording.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// What the user says about a file. Where given it wins over what the file's format implies; a file
// that states its own rows and columns must agree with them. A text with rows and columns given is
// plain text: no guess at a known data set is made from a grid that the user described.
struct ReadOptions {
  std::optional<std::string> format;  // an id of known_formats()
  std::optional<int> rows, cols;
  std::optional<double> row_pitch_m, col_pitch_m;
  std::optional<HeadEnd> head_end;
  std::optional<View> view;
  std::optional<PressureUnit> unit;
  std::optional<double> sample_rate_hz;
  std::optional<std::string> sensor;    // which one, of a file with several
  std::optional<std::string> cells;     // a table of the cells' places (cell_table.hpp)
  std::optional<std::string> variable;  // which one, of a MATLAB file with several
  std::string source = "command line";  // where these statements come from
};

// A recording in any of the known formats, told apart by content. Its id is the file's own or,
// where it has none, the file name's stem made safe, with the sensor's name behind it where the
// file has several (recording_ids.hpp). Throws InputError for whatever is wrong with the file,
// UsageError for an unknown format id. A file of several sensors is read one by one: without
// `sensor`, or with one that it does not hold, it is an InputError that names them.
Recording read_recording(const std::filesystem::path& path, const ReadOptions& options = {});

// The names of the sensors in a file, in its order; empty where its format knows no sensors or it
// is of no known format. InputError where it cannot be read.
std::vector<std::string> sensors_in(const std::filesystem::path& path);

}  // namespace matfit
