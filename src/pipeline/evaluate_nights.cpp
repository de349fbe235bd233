#include "pipeline/evaluate_nights.hpp"

#include "numeric/random.hpp"
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

constexpr std::array<double, 5> sample_rates_hz = {1.0, 2.0, 4.0, 8.0, 15.0};
constexpr std::array<Posture, 4> shared_postures = {Posture::supine, Posture::prone, Posture::left,
                                                    Posture::right};

// What the plan says, in the terms of Movement.
void state_truth(const NightPlan& plan, EvaluatedNight& night) {
  std::array<double, posture_count> time_in_s{};
  double moving_s = 0.0;
  for (std::size_t i = 0; i < plan.periods.size(); ++i) {
    const NightPeriod& period = plan.periods[i];
    if (!is_lying(period.posture)) continue;
    const double length_s = period.end_s - period.start_s;
    night.lying_s += length_s;
    moving_s += period.settled_s - period.start_s;
    time_in_s[static_cast<std::size_t>(period.posture)] += length_s;
    night.true_longest_still_s = std::max(night.true_longest_still_s, length_s);
    if (i > 0 && is_lying(plan.periods[i - 1].posture)) ++night.true_shifts;
  }
  for (const SmallMovement& m : plan.movements) moving_s += m.end_s - m.start_s;
  for (std::size_t i = 0; i < shared_postures.size(); ++i) {
    night.true_share[i] = time_in_s[static_cast<std::size_t>(shared_postures[i])] / night.lying_s;
  }
  night.true_restlessness = moving_s / night.lying_s;
}

EvaluatedNight evaluated(const PersonNights& person, const NightPlan& plan,
                         const CalibrationKnowledge& known, const PostureModel& model,
                         const EvaluateNightsOptions& options) {
  EvaluatedNight night;
  night.person = person.person;
  night.synthetic = person.synthetic;
  night.seed = plan.request.seed;
  night.sample_rate_hz = plan.request.sample_rate_hz;
  state_truth(plan, night);
  const Recording recording = recording_of(person, plan);
  night.frames = recording.size();
  const auto started = std::chrono::steady_clock::now();
  const PressureSeries series = calibrate(recording, known);
  const PostureTimeline timeline = classify(series, model);
  night.wall_s = std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  night.transitions =
      match_transitions(transitions_of(plan), transitions_of(timeline.bouts), options.tolerance_s);
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
  found += other.found;
  false_count += other.false_count;
  false_shifts += other.false_shifts;
  error_s.insert(error_s.end(), other.error_s.begin(), other.error_s.end());
}

TransitionMatch match_transitions(const std::vector<Transition>& truth,
                                  const std::vector<Transition>& timeline, double tolerance_s) {
  TransitionMatch match;
  match.true_count = truth.size();
  std::size_t next = 0;
  for (const Transition& seen : timeline) {
    while (next < truth.size() && truth[next].time_s < seen.time_s - tolerance_s) ++next;
    if (next < truth.size() && truth[next].time_s <= seen.time_s + tolerance_s) {
      ++match.found;
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
    const bool was_lying = is_lying(bouts[i - 1].posture);
    const bool lies = is_lying(bouts[i].posture);
    const bool meet = bouts[i - 1].end_s >= bouts[i].start_s;
    if (meet && (was_lying || lies)) out.push_back({bouts[i].start_s, was_lying && lies});
  }
  return out;
}

std::vector<Transition> transitions_of(const NightPlan& plan) {
  std::vector<Transition> out;
  for (std::size_t i = 1; i < plan.periods.size(); ++i) {
    const bool was_lying = is_lying(plan.periods[i - 1].posture);
    const bool lies = is_lying(plan.periods[i].posture);
    if (was_lying || lies) out.push_back({plan.periods[i].start_s, was_lying && lies});
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
    request.sample_rate_hz = sample_rates_hz[number % sample_rates_hz.size()];
    request.seed = derived_seed(options.seed, i);
    const PersonNights person = is_spliced ? recorded.people[number % recorded.people.size()]
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
