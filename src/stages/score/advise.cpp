#include "stages/score/advise.hpp"

#include "stages/score/sentence.hpp"
#include "stages/score/situation.hpp"

#include <algorithm>
#include <string>

namespace matfit {

namespace {

Advice advice_of(const GuidanceText& sentence, std::string text) {
  return {sentence.id, std::move(text), sentence.sources, sentence.evidence};
}

std::string joined(const std::vector<std::string>& parts) {
  std::string out;
  for (const std::string& each : parts) out += (out.empty() ? "" : ", ") + each;
  return out;
}

// The variant of a rule that the measurement decides; empty: none.
std::string_view variant_of(std::string_view rule, const Situation& s,
                            const Thresholds& thresholds) {
  if (rule == "M9" && s.mattress_age_years) {
    return *s.mattress_age_years >= thresholds.value("mattress_old_years") ? "old" : "middle";
  }
  if (rule == "P6") {
    if (!s.prone_arch_deg) return "not_measured";
    if (s.prone_arch_deg->ci95_low > 0.0) return "arched";
    return s.prone_arch_deg->ci95_high < 0.0 ? "flattened" : "unclear";
  }
  if (rule == "P8" && s.findings.contains(Finding::pillow_estimated)) {
    if (s.findings.contains(Finding::pillow_too_low)) return "too_low";
    if (s.findings.contains(Finding::pillow_too_high)) return "too_high";
    return s.given_pillow_height_m ? "fits" : "interval";
  }
  return {};
}

// Figures for a rule's text; a direction that the sentence names is given without its sign.
std::string with_figures(const std::string& text, const Situation& s, std::string_view variant) {
  const auto cm = [](double m) { return decimals(100.0 * m, 0); };
  Estimate arch = s.prone_arch_deg.value_or(Estimate{});
  if (variant == "flattened") {
    arch = {-arch.value, arch.sd, -arch.ci95_high, -arch.ci95_low};
  }
  const Estimate pillow = s.pillow_height_m.value_or(Estimate{});
  return filled(text, {{"age_years", decimals(s.mattress_age_years.value_or(0.0), 0)},
                       {"angle_deg", decimals(arch.value, 1)},
                       {"low_deg", decimals(arch.ci95_low, 1)},
                       {"high_deg", decimals(arch.ci95_high, 1)},
                       {"pillow_cm", cm(s.given_pillow_height_m.value_or(0.0))},
                       {"low_cm", cm(pillow.ci95_low)},
                       {"high_cm", cm(pillow.ci95_high)},
                       {"longest_still_min", decimals(s.longest_still_min.value_or(0.0), 0)},
                       {"shifts_per_h", decimals(s.shifts_per_h.value_or(0.0), 1)}});
}

}  // namespace

std::vector<Advice> advice_for(const RecordingResult& recording, const Guidance& guidance) {
  const Thresholds& thresholds = guidance.thresholds;
  const Situation situation = situation_of(recording, guidance);
  const auto limit = static_cast<std::size_t>(thresholds.value("advice_limit"));
  std::vector<Advice> advice;
  for (const GuidanceRule& rule : guidance.rules) {
    if (advice.size() >= limit) break;
    const bool applies =
        std::any_of(rule.when.begin(), rule.when.end(),
                    [&](const Condition& each) { return holds(each, situation, thresholds); });
    if (!applies || (rule.unless && holds(*rule.unless, situation, thresholds))) continue;
    std::string text = rule.sentence.text;
    const std::string_view variant = variant_of(rule.sentence.id, situation, thresholds);
    if (!variant.empty()) text += " " + rule.variants.find(variant)->second;
    advice.push_back(advice_of(rule.sentence, with_figures(text, situation, variant)));
  }
  const auto note = [&advice](const GuidanceText& sentence, const std::vector<std::string>& words) {
    if (words.empty()) return;
    advice.push_back(advice_of(sentence, filled(sentence.text, {{"stated", joined(words)}})));
  };
  note(guidance.not_understood, situation.intake.not_understood);
  note(guidance.read_as_absent, situation.intake.read_as_absent);
  return advice;
}

std::vector<Advice> referrals_for(const std::optional<Subject>& subject, const Guidance& guidance) {
  if (!subject) return {};
  const Intake intake = read_intake(*subject, guidance);
  if (intake.red_flags.empty()) return {};
  const auto raised = [&intake](const std::string& id) { return intake.red_flags.contains(id); };
  std::vector<Advice> referral;
  for (const Emergency& each : guidance.emergencies) {
    if (std::all_of(each.all_of.begin(), each.all_of.end(), raised) &&
        std::any_of(each.any_of.begin(), each.any_of.end(), raised)) {
      referral.push_back(advice_of(each.sentence, each.sentence.text));
    }
  }
  const GuidanceText& notice = guidance.referral_notice;
  referral.push_back(
      advice_of(notice, filled(notice.text, {{"stated", joined(intake.raised_by)}})));
  for (const RedFlag& flag : guidance.red_flags) {
    if (raised(flag.sentence.id)) {
      referral.push_back(advice_of(flag.sentence, flag.sentence.text));
    }
  }
  referral.push_back(advice_of(guidance.take_along, guidance.take_along.text));
  return referral;
}

}  // namespace matfit
