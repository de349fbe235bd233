#pragma once

#include "stages/acquire/cell_layout.hpp"

#include <filesystem>
#include <vector>

namespace matfit {

// Where the cells of a mat lie whose recordings do not say it: a table with the columns cell (the
// sensor's number in the recording), x_mm, y_mm (its centre, y upwards) and either area_mm2, for
// square cells, or width_mm and height_mm. In the order of `sensors`; InputError for a sensor that
// is not there or there twice.
std::vector<CellOutline> read_cell_table(const std::filesystem::path& path,
                                         const std::vector<int>& sensors);

}  // namespace matfit
