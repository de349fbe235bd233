#include "cli/evaluation_text.hpp"

#include "pipeline/accuracy_at_coverage.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <vector>

namespace matfit {

namespace {

constexpr std::array<const char*, 3> groupings = {"person", "mattress", "condition"};
constexpr std::array<Posture, 4> lying_postures = {Posture::supine, Posture::prone, Posture::left,
                                                   Posture::right};

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

std::string share(std::size_t part, std::size_t whole) {
  return whole == 0 ? "-" : fmt::format("{:.2f}", percent(part, whole));
}

using Group = std::vector<const EvaluatedRecording*>;

Group all_of(const PostureEvaluation& evaluation) {
  Group all;
  for (const EvaluatedRecording& r : evaluation.recordings) all.push_back(&r);
  return all;
}

std::vector<std::pair<std::string, Group>> grouped(const PostureEvaluation& evaluation,
                                                   const std::string& grouping) {
  std::set<std::string> names;
  for (const EvaluatedRecording& r : evaluation.recordings) names.insert(group_of(r, grouping));
  std::vector<std::pair<std::string, Group>> groups;
  for (const std::string& name : names) {
    Group group;
    for (const EvaluatedRecording& r : evaluation.recordings) {
      if (group_of(r, grouping) == name) group.push_back(&r);
    }
    groups.emplace_back(name.empty() ? "(not stated)" : name, std::move(group));
  }
  return groups;
}

std::string score_line(const std::string& name, const PostureScore& s) {
  return fmt::format("  {:<14} {:>10} {:>8} {:>8} {:>8} {:>10} {:>10}\n", name, s.recordings,
                     s.labelled, share(s.right, s.labelled), share(s.named, s.labelled),
                     share(s.single_right, s.single_frames), share(s.head_ends_right, s.head_ends));
}

using Confusion = std::array<std::array<std::size_t, posture_count>, posture_count>;

Confusion confusion_of(const PostureEvaluation& evaluation) {
  Confusion sum{};
  for (const EvaluatedRecording& r : evaluation.recordings) {
    for (std::size_t t = 0; t < posture_count; ++t) {
      for (std::size_t a = 0; a < posture_count; ++a) sum[t][a] += r.confusion[t][a];
    }
  }
  return sum;
}

CalibrationBins bins_of(const PostureEvaluation& evaluation) {
  CalibrationBins bins;
  for (const EvaluatedRecording& r : evaluation.recordings) bins.add(r.calibration);
  return bins;
}

std::vector<CoveragePoint> coverage_of(const PostureEvaluation& evaluation) {
  std::vector<JudgedFrames> judged;
  for (const EvaluatedRecording& r : evaluation.recordings) {
    judged.insert(judged.end(), r.judged.begin(), r.judged.end());
  }
  return accuracy_at_coverage(std::move(judged), {0.5, 0.8, 0.9, 1.0});
}

std::string coverage_text(const std::vector<CoveragePoint>& points) {
  std::string text = fmt::format("\nthe most confident frames\n  {:>8} {:>10} {:>8} {:>17}\n",
                                 "share_%", "frames", "right_%", "least_confidence");
  for (const CoveragePoint& p : points) {
    text += fmt::format("  {:>8.0f} {:>10.0f} {:>8.2f} {:>17.3f}\n", 100.0 * p.coverage, p.frames,
                        100.0 * p.accuracy, p.least_confidence);
  }
  return text;
}

nlohmann::ordered_json json_of(const CoveragePoint& p) {
  return {{"coverage", p.coverage},
          {"frames", p.frames},
          {"right_percent", 100.0 * p.accuracy},
          {"least_confidence", p.least_confidence}};
}

std::string confusion_text(const Confusion& confusion) {
  std::string text = fmt::format("  {:<10}", "truth");
  for (std::size_t a = 0; a < posture_count; ++a) {
    text += fmt::format(" {:>8}", name_of(static_cast<Posture>(a)));
  }
  text += "\n";
  for (std::size_t t = 0; t < posture_count; ++t) {
    if (!is_lying(static_cast<Posture>(t))) continue;
    text += fmt::format("  {:<10}", name_of(static_cast<Posture>(t)));
    for (const std::size_t n : confusion[t]) text += fmt::format(" {:>8}", n);
    text += "\n";
  }
  return text;
}

std::string landmark_text(const LandmarkEvaluation& evaluation) {
  std::string text = fmt::format(
      "\nlandmarks: {} recordings annotated, {} of them fitted, {} in another posture than "
      "annotated\n  {:<10} {:<6} {:<10} {:>6} {:>8} {:>12} {:>10} {:>10} {:>6} {:>6}\n",
      evaluation.annotated, evaluation.evaluated, evaluation.other_posture, "group", "view",
      "landmark", "count", "missing", "median_cells", "p90_cells", "median_cm", "1sd_%", "2sd_%");
  for (const LandmarkErrorSummary& s : evaluation.summaries) {
    text += fmt::format(
        "  {:<10} {:<6} {:<10} {:>6} {:>8} {:>12.2f} {:>10.2f} {:>10.2f} {:>6.0f} {:>6.0f}\n",
        s.group, s.view, s.landmark, s.count, s.missing, s.median_cells, s.p90_cells,
        100.0 * s.median_m, 100.0 * s.within_one_sd, 100.0 * s.within_two_sd);
  }
  return text;
}

nlohmann::ordered_json json_of(const LandmarkErrorSummary& s) {
  return {{"group", s.group},
          {"view", s.view},
          {"landmark", s.landmark},
          {"count", s.count},
          {"missing", s.missing},
          {"median_cells", s.median_cells},
          {"p90_cells", s.p90_cells},
          {"median_mm", 1000.0 * s.median_m},
          {"within_one_sd", s.within_one_sd},
          {"within_two_sd", s.within_two_sd}};
}

nlohmann::ordered_json json_of(const PostureScore& s) {
  nlohmann::ordered_json out = {{"recordings", s.recordings},
                                {"recordings_right", s.recordings_right},
                                {"frames", s.labelled},
                                {"right", s.right},
                                {"named", s.named},
                                {"right_percent", percent(s.right, s.labelled)},
                                {"named_percent", percent(s.named, s.labelled)},
                                {"head_ends", s.head_ends},
                                {"head_ends_right", s.head_ends_right}};
  if (s.single_frames > 0) {
    out["single_frames"] = s.single_frames;
    out["single_frames_right"] = s.single_right;
    out["single_frames_right_percent"] = percent(s.single_right, s.single_frames);
  }
  return out;
}

}  // namespace

std::string as_text(const EvaluationReport& report) {
  const PostureEvaluation& found = report.postures;
  const Group all = all_of(found);
  if (all.empty()) return "no recording could be judged\n";
  std::string text = fmt::format("split: {}\n", report.split);
  for (const auto& [name, value] : report.model) {
    if (name == "command" || name == "people") text += fmt::format("model {}: {}\n", name, value);
  }
  text += fmt::format(
      "right_% and named_%: of valid labelled frames; alone_%: each frame without its neighbours;\n"
      "head_end_%: of recordings with a stated head end, which was withheld\n\n");
  const std::string heading = fmt::format(" {:>10} {:>8} {:>8} {:>8} {:>10} {:>10}\n", "recordings",
                                          "frames", "right_%", "named_%", "alone_%", "head_end_%");
  for (const char* grouping : groupings) {
    text += fmt::format("  {:<14}", std::string("by ") + grouping) + heading;
    for (const auto& [name, group] : grouped(found, grouping)) {
      text += score_line(name, score_of(group));
    }
    text += "\n";
  }
  text += fmt::format("  {:<14}", "by posture") + heading;
  for (const Posture p : lying_postures) {
    text += score_line(std::string(name_of(p)), score_of(all, p));
  }
  text += fmt::format("\n  {:<14}", "") + heading + score_line("all", score_of(all));
  text += "\nconfusion, frames\n" + confusion_text(confusion_of(found));
  text += fmt::format(
      "\nexpected calibration error of the named frames: {}\n",
      score_of(all).named > 0 ? fmt::format("{:.4f}", bins_of(found).expected_error()) : "-");
  text += coverage_text(coverage_of(found));
  std::string wrong;
  for (const EvaluatedRecording* r : all) {
    const PostureScore s = score_of({r});
    if (s.right != s.labelled) {
      wrong += fmt::format("  {}: {} of {} frames right\n", r->recording_id, s.right, s.labelled);
    }
    if (r->head_end_right && !*r->head_end_right) {
      wrong += fmt::format("  {}: wrong head end, confidence {:.2f}\n", r->recording_id,
                           r->head_end_confidence);
    }
  }
  if (!wrong.empty()) text += "\nnot all right\n" + wrong;
  if (report.landmarks) text += landmark_text(*report.landmarks);
  text += fmt::format("\n{} recordings, {} frames labelled, {} failed, {:.1f} s\n", all.size(),
                      score_of(all).labelled, found.failures.size(), found.wall_s);
  return text;
}

std::string as_json(const EvaluationReport& report) {
  nlohmann::ordered_json out;
  out["split"] = report.split;
  for (const auto& [name, value] : report.model) out["model"][name] = value;
  out["all"] = json_of(score_of(all_of(report.postures)));
  for (const char* grouping : groupings) {
    for (const auto& [name, group] : grouped(report.postures, grouping)) {
      out[std::string("by_") + grouping][name] = json_of(score_of(group));
    }
  }
  for (const Posture p : lying_postures) {
    out["by_posture"][std::string(name_of(p))] = json_of(score_of(all_of(report.postures), p));
  }
  const Confusion confusion = confusion_of(report.postures);
  for (std::size_t t = 0; t < posture_count; ++t) {
    for (std::size_t a = 0; a < posture_count; ++a) {
      if (confusion[t][a] == 0) continue;
      out["confusion"][std::string(name_of(static_cast<Posture>(t)))]
         [std::string(name_of(static_cast<Posture>(a)))] = confusion[t][a];
    }
  }
  out["expected_calibration_error"] = bins_of(report.postures).expected_error();
  for (const CoveragePoint& p : coverage_of(report.postures)) {
    out["accuracy_at_coverage"].push_back(json_of(p));
  }
  if (report.landmarks) {
    for (const LandmarkErrorSummary& s : report.landmarks->summaries) {
      out["landmarks"].push_back(json_of(s));
    }
  }
  out["failures"] = report.postures.failures;
  out["wall_s"] = report.postures.wall_s;
  return out.dump(2) + "\n";
}

}  // namespace matfit
