#include "stages/write/findings_json.hpp"
#include "stages/write/json_node.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/results.hpp"
#include "stages/write/whole_file.hpp"

#include <fstream>

namespace matfit {

using nlohmann::ordered_json;

namespace {

ordered_json json_of(const std::vector<std::pair<std::string, std::string>>& pairs) {
  ordered_json out = ordered_json::object();
  for (const auto& [name, value] : pairs) out[name] = value;
  return out;
}

std::vector<std::pair<std::string, std::string>> pairs_of(const JsonNode& node) {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& [name, value] : node.entries()) out.emplace_back(name, value.text());
  return out;
}

}  // namespace

void write_run_json(const RunInfo& run, const std::filesystem::path& path) {
  ordered_json inputs = ordered_json::array();
  for (const RunInput& i : run.inputs) {
    inputs.push_back({{"recording_id", i.recording_id},
                      {"path", i.path},
                      {"format", i.format},
                      {"sha256", i.sha256}});
  }
  ordered_json tables = ordered_json::array();
  for (const RunTable& t : run.tables) tables.push_back({{"path", t.path}, {"sha256", t.sha256}});
  const ordered_json out = {{"schema", "matfit-run"},
                            {"schema_version", 1},
                            {"study", run.study},
                            {"version", run.version},
                            {"command", run.command_line},
                            {"options", json_of(run.effective_options)},
                            {"inputs", inputs},
                            {"tables", tables},
                            {"knowledge", json_of(run.knowledge)},
                            {"recordings", run.recording_ids},
                            {"failures", failures_json(run.failures)},
                            {"findings", findings_json(run.findings)},
                            {"started_utc", run.started_utc},
                            {"wall_s", rounded(run.wall_s, 3)},
                            {"threads", run.threads}};
  write_whole_file(path, out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n");
}

RunInfo read_run_json(const std::filesystem::path& path) {
  const std::string file = path.string();
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    throw InputError({file, "", "", "a readable run.json", "name a results folder of matfit"});
  }
  ordered_json document;
  try {
    document = ordered_json::parse(in);
  } catch (const nlohmann::json::parse_error& fault) {
    throw InputError(
        {file, fmt::format("byte {}", fault.byte), "", "JSON", "run `matfit analyze` again"});
  }
  const JsonNode root(document, file, "");
  if (!root.has("schema") || root.at("schema").text() != "matfit-run") {
    throw InputError({file, "key schema", "", "\"matfit-run\"", "name a results folder of matfit"});
  }
  RunInfo run;
  run.study = root.at("study").text();
  run.version = root.at("version").text();
  for (const JsonNode& word : root.at("command").items()) run.command_line.push_back(word.text());
  run.effective_options = pairs_of(root.at("options"));
  for (const JsonNode& i : root.at("inputs").items()) {
    run.inputs.push_back({i.at("recording_id").text(), i.at("path").text(), i.at("format").text(),
                          i.at("sha256").text()});
  }
  for (const JsonNode& t : root.at("tables").items()) {
    run.tables.push_back({t.at("path").text(), t.at("sha256").text()});
  }
  run.knowledge = pairs_of(root.at("knowledge"));
  for (const JsonNode& id : root.at("recordings").items()) run.recording_ids.push_back(id.text());
  run.failures = failures_of(root.at("failures"));
  if (root.has("findings")) run.findings = findings_of(root.at("findings"));
  run.started_utc = root.at("started_utc").text();
  run.wall_s = root.at("wall_s").number();
  run.threads = root.at("threads").integer();
  return run;
}

}  // namespace matfit
