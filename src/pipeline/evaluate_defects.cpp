#include "pipeline/evaluate_defects.hpp"

#include "pipeline/evaluate_landmarks.hpp"
#include "pipeline/injected_cross_talk.hpp"
#include "pipeline/parallel_outcomes.hpp"
#include "stages/calibrate/calibrate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <tuple>
#include <utility>

namespace matfit {

namespace {

constexpr double least_over_noise = 12.0;
constexpr double seconds_between_postures = 60.0;

// S1 to S3 of both experiments, who are the same people.
bool is_chosen_on(const std::string& person) {
  return person == "S1" || person == "S2" || person == "S3";
}

TrialGroup group_of(const StudyEntry& entry, const Recording& recording) {
  const std::string key = pmatdata_key(entry.path);
  if (!key.empty()) {
    // "I_S1_1", "II_S2_Air_B6"
    const std::size_t person = key.find('_') + 1;
    const std::size_t rest = key.find('_', person) + 1;
    const std::string experiment = key.substr(0, person - 1);
    const std::string mats =
        experiment == "II" ? "II " + key.substr(rest, key.find('_', rest) - rest) : experiment;
    const std::string name = key.substr(person, rest - 1 - person);
    return {mats, experiment + " " + name, is_chosen_on(name)};
  }
  return {entry.mattress_id.empty() ? recording.format : entry.mattress_id, person_of(entry),
          false};
}

RecordedDefects recorded_defects(const StudyEntry& entry, const TrialGroup& group,
                                 const Quality& quality) {
  RecordedDefects out;
  out.group = group;
  out.recording_id = entry.recording_id;
  out.dead_cells = quality.dead_cells.size();
  out.hot_cells = quality.hot_cells.size();
  const auto add = [&](const char* what, const std::vector<int>& lines) {
    for (const int line : lines) out.lines.push_back(fmt::format("{} {}", what, line));
  };
  add("column", quality.dead_cols);
  add("row", quality.dead_rows);
  add("weak column", quality.weak_cols);
  add("weak row", quality.weak_rows);
  add("hot column", quality.hot_cols);
  add("hot row", quality.hot_rows);
  for (const LinePart& p : quality.dead_parts) {
    out.lines.push_back(fmt::format("{} {} from {} to {}", p.is_row ? "row" : "column", p.line,
                                    p.first, p.last - 1));
  }
  const auto name = [](bool rows) { return rows ? "row" : "column"; };
  for (const BridgedLines& b : quality.bridged) {
    out.cross_talk.push_back(
        fmt::format("bridged {}s {} to {}", name(b.rows), b.first_line, b.last_line - 1));
  }
  for (const Leakage& l : quality.leakage) {
    out.cross_talk.push_back(fmt::format("{}s leak {:.1f} %", name(l.along_rows), 100.0 * l.share));
  }
  for (const GainStep& s : quality.gain_steps) {
    out.cross_talk.push_back(
        fmt::format("step by {:.2g} from {} {} on", s.factor, name(s.between_rows), s.line));
  }
  return out;
}

Recording of_frames(const Recording& recording, FrameBlock frames, double interval_s) {
  Recording out = recording;
  out.time_s.clear();
  for (Eigen::Index t = 0; t < frames.rows(); ++t) {
    out.time_s.push_back(interval_s * static_cast<double>(t));
  }
  out.labels.clear();
  out.frames = std::make_shared<MemoryFrames>(std::move(frames));
  return out;
}

// The valid frame nearest to the middle.
std::optional<Recording> middle_frame(const Recording& recording, const PressureSeries& series) {
  const std::size_t n = series.size();
  for (std::size_t step = 0; step <= n; ++step) {
    for (const std::size_t i : {n / 2 + step, n / 2 - std::min(step, n / 2)}) {
      if (i < n && series.valid[i] != 0) {
        return of_frames(recording, recording.frames->read(i, 1), 1.0);
      }
    }
  }
  return std::nullopt;
}

// A recording as calibrated without a fault.
struct Sound {
  Recording recording;
  FrameBlock frames;
  RawSignal signal;
  SoundMap map;
  double least_load = 0.0;
};

Sound sound_of(Recording recording, const CalibrationKnowledge& known) {
  Sound out;
  const PressureSeries series = calibrate(recording, known);
  out.frames = recording.frames->read(0, recording.size());
  out.signal = series.quality.raw;
  out.least_load = least_over_noise * series.noise_pa;
  out.map.geometry = series.geometry;
  out.map.load = mean_field(series, 0, series.size(), series.orientation).pressure_pa;
  out.map.noise = series.noise_pa;
  out.map.loaded = loaded_area(out.map.load, out.least_load);
  out.recording = std::move(recording);
  return out;
}

DefectTrial tried(const Sound& sound, const InjectedFault& fault, const CalibrationKnowledge& known,
                  Random& random) {
  const Recording& r = sound.recording;
  const Recording faulty = of_frames(
      r, with_fault(sound.frames, r.mat.geometry, r.integer_counts, sound.signal, fault, random),
      r.size() > 1 ? seconds_between_postures : 1.0);
  const PressureSeries series = calibrate(faulty, known);
  DefectTrial trial;
  trial.fault = fault;
  trial.found = is_of_lines_together(fault.kind)
                    ? is_named(fault, series.quality)
                    : is_found(fault, series.repaired, sound.map.loaded);
  return trial;
}

std::vector<InjectedFault> drawn(std::vector<InjectedFault> faults, int count, Random& random) {
  std::vector<InjectedFault> out;
  while (static_cast<int>(out.size()) < count && !faults.empty()) {
    const auto at =
        static_cast<std::size_t>(random.integer(0, static_cast<int>(faults.size()) - 1));
    out.push_back(faults[at]);
    faults.erase(faults.begin() + static_cast<std::ptrdiff_t>(at));
  }
  return out;
}

constexpr std::array dead_lines = {FaultKind::dead_column,       FaultKind::dead_row,
                                   FaultKind::dead_half_column,  FaultKind::dead_half_row,
                                   FaultKind::two_dead_columns,  FaultKind::two_dead_rows,
                                   FaultKind::dead_outer_column, FaultKind::dead_outer_row};

std::vector<RepairTrial> repaired_lines(const Sound& sound, const std::vector<QualityRule>& rules,
                                        int per_kind, std::uint64_t seed) {
  Random random(seed);
  std::vector<RepairTrial> trials;
  for (const FaultKind kind : dead_lines) {
    for (const InjectedFault& fault :
         drawn(possible_faults(kind, sound.map.load, sound.least_load, random), per_kind, random)) {
      trials.push_back(tried_repair(sound.map, fault, rules));
    }
  }
  return trials;
}

struct EntryResult {
  RecordedDefects recorded;
  std::vector<DefectTrial> trials;
  std::vector<RepairedLine> repaired;
  std::optional<Recording> middle;  // where nothing was found
};

EntryResult evaluated(const StudyEntry& entry, const CalibrationKnowledge& known,
                      const EvaluateDefectsOptions& options, std::uint64_t seed) {
  EntryResult out;
  const Recording recording = read_entry(entry);
  const PressureSeries series = calibrate(recording, known);
  const TrialGroup group = group_of(entry, recording);
  out.recorded = recorded_defects(entry, group, series.quality);
  if (series.repaired.any()) return out;
  out.middle = middle_frame(recording, series);
  if (!out.middle) return out;
  const Sound sound = sound_of(*out.middle, known);
  Random random(seed);
  for (std::size_t number = 0; number < fault_kind_count; ++number) {
    const auto kind = static_cast<FaultKind>(number);
    if (is_of_lines_together(kind) && !out.recorded.cross_talk.empty()) continue;
    for (const InjectedFault& fault :
         drawn(possible_faults(kind, sound.map.load, sound.least_load, random),
               options.faults_per_kind, random)) {
      DefectTrial trial = tried(sound, fault, known, random);
      trial.group = group;
      trial.recording_id = entry.recording_id;
      out.trials.push_back(std::move(trial));
    }
  }
  for (RepairTrial& trial : repaired_lines(sound, known.rules, options.repaired_per_kind, seed)) {
    out.repaired.push_back({group, entry.recording_id, std::move(trial)});
  }
  return out;
}

struct MovingPerson {
  TrialGroup group;
  std::vector<Recording> postures;
};
// By mattress and person.
using Moving = std::map<std::pair<std::string, std::string>, MovingPerson>;

std::vector<DefectTrial> tried_while_moving(const TrialGroup& group,
                                            const std::vector<Recording>& postures,
                                            const CalibrationKnowledge& known,
                                            const EvaluateDefectsOptions& options,
                                            std::uint64_t seed) {
  const std::size_t count = std::min(options.moving_frames, postures.size());
  const int cells = postures.front().mat.geometry.cells();
  FrameBlock frames(static_cast<Eigen::Index>(count), cells);
  for (std::size_t i = 0; i < count; ++i) {
    const Recording& posture = postures[i * postures.size() / count];
    if (posture.mat.geometry.cells() != cells) return {};
    frames.row(static_cast<Eigen::Index>(i)) = posture.frames->read(0, 1).row(0);
  }
  const Sound sound =
      sound_of(of_frames(postures.front(), std::move(frames), seconds_between_postures), known);
  Random random(seed);
  std::vector<DefectTrial> trials;
  for (const InjectedFault& fault :
       drawn(possible_faults(FaultKind::dead_cell, sound.map.load, sound.least_load, random),
             options.faults_per_person, random)) {
    trials.push_back(tried(sound, fault, known, random));
    trials.back().group = group;
    trials.back().moving = true;
  }
  return trials;
}

}  // namespace

DefectEvaluation evaluate_defects(const std::vector<StudyEntry>& entries,
                                  const CalibrationKnowledge& known,
                                  const EvaluateDefectsOptions& options) {
  auto outcomes = outcomes_in_parallel(
      entries.size(), options.jobs, "faults", options.progress, [&](std::size_t i) {
        return evaluated(entries[i], known, options, derived_seed(options.seed, i));
      });

  DefectEvaluation out;
  out.failures = failures_of(entries, outcomes);
  Moving moving;
  for (auto& outcome : outcomes) {
    if (!outcome.value) continue;
    EntryResult& r = *outcome.value;
    if (r.middle) {
      const TrialGroup& g = r.recorded.group;
      MovingPerson& person = moving[{g.mats, g.person}];
      person.group = g;
      person.postures.push_back(std::move(*r.middle));
    }
    out.recorded.push_back(std::move(r.recorded));
    std::move(r.trials.begin(), r.trials.end(), std::back_inserter(out.trials));
    std::move(r.repaired.begin(), r.repaired.end(), std::back_inserter(out.repaired));
  }
  std::uint64_t stream = entries.size();
  for (const auto& [key, person] : moving) {
    if (person.postures.size() < 2) continue;
    const auto trials = tried_while_moving(person.group, person.postures, known, options,
                                           derived_seed(options.seed, stream++));
    out.trials.insert(out.trials.end(), trials.begin(), trials.end());
  }
  return out;
}

std::vector<DefectScore> scores_of(const DefectEvaluation& evaluation) {
  std::map<std::tuple<FaultKind, bool, double, std::string, bool>, DefectScore> scores;
  for (const DefectTrial& t : evaluation.trials) {
    DefectScore& score =
        scores[{t.fault.kind, t.moving, t.fault.gain, t.group.mats, t.group.chosen_on}];
    score.kind = t.fault.kind;
    score.moving = t.moving;
    score.gain = t.fault.gain;
    score.mats = t.group.mats;
    score.chosen_on = t.group.chosen_on;
    ++score.faults;
    score.found += t.found ? 1 : 0;
  }
  std::vector<DefectScore> out;
  for (auto& [key, score] : scores) out.push_back(std::move(score));
  return out;
}

std::vector<RepairedLineScore> repaired_scores_of(const DefectEvaluation& evaluation) {
  std::map<std::tuple<FaultKind, std::string, bool>, std::vector<RepairTrial>> groups;
  for (const RepairedLine& b : evaluation.repaired) {
    groups[{b.trial.fault.kind, b.group.mats, b.group.chosen_on}].push_back(b.trial);
  }
  std::vector<RepairedLineScore> out;
  for (const auto& [key, trials] : groups) {
    out.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), repair_score(trials)});
  }
  return out;
}

}  // namespace matfit
