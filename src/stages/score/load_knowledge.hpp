#pragma once

#include "stages/score/checked_table.hpp"
#include "stages/score/guidance.hpp"

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// What the readers of both files share: language, sources and grades to check against, ids taken.
struct KnowledgeContext {
  std::string language;
  std::vector<std::string> languages;  // of the file that is being read
  std::map<std::string, std::string> sources;
  std::map<std::string, std::string> grades;
  std::set<std::string> ids;
};

// Opens a file's root: its format, its languages (the context's must be among them), its sources.
void read_head(CheckedTable& root, std::string_view format, KnowledgeContext& context);

// A table by language, all of the file's languages present; the context's is returned.
std::string localised(CheckedTable table, const KnowledgeContext& context);
std::vector<std::string> localised_list(CheckedTable table, const KnowledgeContext& context);

std::string unique_id(CheckedTable& table, KnowledgeContext& context);
char evidence_grade(CheckedTable& table, const KnowledgeContext& context);
// One key in `source`, or several in `sources`; written out.
std::string written_sources(CheckedTable& table, const KnowledgeContext& context);
// The figures that a text may name in braces; others fail.
void check_figures(const CheckedTable& table, std::string_view key, const std::string& text,
                   const std::vector<std::string_view>& allowed);

std::vector<Posture> read_postures(CheckedTable& table, std::string_view key);

Thresholds load_thresholds(const std::filesystem::path& path, KnowledgeContext& context);

}  // namespace matfit
