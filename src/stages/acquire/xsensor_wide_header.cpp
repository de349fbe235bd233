#include "stages/acquire/xsensor_wide_header.hpp"

#include "stages/acquire/csv_cells.hpp"
#include "stages/acquire/limits.hpp"
#include "types/error.hpp"

#include <set>

namespace matfit {

namespace {

// "s_12_3", in lower case, as row 11, column 2.
std::optional<std::pair<int, int>> cell_named(std::string_view name) {
  if (!name.starts_with("s_")) return std::nullopt;
  const std::size_t bar = name.find('_', 2);
  if (bar == std::string_view::npos) return std::nullopt;
  const auto row = whole_number_in(name.substr(2, bar - 2));
  const auto col = whole_number_in(name.substr(bar + 1));
  const auto most = static_cast<std::size_t>(limits::grid_lines.high);
  if (!row || !col || *row < 1 || *col < 1 || *row > most || *col > most) return std::nullopt;
  return std::pair{static_cast<int>(*row) - 1, static_cast<int>(*col) - 1};
}

}  // namespace

std::optional<XsensorWideHeader> xsensor_wide_header(std::string_view line, char separator,
                                                     const std::string& file,
                                                     std::size_t line_number) {
  if (line.find("S_") == std::string_view::npos && line.find("s_") == std::string_view::npos) {
    return std::nullopt;
  }
  XsensorWideHeader header;
  header.separator = separator;
  std::vector<XsensorWideSensor>& sensors = header.sensors;
  std::set<std::pair<int, int>> seen;
  std::optional<std::string_view> rest = line;
  for (std::size_t column = 0; rest; ++column) {
    const Heading heading = heading_of(take_cell(rest, separator));
    const std::string& name = heading.name;
    if (!name.empty()) header.columns = column + 1;
    if (name == "date") header.date = column;
    if (name == "time") header.time = column;
    if (name == "units") header.units = column;
    if (name == "threshold") header.threshold = column;
    const auto cell = cell_named(name);
    if (name == "sensor" || (cell && sensors.empty())) {
      sensors.emplace_back();
      seen.clear();
    }
    if (sensors.empty()) continue;
    XsensorWideSensor& sensor = sensors.back();
    if (cell) {
      if (!seen.insert(*cell).second) {
        throw InputError({file, "line " + std::to_string(line_number), name, "each cell once",
                          "export the recording again, without groups"});
      }
      sensor.cells.push_back({column, cell->first, cell->second});
    } else if (sensor.cells.empty()) {  // below that: figures of groups
      if (name == "sensor") sensor.name = column;
      if (name == "rows") sensor.rows = column;
      if (name == "columns") sensor.cols = column;
      if (name == "average pressure") sensor.average = column;
      if (name == "peak pressure") sensor.peak = column;
      if (name == "total area") sensor.total_area = column;
      if (name == "sensel width") sensor.sensel_width = column;
      if (name == "sensel height") sensor.sensel_height = column;
      if (name == "peak pressure") sensor.pressure_unit = heading.unit;
      if (name == "total area") sensor.area_unit = heading.unit;
      if (name == "sensel width") sensor.length_unit = heading.unit;
    }
  }
  std::erase_if(sensors, [](const XsensorWideSensor& sensor) { return sensor.cells.empty(); });
  if (sensors.empty()) return std::nullopt;
  return header;
}

}  // namespace matfit
