#include "stages/acquire/level_table.hpp"

#include "stages/acquire/limits.hpp"
#include "stages/acquire/study_paths.hpp"
#include "stages/acquire/study_tables.hpp"
#include "stages/acquire/table_file.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <map>
#include <optional>
#include <variant>

namespace matfit {

namespace {

namespace fs = std::filesystem;

constexpr double cm2_per_m2 = 1e4;
constexpr const char* whole_mat = "mat";

std::optional<double> scaled(const std::optional<double>& value, double factor) {
  if (!value) return std::nullopt;
  return *value * factor;
}

KnownLoad load_of(const TableFile& table, std::size_t row) {
  KnownLoad load;
  load.file = table.file();
  load.place = table.place(row, "path").substr(0, table.place(row, "path").find(','));
  const auto mmhg = table.number(row, "pressure_mmhg", limits::level_pressure_mmhg);
  const auto kpa = table.number(row, "pressure_kpa", limits::level_pressure_kpa);
  load.mass_kg = table.number(row, "mass_kg", limits::level_mass_kg);
  const int statements = (mmhg ? 1 : 0) + (kpa ? 1 : 0) + (load.mass_kg ? 1 : 0);
  if (statements != 1) {
    table.refuse(row, "path", "one of pressure_mmhg, pressure_kpa and mass_kg on its line",
                 "fill in exactly one; 0 mmHg for the empty mat");
  }
  load.pressure_pa = mmhg ? scaled(mmhg, pa_per_mmhg) : scaled(kpa, pa_per_kpa);
  const std::string& area = table.text(row, "area_cm2");
  if (load.mass_kg && area.empty()) {
    table.refuse(row, "area_cm2", "the area under the mass, or 'mat' for the whole mat",
                 "a mass alone says nothing of the pressure");
  }
  if (load.mass_kg && area != whole_mat) {
    load.area_m2 = scaled(table.number(row, "area_cm2", limits::level_area_cm2), 1.0 / cm2_per_m2);
  }
  const auto direction = load_direction_named(table.text(row, "direction"));
  if (!direction) {
    table.refuse(row, "direction", "up or down", "leave it empty where it is not known");
  }
  load.direction = *direction;
  return load;
}

ReadOptions options_of(const TableFile& table, std::size_t row,
                       const std::map<std::string, TableRow<MatEntry>>& mats) {
  const std::string& id = table.text(row, "mat_id");
  if (id.empty()) return {};
  const auto found = mats.find(id);
  if (found == mats.end()) {
    table.refuse(row, "mat_id", "a mat_id of mats.csv beside the table",
                 "add the mat there, or leave the cell empty");
  }
  if (const InputFault* fault = std::get_if<InputFault>(&found->second)) throw InputError(*fault);
  return std::get<MatEntry>(found->second).read;
}

}  // namespace

std::vector<LevelEntry> read_level_table(const fs::path& path) {
  const TableFile table(
      path, {"path", "pressure_mmhg", "pressure_kpa", "mass_kg", "area_cm2", "direction", "mat_id"},
      1);
  const fs::path mats_file = path.parent_path() / "mats.csv";
  std::map<std::string, TableRow<MatEntry>> mats;
  if (fs::is_regular_file(mats_file)) mats = read_mats(mats_file);
  std::vector<LevelEntry> entries;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    LevelEntry entry;
    entry.path = path_in_study(table, row, "path");
    if (entry.path.empty()) table.refuse(row, "path", "a recording", "name its file");
    entry.load = load_of(table, row);
    entry.read = options_of(table, row, mats);
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace matfit
