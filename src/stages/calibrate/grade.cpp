#include "stages/calibrate/grade.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace matfit {

namespace {

bool applies(const QualityRule& rule, double value) {
  return rule.above ? value > *rule.above : value < *rule.below;
}

void add_missing(std::vector<ResultPart>& parts, const std::vector<ResultPart>& more) {
  for (const ResultPart part : more) {
    if (std::find(parts.begin(), parts.end(), part) == parts.end()) parts.push_back(part);
  }
}

}  // namespace

GradedQuality grade_quality(const QualityFigures& figures, const std::vector<QualityRule>& rules) {
  GradedQuality out;
  for (const QualityRule& rule : rules) {
    const auto found = figures.find(rule.measure);
    if (found == figures.end() || !applies(rule, found->second.value)) continue;
    if (rule.cap > out.grade) out.grade = rule.cap;
    const auto said = std::find_if(out.reasons.begin(), out.reasons.end(),
                                   [&](const QualityReason& r) { return r.code == rule.code; });
    if (said != out.reasons.end()) {
      if (rule.cap > said->cap) {
        said->cap = rule.cap;
        said->affects = rule.affects;
      } else if (rule.cap == said->cap) {
        add_missing(said->affects, rule.affects);
      }
      continue;
    }
    const double value = found->second.value;
    out.reasons.push_back(
        {rule.code,
         fmt::format(fmt::runtime(rule.text), fmt::arg("value", value),
                     fmt::arg("percent", 100.0 * value), fmt::arg("list", found->second.list)),
         rule.effect, rule.cap, rule.affects});
  }
  return out;
}

void add_to_grade(Quality& quality, const QualityFigures& figures,
                  const std::vector<QualityRule>& rules) {
  GradedQuality more = grade_quality(figures, rules);
  if (more.grade > quality.grade) quality.grade = more.grade;
  std::move(more.reasons.begin(), more.reasons.end(), std::back_inserter(quality.reasons));
}

}  // namespace matfit
