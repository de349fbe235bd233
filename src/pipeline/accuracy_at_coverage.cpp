#include "pipeline/accuracy_at_coverage.hpp"

#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace matfit {

namespace {

// Sorted by falling confidence, one entry a confidence.
std::vector<JudgedFrames> pooled(std::vector<JudgedFrames> answers) {
  std::sort(answers.begin(), answers.end(), [](const JudgedFrames& a, const JudgedFrames& b) {
    return a.confidence > b.confidence;
  });
  std::vector<JudgedFrames> out;
  for (const JudgedFrames& answer : answers) {
    if (!(answer.frames > 0.0)) continue;
    if (out.empty() || out.back().confidence != answer.confidence) {
      out.push_back({answer.confidence, 0.0, 0.0});
    }
    out.back().frames += answer.frames;
    out.back().right += answer.right;
  }
  return out;
}

}  // namespace

std::vector<CoveragePoint> accuracy_at_coverage(std::vector<JudgedFrames> answers,
                                                const std::vector<double>& coverages) {
  const std::vector<JudgedFrames> levels = pooled(std::move(answers));
  double total = 0.0;
  for (const JudgedFrames& level : levels) total += level.frames;
  std::vector<CoveragePoint> points;
  for (const double coverage : coverages) {
    if (!(coverage > 0.0 && coverage <= 1.0)) {
      throw std::invalid_argument("accuracy_at_coverage: a coverage lies in (0, 1]");
    }
    if (levels.empty()) continue;
    CoveragePoint point;
    point.coverage = coverage;
    point.frames = coverage * total;
    double left = point.frames;
    double right = 0.0;
    for (std::size_t i = 0; i < levels.size() && left > 0.0; ++i) {
      const double taken = std::min(left, levels[i].frames);
      right += levels[i].right * taken / levels[i].frames;
      point.least_confidence = levels[i].confidence;
      left -= taken;
    }
    point.accuracy = right / point.frames;
    points.push_back(point);
  }
  return points;
}

}  // namespace matfit
