#include "stages/write/comparison.hpp"
#include "stages/write/csv_table.hpp"
#include "stages/write/results.hpp"
#include "stages/write/whole_file.hpp"
#include "types/spine_names.hpp"
#include "types/units.hpp"

#include <array>
#include <limits>

// Columns of the tables. An empty cell: not known, not found or not applicable.
//
// summary.csv, one row a recording
//   recording_id, subject_id, mattress_id, condition
//   duration_s, frames, invalid_frames
//   grade                     A, B, C or F
//   load_over_weight          measured load over body weight; 1 = all of the body is on the mat
//   units_absolute            yes | no: whether mmHg are mmHg or rest on an assumed scale
//   head_end, view, orientation_source
//   posture                   the one lain in longest;  bouts: number of bouts
//   share_supine, share_prone, share_left, share_right   of the time lying, 0..1
//   shifts, shifts_per_h, longest_still_s
//   verdict                   too_soft | right | too_firm | undecided
//   score, score_low, score_high and likewise alignment, pressure_relief, support: 0..100, with
//                             the 95 % interval
//   referral                  number of reasons to see a professional;  advice: rule ids, ;
//   quality_reasons           codes, ;
//   pressure_source           profile | recording | body_weight | assumed: what gives the scale
//   movements, movements_per_h  of the body while lying, small ones and shifts
//   restlessness              share of the time lying that is spent moving, 0..1
//
// bouts.csv, one row a bout
//   recording_id, bout (from 1), subject_id, mattress_id, start_s, end_s, posture, confidence
//   body_status, spine_status, spine_plane, spine_basis
//   NAME, NAME_low, NAME_high for each spine metric of the README (value and 95 % interval)
//   mean_mmhg, peak_mmhg, contact_cm2, cv, load_n, threshold_mmhg
//   mean_mmhg_sd, peak_mmhg_sd: what the mat's unit and response leave open; empty: not known
//   verdict, score, alignment, pressure_relief, support
//
// hotspots.csv, one row a hotspot
//   recording_id, bout, subject_id, mattress_id, posture, site, x_mm, y_mm, sd_mm, peak_mmhg,
//   ppi_mmhg, ppi_area_cm2, area_cm2, gradient_mmhg_per_cm, dose_mmhg_s, duration_s
//   peak_mmhg_sd, ppi_mmhg_sd, dose_mmhg_s_sd: as in bouts.csv
//
// comparison.csv, one row a subject and mattress
//   subject_id, mattress_id, mattress_name, recordings, lying_s, verdict, then score, alignment,
//   pressure_relief, support each with _low and _high
namespace matfit {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double cm2_per_m2 = 1e4;

void add_interval_columns(std::vector<std::string>& header, const std::string& name) {
  header.push_back(name);
  header.push_back(name + "_low");
  header.push_back(name + "_high");
}

void add_interval(CsvTable& table, const Estimate& e, int decimals) {
  table.number(e.value, decimals).number(e.ci95_low, decimals).number(e.ci95_high, decimals);
}

void add_mmhg(CsvTable& table, const std::optional<double>& pa) {
  table.number(pa.value_or(nan) / pa_per_mmhg, 2);
}

std::string longest_posture(const RecordingResult& result) {
  std::array<double, posture_count> seconds{};
  for (const BoutResult& b : result.bouts) {
    // A single frame lasts no time but was seen.
    seconds[static_cast<std::size_t>(b.bout.posture)] += b.bout.end_s - b.bout.start_s + 1e-9;
  }
  std::size_t longest = 0;
  for (std::size_t i = 1; i < posture_count; ++i) {
    if (seconds[i] > seconds[longest]) longest = i;
  }
  return std::string(name_of(static_cast<Posture>(longest)));
}

std::string code_list(const std::vector<QualityReason>& reasons) {
  std::string codes;
  for (const QualityReason& r : reasons) codes += (codes.empty() ? "" : ";") + r.code;
  return codes;
}

std::string rule_list(const std::vector<Advice>& advice) {
  std::string rules;
  for (const Advice& a : advice) rules += (rules.empty() ? "" : ";") + a.rule;
  return rules;
}

}  // namespace

void write_summary_csv(const std::vector<RecordingResult>& results,
                       const std::filesystem::path& path) {
  std::vector<std::string> header = {
      "recording_id",       "subject_id",      "mattress_id",    "condition",
      "duration_s",         "frames",          "invalid_frames", "grade",
      "load_over_weight",   "units_absolute",  "head_end",       "view",
      "orientation_source", "posture",         "bouts",          "share_supine",
      "share_prone",        "share_left",      "share_right",    "shifts",
      "shifts_per_h",       "longest_still_s", "verdict"};
  for (const char* part : {"score", "alignment", "pressure_relief", "support"}) {
    add_interval_columns(header, part);
  }
  header.insert(header.end(), {"referral", "advice", "quality_reasons", "pressure_source",
                               "movements", "movements_per_h", "restlessness"});
  CsvTable table(header);
  for (const RecordingResult& r : results) {
    table.text(r.recording_id).text(r.subject_id).text(r.mattress_id).text(r.condition);
    table.number(r.duration_s, 3).number(static_cast<double>(r.frames), 0);
    table.number(static_cast<double>(r.quality.invalid_frames), 0);
    table.text(std::string(name_of(r.quality.grade)));
    table.number(r.quality.load_over_weight.value_or(nan), 3);
    table.text(r.quality.units.absolute ? "yes" : "no");
    table.text(std::string(name_of(r.orientation.head_end)));
    table.text(std::string(name_of(r.orientation.view)));
    table.text(r.orientation.inferred ? "inferred" : "given");
    table.text(longest_posture(r)).number(static_cast<double>(r.bouts.size()), 0);
    const Movement& m = r.movement;
    table.number(m.share_supine, 4).number(m.share_prone, 4);
    table.number(m.share_left, 4).number(m.share_right, 4);
    table.number(m.shifts, 0).number(m.shifts_per_h.value_or(nan), 2).number(m.longest_still_s, 1);
    table.text(std::string(name_of(r.fit.verdict)));
    add_interval(table, r.fit.score, 1);
    add_interval(table, r.fit.alignment, 1);
    add_interval(table, r.fit.pressure_relief, 1);
    add_interval(table, r.fit.support, 1);
    table.number(static_cast<double>(r.referral.size()), 0).text(rule_list(r.advice));
    table.text(code_list(r.quality.reasons)).text(r.quality.units.source);
    table.number(m.movements, 0).number(m.movements_per_h.value_or(nan), 2);
    table.number(m.restlessness, 5);
    table.end_row();
  }
  write_whole_file(path, table.bytes());
}

void write_bouts_csv(const std::vector<RecordingResult>& results,
                     const std::filesystem::path& path) {
  std::vector<std::string> header = {"recording_id", "bout",         "subject_id",  "mattress_id",
                                     "start_s",      "end_s",        "posture",     "confidence",
                                     "body_status",  "spine_status", "spine_plane", "spine_basis"};
  for (const char* metric : spine_metric_names) add_interval_columns(header, metric);
  header.insert(header.end(), {"mean_mmhg", "peak_mmhg", "contact_cm2", "cv", "load_n",
                               "threshold_mmhg", "verdict", "score", "alignment", "pressure_relief",
                               "support", "mean_mmhg_sd", "peak_mmhg_sd"});
  CsvTable table(header);
  for (const RecordingResult& r : results) {
    for (std::size_t i = 0; i < r.bouts.size(); ++i) {
      const BoutResult& b = r.bouts[i];
      table.text(r.recording_id).number(static_cast<double>(i + 1), 0);
      table.text(r.subject_id).text(r.mattress_id);
      table.number(b.bout.start_s, 3).number(b.bout.end_s, 3);
      table.text(std::string(name_of(b.bout.posture))).number(b.bout.confidence, 4);
      table.text(std::string(name_of(b.body.status))).text(std::string(name_of(b.spine.status)));
      table.text(std::string(name_of(b.spine.plane))).text(std::string(name_of(b.spine.basis)));
      for (const char* metric : spine_metric_names) {
        const auto found = b.spine.metrics.find(metric);
        add_interval(table, found == b.spine.metrics.end() ? Estimate{} : found->second, 2);
      }
      const PressureSummary& p = b.pressure;
      table.number(p.mean_pa / pa_per_mmhg, 2).number(p.peak_pa / pa_per_mmhg, 2);
      table.number(p.contact_m2 * cm2_per_m2, 1).number(p.cv, 4).number(p.load_n, 1);
      table.number(p.threshold_pa / pa_per_mmhg, 2);
      table.text(std::string(name_of(b.fit.verdict)));
      table.number(b.fit.score.value, 1).number(b.fit.alignment.value, 1);
      table.number(b.fit.pressure_relief.value, 1).number(b.fit.support.value, 1);
      add_mmhg(table, p.mean_sd_pa);
      add_mmhg(table, p.peak_sd_pa);
      table.end_row();
    }
  }
  write_whole_file(path, table.bytes());
}

void write_hotspots_csv(const std::vector<RecordingResult>& results,
                        const std::filesystem::path& path) {
  CsvTable table({"recording_id", "bout", "subject_id", "mattress_id", "posture", "site", "x_mm",
                  "y_mm", "sd_mm", "peak_mmhg", "ppi_mmhg", "ppi_area_cm2", "area_cm2",
                  "gradient_mmhg_per_cm", "dose_mmhg_s", "duration_s", "peak_mmhg_sd",
                  "ppi_mmhg_sd", "dose_mmhg_s_sd"});
  for (const RecordingResult& r : results) {
    for (std::size_t i = 0; i < r.bouts.size(); ++i) {
      for (const Hotspot& h : r.bouts[i].hotspots) {
        table.text(r.recording_id).number(static_cast<double>(i + 1), 0);
        table.text(r.subject_id).text(r.mattress_id);
        table.text(std::string(name_of(r.bouts[i].bout.posture))).text(h.site);
        table.number(h.position_m.x() * mm_per_m, 1).number(h.position_m.y() * mm_per_m, 1);
        table.number(h.sd_m * mm_per_m, 1);
        table.number(h.peak_pa / pa_per_mmhg, 2).number(h.ppi_pa / pa_per_mmhg, 2);
        table.number(h.ppi_area_m2 * cm2_per_m2, 2).number(h.area_m2 * cm2_per_m2, 2);
        table.number(h.gradient_pa_per_m / pa_per_mmhg / 100.0, 2);
        table.number(h.dose_pa_s / pa_per_mmhg, 1).number(h.duration_s, 3);
        add_mmhg(table, h.peak_sd_pa);
        add_mmhg(table, h.ppi_sd_pa);
        add_mmhg(table, h.dose_sd_pa_s);
        table.end_row();
      }
    }
  }
  write_whole_file(path, table.bytes());
}

void write_comparison_csv(const std::vector<RecordingResult>& results,
                          const std::filesystem::path& path) {
  std::vector<std::string> header = {"subject_id", "mattress_id", "mattress_name",
                                     "recordings", "lying_s",     "verdict"};
  for (const char* part : {"score", "alignment", "pressure_relief", "support"}) {
    add_interval_columns(header, part);
  }
  CsvTable table(header);
  for (const ComparisonRow& row : compare_mattresses(results)) {
    table.text(row.subject_id).text(row.mattress_id).text(row.mattress_name);
    table.number(static_cast<double>(row.recordings), 0).number(row.lying_s, 1);
    table.text(std::string(name_of(row.verdict)));
    add_interval(table, row.score, 1);
    add_interval(table, row.alignment, 1);
    add_interval(table, row.pressure_relief, 1);
    add_interval(table, row.support, 1);
    table.end_row();
  }
  write_whole_file(path, table.bytes());
}

}  // namespace matfit
