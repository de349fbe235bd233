#include "cli/inspection_text.hpp"

#include "cli/letter_map.hpp"
#include "stages/write/quality_words.hpp"
#include "stages/write/text_width.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

namespace matfit {

namespace {

std::string with_affects(const std::string& effect, const std::vector<ResultPart>& affects,
                         const Phrases& phrases) {
  if (affects.empty()) return effect;
  return fmt::format("{}{}affects {}", effect, effect.empty() ? "" : "; ",
                     parts_text(affects, phrases));
}

std::string reasons_text(const Quality& quality, const Phrases& phrases) {
  std::string text;
  for (const QualityReason& reason : quality.reasons) {
    text += fmt::format("  {} {}: {};\n    {}\n", name_of(reason.cap), reason.code, reason.text,
                        with_affects(reason.effect, reason.affects, phrases));
  }
  return text;
}

// Without the page's spaces that do not break.
std::string plain(std::string text) {
  const std::string fixed_space = "\u00a0";
  for (std::size_t at = text.find(fixed_space); at != std::string::npos;
       at = text.find(fixed_space, at)) {
    text.replace(at, fixed_space.size(), " ");
  }
  return text;
}

// Columns as wide as their longest cell, the last one free.
std::string table_text(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(rows.front().size(), 0);
  for (const auto& row : rows) {
    for (std::size_t c = 0; c < row.size(); ++c) {
      widths[c] = std::max(widths[c], characters(row[c]));
    }
  }
  std::string text;
  for (const auto& row : rows) {
    std::string line;
    for (std::size_t c = 0; c + 1 < row.size(); ++c) {
      line += row[c] + std::string(widths[c] + 2 - characters(row[c]), ' ');
    }
    line += row.back();
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  return text;
}

}  // namespace

std::string inspection_text(const Inspection& inspection) {
  const Phrases phrases("en");
  std::string text;
  for (const auto& [label, fact] : inspection.facts) {
    text += fmt::format("{:<16} {}\n", label, fact);
  }
  text += fmt::format("{:<16} {}\n", "grade", name_of(inspection.quality.grade));
  text += reasons_text(inspection.quality, phrases);
  if (inspection.mean.pressure_pa.size() > 0) {
    text += "\n" + letter_map(inspection.mean, inspection.quality, inspection.absent);
    text +=
        "  x dead, w reads a fraction, O reads too high or is stuck, b reads as the next line "
        "does, "
        "~ no cell there\n";
  }
  return plain(text);
}

std::string inspection_text(const StudyInspection& inspection) {
  const Phrases phrases("en");
  std::vector<std::vector<std::string>> rows;
  rows.push_back({"grade", "recording", "person", "frames", "load", "main reason"});
  for (const InspectionRow& row : inspection_rows(inspection)) {
    rows.push_back({row.grade, row.recording_id, row.subject_id, row.frames, row.load_over_weight,
                    row.reason_code.empty() ? "" : row.reason_code + ": " + row.reason});
  }
  for (const RecordingFailure& failure : inspection.failures) {
    rows.push_back({"-", failure.recording_id, "", "", "", failure.message});
  }
  std::string text = table_text(rows);
  if (!inspection.findings.empty()) text += "\nacross the recordings\n";
  for (const StudyFinding& finding : inspection.findings) {
    text += fmt::format("  {}: {};\n    {}\n", finding.code, finding.text,
                        with_affects(finding.effect, finding.affects, phrases));
  }
  return plain(text);
}

}  // namespace matfit
