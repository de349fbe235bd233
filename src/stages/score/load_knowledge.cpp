#include "stages/score/load_knowledge.hpp"

#include "stages/score/sentence.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace matfit {

namespace {

std::string listed(const std::map<std::string, std::string>& known) {
  std::string out;
  for (const auto& entry : known) out += (out.empty() ? "" : ", ") + entry.first;
  return out;
}

}  // namespace

void read_head(CheckedTable& root, std::string_view format, KnowledgeContext& context) {
  if (const std::string given = root.text("format"); given != format) {
    root.fail("format", given, std::string(format));
  }
  if (root.number("format_version") != 1.0) root.fail("format_version", "another", "1");
  context.languages = root.texts("languages");
  if (std::find(context.languages.begin(), context.languages.end(), context.language) ==
      context.languages.end()) {
    root.fail("languages", context.language, "one of the languages of the file");
  }
  context.sources.clear();
  CheckedTable sources = root.table("sources");
  for (const std::string& key : sources.keys()) context.sources[key] = sources.text(key);
}

std::string localised(CheckedTable table, const KnowledgeContext& context) {
  std::string text;
  for (const std::string& language : context.languages) {
    std::string each = table.text(language);
    if (language == context.language) text = std::move(each);
  }
  table.finish();
  return text;
}

std::vector<std::string> localised_list(CheckedTable table, const KnowledgeContext& context) {
  std::vector<std::string> list;
  for (const std::string& language : context.languages) {
    std::vector<std::string> each = table.texts(language);
    if (language == context.language) list = std::move(each);
  }
  table.finish();
  return list;
}

std::string unique_id(CheckedTable& table, KnowledgeContext& context) {
  std::string id = table.text("id");
  if (!context.ids.insert(id).second) table.fail("id", id, "an id that is not taken yet");
  return id;
}

char evidence_grade(CheckedTable& table, const KnowledgeContext& context) {
  const std::string grade = table.text("evidence");
  if (!context.grades.contains(grade)) {
    table.fail("evidence", grade, "one of the grades " + listed(context.grades));
  }
  return grade.front();
}

std::string written_sources(CheckedTable& table, const KnowledgeContext& context) {
  std::vector<std::string> keys;
  const bool several = table.has("sources");
  if (several) {
    keys = table.texts("sources");
  } else {
    keys.push_back(table.text("source"));
  }
  std::string out;
  for (const std::string& key : keys) {
    const auto found = context.sources.find(key);
    if (found == context.sources.end()) {
      table.fail(several ? "sources" : "source", key,
                 "one of the sources " + listed(context.sources));
    }
    out += (out.empty() ? "" : "; ") + found->second;
  }
  return out;
}

void check_figures(const CheckedTable& table, std::string_view key, const std::string& text,
                   const std::vector<std::string_view>& allowed) {
  for (const std::string& name : names_to_fill(text)) {
    if (std::find(allowed.begin(), allowed.end(), name) != allowed.end()) continue;
    std::string expected = allowed.empty() ? "no name in braces" : "in braces only";
    for (const std::string_view each : allowed) expected += fmt::format(" {}", each);
    table.fail(key, name, expected);
  }
}

std::vector<Posture> read_postures(CheckedTable& table, std::string_view key) {
  std::vector<Posture> postures;
  for (const std::string& name : table.texts(key)) {
    const auto posture = posture_named(name);
    if (!posture || !is_lying(*posture)) {
      table.fail(key, name, "postures of supine, prone, left, right");
    }
    postures.push_back(*posture);
  }
  return postures;
}

}  // namespace matfit
