#include "stages/score/verdict.hpp"

#include "stages/score/sentence.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

struct Signs {
  std::array<bool, sign_count> known{};
  std::array<bool, sign_count> shown{};

  bool knows(Sign sign) const { return known[static_cast<std::size_t>(sign)]; }
  bool shows(Sign sign) const { return shown[static_cast<std::size_t>(sign)]; }
};

struct SignLine {
  const PassLine* line;
  const Measure* measure;
  const std::vector<double>* draws;
};

std::vector<SignLine> sign_lines(Posture posture, const Measures& measures, const Draws& draws,
                                 const std::array<bool, axis_count>& usable,
                                 const Thresholds& thresholds) {
  std::vector<SignLine> lines;
  for (const PassLine& line : thresholds.lines) {
    if (line.sign == Sign::none || !line.applies_to(posture)) continue;
    if (!usable[static_cast<std::size_t>(line.axis)]) continue;
    const auto measure = measures.find(line.measure);
    if (measure == measures.end()) continue;
    lines.push_back({&line, &measure->second, &draws.find(line.measure)->second});
  }
  return lines;
}

// `value_of` gives the figure of a SignLine.
template <typename ValueOf>
Signs signs_at(const std::vector<SignLine>& lines, const ValueOf& value_of) {
  Signs signs;
  for (const SignLine& each : lines) {
    const auto s = static_cast<std::size_t>(each.line->sign);
    signs.known[s] = true;
    signs.shown[s] = signs.shown[s] || each.line->beyond_fair(value_of(each));
  }
  return signs;
}

// A bend alone does not tell too soft from too firm: both bend a spine on its side the same way. So
// the amount of sinking, the pressure and what the waist carries decide.
// - A pelvis that sinks far below the chest is too soft (M3, M4), and so is a bent spine on a
//   mattress pressed to its end, where pressure rises again.
// - Pressure that gathers is too firm (M5) where the waist hangs free, or where the mattress is
//   known not to be pressed to its end.
// - A bent spine without such pressure, its waist carried, has sunk in: too soft (M4).
// - A spine in line, no pressure gathered, no end of the mattress reached: right (M1, M2).
Verdict verdict_of(const Signs& s) {
  const bool bottomed = s.shows(Sign::bottomed);
  if (s.shows(Sign::sunk) || (bottomed && s.shows(Sign::misaligned))) return Verdict::too_soft;
  if (s.shows(Sign::pressed)) {
    const bool spare_depth = s.knows(Sign::bottomed) && !bottomed;
    return spare_depth || (s.shows(Sign::hollow) && !bottomed) ? Verdict::too_firm
                                                               : Verdict::undecided;
  }
  if (!s.knows(Sign::pressed) || !s.knows(Sign::misaligned)) return Verdict::undecided;
  if (s.shows(Sign::misaligned)) {
    const bool carried = s.knows(Sign::hollow) && !s.shows(Sign::hollow);
    return carried ? Verdict::too_soft : Verdict::undecided;
  }
  return bottomed ? Verdict::undecided : Verdict::right;
}

std::string percent(double share) { return decimals(100.0 * share, 0); }

FitReason figure_reason(const Constant& constant, const PassLine& line, const Measure& measure) {
  const Estimate quoted = measure.quoted();
  const int places = std::abs(line.fair) < 10.0 ? (std::abs(line.fair) < 1.0 ? 2 : 1) : 0;
  return {line.id,
          capitalised(filled(constant.reason, {{"label", line.label},
                                               {"value", decimals(quoted.value, places)},
                                               {"unit", line.unit},
                                               {"low", decimals(quoted.ci95_low, places)},
                                               {"high", decimals(quoted.ci95_high, places)},
                                               {"line", decimals(line.fair, places)}}))};
}

bool decides(Verdict verdict, Sign sign) {
  switch (verdict) {
    case Verdict::too_soft:
      return sign == Sign::misaligned || sign == Sign::sunk || sign == Sign::bottomed;
    case Verdict::too_firm: return sign == Sign::pressed || sign == Sign::hollow;
    case Verdict::right: return sign == Sign::misaligned || sign == Sign::pressed;
    case Verdict::undecided: break;
  }
  return false;
}

void explain_verdict(Posture posture, const std::vector<SignLine>& lines, const Guidance& guidance,
                     VerdictOutcome& outcome) {
  for (const VerdictReason& each : guidance.verdict_reasons) {
    const bool here =
        std::find(each.postures.begin(), each.postures.end(), posture) != each.postures.end();
    if (here && each.verdict == outcome.verdict) outcome.reasons.push_back(each.reason);
  }
  const Constant& figure = guidance.thresholds.constant("deciding_figure_probability");
  for (const SignLine& each : lines) {
    if (!decides(outcome.verdict, each.line->sign)) continue;
    const std::vector<double>& values = *each.draws;
    const auto beyond = std::count_if(values.begin(), values.end(), [&each](double value) {
      return each.line->beyond_fair(value);
    });
    const double share = static_cast<double>(beyond) / static_cast<double>(values.size());
    if (outcome.verdict == Verdict::right || share >= figure.value) {
      outcome.reasons.push_back(figure_reason(figure, *each.line, *each.measure));
    }
  }
}

// Names the figures that, varied alone within their errors, change the verdict most often.
void explain_uncertainty(const std::vector<SignLine>& lines, const Thresholds& thresholds,
                         VerdictOutcome& outcome) {
  const auto central = [](const SignLine& each) { return each.measure->value; };
  const Verdict at_values = verdict_of(signs_at(lines, central));
  const Constant& limit = thresholds.constant("uncertain_figure_share");
  struct Uncertain {
    double share;
    const SignLine* line;
  };
  std::vector<Uncertain> uncertain;
  std::vector<const Measure*> seen;
  for (const SignLine& each : lines) {
    const Measure* varied = each.measure;
    if (std::find(seen.begin(), seen.end(), varied) != seen.end()) continue;
    seen.push_back(varied);
    double changed = 0.0;
    for (const double value : *each.draws) {
      const Signs signs = signs_at(lines, [&](const SignLine& line) {
        return line.measure == varied ? value : central(line);
      });
      if (verdict_of(signs) != at_values) changed += 1.0;
    }
    const double share = changed / static_cast<double>(draw_count);
    if (share >= limit.value) uncertain.push_back({share, &each});
  }
  std::stable_sort(uncertain.begin(), uncertain.end(),
                   [](const Uncertain& a, const Uncertain& b) { return a.share > b.share; });
  for (const Uncertain& each : uncertain) {
    outcome.reasons.push_back(figure_reason(limit, *each.line->line, *each.line->measure));
  }
}

}  // namespace

VerdictOutcome judge(Posture posture, const Measures& measures, const Draws& draws,
                     const std::array<bool, axis_count>& usable, const Guidance& guidance) {
  const Thresholds& thresholds = guidance.thresholds;
  VerdictOutcome outcome;
  const std::vector<SignLine> lines = sign_lines(posture, measures, draws, usable, thresholds);
  for (std::size_t i = 0; i < draw_count; ++i) {
    const Signs signs = signs_at(lines, [i](const SignLine& each) { return (*each.draws)[i]; });
    outcome.probabilities[static_cast<std::size_t>(verdict_of(signs))] +=
        1.0 / static_cast<double>(draw_count);
  }
  Verdict likeliest = Verdict::undecided;
  for (const Verdict each : {Verdict::too_soft, Verdict::right, Verdict::too_firm}) {
    if (outcome.probabilities[static_cast<std::size_t>(each)] >
        outcome.probabilities[static_cast<std::size_t>(likeliest)]) {
      likeliest = each;
    }
  }
  const double probability = outcome.probabilities[static_cast<std::size_t>(likeliest)];
  const bool spine_known = std::any_of(lines.begin(), lines.end(), [](const SignLine& each) {
    return each.line->sign == Sign::misaligned;
  });
  const Constant& needed =
      thresholds.constant(spine_known ? "verdict_probability" : "pressure_alone_probability");
  if (likeliest != Verdict::undecided && probability >= needed.value) {
    outcome.verdict = likeliest;
    explain_verdict(posture, lines, guidance, outcome);
    return outcome;
  }
  outcome.reasons.push_back(
      {needed.id, filled(needed.reason, {{"verdict", thresholds.name(likeliest)},
                                         {"probability", percent(probability)},
                                         {"needed", percent(needed.value)}})});
  const Constant& contradiction = thresholds.constant("contradiction_share");
  const double contradicting = outcome.probabilities[static_cast<std::size_t>(Verdict::undecided)];
  if (spine_known && contradicting >= contradiction.value) {
    outcome.reasons.push_back({contradiction.id, contradiction.reason});
  }
  if (spine_known) explain_uncertainty(lines, thresholds, outcome);
  return outcome;
}

}  // namespace matfit
