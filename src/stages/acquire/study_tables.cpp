#include "stages/acquire/study_tables.hpp"

#include "stages/acquire/curve_check.hpp"
#include "stages/acquire/study_paths.hpp"
#include "stages/acquire/table_file.hpp"
#include "types/error.hpp"

#include <cmath>
#include <optional>

namespace matfit {

namespace {

std::optional<double> scaled(const std::optional<double>& value, double units_per_si) {
  if (!value) return std::nullopt;
  return *value / units_per_si;
}

// The id of a row: there, and not there before.
template <typename T>
const std::string& new_id(const TableFile& table, std::size_t row, std::string_view column,
                          const std::map<std::string, TableRow<T>>& before) {
  const std::string& id = table.text(row, column);
  if (id.empty()) {
    throw UsageError(table.file() + ": " + table.place(row, column) +
                     ": expected an id; give each line one");
  }
  if (before.contains(id)) {
    throw UsageError(table.file() + ": " + table.place(row, column) + ": '" + id +
                     "' stands there twice; give each line its own id");
  }
  return id;
}

// All rows by id; `read` throws InputError for a wrong cell.
template <typename T>
std::map<std::string, TableRow<T>> rows_by_id(const TableFile& table, std::string_view id_column,
                                              T (*read)(const TableFile&, std::size_t)) {
  std::map<std::string, TableRow<T>> rows;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const std::string& id = new_id(table, row, id_column, rows);
    try {
      rows.emplace(id, read(table, row));
    } catch (const InputError& error) {
      rows.emplace(id, error.fault());
    }
  }
  return rows;
}

std::optional<Sex> sex_of(const TableFile& table, std::size_t row) {
  const std::string& text = table.text(row, "sex");
  if (text.empty()) return std::nullopt;
  if (text == "female") return Sex::female;
  if (text == "male") return Sex::male;
  table.refuse(row, "sex", "female or male", "leave it empty where it is not known");
}

std::optional<bool> truth_of(const TableFile& table, std::size_t row, std::string_view column) {
  const std::string& text = table.text(row, column);
  if (text.empty()) return std::nullopt;
  if (text == "yes" || text == "true" || text == "1") return true;
  if (text == "no" || text == "false" || text == "0") return false;
  table.refuse(row, column, "yes or no", "leave it empty where it is not known");
}

std::optional<Posture> usual_position_of(const TableFile& table, std::size_t row) {
  const std::string& text = table.text(row, "usual_position");
  if (text.empty()) return std::nullopt;
  const auto posture = posture_named(text);
  if (posture && is_lying(*posture)) return posture;
  table.refuse(row, "usual_position", "supine, prone, left or right",
               "leave it empty where it is not known");
}

void read_curve(const std::filesystem::path& path, Mattress& mattress) {
  const TableFile table(path, {"indentation_mm", "pressure_kpa", "pressure_sd_kpa"}, 2);
  std::vector<CurveRow> rows;
  double sd_squares = 0.0;
  double squares = 0.0;
  bool all_have_sd = true;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto indentation_mm = table.number(row, "indentation_mm", limits::indentation_mm);
    const auto pressure_kpa = table.number(row, "pressure_kpa", limits::curve_pressure_kpa);
    if (!indentation_mm) table.refuse(row, "indentation_mm", "a number", "complete the point");
    if (!pressure_kpa) table.refuse(row, "pressure_kpa", "a number", "complete the point");
    const auto sd_kpa = table.number(row, "pressure_sd_kpa", limits::curve_sd_kpa);
    all_have_sd = all_have_sd && sd_kpa.has_value();
    sd_squares += std::pow(sd_kpa.value_or(0.0), 2);
    squares += std::pow(*pressure_kpa, 2);
    rows.push_back({*indentation_mm, *pressure_kpa, table.place(row, "pressure_kpa")});
  }
  mattress.curve = checked_curve(rows, table.file());
  if (sd_squares > squares) {
    table.refuse(table.rows() - 1, "pressure_sd_kpa", "errors smaller than the pressures",
                 "give standard deviations in kPa, or leave the column empty");
  }
  if (all_have_sd) mattress.curve_relative_sd = std::sqrt(sd_squares / squares);
}

Subject subject_of(const TableFile& table, std::size_t row) {
  Subject subject;
  subject.id = table.text(row, "subject_id");
  subject.sex = sex_of(table, row);
  subject.age_years = table.number(row, "age_years", limits::age_years);
  subject.stature_m = scaled(table.number(row, "stature_cm", limits::stature_cm), 100.0);
  subject.mass_kg = table.number(row, "mass_kg", limits::mass_kg);
  subject.shoulder_breadth_m =
      scaled(table.number(row, "shoulder_breadth_mm", limits::shoulder_breadth_mm), 1000.0);
  subject.waist_breadth_m =
      scaled(table.number(row, "waist_breadth_mm", limits::waist_breadth_mm), 1000.0);
  subject.hip_breadth_m =
      scaled(table.number(row, "hip_breadth_mm", limits::hip_breadth_mm), 1000.0);
  subject.usual_position = usual_position_of(table, row);
  subject.pregnant = truth_of(table, row, "pregnant");
  subject.pain_sites = table.list(row, "pain_sites");
  subject.pain_pattern = table.text(row, "pain_pattern");
  subject.symptoms = table.list(row, "symptoms");
  subject.pillow_height_m =
      scaled(table.number(row, "pillow_height_mm", limits::pillow_height_mm), 1000.0);
  return subject;
}

Mattress mattress_of(const TableFile& table, std::size_t row) {
  Mattress mattress;
  mattress.id = table.text(row, "mattress_id");
  mattress.name = table.text(row, "name");
  mattress.firmness = table.number(row, "firmness", limits::firmness);
  mattress.thickness_m = scaled(table.number(row, "thickness_mm", limits::thickness_mm), 1000.0);
  mattress.material = table.text(row, "material");
  mattress.age_years = table.number(row, "age_years", limits::mattress_age_years);
  mattress.shear_n_per_m =
      scaled(table.number(row, "shear_kn_per_m", limits::shear_kn_per_m), 0.001);
  const std::string& kind = table.text(row, "curve_kind");
  if (!kind.empty()) {
    const auto named = curve_kind_named(kind);
    if (!named) {
      table.refuse(row, "curve_kind", "uniform, disc_203mm or platen_344mm",
                   "see how the curve was measured");
    }
    mattress.curve_kind = *named;
  }
  const std::filesystem::path curve = path_in_study(table, row, "curve");
  if (!curve.empty()) read_curve(curve, mattress);
  return mattress;
}

MatEntry mat_of(const TableFile& table, std::size_t row) {
  MatEntry mat;
  mat.read.source = "mats.csv";
  mat.read.rows = table.whole_number(row, "rows", limits::grid_lines);
  mat.read.cols = table.whole_number(row, "cols", limits::grid_lines);
  mat.read.row_pitch_m = scaled(table.number(row, "row_pitch_mm", limits::pitch_mm), 1000.0);
  mat.read.col_pitch_m = scaled(table.number(row, "col_pitch_mm", limits::pitch_mm), 1000.0);
  const std::string& head_end = table.text(row, "head_end");
  mat.read.head_end = head_end_named(head_end);
  if (!head_end.empty() && !mat.read.head_end) {
    table.refuse(row, "head_end", "first_row, last_row, first_col, last_col or unknown",
                 "leave it empty where it is not known");
  }
  const std::string& view = table.text(row, "view");
  mat.read.view = view_named(view);
  if (!view.empty() && !mat.read.view) {
    table.refuse(row, "view", "above, below or unknown", "leave it empty where it is not known");
  }
  const std::string& units = table.text(row, "units");
  mat.read.unit = pressure_unit_named(units);
  if (!units.empty() && !mat.read.unit) {
    table.refuse(row, "units", "mmHg, kPa or raw", "leave it empty where it is not known");
  }
  mat.profile = path_in_study(table, row, "calibration").string();
  return mat;
}

}  // namespace

std::map<std::string, TableRow<Subject>> read_subjects(const std::filesystem::path& path) {
  const TableFile table(
      path,
      {"subject_id", "sex", "age_years", "stature_cm", "mass_kg", "shoulder_breadth_mm",
       "waist_breadth_mm", "hip_breadth_mm", "usual_position", "pregnant", "pain_sites",
       "pain_pattern", "symptoms", "pillow_height_mm"},
      1);
  return rows_by_id(table, "subject_id", subject_of);
}

std::map<std::string, TableRow<Mattress>> read_mattresses(const std::filesystem::path& path) {
  const TableFile table(path,
                        {"mattress_id", "name", "firmness", "thickness_mm", "material", "age_years",
                         "curve", "curve_kind", "shear_kn_per_m"},
                        1);
  return rows_by_id(table, "mattress_id", mattress_of);
}

std::map<std::string, TableRow<MatEntry>> read_mats(const std::filesystem::path& path) {
  const TableFile table(path,
                        {"mat_id", "rows", "cols", "row_pitch_mm", "col_pitch_mm", "head_end",
                         "view", "units", "calibration"},
                        1);
  return rows_by_id(table, "mat_id", mat_of);
}

}  // namespace matfit
