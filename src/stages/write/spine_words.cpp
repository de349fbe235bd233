#include "stages/write/spine_words.hpp"

#include "stages/write/view.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

Rating rating_at(double value, const JudgedFigure& judged) {
  if (value <= judged.good) return Rating::good;
  return value <= judged.fair ? Rating::fair : Rating::poor;
}

// The figure that keeps the spine from being good, and to which side: the one whose best is worst.
const JudgedFigure& deciding(const std::vector<JudgedFigure>& figures) {
  return *std::max_element(figures.begin(), figures.end(),
                           [](const JudgedFigure& a, const JudgedFigure& b) {
                             return rating_of(a).best < rating_of(b).best;
                           });
}

std::string reason_text(const JudgedFigure& judged, const Phrases& phrases) {
  const char* const side = judged.figure.value > 0.0 ? ".above" : ".below";
  return phrases.word("spine_reason", judged.measure + side);
}

std::string rating_key(const RatingRange& range) {
  static const char* const names[] = {"good", "fair", "poor"};
  const std::string best = names[static_cast<std::size_t>(range.best)];
  if (range.decided()) return best;
  return best + "_to_" + names[static_cast<std::size_t>(range.worst)];
}

std::string statement(const BoutResult& bout, const Phrases& phrases) {
  const std::string plane = bout.spine.plane == SpinePlane::frontal ? "side" : "back";
  const std::vector<JudgedFigure>& figures = bout.fit.alignment_figures;
  const std::optional<RatingRange> range = rating_of(figures);
  if (!range) return phrases.at("spine_says.unjudged");
  const std::string key = "spine_says." + plane + "." + rating_key(*range);
  if (range->best == Rating::good) return phrases.at(key);
  return phrases.fill(key, {{"reason", reason_text(deciding(figures), phrases)}});
}

}  // namespace

RatingRange rating_of(const JudgedFigure& judged) {
  double low = judged.figure.ci95_low, high = judged.figure.ci95_high;
  if (!(low <= high)) return {};
  if (judged.magnitude) {
    const double nearest =
        low <= 0.0 && high >= 0.0 ? 0.0 : std::min(std::abs(low), std::abs(high));
    high = std::max(std::abs(low), std::abs(high));
    low = nearest;
  }
  return {rating_at(low, judged), rating_at(high, judged)};
}

std::optional<RatingRange> rating_of(const std::vector<JudgedFigure>& figures) {
  if (figures.empty()) return std::nullopt;
  RatingRange all = {Rating::good, Rating::good};
  for (const JudgedFigure& judged : figures) {
    const RatingRange one = rating_of(judged);
    all = {std::max(all.best, one.best), std::max(all.worst, one.worst)};
  }
  return all;
}

std::string spine_sentence(const BoutResult& bout, const Phrases& phrases) {
  const SpineFit& spine = bout.spine;
  if (spine.status != FitStatus::converged) {
    return phrases.at("spine_says.status_" + std::string(name_of(spine.status)));
  }
  if (spine.basis == SpineBasis::none) return phrases.at("spine_says.basis_none");
  std::string text = statement(bout, phrases) + "; " +
                     phrases.at("spine_says.basis_" + std::string(name_of(spine.basis)));
  if (bout.roll && bout.roll->propped.value_or(false)) {
    text += "; " + phrases.at("spine_says.propped");
  }
  return text + ".";
}

std::string spine_basis_text(const SpineFit& spine, const Phrases& phrases) {
  std::string text;
  if (spine.status != FitStatus::converged) {
    text = phrases.at("spine.status_" + std::string(name_of(spine.status)));
  }
  const bool estimated =
      spine.status == FitStatus::converged || spine.status == FitStatus::not_converged;
  if (estimated) {
    text +=
        (text.empty() ? "" : " ") + phrases.at("spine.basis_" + std::string(name_of(spine.basis)));
  }
  const bool said = spine.status == FitStatus::converged && spine.basis == SpineBasis::none;
  if (!(said && spine.doubts.empty()) && !spine.note.empty()) text += " " + sentence(spine.note);
  return text;
}

}  // namespace matfit
