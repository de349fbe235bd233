#pragma once

#include "stages/acquire/line_reader.hpp"
#include "stages/acquire/number_line.hpp"
#include "stages/acquire/printed_figure.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// One sensor in one frame, as its lines above SENSELS say; what they leave out is absent or empty.
struct XsensorBlock {
  std::string sensor;
  std::string frame;  // its number as written
  std::string units;
  std::optional<double> threshold;  // in `units`
  std::string date;
  std::string time;
  std::optional<std::size_t> rows, cols;
  std::optional<double> sensel_width_m, sensel_height_m;
  std::optional<PrintedFigure> average, minimum, peak, contact_area, total_area, load, deviation;
  std::size_t line = 0;  // of SENSELS
};

// The sensors' blocks of XSENSOR's text export, one after the other: the layouts "PRO 7 REV 1"
// (Rows:,"48"), the one without colons (Rows,48) with groups of cells below the sensors, and the
// export of a single frame, which names no frame. Groups repeat cells of the sensors and are left
// out.
class XsensorBlocks {
 public:
  explicit XsensorBlocks(const std::filesystem::path& path);

  // The next one, down to its line SENSELS; absent at the end. Cells not read are passed over.
  std::optional<XsensorBlock> next();
  // The cells of that block, row-major; gives their number of columns. InputError, naming the line,
  // where they are not the grid that the block states or not pressures.
  std::size_t read_cells(const XsensorBlock& block, std::vector<float>& values);

  std::string sha256() { return lines_.sha256(); }

 private:
  void take(const std::vector<std::string>& cells);
  void take_length(const std::vector<std::string>& cells, const std::string& unit,
                   std::optional<double>& length_m) const;
  std::optional<std::string_view> next_line();
  [[noreturn]] void refuse(const std::string& value, const std::string& expected,
                           const std::string& remedy) const;

  std::string file_;
  LineReader lines_;
  char separator_;
  NumberSyntax syntax_;
  XsensorBlock block_;
  bool in_group_ = false;
  std::string held_;  // a line read too far
  bool holding_ = false;
};

}  // namespace matfit
