#include "stages/acquire/indenter_table.hpp"

#include "stages/acquire/limits.hpp"
#include "stages/acquire/recording_ids.hpp"
#include "stages/acquire/table_file.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace matfit {

namespace {

namespace fs = std::filesystem;

// A column, its unit, and what one of it is in SI.
struct Column {
  const char* name;
  const char* unit;
  double si;
  Limits limits;
};

const std::array<Column, 4>& force_columns() {
  static const std::array<Column, 4> columns = {
      {{"force_n", "N", 1.0, limits::indenter_force_n},
       {"force_kg", "kg", standard_gravity_m_per_s2, limits::indenter_force_kg},
       {"force_lbf", "lbf", n_per_lbf, limits::indenter_force_lbf},
       {"pressure_kpa", "", pa_per_kpa, limits::indenter_pressure_kpa}}};
  return columns;
}

const std::array<Column, 3>& depth_columns() {
  static const std::array<Column, 3> columns = {
      {{"depth_mm", "mm", m_per_mm, limits::indenter_depth_mm},
       {"indentation_mm", "mm", m_per_mm, limits::indenter_depth_mm},
       {"depth_inch", "inch", m_per_inch, limits::indenter_depth_inch}}};
  return columns;
}

// The one of `columns` that the table's first row fills.
template <std::size_t N>
const Column& only_column(const TableFile& table, const std::array<Column, N>& columns,
                          const std::string& expected) {
  const Column* found = nullptr;
  for (const Column& column : columns) {
    if (table.text(0, column.name).empty()) continue;
    if (found != nullptr) {
      throw UsageError(table.file() + ": columns '" + found->name + "' and '" + column.name +
                       "' both hold values; keep one");
    }
    found = &column;
  }
  if (found == nullptr) throw UsageError(table.file() + ": expected one column of " + expected);
  return *found;
}

double required(const TableFile& table, std::size_t row, const Column& column) {
  const auto value = table.number(row, column.name, column.limits);
  if (!value) table.refuse(row, column.name, "a number", "complete the reading or leave it out");
  return *value * column.si;
}

std::optional<double> metres(const TableFile& table, std::size_t row, const char* column,
                             const Limits& limit) {
  const auto value = table.number(row, column, limit);
  if (!value) return std::nullopt;
  return *value * m_per_mm;
}

IndenterSpecimen& specimen_of(IndenterTest& test, const TableFile& table, std::size_t row,
                              const std::string& zone, const std::optional<double>& thickness_m) {
  const std::string& layer = table.text(row, "layer");
  for (IndenterSpecimen& specimen : test.specimens) {
    if (specimen.zone == zone && specimen.layer == layer) return specimen;
  }
  IndenterSpecimen specimen;
  specimen.zone = zone;
  specimen.layer = layer;
  specimen.place = table.place(row, "depth");
  specimen.place.resize(specimen.place.find(','));
  specimen.y_from_m = metres(table, row, "y_from_mm", limits::zone_mm);
  specimen.y_to_m = metres(table, row, "y_to_mm", limits::zone_mm);
  if (specimen.y_from_m && specimen.y_to_m && !(*specimen.y_to_m > *specimen.y_from_m)) {
    table.refuse(row, "y_to_mm", "more than y_from_mm", "count both from the head end");
  }
  specimen.thickness_m = metres(table, row, "thickness_mm", limits::thickness_mm);
  if (!specimen.thickness_m && layer.empty()) specimen.thickness_m = thickness_m;
  test.specimens.push_back(std::move(specimen));
  return test.specimens.back();
}

void require_zone_name(const TableFile& table, std::size_t row, const std::string& zone) {
  if (!zone.empty() && !is_recording_id(zone)) {
    table.refuse(row, "zone", "letters, digits, . _ -", "the name becomes part of a file's name");
  }
}

void add_table(IndenterTest& test, const fs::path& path, bool zone_by_file,
               const std::optional<double>& thickness_m) {
  const TableFile table(
      path,
      {"force_n", "force_kg", "force_lbf", "pressure_kpa", "depth_mm", "indentation_mm",
       "depth_inch", "cycle", "thickness_mm", "layer", "zone", "y_from_mm", "y_to_mm"},
      0);
  if (table.rows() == 0) {
    throw InputError({table.file(), "", "no readings", "force against depth", "give the test"});
  }
  const Column& force =
      only_column(table, force_columns(), "force_n, force_kg, force_lbf or pressure_kpa");
  const Column& depth =
      only_column(table, depth_columns(), "depth_mm, indentation_mm or depth_inch");
  if (!test.specimens.empty() && test.force_unit != force.unit) {
    throw UsageError(table.file() + ": its force is in another unit than that of the file before");
  }
  test.force_unit = force.unit;
  // A pressure over the indenter is as good as its force.
  const double newtons = *force.unit == '\0' ? test.area_m2 : 1.0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    std::string zone = table.text(row, "zone");
    require_zone_name(table, row, zone);
    if (zone.empty() && zone_by_file) zone = id_from_file_name(path);
    IndenterReading reading;
    reading.force_n = required(table, row, force) * newtons;
    reading.depth_m = required(table, row, depth);
    reading.cycle = table.whole_number(row, "cycle", limits::indenter_cycles).value_or(0);
    specimen_of(test, table, row, zone, thickness_m).readings.push_back(reading);
  }
}

}  // namespace

IndenterTest read_indenter_tables(const std::vector<fs::path>& paths, const Indenter& indenter,
                                  const std::optional<double>& thickness_m) {
  IndenterTest test;
  test.file = paths.front().string();
  test.area_m2 = indenter.area_m2;
  test.kind = indenter.kind;
  for (const fs::path& path : paths) add_table(test, path, paths.size() > 1, thickness_m);
  return test;
}

}  // namespace matfit
