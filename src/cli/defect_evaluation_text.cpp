#include "cli/defect_evaluation_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <map>
#include <set>
#include <utility>

namespace matfit {

namespace {

// Of the recordings of one mattress, as they came.
struct Recorded {
  std::size_t recordings = 0;
  std::size_t lines = 0;
  std::size_t cross_talk = 0;  // recordings with any
  std::size_t dead_cells = 0;
  std::size_t hot_cells = 0;
};

std::map<std::string, Recorded> recorded_by_mats(const DefectEvaluation& evaluation) {
  std::map<std::string, Recorded> by_mats;
  for (const RecordedDefects& r : evaluation.recorded) {
    Recorded& sum = by_mats[r.group.mats];
    ++sum.recordings;
    sum.lines += r.lines.size();
    sum.cross_talk += r.cross_talk.empty() ? 0 : 1;
    sum.dead_cells += r.dead_cells;
    sum.hot_cells += r.hot_cells;
  }
  return by_mats;
}

std::string kind_name(const DefectScore& score) {
  return fmt::format("{}{}{}", name_of(score.kind), score.moving ? ", moving" : "",
                     score.gain > 0.0 ? fmt::format(", {:g}", score.gain) : "");
}

template <typename Score>
std::string group_name(const Score& score) {
  return score.mats + (score.chosen_on ? " *" : "");
}

std::string recorded_text(const DefectEvaluation& evaluation) {
  std::string text =
      fmt::format("As recorded\n  {:<16} {:>10} {:>8} {:>12} {:>11} {:>16}\n", "mattress",
                  "recordings", "lines", "dead cells", "hot cells", "with cross-talk");
  for (const auto& [mats, r] : recorded_by_mats(evaluation)) {
    text += fmt::format("  {:<16} {:>10} {:>8} {:>12} {:>11} {:>16}\n", mats, r.recordings, r.lines,
                        r.dead_cells, r.hot_cells, r.cross_talk);
  }
  for (const RecordedDefects& r : evaluation.recorded) {
    std::vector<std::string> found = r.lines;
    found.insert(found.end(), r.cross_talk.begin(), r.cross_talk.end());
    if (found.empty()) continue;
    text += fmt::format("  {}: {}\n", r.recording_id, fmt::join(found, ", "));
  }
  return text;
}

std::string trials_text(const DefectEvaluation& evaluation) {
  const std::vector<DefectScore> scores = scores_of(evaluation);
  std::set<std::string> groups;
  for (const DefectScore& s : scores) groups.insert(group_name(s));
  std::string text = fmt::format(
      "Faults put in and found, % (of how many)\n"
      "  * people on whom limits of the search were chosen\n  {:<20}",
      "fault");
  for (const std::string& group : groups) text += fmt::format(" {:>15}", group);
  std::vector<std::pair<std::string, std::map<std::string, const DefectScore*>>> rows;
  for (const DefectScore& s : scores) {
    if (rows.empty() || rows.back().first != kind_name(s)) rows.push_back({kind_name(s), {}});
    rows.back().second[group_name(s)] = &s;
  }
  for (const auto& [kind, by_group] : rows) {
    text += fmt::format("\n  {:<20}", kind);
    for (const std::string& group : groups) {
      const auto s = by_group.find(group);
      text += s == by_group.end() ? fmt::format(" {:>15}", "-")
                                  : fmt::format(" {:>8.1f} {:>6}", 100.0 * s->second->found_share(),
                                                fmt::format("({})", s->second->faults));
    }
  }
  return text + "\n";
}

std::string repaired_text(const DefectEvaluation& evaluation) {
  std::string text =
      "Lines taken out at known places and repaired, %\n"
      "  kept: the map's load stays within 2 %; mean: its mean error; sd: errors within so many\n"
      "  stated standard deviations; said: by reason repaired_load, of all and of those not kept\n";
  text +=
      fmt::format("  {:<18} {:<12} {:>6} {:>6} {:>6}  {:>15}  {:>15}  {:>12}\n", "line", "mattress",
                  "lines", "kept", "mean", "load 1, 1.96 sd", "cell 1, 1.96 sd", "said");
  const auto pair = [](double first, double second) {
    return fmt::format("{:.1f}, {:.1f}", 100.0 * first, 100.0 * second);
  };
  for (const RepairedLineScore& s : repaired_scores_of(evaluation)) {
    const RepairScore& r = s.repair;
    const auto trials = static_cast<double>(r.trials);
    text += fmt::format(
        "  {:<18} {:<12} {:>6} {:>6.1f} {:>6.2f}  {:>15}  {:>15}  {:>5.1f}, {}/{}\n",
        name_of(s.kind), group_name(s), r.trials, 100.0 * r.kept_share(), 100.0 * r.mean_load_error,
        pair(r.load_coverage[0], r.load_coverage[1]), pair(r.cell_coverage[0], r.cell_coverage[1]),
        100.0 * static_cast<double>(r.said) / trials, r.said_of_lost, r.lost());
  }
  return text;
}

}  // namespace

std::string as_text(const DefectEvaluation& evaluation) {
  return recorded_text(evaluation) + "\n" + trials_text(evaluation) + "\n" +
         repaired_text(evaluation);
}

std::string as_json(const DefectEvaluation& evaluation) {
  nlohmann::ordered_json root;
  for (const auto& [mats, r] : recorded_by_mats(evaluation)) {
    root["as_recorded"][mats] = {{"recordings", r.recordings},
                                 {"lines", r.lines},
                                 {"dead_cells", r.dead_cells},
                                 {"hot_cells", r.hot_cells},
                                 {"with_cross_talk", r.cross_talk}};
  }
  for (const DefectScore& s : scores_of(evaluation)) {
    root["faults"].push_back({{"kind", name_of(s.kind)},
                              {"moving", s.moving},
                              {"gain", s.gain},
                              {"mattress", s.mats},
                              {"limits_chosen_on", s.chosen_on},
                              {"put_in", s.faults},
                              {"found", s.found}});
  }
  for (const RepairedLineScore& s : repaired_scores_of(evaluation)) {
    const RepairScore& r = s.repair;
    root["repaired"].push_back({{"kind", name_of(s.kind)},
                                {"mattress", s.mats},
                                {"limits_chosen_on", s.chosen_on},
                                {"lines", r.trials},
                                {"load_within_2_percent", r.keep_load},
                                {"mean_load_error", r.mean_load_error},
                                {"load_within_sd", r.load_coverage},
                                {"cells_within_sd", r.cell_coverage},
                                {"sds", repair_coverage_sd},
                                {"said", r.said},
                                {"said_of_load_lost", r.said_of_lost}});
  }
  return root.dump(2) + "\n";
}

}  // namespace matfit
