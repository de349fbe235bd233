#include "stages/write/findings_json.hpp"

#include "stages/write/quality_json.hpp"

#include <string>

namespace matfit {

using nlohmann::ordered_json;

ordered_json failures_json(const std::vector<RecordingFailure>& failures) {
  ordered_json list = ordered_json::array();
  for (const RecordingFailure& f : failures) {
    list.push_back(
        {{"recording_id", f.recording_id}, {"path", f.input_path}, {"message", f.message}});
  }
  return list;
}

ordered_json findings_json(const std::vector<StudyFinding>& findings) {
  ordered_json list = ordered_json::array();
  for (const StudyFinding& f : findings) {
    list.push_back({{"code", f.code},
                    {"text", f.text},
                    {"effect", f.effect},
                    {"affects", json_of(f.affects)},
                    {"recordings", f.recording_ids},
                    {"subjects", f.subject_ids}});
  }
  return list;
}

std::vector<RecordingFailure> failures_of(const JsonNode& node) {
  std::vector<RecordingFailure> failures;
  for (const JsonNode& f : node.items()) {
    failures.push_back({f.at("recording_id").text(), f.at("path").text(), f.at("message").text()});
  }
  return failures;
}

std::vector<StudyFinding> findings_of(const JsonNode& node) {
  using Ids = std::vector<std::string>;
  std::vector<StudyFinding> findings;
  for (const JsonNode& f : node.items()) {
    StudyFinding finding = {f.at("code").text(), f.at("text").text(), f.at("effect").text(),
                            f.at("recordings").as<Ids>("recording ids"),
                            f.at("subjects").as<Ids>("subject ids")};
    if (f.has("affects")) finding.affects = result_parts_of(f.at("affects"));
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace matfit
