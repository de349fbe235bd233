#include "pipeline/spine_scores.hpp"

#include "numeric/statistics.hpp"

#include <cmath>
#include <functional>
#include <map>

namespace matfit {

namespace {

double rms_or_nothing(const std::vector<double>& errors) {
  return errors.empty() ? SpineScore::nothing : root_mean_square(errors);
}

double value_or_nothing(const SpineValues& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? JudgedValue::nothing : found->second;
}

void add_value(const JudgedSpine& spine, const std::string& name, SpineBasis basis,
               std::vector<JudgedValue>& values) {
  const auto truth = spine.truth.find(name);
  if (truth == spine.truth.end()) return;
  JudgedValue value;
  value.truth = truth->second;
  const auto told = spine.of(basis).find(name);
  if (told != spine.of(basis).end()) value.told = told->second;
  value.regression = value_or_nothing(spine.regression, name);
  value.inversion = value_or_nothing(spine.inversion, name);
  value.springs = value_or_nothing(spine.springs, name);
  values.push_back(value);
}

std::string mass_band(const JudgedSpine& s) {
  if (s.body_mass_index < 20.0) return "under 20";
  if (s.body_mass_index < 25.0) return "20 to 25";
  if (s.body_mass_index < 30.0) return "25 to 30";
  return s.body_mass_index < 35.0 ? "30 to 35" : "35 and over";
}

}  // namespace

SpineScore score_of(const std::vector<JudgedValue>& values) {
  SpineScore score;
  score.cases = values.size();
  std::vector<double> truth, told, error, width, regression, inversion, springs, beside_regression;
  double held = 0.0;
  for (const JudgedValue& v : values) {
    if (!v.told.known()) continue;
    truth.push_back(v.truth);
    told.push_back(v.told.value);
    error.push_back(v.told.value - v.truth);
    width.push_back(v.told.ci95_high - v.told.ci95_low);
    if (v.told.ci95_low <= v.truth && v.truth <= v.told.ci95_high) held += 1.0;
    if (std::isfinite(v.regression)) {
      regression.push_back(v.regression - v.truth);
      beside_regression.push_back(error.back());
    }
    if (std::isfinite(v.inversion)) inversion.push_back(v.inversion - v.truth);
    if (std::isfinite(v.springs)) springs.push_back(v.springs - v.truth);
  }
  score.told = error.size();
  score.regression_rmse = rms_or_nothing(regression);
  score.inversion_rmse = rms_or_nothing(inversion);
  score.springs_rmse = rms_or_nothing(springs);
  score.over_regression = rms_or_nothing(beside_regression) / score.regression_rmse;
  if (error.empty()) return score;
  score.rmse = root_mean_square(error);
  score.bias = mean(error);
  score.coverage = held / static_cast<double>(error.size());
  score.width = mean(width);
  score.correlation = correlation(told, truth);
  return score;
}

std::vector<JudgedValue> judged_values(const Spines& spines, const std::string& quantity,
                                       SpineBasis basis) {
  std::vector<JudgedValue> values;
  for (const JudgedSpine* spine : spines) {
    if (quantity != all_level_heights) {
      add_value(*spine, quantity, basis, values);
      continue;
    }
    for (const std::string& level : level_height_names()) add_value(*spine, level, basis, values);
  }
  return values;
}

SpineScore score_of(const Spines& spines, const std::string& quantity, SpineBasis basis) {
  return score_of(judged_values(spines, quantity, basis));
}

std::vector<SpineGroup> groups_of(const std::vector<JudgedSpine>& spines) {
  std::vector<SpineGroup> groups;
  const auto add = [&](const char* trait, const std::vector<std::string>& names,
                       const std::function<std::string(const JudgedSpine&)>& name_of_spine) {
    std::map<std::string, Spines> found;
    for (const JudgedSpine& s : spines) found[name_of_spine(s)].push_back(&s);
    for (const std::string& name : names) {
      if (found.contains(name)) groups.push_back({trait, name, found.at(name)});
    }
  };
  const auto flagged = [](bool value, const char* yes, const char* no) {
    return std::string(value ? yes : no);
  };
  add("all", {"all"}, [](const JudgedSpine&) { return "all"; });
  add("posture", {"supine", "prone", "left", "right"},
      [](const JudgedSpine& s) { return std::string(name_of(s.posture)); });
  add("firmness", {"soft", "medium", "firm"}, [](const JudgedSpine& s) { return s.firmness; });
  add("mat", {"fine", "coarse", "long_cells"}, [](const JudgedSpine& s) { return s.mat; });
  add("curve", {"uniform", "disc_203mm", "platen_344mm"},
      [](const JudgedSpine& s) { return std::string(name_of(s.curve_kind)); });
  add("zones", {"even", "zoned"},
      [&](const JudgedSpine& s) { return flagged(s.zoned, "zoned", "even"); });
  add("sag", {"flat", "sagging"},
      [&](const JudgedSpine& s) { return flagged(s.sagging, "sagging", "flat"); });
  add("body", {"ordinary", "off average"},
      [&](const JudgedSpine& s) { return flagged(s.off_average, "off average", "ordinary"); });
  add("body mass index", {"under 20", "20 to 25", "25 to 30", "30 to 35", "35 and over"},
      mass_band);
  std::vector<std::string> departures;
  for (int i = 0; i <= static_cast<int>(Departure::pose); ++i) {
    departures.emplace_back(name_of(static_cast<Departure>(i)));
  }
  add("departure", departures,
      [](const JudgedSpine& s) { return std::string(name_of(s.departure)); });
  return groups;
}

const std::vector<SpineTarget>& spine_targets() {
  static const std::vector<SpineTarget> targets = {
      {"tilt_deg", 1.2, 0.75},
      {"rms_deviation_mm", {}, 1.0},
      {"max_deviation_mm", 2.2, 1.0},
      {"thoracolumbar_angle_deg", 1.5, 1.0},
      {"thorax_sink_mm", 6.0, 0.75},
      {"lumbar_sink_mm", 6.0, 0.75},
      {"pelvis_sink_mm", 6.0, 0.75},
      {"lordosis_depth_change_mm", {}, 1.0},
      {"lordosis_angle_change_deg", 2.0, 1.0},
      {"midline_bend_mm", {}, 1.0},
      {"shoulder_hip_twist_deg", {}, 1.0},
  };
  return targets;
}

}  // namespace matfit
