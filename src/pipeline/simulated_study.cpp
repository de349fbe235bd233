#include "pipeline/simulated_study.hpp"

#include "stages/write/csv_table.hpp"
#include "stages/write/recording_file.hpp"
#include "stages/write/whole_file.hpp"
#include "synthetic/truth_json.hpp"
#include "types/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <limits>
#include <optional>
#include <system_error>

namespace matfit {

namespace {

namespace fs = std::filesystem;

// Absent numbers become empty cells.
double in_unit(const std::optional<double>& value, double unit) {
  return value ? *value / unit : std::numeric_limits<double>::quiet_NaN();
}

std::string subjects_csv(const StudyPlan& plan) {
  CsvTable table({"subject_id", "sex", "age_years", "stature_cm", "mass_kg", "shoulder_breadth_mm",
                  "waist_breadth_mm", "hip_breadth_mm", "usual_position", "pregnant", "pain_sites",
                  "pain_pattern", "symptoms", "pillow_height_mm"});
  for (const PlannedPerson& person : plan.people) {
    const Subject& s = person.subject;
    table.text(s.id)
        .text(s.sex == Sex::female ? "female" : "male")
        .number(in_unit(s.age_years, 1.0), 0)
        .number(in_unit(s.stature_m, 0.01), 0)
        .number(in_unit(s.mass_kg, 1.0), 0)
        .number(in_unit(s.shoulder_breadth_m, 0.001), 0)
        .number(in_unit(s.waist_breadth_m, 0.001), 0)
        .number(in_unit(s.hip_breadth_m, 0.001), 0)
        .text(s.usual_position ? std::string(name_of(*s.usual_position)) : "")
        .text(s.pregnant ? (*s.pregnant ? "yes" : "no") : "")
        .text(fmt::format("{}", fmt::join(s.pain_sites, ";")))
        .text(s.pain_pattern)
        .text(fmt::format("{}", fmt::join(s.symptoms, ";")))
        .number(in_unit(s.pillow_height_m, 0.001), 0)
        .end_row();
  }
  return table.bytes();
}

std::string curve_name(const Mattress& mattress) { return "curves/" + mattress.id + ".csv"; }

std::string curve_csv(const Mattress& mattress) {
  CsvTable table({"indentation_mm", "pressure_kpa"});
  for (const CurvePoint& point : mattress.curve) {
    table.number(1000.0 * point.indentation_m, 1).number(0.001 * point.pressure_pa, 3).end_row();
  }
  return table.bytes();
}

std::string mattresses_csv(const StudyPlan& plan) {
  CsvTable table({"mattress_id", "name", "firmness", "thickness_mm", "material", "age_years",
                  "curve", "curve_kind", "shear_kn_per_m"});
  for (const PlannedMattress& mattress : plan.mattresses) {
    const Mattress& m = mattress.measured;
    table.text(m.id)
        .text(m.name)
        .number(in_unit(m.firmness, 1.0), 1)
        .number(in_unit(m.thickness_m, 0.001), 0)
        .text(m.material)
        .number(in_unit(m.age_years, 1.0), 0)
        .text(curve_name(m))
        .text(std::string(name_of(m.curve_kind)))
        .number(in_unit(m.shear_n_per_m, 1000.0), 3)
        .end_row();
  }
  return table.bytes();
}

std::string recordings_csv(const StudyPlan& plan) {
  CsvTable table({"recording_id", "path", "subject_id", "mattress_id", "condition"});
  for (const PlannedRecording& recording : plan.recordings) {
    table.text(recording.plan.id)
        .text(recording.plan.id + ".h5")
        .text(plan.people[recording.person].subject.id)
        .text(plan.mattresses[recording.mattress].measured.id)
        .text(recording.condition)
        .end_row();
  }
  return table.bytes();
}

// A made-up study would otherwise replace the tables and recordings of a real one.
void require_empty(const fs::path& folder) {
  std::error_code failed;
  if (!fs::exists(folder, failed)) return;
  const bool empty = fs::is_directory(folder, failed) && fs::is_empty(folder, failed);
  if (empty && !failed) return;
  throw UsageError(fmt::format(
      "{}: is not an empty folder; a simulated study overwrites nothing, so name a new one",
      folder.string()));
}

}  // namespace

void write_simulated_study(const StudyPlan& plan, const fs::path& folder,
                           const SimulationProgress& progress) {
  require_empty(folder);
  for (const PlannedMattress& mattress : plan.mattresses) {
    write_whole_file(folder / curve_name(mattress.measured), curve_csv(mattress.measured));
  }
  write_whole_file(folder / "mattresses.csv", mattresses_csv(plan));
  write_whole_file(folder / "subjects.csv", subjects_csv(plan));
  std::size_t done = 0;
  for (const PlannedRecording& recording : plan.recordings) {
    const SimulatedRecording simulated = simulate(plan, recording);
    write_recording(simulated.recording, folder / (recording.plan.id + ".h5"));
    write_whole_file(folder / (recording.plan.id + ".truth.json"), truth_json(simulated));
    if (progress) progress(++done, plan.recordings.size());
  }
  // Last, so that a folder with this table is whole.
  write_whole_file(folder / "recordings.csv", recordings_csv(plan));
}

}  // namespace matfit
