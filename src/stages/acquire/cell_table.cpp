#include "stages/acquire/cell_table.hpp"

#include "stages/acquire/limits.hpp"
#include "stages/acquire/table_file.hpp"
#include "types/error.hpp"

#include <cmath>
#include <map>
#include <string>

namespace matfit {

namespace {

constexpr Limits cell_number = {0, 1e6, "the number of a sensor"};
constexpr Limits position_mm = {-1e4, 1e4, "mm, not m"};
constexpr Limits area_mm2 = {0.25, 250000, "mm2, not cm2"};

double required(const TableFile& table, std::size_t row, const char* column, const Limits& limits) {
  const auto value = table.number(row, column, limits);
  if (!value) table.refuse(row, column, "a number", "give it for every cell");
  return *value;
}

Eigen::Vector2d size_mm(const TableFile& table, std::size_t row) {
  const auto width = table.number(row, "width_mm", limits::pitch_mm);
  const auto height = table.number(row, "height_mm", limits::pitch_mm);
  if (width && height) return {*width, *height};
  const auto area = table.number(row, "area_mm2", area_mm2);
  if (!area) table.refuse(row, "area_mm2", "an area, or width_mm and height_mm", "add it");
  return Eigen::Vector2d::Constant(std::sqrt(*area));
}

}  // namespace

std::vector<CellOutline> read_cell_table(const std::filesystem::path& path,
                                         const std::vector<int>& sensors) {
  const TableFile table(path, {"cell", "x_mm", "y_mm", "area_mm2", "width_mm", "height_mm"}, 3);
  std::map<int, CellOutline> cells;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const int number = static_cast<int>(required(table, row, "cell", cell_number));
    const Eigen::Vector2d centre_mm(required(table, row, "x_mm", position_mm),
                                    required(table, row, "y_mm", position_mm));
    const Eigen::Vector2d size_m = size_mm(table, row) / 1000.0;
    const CellOutline outline =
        rectangle_around(std::to_string(number), centre_mm / 1000.0, size_m.x(), size_m.y());
    if (!cells.emplace(number, outline).second) {
      table.refuse(row, "cell", "each cell once", "remove one of the two lines");
    }
  }
  std::vector<CellOutline> outlines;
  for (const int sensor : sensors) {
    const auto found = cells.find(sensor);
    if (found == cells.end()) {
      throw InputError({path.string(), "", "no line for cell " + std::to_string(sensor),
                        "every sensor of the recording", "add it to the table"});
    }
    outlines.push_back(found->second);
  }
  return outlines;
}

}  // namespace matfit
