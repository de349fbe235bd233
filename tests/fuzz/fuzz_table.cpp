// Reads bytes as one table of a calibration (MATFIT_FUZZED_TABLE): the places of a mat's cells, the
// readings of an indenter, or the levels of a mat's certificate. There are rows whose figures are
// finite, or an error of the two kinds.

#include "fuzz_input.hpp"

#include "stages/acquire/cell_table.hpp"
#include "stages/acquire/indenter_table.hpp"
#include "stages/acquire/level_table.hpp"
#include "types/error.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>

namespace matfit {
namespace {

using test::require;

constexpr std::string_view kind = MATFIT_FUZZED_TABLE;
static_assert(kind == "cells" || kind == "indenter" || kind == "levels");

[[maybe_unused]] void read_cells(const std::filesystem::path& table) {
  for (const CellOutline& cell : read_cell_table(table, {1, 2})) {
    require(std::isfinite(cell.area_m2()) && cell.area_m2() > 0.0, "a cell has an area");
  }
}

[[maybe_unused]] void read_indenter(const std::filesystem::path& table) {
  for (const IndenterSpecimen& specimen :
       read_indenter_tables({table}, {0.03}, std::nullopt).specimens) {
    require(!specimen.readings.empty(), "a specimen was measured");
    for (const IndenterReading& reading : specimen.readings) {
      require(std::isfinite(reading.force_n) && std::isfinite(reading.depth_m),
              "an indenter's readings are finite");
    }
  }
}

[[maybe_unused]] void read_levels(const std::filesystem::path& table) {
  for (const LevelEntry& level : read_level_table(table)) {
    require(!level.path.empty(), "a level has a recording");
    require(level.load.pressure_pa.has_value() != level.load.mass_kg.has_value(),
            "a level has a pressure or a mass");
  }
}

}  // namespace
}  // namespace matfit

bool matfit::test::accepts(const std::uint8_t* bytes, std::size_t size) {
  const std::filesystem::path table = input_file(bytes, size, "table.csv");
  try {
    if constexpr (kind == "cells") {
      read_cells(table);
    } else if constexpr (kind == "indenter") {
      read_indenter(table);
    } else {
      read_levels(table);
    }
    return true;
  } catch (const InputError&) {
  } catch (const UsageError&) {
  }
  return false;
}
