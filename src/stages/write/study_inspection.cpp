#include "stages/write/study_inspection.hpp"

#include "stages/write/findings_json.hpp"
#include "stages/write/json_values.hpp"
#include "stages/write/page_text.hpp"
#include "stages/write/pressure_words.hpp"
#include "stages/write/quality_json.hpp"
#include "stages/write/quality_words.hpp"
#include "stages/write/view.hpp"
#include "stages/write/whole_file.hpp"

#include <fmt/format.h>

namespace matfit {

using nlohmann::ordered_json;

namespace {

ordered_json json_of(const QualityReason* reason) {
  if (reason == nullptr) return nullptr;
  return {{"code", reason->code},
          {"text", reason->text},
          {"effect", reason->effect},
          {"affects", json_of(reason->affects)}};
}

std::string frames_text(const RecordingResult& r) {
  return r.frames < 2 ? fmt::format("{}", r.frames)
                      : fmt::format("{}, {}", r.frames, duration_text(r.duration_s));
}

PageList row_views(const StudyInspection& inspection, const Phrases& phrases) {
  PageList views;
  for (const InspectionRow& row : inspection_rows(inspection)) {
    PageData view;
    view.set("recording", row.recording_id);
    view.set("person", row.subject_id);
    view.set("format", row.format);
    view.set("frames", row.frames);
    view.set("load", row.load_over_weight);
    view.set("pressures", row.pressures);
    view.set("grade", row.grade);
    view.set("grade_word", phrases.at("quality." + row.grade));
    set_text(view, "code", row.reason_code);
    view.set("reason",
             row.reason.empty() ? phrases.at("study_inspection.no_reason") : sentence(row.reason));
    views.push_back(view);
  }
  return views;
}

}  // namespace

std::vector<InspectionRow> inspection_rows(const StudyInspection& inspection,
                                           const std::string& language) {
  const Phrases phrases(language);
  std::vector<InspectionRow> rows;
  for (const RecordingResult& r : inspection.recordings) {
    InspectionRow row;
    row.recording_id = r.recording_id;
    row.subject_id = r.subject_id;
    row.format = r.input_format;
    row.frames = frames_text(r);
    if (r.quality.load_over_weight) {
      row.load_over_weight = page_number(*r.quality.load_over_weight, 2);
    }
    row.pressures = pressure_basis_text(r, phrases);
    row.grade = name_of(r.quality.grade);
    if (const QualityReason* reason = main_reason(r.quality)) {
      row.reason_code = reason->code;
      row.reason = reason->text;
    }
    rows.push_back(row);
  }
  return rows;
}

std::string inspection_json(const StudyInspection& inspection) {
  ordered_json recordings = ordered_json::array();
  for (const RecordingResult& r : inspection.recordings) {
    recordings.push_back({{"recording_id", r.recording_id},
                          {"subject_id", r.subject_id},
                          {"mattress_id", r.mattress_id},
                          {"path", r.input_path},
                          {"format", r.input_format},
                          {"sha256", r.input_sha256},
                          {"notes", r.notes},
                          {"frames", r.frames},
                          {"duration_s", number(r.duration_s, 3)},
                          {"grade", name_of(r.quality.grade)},
                          {"main_reason", json_of(main_reason(r.quality))},
                          {"quality", json_of(r.quality, r.orientation)}});
  }
  const ordered_json out = {{"schema", "matfit-study-inspection"},
                            {"schema_version", 1},
                            {"study", inspection.study},
                            {"recordings", recordings},
                            {"failures", failures_json(inspection.failures)},
                            {"findings", findings_json(inspection.findings)}};
  return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

void write_inspection_page(const StudyInspection& inspection, const std::string& version,
                           const std::filesystem::path& path) {
  const Phrases phrases("en");
  PageData view;
  view.set("window_title",
           phrases.fill("study_inspection.window_title", {{"study", inspection.study}}));
  view.set("subtitle", phrases.fill("study_inspection.subtitle", {{"study", inspection.study}}));
  view.set("failures_title", phrases.at("study_inspection.failures"));
  set_list(view, "failures", failure_rows(inspection.failures));
  set_list(view, "findings", finding_rows(inspection.findings, phrases));
  set_list(view, "recordings", row_views(inspection, phrases));
  write_whole_file(path, page_text("study_inspection.html", view, version, phrases));
}

}  // namespace matfit
