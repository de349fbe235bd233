#pragma once

#include "stages/score/thresholds.hpp"
#include "types/fit_assessment.hpp"
#include "types/posture.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

// What the measurement itself found, beside the verdict.
enum class Finding : unsigned char {
  twist,             // shoulder line against hip line
  lumbar_gap,        // the lower back carries too little
  one_side,          // nearly always the same side
  pillow_estimated,  // an interval for the pillow's height is known
  pillow_too_low,
  pillow_too_high,
};
std::string_view name_of(Finding finding);

// All that is set must hold; of a list, one.
struct Condition {
  std::vector<Posture> postures;
  std::vector<Verdict> verdicts;
  std::vector<std::string> pain_sites;  // "any": any at all
  std::vector<std::string> pain_patterns;
  std::vector<std::string> stated;
  std::optional<bool> pregnant;
  std::vector<Finding> findings;
  std::optional<double> mattress_age_years_at_least;
  std::optional<double> mattress_age_years_below;
  std::optional<double> shifts_per_h_at_least;
  std::optional<double> longest_still_min_at_least;
};

// A sentence of the guidance with what stands behind it.
struct GuidanceText {
  std::string id;
  std::string text;
  std::string sources;   // written out, separated by "; "
  std::string evidence;  // grade and its meaning
};

struct GuidanceRule {
  GuidanceText sentence;
  double order = 0.0;
  std::map<std::string, std::string, std::less<>> variants;
  std::vector<Condition> when;  // alternatives; empty: never given as advice
  std::optional<Condition> unless;
};

// Phrases in plain words (see plain_words) that mean `id`.
struct Vocabulary {
  std::string id;
  std::vector<std::string> phrases;
};

// Why a verdict follows, with the rule that says so.
struct VerdictReason {
  std::vector<Posture> postures;
  Verdict verdict = Verdict::undecided;
  FitReason reason;
};

struct RedFlag {
  GuidanceText sentence;
  std::vector<std::string> phrases;
  std::vector<std::string> pain_sites;  // ids of pain sites that raise it by themselves
};

struct Emergency {
  GuidanceText sentence;
  std::vector<std::string> all_of;  // ids of red flags
  std::vector<std::string> any_of;
};

// calibration/guidance.toml and calibration/thresholds.toml, in one language.
struct Guidance {
  std::string language;
  std::vector<GuidanceRule> rules;  // in order of `order`, then as in the file
  std::vector<VerdictReason> verdict_reasons;
  std::vector<RedFlag> red_flags;
  std::vector<Emergency> emergencies;
  GuidanceText referral_notice;
  GuidanceText take_along;
  GuidanceText not_understood;
  GuidanceText read_as_absent;
  std::vector<std::string> negations;
  std::vector<std::string> nothing;
  std::vector<std::string> breaks;
  std::vector<Vocabulary> pain_sites;
  std::vector<Vocabulary> pain_patterns;
  std::vector<Vocabulary> stated;
  Thresholds thresholds;

  const GuidanceRule& rule(std::string_view id) const;  // std::out_of_range: a programming error
};

// Both files of the calibration folder. UsageError (file, line, expected) for an unknown key, a
// missing source, text or constant, an id given twice, or a line whose anchors are not in order.
Guidance load_guidance(const std::filesystem::path& calibration_folder,
                       const std::string& language = "en");

}  // namespace matfit
