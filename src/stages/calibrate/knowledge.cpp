#include "stages/calibrate/knowledge.hpp"

#include "types/error.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <string_view>

namespace matfit {

namespace {

class TomlFile {
 public:
  explicit TomlFile(const std::filesystem::path& path) : path_(path.string()) {
    try {
      root_ = toml::parse_file(path_);
    } catch (const toml::parse_error& error) {
      throw UsageError(fmt::format("{}: line {}: {}", path_, error.source().begin.line,
                                   std::string(error.description())));
    }
  }

  const toml::table& root() const { return root_; }

  [[noreturn]] void reject(const toml::node& at, const std::string& expected) const {
    throw UsageError(
        fmt::format("{}: line {}: expected {}", path_, at.source().begin.line, expected));
  }

  std::string text(const toml::table& table, std::string_view key) const {
    const auto value = table[key].value<std::string>();
    if (!value || value->empty()) reject(table, fmt::format("a text for '{}'", key));
    return *value;
  }

  std::optional<double> maybe_number(const toml::table& table, std::string_view key) const {
    if (!table.contains(key)) return std::nullopt;
    const auto value = table[key].value<double>();
    if (!value) reject(*table.get(key), fmt::format("a number for '{}'", key));
    return value;
  }

  std::optional<double> maybe_positive(const toml::table& table, std::string_view key) const {
    if (!table.contains(key)) return std::nullopt;
    return positive(table, key);
  }

  double positive(const toml::table& table, std::string_view key) const {
    const auto value = maybe_number(table, key);
    if (!value || !(*value > 0.0)) {
      reject(table, fmt::format("a number over 0 for '{}'", key));
    }
    return *value;
  }

  const toml::table& table(std::string_view key) const {
    const toml::table* found = root_[key].as_table();
    if (found == nullptr) reject(root_, fmt::format("a table [{}]", key));
    return *found;
  }

  std::vector<const toml::table*> tables(std::string_view key) const {
    const toml::array* found = root_[key].as_array();
    if (found == nullptr) reject(root_, fmt::format("tables [[{}]]", key));
    std::vector<const toml::table*> out;
    for (const toml::node& node : *found) {
      if (!node.is_table()) reject(node, fmt::format("a table [[{}]]", key));
      out.push_back(node.as_table());
    }
    return out;
  }

 private:
  std::string path_;
  toml::table root_;
};

std::vector<ResultPart> parts_from(const TomlFile& file, const toml::table& table) {
  const toml::array* names = table["affects"].as_array();
  if (names == nullptr) file.reject(table, "a list of parts of the results for 'affects'");
  std::vector<ResultPart> parts;
  for (const toml::node& node : *names) {
    const auto part = result_part_named(node.value_or(std::string()));
    if (!part) {
      std::vector<std::string_view> known;
      for (std::size_t i = 0; i < result_part_count; ++i) {
        known.push_back(name_of(static_cast<ResultPart>(i)));
      }
      file.reject(node, fmt::format("parts of the results out of: {}", fmt::join(known, ", ")));
    }
    parts.push_back(*part);
  }
  return parts;
}

QualityRule rule_from(const TomlFile& file, const toml::table& table) {
  QualityRule rule;
  rule.code = file.text(table, "code");
  rule.measure = file.text(table, "measure");
  const auto& known = quality_measures();
  if (std::find(known.begin(), known.end(), rule.measure) == known.end()) {
    file.reject(*table.get("measure"), fmt::format("a measure out of: {}", fmt::join(known, ", ")));
  }
  rule.above = file.maybe_number(table, "above");
  rule.below = file.maybe_number(table, "below");
  if (rule.above.has_value() == rule.below.has_value()) {
    file.reject(table, "exactly one of 'above' and 'below'");
  }
  const auto cap = grade_named(file.text(table, "cap"));
  if (!cap) file.reject(*table.get("cap"), "a grade A, B, C or F for 'cap'");
  rule.cap = *cap;
  rule.text = file.text(table, "text");
  try {
    static_cast<void>(fmt::format(fmt::runtime(rule.text), fmt::arg("value", 1.0),
                                  fmt::arg("percent", 1.0), fmt::arg("list", "")));
  } catch (const fmt::format_error&) {
    file.reject(*table.get("text"), "only {value}, {percent} and {list} in braces");
  }
  rule.effect = file.text(table, "effect");
  rule.affects = parts_from(file, table);
  if (rule.affects.empty() && rule.cap != Grade::a) {
    file.reject(*table.get("affects"), "what it affects, since it caps the grade");
  }
  rule.source = file.text(table, "source");
  rule.evidence = file.text(table, "evidence");
  return rule;
}

FindingRule finding_from(const TomlFile& file, const toml::table& table) {
  return {file.text(table, "code"), parts_from(file, table), file.text(table, "effect"),
          file.text(table, "source"), file.text(table, "evidence")};
}

UnitMistake mistake_from(const TomlFile& file, const toml::table& table) {
  UnitMistake mistake;
  const std::string given = file.text(table, "given");
  mistake.given = pressure_unit_named(given);
  if ((!mistake.given && given != "any") || mistake.given == PressureUnit::raw) {
    file.reject(*table.get("given"), "mmHg, kPa or any for 'given'");
  }
  mistake.force_per_unit_n = file.maybe_positive(table, "force_per_unit_n");
  mistake.pitch_factor = file.maybe_positive(table, "pitch_factor");
  const std::optional<double> factor = file.maybe_positive(table, "factor");
  if (factor.has_value() + mistake.force_per_unit_n.has_value() +
          mistake.pitch_factor.has_value() !=
      1) {
    file.reject(table, "exactly one of 'factor', 'force_per_unit_n' and 'pitch_factor'");
  }
  mistake.factor = factor.value_or(1.0);
  mistake.tolerance = file.positive(table, "tolerance");
  mistake.text = file.text(table, "text");
  return mistake;
}

StudyLimits study_limits_from(const TomlFile& file, const toml::table& table) {
  StudyLimits limits;
  limits.copy_likeness = file.positive(table, "copy_likeness");
  limits.same_person_copy_likeness = file.positive(table, "same_person_copy_likeness");
  limits.load_over_mass_sd = file.positive(table, "load_over_mass_sd");
  limits.length_over_stature_sd = file.positive(table, "length_over_stature_sd");
  limits.disagreement_sd = file.positive(table, "disagreement_sd");
  return limits;
}

LoadCourseLimits load_course_limits_from(const TomlFile& file, const toml::table& table) {
  LoadCourseLimits limits;
  limits.least_rate = file.positive(table, "least_rate_per_decade");
  limits.significant_sd = file.positive(table, "significant_sd");
  limits.least_quiet_s = file.positive(table, "least_quiet_s");
  limits.next_minute = file.positive(table, "next_minute");
  limits.lead.median_s = file.positive(table, "lead_median_s");
  limits.lead.factor = file.positive(table, "lead_factor");
  if (!(limits.lead.factor > 1.0)) file.reject(*table.get("lead_factor"), "a factor over 1");
  return limits;
}

}  // namespace

const std::vector<std::string>& quality_measures() {
  static const std::vector<std::string> names = {"valid_frames",
                                                 "loaded_frames",
                                                 "invalid_frames",
                                                 "invalid_share",
                                                 "reordered_frames",
                                                 "reordered_share",
                                                 "repeated_frames",
                                                 "frozen_share",
                                                 "dead_cells",
                                                 "dead_lines",
                                                 "dead_parts",
                                                 "weak_lines",
                                                 "hot_lines",
                                                 "hot_cells",
                                                 "defective_share",
                                                 "bridged_share",
                                                 "leakage",
                                                 "gain_step",
                                                 "repaired_load_sd",
                                                 "saturated_share",
                                                 "beyond_profile_share",
                                                 "below_profile_share",
                                                 "load_over_weight",
                                                 "implied_mass_kg",
                                                 "unproved_units",
                                                 "assumed_mass",
                                                 "weight_scaled",
                                                 "weight_scaled_response",
                                                 "unit_mistake",
                                                 "uncertain_background",
                                                 "load_drift",
                                                 "creep_at_end",
                                                 "settling_at_end",
                                                 "noise_share",
                                                 "signal_over_noise",
                                                 "edge_share",
                                                 "unknown_view",
                                                 "time_gaps",
                                                 "time_gap_share"};
  return names;
}

CalibrationKnowledge load_calibration_knowledge(const std::filesystem::path& calibration_folder) {
  const TomlFile file(calibration_folder / "quality.toml");
  CalibrationKnowledge known;
  for (const toml::table* table : file.tables("rule")) {
    known.rules.push_back(rule_from(file, *table));
  }
  for (const toml::table* table : file.tables("finding")) {
    known.findings.push_back(finding_from(file, *table));
  }
  for (const toml::table* table : file.tables("unit_mistake")) {
    known.unit_mistakes.push_back(mistake_from(file, *table));
  }
  known.mass_female_kg = file.positive(file.table("assumed_mass"), "female_kg");
  known.mass_male_kg = file.positive(file.table("assumed_mass"), "male_kg");
  known.study = study_limits_from(file, file.table("study"));
  const toml::table& posture = file.table("posture");
  known.least_posture_confidence = file.positive(posture, "least_confidence");
  if (known.least_posture_confidence > 1.0) {
    file.reject(*posture.get("least_confidence"), "a probability of at most 1");
  }
  const toml::table& unknown = file.table("unknown_response");
  known.unknown_response = {
      file.positive(unknown, "exponent_sd"), file.positive(unknown, "weight_sd"),
      file.positive(unknown, "posture_sd"), file.positive(unknown, "assumed_mass_sd")};
  known.load_course = load_course_limits_from(file, file.table("load_course"));
  return known;
}

}  // namespace matfit
