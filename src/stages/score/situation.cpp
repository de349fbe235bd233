#include "stages/score/situation.hpp"

#include "numeric/statistics.hpp"
#include "stages/score/pillow.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

double share_of(const Movement& movement, Posture posture) {
  switch (posture) {
    case Posture::supine: return movement.share_supine;
    case Posture::prone: return movement.share_prone;
    case Posture::left: return movement.share_left;
    case Posture::right: return movement.share_right;
    default: return 0.0;
  }
}

std::set<Posture> relevant_postures(const RecordingResult& recording,
                                    const Thresholds& thresholds) {
  std::set<Posture> postures;
  const bool is_long = recording.duration_s >= thresholds.value("long_recording_s");
  const bool usual_given = recording.subject && recording.subject->usual_position &&
                           is_lying(*recording.subject->usual_position);
  if (usual_given) postures.insert(*recording.subject->usual_position);
  if (usual_given && !is_long) return postures;  // a trial's shares are the instructor's
  for (const Posture posture : {Posture::supine, Posture::prone, Posture::left, Posture::right}) {
    if (share_of(recording.movement, posture) >= thresholds.value("relevant_posture_share")) {
      postures.insert(posture);
    }
  }
  return postures;
}

// Probability that |x| is over the line.
double probability_over(const Estimate& x, double line) {
  if (!(x.sd > 0.0)) return std::abs(x.value) > line ? 1.0 : 0.0;
  return normal_cdf((x.value - line) / x.sd) + normal_cdf((-x.value - line) / x.sd);
}

double probability_below(double value, double log_sd, double line) {
  if (!(value > 0.0)) return 1.0;
  return normal_cdf((std::log(line) - std::log(value)) / log_sd);
}

// Weighted share of the bouts in relevant postures for which `found` holds.
template <typename Found>
bool mostly(const Situation& situation, const Found& found) {
  double with = 0.0;
  double all = 0.0;
  for (const WeightedBout& each : situation.bouts) {
    if (!situation.postures.contains(each.bout->bout.posture)) continue;
    all += each.weight;
    if (found(*each.bout)) with += each.weight;
  }
  return all > 0.0 && with > 0.5 * all;
}

bool lumbar_gap(const BoutResult& bout, const Thresholds& thresholds) {
  if (bout.bout.posture != Posture::supine) return false;
  const auto share = bout.pressure.region_load_share.find("lumbar");
  if (share == bout.pressure.region_load_share.end()) return false;
  for (const PassLine& line : thresholds.lines) {
    if (line.sign != Sign::hollow || !line.applies_to(bout.bout.posture)) continue;
    return probability_below(100.0 * share->second, thresholds.value("repeat_cv_lumbar_share"),
                             line.fair) >= thresholds.value("finding_probability");
  }
  return false;
}

bool twisted(const BoutResult& bout, const Thresholds& thresholds) {
  if (bout.spine.status != FitStatus::converged) return false;
  const auto twist = bout.spine.metrics.find("shoulder_hip_twist_deg");
  if (twist == bout.spine.metrics.end() || !twist->second.known()) return false;
  return probability_over(twist->second, thresholds.value("twist_line_deg")) >=
         thresholds.value("finding_probability");
}

bool one_side(const RecordingResult& recording, const Thresholds& thresholds) {
  const double left = recording.movement.share_left;
  const double right = recording.movement.share_right;
  return recording.duration_s >= thresholds.value("long_recording_s") &&
         left + right >= thresholds.value("relevant_posture_share") &&
         std::max(left, right) >= thresholds.value("one_side_share") * (left + right);
}

// The direction over all bouts on the stomach, errors in common.
std::optional<Estimate> prone_arch(const Situation& situation) {
  double weight = 0.0;
  double value = 0.0;
  double sd = 0.0;
  for (const WeightedBout& each : situation.bouts) {
    const SpineFit& spine = each.bout->spine;
    if (each.bout->bout.posture != Posture::prone || spine.status != FitStatus::converged ||
        spine.basis == SpineBasis::none) {
      continue;
    }
    const auto angle = spine.metrics.find("lordosis_angle_change_deg");
    if (angle == spine.metrics.end() || !angle->second.known()) continue;
    weight += each.weight;
    value += each.weight * angle->second.value;
    sd += each.weight * angle->second.sd;
  }
  if (!(weight > 0.0)) return std::nullopt;
  return gaussian_estimate(value / weight, sd / weight);
}

template <typename Value, typename Set>
bool any_in(const std::vector<Value>& wanted, const Set& present) {
  return std::any_of(wanted.begin(), wanted.end(),
                     [&present](const Value& each) { return present.contains(each); });
}

bool stated_in(const std::vector<std::string>& wanted, const std::set<std::string>& present) {
  if (wanted.empty()) return true;
  const bool any = std::find(wanted.begin(), wanted.end(), "any") != wanted.end();
  return any ? !present.empty() : any_in(wanted, present);
}

bool at_least(const std::optional<double>& limit, const std::optional<double>& value) {
  return !limit || (value && *value >= *limit);
}

// With postures, the verdict in those; else the recording's.
bool verdict_holds(const Condition& condition, const Situation& situation,
                   const Thresholds& thresholds) {
  if (condition.verdicts.empty()) return true;
  Verdict verdict = situation.verdict;
  if (!condition.postures.empty()) {
    std::vector<WeightedBout> chosen;
    for (const WeightedBout& each : situation.bouts) {
      if (std::find(condition.postures.begin(), condition.postures.end(),
                    each.bout->bout.posture) != condition.postures.end()) {
        chosen.push_back(each);
      }
    }
    verdict = common_verdict(chosen, thresholds);
  }
  return std::find(condition.verdicts.begin(), condition.verdicts.end(), verdict) !=
         condition.verdicts.end();
}

}  // namespace

Situation situation_of(const RecordingResult& recording, const Guidance& guidance) {
  const Thresholds& thresholds = guidance.thresholds;
  const std::optional<Subject>& subject = recording.subject;
  Situation s;
  s.postures = relevant_postures(recording, thresholds);
  s.bouts = weighted_bouts(recording, subject ? subject->usual_position : std::nullopt, thresholds);
  s.verdict = recording.fit.verdict;
  if (subject) {
    s.intake = read_intake(*subject, guidance);
    s.pregnant = subject->pregnant.value_or(false);
    s.pillow_height_m = pillow_height(*subject, thresholds.pillow);
    s.given_pillow_height_m = subject->pillow_height_m;
  }
  if (recording.mattress) s.mattress_age_years = recording.mattress->age_years;
  s.shifts_per_h = recording.movement.shifts_per_h;
  if (recording.duration_s >= thresholds.value("long_recording_s")) {
    s.longest_still_min = recording.movement.longest_still_s / 60.0;
  }
  s.prone_arch_deg = prone_arch(s);

  if (mostly(s, [&](const BoutResult& b) { return twisted(b, thresholds); })) {
    s.findings.insert(Finding::twist);
  }
  const bool gap = std::any_of(s.bouts.begin(), s.bouts.end(), [&](const WeightedBout& each) {
    return lumbar_gap(*each.bout, thresholds);
  });
  if (gap) s.findings.insert(Finding::lumbar_gap);
  if (one_side(recording, thresholds)) s.findings.insert(Finding::one_side);
  const bool on_side = s.postures.contains(Posture::left) || s.postures.contains(Posture::right);
  if (s.pillow_height_m && on_side) {
    s.findings.insert(Finding::pillow_estimated);
    // The advice speaks in whole centimetres: what rounds into the interval lies in it.
    constexpr double rounding_m = 0.005;
    const Estimate& likely = *s.pillow_height_m;
    const std::optional<double>& given = s.given_pillow_height_m;
    if (given && *given < likely.ci95_low - rounding_m) {
      s.findings.insert(Finding::pillow_too_low);
    }
    if (given && *given > likely.ci95_high + rounding_m) {
      s.findings.insert(Finding::pillow_too_high);
    }
  }
  return s;
}

bool holds(const Condition& c, const Situation& s, const Thresholds& thresholds) {
  if (!c.postures.empty() && !any_in(c.postures, s.postures)) return false;
  if (!verdict_holds(c, s, thresholds)) return false;
  if (!stated_in(c.pain_sites, s.intake.pain_sites)) return false;
  if (!stated_in(c.pain_patterns, s.intake.pain_patterns)) return false;
  if (!stated_in(c.stated, s.intake.stated)) return false;
  if (c.pregnant && *c.pregnant != s.pregnant) return false;
  if (!c.findings.empty() && !any_in(c.findings, s.findings)) return false;
  if (!at_least(c.mattress_age_years_at_least, s.mattress_age_years)) return false;
  if (c.mattress_age_years_below &&
      !(s.mattress_age_years && *s.mattress_age_years < *c.mattress_age_years_below)) {
    return false;
  }
  return at_least(c.shifts_per_h_at_least, s.shifts_per_h) &&
         at_least(c.longest_still_min_at_least, s.longest_still_min);
}

}  // namespace matfit
