#include "cli/night_evaluation_text.hpp"

#include "numeric/statistics.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

namespace matfit {

namespace {

using Nights = std::vector<const EvaluatedNight*>;

// Sums and means over nights.
struct NightScore {
  std::size_t nights = 0;
  double lying_h = 0.0;
  TransitionMatch transitions;
  int shifts = 0;
  double share_error = 0.0;            // mean over nights and postures, absolute
  double largest_share_error = 0.0;    // of a posture in a night
  double longest_still_error_s = 0.0;  // mean over nights, absolute
  double true_restlessness = 0.0;      // mean
  double restlessness = 0.0;           // mean
  double restlessness_error = 0.0;     // mean over nights, absolute
  TransitionMatch movements;
  std::size_t frames = 0;
  double wall_s = 0.0;

  double false_shifts_per_h() const {
    return lying_h > 0.0 ? static_cast<double>(transitions.false_shifts) / lying_h : 0.0;
  }
  double error_quantile_s(double q) const {
    std::vector<double> sizes;
    for (const double e : transitions.error_s) sizes.push_back(std::abs(e));
    return sizes.empty() ? std::nan("") : quantile(std::move(sizes), q);
  }
};

NightScore score_of(const Nights& nights) {
  NightScore score;
  score.nights = nights.size();
  const auto count = static_cast<double>(nights.size());
  for (const EvaluatedNight* n : nights) {
    score.lying_h += n->lying_s / 3600.0;
    score.transitions.add(n->transitions);
    score.shifts += n->shifts;
    for (std::size_t i = 0; i < n->share.size(); ++i) {
      const double error = std::abs(n->share[i] - n->true_share[i]);
      score.share_error += error / (count * static_cast<double>(n->share.size()));
      score.largest_share_error = std::max(score.largest_share_error, error);
    }
    score.longest_still_error_s += std::abs(n->longest_still_s - n->true_longest_still_s) / count;
    score.true_restlessness += n->true_restlessness / count;
    score.restlessness += n->restlessness / count;
    score.restlessness_error += std::abs(n->restlessness - n->true_restlessness) / count;
    score.movements.add(n->movements);
    score.frames += n->frames;
    score.wall_s += n->wall_s;
  }
  return score;
}

std::string kind_of(const EvaluatedNight& night) {
  return night.synthetic ? "synthetic" : "spliced";
}

struct Group {
  std::string name;
  Nights nights;
};

// In the order in which the names first occur.
std::vector<Group> grouped(const NightEvaluation& evaluation,
                           const std::function<std::string(const EvaluatedNight&)>& name_of) {
  std::vector<Group> groups;
  for (const EvaluatedNight& night : evaluation.nights) {
    const std::string name = name_of(night);
    auto group =
        std::find_if(groups.begin(), groups.end(), [&](const Group& g) { return g.name == name; });
    if (group == groups.end()) group = groups.insert(groups.end(), {name, {}});
    group->nights.push_back(&night);
  }
  return groups;
}

std::vector<Group> groups_of(const NightEvaluation& evaluation) {
  std::vector<Group> groups = grouped(evaluation, kind_of);
  for (Group& g : grouped(evaluation, [](const EvaluatedNight& n) {
         return fmt::format("{} {:g} Hz", kind_of(n), n.sample_rate_hz);
       })) {
    groups.push_back(std::move(g));
  }
  for (Group& g : grouped(evaluation, [](const EvaluatedNight& n) {
         return n.synthetic ? std::string() : n.person;
       })) {
    if (!g.name.empty()) groups.push_back(std::move(g));
  }
  return groups;
}

}  // namespace

std::string as_text(const NightEvaluation& evaluation, const std::string& split) {
  std::string text = fmt::format("posture model: {}\n", split);
  text += fmt::format("{} recordings gave no material for a night\n\n", evaluation.left_out.size());
  std::string rest = fmt::format(
      "  {:<16} {:>8} {:>8} {:>8} {:>6} {:>6} {:>6} {:>8} {:>8} {:>8} {:>8}\n", "nights", "share",
      "largest", "still s", "moves", "found", "false", "told %", "true %", "error %", "frames/s");
  text +=
      fmt::format("  {:<16} {:>6} {:>7} {:>6} {:>6} {:>6} {:>7} {:>8} {:>7} {:>9} {:>7} {:>8}\n",
                  "nights", "nights", "hours", "true", "found", "false", "F1", "shifts", "beds",
                  "false/h", "median s", "p95 s");
  for (const Group& group : groups_of(evaluation)) {
    const NightScore s = score_of(group.nights);
    const TransitionMatch& t = s.transitions;
    text += fmt::format(
        "  {:<16} {:>6} {:>7.1f} {:>6} {:>6} {:>6} {:>7.4f} {:>8} {:>7} {:>9} {:>8.2f} {:>8.2f}\n",
        group.name, s.nights, s.lying_h, t.true_count, t.found, t.false_count, t.f1(),
        fmt::format("{}/{}", t.found_shifts, t.true_shifts),
        fmt::format("{}/{}", t.found - t.found_shifts, t.true_count - t.true_shifts),
        fmt::format("{}={:.3f}", t.false_shifts, s.false_shifts_per_h()), s.error_quantile_s(0.5),
        s.error_quantile_s(0.95));
    rest += fmt::format(
        "  {:<16} {:>8.4f} {:>8.4f} {:>8.1f} {:>6} {:>6} {:>6} {:>8.2f} {:>8.2f} {:>8.2f} "
        "{:>8.0f}\n",
        group.name, s.share_error, s.largest_share_error, s.longest_still_error_s,
        s.movements.true_count, s.movements.found, s.movements.false_count, 100.0 * s.restlessness,
        100.0 * s.true_restlessness, 100.0 * s.restlessness_error,
        s.wall_s > 0.0 ? static_cast<double>(s.frames) / s.wall_s : 0.0);
  }
  text += "\n" + rest;
  text +=
      "\ntrue, found, false: transitions; found within 2 s of the moment the movement began\n"
      "shifts: from lying to lying, found/true; beds: to and from sitting or an empty bed, "
      "likewise\n"
      "false/h: shifts without a true one, and by hour lying\n"
      "share, largest: error of a posture's share of the time lying, mean and largest\n"
      "still s: mean error of the longest time without a shift\n"
      "moves: movements while lying, shifts among them, found likewise\n"
      "told, true, error: restlessness, means over nights; its error without sign\n";
  return text;
}

std::string as_json(const NightEvaluation& evaluation, const std::string& split) {
  nlohmann::ordered_json out;
  out["split"] = split;
  out["groups"] = nlohmann::ordered_json::array();
  for (const Group& group : groups_of(evaluation)) {
    const NightScore s = score_of(group.nights);
    out["groups"].push_back({{"name", group.name},
                             {"nights", s.nights},
                             {"lying_h", s.lying_h},
                             {"true", s.transitions.true_count},
                             {"true_shifts", s.transitions.true_shifts},
                             {"found", s.transitions.found},
                             {"found_shifts", s.transitions.found_shifts},
                             {"false", s.transitions.false_count},
                             {"f1", s.transitions.f1()},
                             {"median_error_s", s.error_quantile_s(0.5)},
                             {"p95_error_s", s.error_quantile_s(0.95)},
                             {"false_shifts_per_h", s.false_shifts_per_h()},
                             {"false_shifts", s.transitions.false_shifts},
                             {"counted_shifts", s.shifts},
                             {"share_error", s.share_error},
                             {"largest_share_error", s.largest_share_error},
                             {"longest_still_error_s", s.longest_still_error_s},
                             {"restlessness", s.restlessness},
                             {"true_restlessness", s.true_restlessness},
                             {"restlessness_error", s.restlessness_error},
                             {"true_movements", s.movements.true_count},
                             {"found_movements", s.movements.found},
                             {"false_movements", s.movements.false_count}});
  }
  out["left_out"] = evaluation.left_out;
  return out.dump(2) + "\n";
}

}  // namespace matfit
