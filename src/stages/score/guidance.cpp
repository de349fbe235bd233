#include "stages/score/guidance.hpp"

#include "stages/score/load_knowledge.hpp"
#include "stages/score/plain_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace matfit {

namespace {

constexpr std::array<std::string_view, 6> finding_names = {
    "twist", "lumbar_gap", "one_side", "pillow_estimated", "pillow_too_low", "pillow_too_high"};

// Figures that a rule's texts may name.
const std::vector<std::string_view>& rule_figures(std::string_view id) {
  static const std::map<std::string_view, std::vector<std::string_view>> figures = {
      {"M9", {"age_years"}},
      {"P6", {"angle_deg", "low_deg", "high_deg"}},
      {"P8", {"pillow_cm", "low_cm", "high_cm"}},
      {"P13", {"longest_still_min"}},
      {"P14", {"shifts_per_h"}},
  };
  static const std::vector<std::string_view> none;
  const auto found = figures.find(id);
  return found == figures.end() ? none : found->second;
}

// Variants that the advice chooses between; each such rule must have all of them.
const std::vector<std::string_view>& rule_variants(std::string_view id) {
  static const std::map<std::string_view, std::vector<std::string_view>> variants = {
      {"M9", {"middle", "old"}},
      {"P6", {"arched", "flattened", "unclear", "not_measured"}},
      {"P8", {"interval", "too_low", "too_high", "fits"}},
  };
  static const std::vector<std::string_view> none;
  const auto found = variants.find(id);
  return found == variants.end() ? none : found->second;
}

GuidanceText read_sentence(CheckedTable& table, KnowledgeContext& context,
                           const std::vector<std::string_view>& figures) {
  GuidanceText sentence;
  sentence.id = unique_id(table, context);
  sentence.text = localised(table.table("text"), context);
  check_figures(table, "text", sentence.text, figures);
  sentence.sources = written_sources(table, context);
  const std::string grade(1, evidence_grade(table, context));
  sentence.evidence = fmt::format("{} ({})", grade, context.grades.at(grade));
  return sentence;
}

GuidanceText read_sentence_alone(CheckedTable table, KnowledgeContext& context,
                                 const std::vector<std::string_view>& figures) {
  GuidanceText sentence = read_sentence(table, context, figures);
  table.finish();
  return sentence;
}

std::vector<std::string> plain_list(CheckedTable table, const KnowledgeContext& context) {
  std::vector<std::string> words = localised_list(std::move(table), context);
  for (std::string& each : words) each = plain_words(each);
  return words;
}

std::vector<Vocabulary> read_vocabulary(CheckedTable& root, std::string_view key,
                                        const KnowledgeContext& context) {
  std::vector<Vocabulary> out;
  for (CheckedTable& table : root.tables(key)) {
    Vocabulary entry{table.text("id"), plain_list(table.table("words"), context)};
    table.finish();
    if (std::any_of(out.begin(), out.end(),
                    [&entry](const Vocabulary& each) { return each.id == entry.id; })) {
      table.fail("id", entry.id, "an id that is not taken yet");
    }
    out.push_back(std::move(entry));
  }
  return out;
}

void require_known(const CheckedTable& table, std::string_view key,
                   const std::vector<std::string>& ids, const std::vector<Vocabulary>& known) {
  for (const std::string& id : ids) {
    const bool found = id == "any" || std::any_of(known.begin(), known.end(),
                                                  [&id](const auto& v) { return v.id == id; });
    if (!found) table.fail(key, id, fmt::format("an id of the file's {} list", key));
  }
}

Verdict verdict_named(const CheckedTable& table, const std::string& name) {
  for (const Verdict v :
       {Verdict::undecided, Verdict::too_soft, Verdict::right, Verdict::too_firm}) {
    if (name_of(v) == name) return v;
  }
  table.fail("verdict", name, "too_soft, right, too_firm or undecided");
}

Finding finding_named(const CheckedTable& table, const std::string& name) {
  const auto at = std::find(finding_names.begin(), finding_names.end(), name);
  if (at == finding_names.end()) table.fail("finding", name, "a finding that the score makes");
  return static_cast<Finding>(at - finding_names.begin());
}

std::optional<double> optional_number(CheckedTable& table, std::string_view key) {
  if (!table.has(key)) return std::nullopt;
  return table.number(key);
}

Condition read_condition(CheckedTable& table, const Guidance& guidance) {
  Condition c;
  if (table.keys().empty()) table.fail("", "an empty condition", "at least one key");
  if (table.has("posture")) c.postures = read_postures(table, "posture");
  if (table.has("verdict")) {
    for (const std::string& name : table.texts("verdict")) {
      c.verdicts.push_back(verdict_named(table, name));
    }
  }
  if (table.has("pain_site")) c.pain_sites = table.texts("pain_site");
  require_known(table, "pain_site", c.pain_sites, guidance.pain_sites);
  if (table.has("pain_pattern")) c.pain_patterns = table.texts("pain_pattern");
  require_known(table, "pain_pattern", c.pain_patterns, guidance.pain_patterns);
  if (table.has("stated")) c.stated = table.texts("stated");
  require_known(table, "stated", c.stated, guidance.stated);
  if (table.has("pregnant")) c.pregnant = table.flag("pregnant", true);
  if (table.has("finding")) {
    for (const std::string& name : table.texts("finding")) {
      c.findings.push_back(finding_named(table, name));
    }
  }
  c.mattress_age_years_at_least = optional_number(table, "mattress_age_years_at_least");
  c.mattress_age_years_below = optional_number(table, "mattress_age_years_below");
  c.shifts_per_h_at_least = optional_number(table, "shifts_per_h_at_least");
  c.longest_still_min_at_least = optional_number(table, "longest_still_min_at_least");
  table.finish();
  return c;
}

GuidanceRule read_rule(CheckedTable& table, KnowledgeContext& context, const Guidance& guidance) {
  GuidanceRule rule;
  const std::string id = table.text("id");
  const auto& figures = rule_figures(id);
  rule.sentence = read_sentence(table, context, figures);
  rule.order = table.number("order");
  if (table.has("variant")) {
    CheckedTable variants = table.table("variant");
    for (const std::string& name : variants.keys()) {
      std::string text = localised(variants.table(name), context);
      check_figures(variants, name, text, figures);
      rule.variants.emplace(name, std::move(text));
    }
    for (const auto& [name, text] : rule.variants) {
      const auto& used = rule_variants(id);
      if (std::find(used.begin(), used.end(), name) == used.end()) {
        variants.fail(name, name, "a variant that the advice chooses");
      }
    }
  }
  for (const std::string_view name : rule_variants(id)) {
    if (!rule.variants.contains(name)) {
      table.fail("variant", "nothing", fmt::format("a variant '{}'", name));
    }
  }
  for (CheckedTable& each : table.tables("when")) {
    rule.when.push_back(read_condition(each, guidance));
  }
  if (table.has("unless")) {
    CheckedTable unless = table.table("unless");
    rule.unless = read_condition(unless, guidance);
  }
  table.finish();
  return rule;
}

void read_verdict_reasons(CheckedTable& root, const KnowledgeContext& context, Guidance& guidance) {
  for (CheckedTable& table : root.tables("verdict_reason")) {
    VerdictReason reason;
    reason.postures = read_postures(table, "posture");
    reason.verdict = verdict_named(table, table.text("verdict"));
    reason.reason.rule = table.text("rule");
    if (!context.ids.contains(reason.reason.rule)) {
      table.fail("rule", reason.reason.rule, "the id of a rule");
    }
    reason.reason.text = localised(table.table("text"), context);
    check_figures(table, "text", reason.reason.text, {});
    table.finish();
    guidance.verdict_reasons.push_back(std::move(reason));
  }
}

// Every verdict in every lying posture needs its reason.
void require_verdict_reasons(const CheckedTable& root, const Guidance& guidance) {
  for (const Posture posture : {Posture::supine, Posture::prone, Posture::left, Posture::right}) {
    for (const Verdict verdict : {Verdict::too_soft, Verdict::right, Verdict::too_firm}) {
      const bool found = std::any_of(
          guidance.verdict_reasons.begin(), guidance.verdict_reasons.end(), [&](const auto& each) {
            return each.verdict == verdict && std::find(each.postures.begin(), each.postures.end(),
                                                        posture) != each.postures.end();
          });
      if (found) continue;
      root.fail("verdict_reason", "none",
                fmt::format("a reason for {} lying {}", name_of(verdict), name_of(posture)));
    }
  }
}

void read_red_flags(CheckedTable& root, KnowledgeContext& context, Guidance& guidance) {
  for (CheckedTable& table : root.tables("red_flag")) {
    RedFlag flag;
    flag.sentence = read_sentence(table, context, {});
    flag.phrases = plain_list(table.table("words"), context);
    if (table.has("pain_sites")) flag.pain_sites = table.texts("pain_sites");
    require_known(table, "pain_site", flag.pain_sites, guidance.pain_sites);
    table.finish();
    guidance.red_flags.push_back(std::move(flag));
  }
  if (guidance.red_flags.empty()) root.fail("red_flag", "none", "the red flags");
  for (CheckedTable& table : root.tables("emergency")) {
    Emergency emergency;
    emergency.sentence = read_sentence(table, context, {});
    emergency.all_of = table.texts("all_of");
    emergency.any_of = table.texts("any_of");
    for (const auto* ids : {&emergency.all_of, &emergency.any_of}) {
      for (const std::string& id : *ids) {
        if (std::none_of(guidance.red_flags.begin(), guidance.red_flags.end(),
                         [&id](const RedFlag& flag) { return flag.sentence.id == id; })) {
          table.fail(ids == &emergency.all_of ? "all_of" : "any_of", id, "the id of a red flag");
        }
      }
    }
    table.finish();
    guidance.emergencies.push_back(std::move(emergency));
  }
}

}  // namespace

std::string_view name_of(Finding finding) {
  return finding_names[static_cast<std::size_t>(finding)];
}

const GuidanceRule& Guidance::rule(std::string_view id) const {
  for (const GuidanceRule& each : rules) {
    if (each.sentence.id == id) return each;
  }
  throw std::out_of_range("no rule " + std::string(id));
}

Guidance load_guidance(const std::filesystem::path& calibration_folder,
                       const std::string& language) {
  Guidance guidance;
  guidance.language = language;
  KnowledgeContext context;
  context.language = language;

  const std::filesystem::path path = calibration_folder / "guidance.toml";
  const toml::table parsed = parse_toml_file(path);
  CheckedTable root(parsed, path.string(), "");
  CheckedTable grades = root.table("evidence_grades");
  for (const std::string& key : grades.keys()) context.grades[key] = grades.text(key);
  read_head(root, "matfit-guidance", context);

  CheckedTable words = root.table("words");
  guidance.negations = plain_list(words.table("negations"), context);
  guidance.nothing = plain_list(words.table("nothing"), context);
  guidance.breaks = plain_list(words.table("breaks"), context);
  words.finish();
  guidance.pain_sites = read_vocabulary(root, "pain_site", context);
  guidance.pain_patterns = read_vocabulary(root, "pain_pattern", context);
  guidance.stated = read_vocabulary(root, "stated", context);

  for (CheckedTable& table : root.tables("rule")) {
    guidance.rules.push_back(read_rule(table, context, guidance));
  }
  std::stable_sort(guidance.rules.begin(), guidance.rules.end(),
                   [](const GuidanceRule& a, const GuidanceRule& b) { return a.order < b.order; });
  read_verdict_reasons(root, context, guidance);
  require_verdict_reasons(root, guidance);
  read_red_flags(root, context, guidance);
  CheckedTable referral = root.table("referral");
  guidance.referral_notice = read_sentence_alone(referral.table("notice"), context, {"stated"});
  guidance.take_along = read_sentence_alone(referral.table("take_along"), context, {});
  referral.finish();
  guidance.not_understood = read_sentence_alone(root.table("not_understood"), context, {"stated"});
  guidance.read_as_absent = read_sentence_alone(root.table("read_as_absent"), context, {"stated"});
  root.finish();

  guidance.thresholds = load_thresholds(calibration_folder / "thresholds.toml", context);
  return guidance;
}

}  // namespace matfit
