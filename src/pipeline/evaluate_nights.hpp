#pragma once

#include "pipeline/evaluate_postures.hpp"
#include "pipeline/night_materials.hpp"
#include "types/bout.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace matfit {

// A change between two lying postures or places, or to or from sitting or an empty bed.
struct Transition {
  double time_s = 0.0;  // when the movement into it began
  bool shift = false;   // from lying to lying
};

struct TransitionMatch {
  std::size_t true_count = 0;
  std::size_t true_shifts = 0;   // of these, from lying to lying
  std::size_t found = 0;         // true ones with one in the timeline within the tolerance
  std::size_t found_shifts = 0;  // of these, from lying to lying
  std::size_t false_count = 0;   // in the timeline without a true one
  std::size_t false_shifts = 0;  // of these, from lying to lying
  std::vector<double> error_s;   // found less true, of the found ones

  double f1() const;  // 1 where there is nothing to find and nothing was found
  void add(const TransitionMatch& other);
};

// Each true transition is matched with at most one of the timeline's, in order of time.
TransitionMatch match_transitions(const std::vector<Transition>& truth,
                                  const std::vector<Transition>& timeline, double tolerance_s);

// The transitions of a timeline: where bouts meet, not across gaps.
std::vector<Transition> transitions_of(const std::vector<PostureBout>& bouts);
std::vector<Transition> transitions_of(const NightPlan& plan);

// One night, its truth, and what came out.
struct EvaluatedNight {
  std::string person;
  bool synthetic = false;
  std::uint64_t seed = 0;
  double sample_rate_hz = 0.0;
  std::size_t frames = 0;
  double lying_s = 0.0;
  TransitionMatch transitions;
  int true_shifts = 0;
  int shifts = 0;
  TransitionMatch movements;  // while lying, by when they began; none is a shift
  double true_longest_still_s = 0.0;
  double longest_still_s = 0.0;
  // supine, prone, left, right
  std::array<double, 4> true_share{};
  std::array<double, 4> share{};
  double true_restlessness = 0.0;
  double restlessness = 0.0;
  double wall_s = 0.0;  // of calibrate and classify, the frames' making included
};

struct EvaluateNightsOptions {
  int nights = 10;  // of each kind
  double hours = 8.0;
  std::uint64_t seed = 1;
  double tolerance_s = 2.0;
  int jobs = 1;
  StepProgress progress;
};

struct NightEvaluation {
  std::vector<EvaluatedNight> nights;  // spliced ones first
  std::vector<std::string> failures;   // "NIGHT: REASON"
  std::vector<std::string> left_out;   // recordings that give no material
};

// Nights spliced from the entries' recordings, person by person in turn, and as many of made-up
// sleepers, each at one of the rates 1, 2, 4, 8, 10 and 15 Hz; through calibrate and classify,
// against their truth.
NightEvaluation evaluate_nights(const std::vector<StudyEntry>& entries,
                                const CalibrationKnowledge& known, const ModelForPerson& model,
                                const EvaluateNightsOptions& options);

// The night's recording; its frames are made on reading.
Recording recording_of(const PersonNights& person, const NightPlan& plan);

}  // namespace matfit
