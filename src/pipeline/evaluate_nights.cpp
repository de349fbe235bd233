#include "pipeline/evaluate_nights.hpp"

#include "numeric/random.hpp"
#include "pipeline/night_truth.hpp"
#include "pipeline/parallel_outcomes.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "stages/classify/classify.hpp"
#include "synthetic/night_frames.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <optional>

namespace matfit {

namespace {

constexpr std::array<double, 6> sample_rates_hz = {1.0, 2.0, 4.0, 8.0, 10.0, 15.0};
constexpr std::array<Posture, 4> shared_postures = {Posture::supine, Posture::prone, Posture::left,
                                                    Posture::right};

// What the plan says, in the terms of Movement.
void state_truth(const NightPlan& plan, const std::vector<BodyMovement>& movements,
                 EvaluatedNight& night) {
  std::array<double, posture_count> time_in_s{};
  for (std::size_t i = 0; i < plan.periods.size(); ++i) {
    const NightPeriod& period = plan.periods[i];
    if (!is_lying(period.posture)) continue;
    const double length_s = period.end_s - period.start_s;
    night.lying_s += length_s;
    time_in_s[static_cast<std::size_t>(period.posture)] += length_s;
    night.true_longest_still_s = std::max(night.true_longest_still_s, length_s);
    if (i > 0 && is_lying(plan.periods[i - 1].posture)) ++night.true_shifts;
  }
  for (std::size_t i = 0; i < shared_postures.size(); ++i) {
    night.true_share[i] = time_in_s[static_cast<std::size_t>(shared_postures[i])] / night.lying_s;
  }
  for (const BodyMovement& m : movements) night.true_restlessness += m.duration_s / night.lying_s;
}

std::vector<Transition> beginnings_of(const std::vector<BodyMovement>& movements) {
  std::vector<Transition> beginnings;
  for (const BodyMovement& m : movements) beginnings.push_back({m.start_s, false});
  return beginnings;
}

EvaluatedNight evaluated(const PersonNights& person, const NightPlan& plan,
                         const CalibrationKnowledge& known, const PostureModel& model,
                         const EvaluateNightsOptions& options) {
  EvaluatedNight night;
  night.person = person.person;
  night.synthetic = person.synthetic;
  night.seed = plan.request.seed;
  night.sample_rate_hz = plan.request.sample_rate_hz;
  const ClassifyOptions classify_options;
  const std::vector<BodyMovement> movements =
      movements_of(*person.material, plan,
                   {classify_options.stillness.lag_s, classify_options.stillness.smallest_limit});
  state_truth(plan, movements, night);
  const Recording recording = recording_of(person, plan);
  night.frames = recording.size();
  const auto started = std::chrono::steady_clock::now();
  const PressureSeries series = calibrate(recording, known);
  const PostureTimeline timeline = classify(series, model, classify_options);
  night.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  night.transitions =
      match_transitions(transitions_of(plan), transitions_of(timeline.bouts), options.tolerance_s);
  night.movements = match_transitions(beginnings_of(movements), beginnings_of(timeline.movements),
                                      options.tolerance_s);
  const Movement& movement = timeline.movement;
  night.shifts = movement.shifts;
  night.longest_still_s = movement.longest_still_s;
  night.restlessness = movement.restlessness;
  night.share = {movement.share_supine, movement.share_prone, movement.share_left,
                 movement.share_right};
  return night;
}

}  // namespace

double TransitionMatch::f1() const {
  const auto all = static_cast<double>(true_count + found + false_count);
  return all > 0.0 ? 2.0 * static_cast<double>(found) / all : 1.0;
}

void TransitionMatch::add(const TransitionMatch& other) {
  true_count += other.true_count;
  true_shifts += other.true_shifts;
  found += other.found;
  found_shifts += other.found_shifts;
  false_count += other.false_count;
  false_shifts += other.false_shifts;
  error_s.insert(error_s.end(), other.error_s.begin(), other.error_s.end());
}

TransitionMatch match_transitions(const std::vector<Transition>& truth,
                                  const std::vector<Transition>& timeline, double tolerance_s) {
  TransitionMatch match;
  match.true_count = truth.size();
  match.true_shifts = static_cast<std::size_t>(
      std::count_if(truth.begin(), truth.end(), [](const Transition& t) { return t.shift; }));
  std::size_t next = 0;
  for (const Transition& seen : timeline) {
    while (next < truth.size() && truth[next].time_s < seen.time_s - tolerance_s) ++next;
    if (next < truth.size() && truth[next].time_s <= seen.time_s + tolerance_s) {
      ++match.found;
      if (truth[next].shift) ++match.found_shifts;
      match.error_s.push_back(seen.time_s - truth[next].time_s);
      ++next;
    } else {
      ++match.false_count;
      if (seen.shift) ++match.false_shifts;
    }
  }
  return match;
}

std::vector<Transition> transitions_of(const std::vector<PostureBout>& bouts) {
  std::vector<Transition> out;
  for (std::size_t i = 1; i < bouts.size(); ++i) {
    const PostureBout& before = bouts[i - 1];
    const PostureBout& bout = bouts[i];
    if (before.end_s < bout.start_s) continue;
    out.push_back({bout.start_s, is_lying(before.posture) && is_lying(bout.posture)});
  }
  return out;
}

std::vector<Transition> transitions_of(const NightPlan& plan) {
  std::vector<Transition> out;
  for (std::size_t i = 1; i < plan.periods.size(); ++i) {
    const NightPeriod& period = plan.periods[i];
    out.push_back(
        {period.start_s, is_lying(plan.periods[i - 1].posture) && is_lying(period.posture)});
  }
  return out;
}

Recording recording_of(const PersonNights& person, const NightPlan& plan) {
  Recording recording = person.like;
  recording.id = fmt::format("night {} of {}", plan.request.seed, person.person);
  recording.frames = std::make_shared<NightFrames>(person.material, plan);
  recording.time_s = night_times(plan.request);
  recording.time_source = "simulation";
  return recording;
}

NightEvaluation evaluate_nights(const std::vector<StudyEntry>& entries,
                                const CalibrationKnowledge& known, const ModelForPerson& model,
                                const EvaluateNightsOptions& options) {
  NightMaterialOptions material_options;
  material_options.jobs = options.jobs;
  material_options.progress = options.progress;
  NightEvaluation evaluation;
  NightSources recorded = recorded_night_sources(entries, known, material_options);
  evaluation.left_out = std::move(recorded.left_out);
  const auto nights = static_cast<std::size_t>(options.nights);
  const std::size_t spliced = recorded.people.empty() ? 0 : nights;

  const auto evaluated_night = [&](std::size_t i) {
    const bool is_spliced = i < spliced;
    const std::size_t number = is_spliced ? i : i - spliced;
    NightRequest request;
    request.duration_s = options.hours * 3600.0;
    request.seed = derived_seed(options.seed, i);
    const std::size_t people = is_spliced ? recorded.people.size() : sample_rates_hz.size();
    // Nobody keeps to one rate: each round of the people begins with the next.
    request.sample_rate_hz =
        sample_rates_hz[(number % people + number / people) % sample_rates_hz.size()];
    const PersonNights person = is_spliced ? recorded.people[number % people]
                                           : synthetic_night_source(number, options.seed);
    return evaluated(person, random_night(*person.material, request), known, model(person.person),
                     options);
  };
  auto found = outcomes_in_parallel(spliced + nights, options.jobs, "nights", options.progress,
                                    evaluated_night);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i].value) {
      evaluation.nights.push_back(std::move(*found[i].value));
    } else {
      evaluation.failures.push_back(
          fmt::format("{} night {}: {}", i < spliced ? "spliced" : "synthetic",
                      (i < spliced ? i : i - spliced) + 1, found[i].failure));
    }
  }
  return evaluation;
}

}  // namespace matfit
