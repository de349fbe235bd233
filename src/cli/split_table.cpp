#include "cli/evaluation_text.hpp"
#include "pipeline/accuracy_at_coverage.hpp"

#include <fmt/format.h>

#include <vector>

namespace matfit {

namespace {

std::string share(std::size_t part, std::size_t whole) {
  if (whole == 0) return "-";
  return fmt::format("{:.1f}", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

// Share that is right of the most confident 80 % of frames.
std::string right_of_most_confident(const PostureSplit& split) {
  std::vector<JudgedFrames> judged;
  for (const EvaluatedRecording& r : split.recordings) {
    judged.insert(judged.end(), r.judged.begin(), r.judged.end());
  }
  const std::vector<CoveragePoint> points = accuracy_at_coverage(std::move(judged), {0.8});
  return points.empty() ? "-" : fmt::format("{:.1f}", 100.0 * points.front().accuracy);
}

std::string line_of(const PostureSplit& split) {
  std::vector<const EvaluatedRecording*> all;
  CalibrationBins bins;
  for (const EvaluatedRecording& r : split.recordings) {
    all.push_back(&r);
    bins.add(r.calibration);
  }
  const PostureScore score = score_of(all);
  std::string text = fmt::format(
      "| {} | {} | {} | {} | {:.2f} |", split.kept_out, split.data, split.mat, score.labelled,
      score.labelled == 0
          ? 0.0
          : 100.0 * static_cast<double>(score.right) / static_cast<double>(score.labelled));
  for (const Posture posture : model_postures) {
    const PostureScore its = score_of(all, posture);
    text += fmt::format(" {} |", share(its.right, its.labelled));
  }
  text += fmt::format(" {} | {:.3f} | {} |\n", share(score.head_ends_right, score.head_ends),
                      bins.expected_error(), right_of_most_confident(split));
  return text;
}

}  // namespace

std::string as_text(const PostureSplits& splits) {
  std::string text =
      "| kept out | data | mat | frames | right | supine | prone | left | right side | head end | "
      "calibration error | surest 80 % |\n"
      "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n";
  for (const PostureSplit& split : splits.splits) text += line_of(split);
  return text;
}

}  // namespace matfit
