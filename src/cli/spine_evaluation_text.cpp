#include "cli/spine_evaluation_text.hpp"

#include "pipeline/spine_scores.hpp"
#include "types/spine_names.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <string_view>
#include <vector>

namespace matfit {

namespace {

constexpr double least_coverage = 0.93, most_coverage = 0.97;  // over all cases
constexpr double least_group_coverage = 0.90;
constexpr std::size_t fewest_for_a_group = 20;

std::vector<std::string> quantities() {
  std::vector<std::string> names(spine_metric_names.begin(), spine_metric_names.end());
  names.emplace_back(all_level_heights);
  return names;
}

// A column's head for each quantity, in that order.
constexpr std::string_view column_names[] = {"tilt",     "rms dev", "max dev", "angle",
                                             "thorax",   "lumbar",  "pelvis",  "hollow",
                                             "lordosis", "bend",    "twist",   "heights"};

std::string shown(double value, int decimals) {
  return std::isfinite(value) ? fmt::format("{:.{}f}", value, decimals) : "-";
}

std::string percent(double share) { return shown(100.0 * share, 1); }

Spines all_of(const SpineEvaluation& evaluation) {
  Spines spines;
  for (const JudgedSpine& s : evaluation.spines) spines.push_back(&s);
  return spines;
}

std::string head_of_scores(std::string_view first) {
  return fmt::format("  {:<26} {:>6} {:>6} {:>7} {:>7} {:>7} {:>7} {:>6} {:>10} {:>6} {:>9} {:>8}",
                     first, "cases", "told", "rmse", "bias", "held %", "width", "r", "regression",
                     "ratio", "inversion", "springs");
}

std::string line_of(const std::string& name, const SpineScore& s) {
  return fmt::format("  {:<26} {:>6} {:>6} {:>7} {:>7} {:>7} {:>7} {:>6} {:>10} {:>6} {:>9} {:>8}",
                     name, s.cases, s.told, shown(s.rmse, 2), shown(s.bias, 2), percent(s.coverage),
                     shown(s.width, 2), shown(s.correlation, 2), shown(s.regression_rmse, 2),
                     shown(s.over_regression, 2), shown(s.inversion_rmse, 2),
                     shown(s.springs_rmse, 2));
}

// Of a value that must lie between two others.
std::string verdict(double least, double value, double most) {
  if (!std::isfinite(value)) return "-";
  return value >= least && value <= most ? "yes" : "NO";
}

std::string targets_text(const Spines& spines) {
  std::string text =
      fmt::format("  {:<26} {:>7} {:>7} {:>6} {:>8} {:>7} {:>6} {:>7} {:>6}\n", "limits", "rmse",
                  "at most", "holds", "ratio", "at most", "holds", "held %", "holds");
  for (const SpineTarget& target : spine_targets()) {
    const SpineScore s = score_of(spines, target.quantity, SpineBasis::curve);
    if (s.told == 0) continue;
    text += fmt::format(
        "  {:<26} {:>7} {:>7} {:>6} {:>8} {:>7} {:>6} {:>7} {:>6}\n", target.quantity,
        shown(s.rmse, 2), target.rmse ? shown(*target.rmse, 1) : "-",
        target.rmse ? verdict(0.0, s.rmse, *target.rmse) : "-", shown(s.over_regression, 2),
        shown(target.over_regression, 2), verdict(0.0, s.over_regression, target.over_regression),
        percent(s.coverage), verdict(least_coverage, s.coverage, most_coverage));
  }
  return text;
}

template <typename Cell>
std::string matrix_text(std::string_view title, const std::vector<SpineGroup>& groups,
                        const Cell& cell) {
  std::string text = fmt::format("\n  {:<28}", title);
  for (const std::string_view name : column_names) text += fmt::format(" {:>8}", name);
  text += "\n";
  for (const SpineGroup& group : groups) {
    const std::string name =
        group.trait == group.name ? group.name : group.trait + ": " + group.name;
    text += fmt::format("  {:<28}", name);
    for (const std::string& quantity : quantities()) {
      text += fmt::format(" {:>8}", cell(score_of(group.spines, quantity, SpineBasis::curve)));
    }
    text += "\n";
  }
  return text;
}

// Which intervals hold too little, where there are enough cases to say so.
std::string poorly_held(const std::vector<SpineGroup>& groups) {
  std::string text;
  for (const SpineGroup& group : groups) {
    for (const std::string& quantity : quantities()) {
      const SpineScore s = score_of(group.spines, quantity, SpineBasis::curve);
      if (s.told < fewest_for_a_group || s.coverage >= least_group_coverage) continue;
      text += fmt::format("  {}: {}, {}: {} %\n", group.trait, group.name, quantity,
                          percent(s.coverage));
    }
  }
  return text.empty() ? "  none\n" : text;
}

constexpr SpineBasis bases[] = {SpineBasis::curve, SpineBasis::preset, SpineBasis::none};

nlohmann::ordered_json json_of(const SpineScore& s) {
  const auto number = [](double value) {
    return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
  };
  return {{"cases", s.cases},
          {"told", s.told},
          {"rmse", number(s.rmse)},
          {"bias", number(s.bias)},
          {"coverage", number(s.coverage)},
          {"width", number(s.width)},
          {"correlation", number(s.correlation)},
          {"regression_rmse", number(s.regression_rmse)},
          {"over_regression", number(s.over_regression)},
          {"inversion_rmse", number(s.inversion_rmse)},
          {"springs_rmse", number(s.springs_rmse)}};
}

}  // namespace

std::string as_text(const SpineEvaluation& evaluation) {
  const Spines all = all_of(evaluation);
  const std::vector<SpineGroup> groups = groups_of(evaluation.spines);
  std::string text = fmt::format(
      "{} made-up cases, seed {}; stated: stature, mass, sex{}\n\n", all.size(), evaluation.seed,
      evaluation.measured_breadths ? " and breadths of shoulders, waist and hips" : "");
  for (const SpineBasis basis : bases) {
    text += head_of_scores(fmt::format("mattress known by {}", name_of(basis))) + "\n";
    for (const std::string& quantity : quantities()) {
      const SpineScore s = score_of(all, quantity, basis);
      if (s.told > 0) text += line_of(quantity, s) + "\n";
    }
    text += "\n";
  }
  text += targets_text(all);
  text += "\nmattress known by curve:\n";
  text += matrix_text("rmse", groups, [](const SpineScore& s) { return shown(s.rmse, 2); });
  text += matrix_text("over the regression's", groups,
                      [](const SpineScore& s) { return shown(s.over_regression, 2); });
  text += matrix_text("held by 95 % intervals, %", groups,
                      [](const SpineScore& s) { return percent(s.coverage); });
  text += matrix_text("bias", groups, [](const SpineScore& s) { return shown(s.bias, 2); });
  text += matrix_text("mean width of interval", groups,
                      [](const SpineScore& s) { return shown(s.width, 2); });
  text += matrix_text("correlation", groups,
                      [](const SpineScore& s) { return shown(s.correlation, 2); });
  text +=
      matrix_text("cases told", groups, [](const SpineScore& s) { return std::to_string(s.told); });
  text += "\n" + head_of_scores("mattress known by curve") + "\n";
  for (const std::string& level : level_height_names()) {
    text += line_of(level, score_of(all, level, SpineBasis::curve)) + "\n";
  }
  text += fmt::format("\nintervals that hold under {:.0f} % in a group of {} or more:\n",
                      100.0 * least_group_coverage, fewest_for_a_group);
  text += poorly_held(groups);
  text +=
      "\nunits as the names say; tilt, angle, lordosis and twist in degrees, the others in mm\n"
      "held: truth within the 95 % interval; r: correlation of told and true\n"
      "regression: on curve, stature, body mass index and sex, without any map, of other people\n"
      "inversion: of the curve at the pressure under the spine, average breadths\n"
      "springs: the average trunk's parts let down on springs of the curve, without any map\n"
      "ratio: rmse over the regression's\n";
  return text;
}

std::string as_json(const SpineEvaluation& evaluation) {
  const Spines all = all_of(evaluation);
  nlohmann::ordered_json out;
  out["cases"] = all.size();
  out["seed"] = evaluation.seed;
  out["measured_breadths"] = evaluation.measured_breadths;
  std::vector<std::string> names = quantities();
  const std::vector<std::string>& levels = level_height_names();
  names.insert(names.end(), levels.begin(), levels.end());
  const auto add = [&](const std::string& trait, const std::string& name, SpineBasis basis,
                       const Spines& spines, const std::vector<std::string>& wanted) {
    nlohmann::ordered_json scores = nlohmann::ordered_json::object();
    for (const std::string& quantity : wanted) {
      const SpineScore s = score_of(spines, quantity, basis);
      if (s.told > 0) scores[quantity] = json_of(s);
    }
    out["groups"].push_back({{"trait", trait},
                             {"name", name},
                             {"basis", name_of(basis)},
                             {"scores", std::move(scores)}});
  };
  out["groups"] = nlohmann::ordered_json::array();
  for (const SpineBasis basis : {SpineBasis::preset, SpineBasis::none}) {
    add("all", "all", basis, all, names);
  }
  for (const SpineGroup& group : groups_of(evaluation.spines)) {
    add(group.trait, group.name, SpineBasis::curve, group.spines,
        group.trait == "all" ? names : quantities());
  }
  return out.dump(2) + "\n";
}

}  // namespace matfit
