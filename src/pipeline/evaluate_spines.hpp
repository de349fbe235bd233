#pragma once

#include "pipeline/knowledge.hpp"
#include "pipeline/parallel_outcomes.hpp"
#include "pipeline/spine_quantities.hpp"
#include "synthetic/truth_cases.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace matfit {

inline constexpr std::size_t spine_basis_count = 3;  // of SpineBasis

// A made-up person on a known mattress: what is true, what the map gives, and what simple ways do.
struct JudgedSpine {
  std::size_t index = 0;
  Departure departure = Departure::none;
  Posture posture = Posture::unknown;
  std::string mat;
  std::string firmness;
  CurveKind curve_kind = CurveKind::uniform;
  bool zoned = false;
  bool sagging = false;
  bool off_average = false;
  double body_mass_index = 0.0;  // as stated
  SpineValues truth;
  // By SpineBasis: with nothing known of the mattress, its firmness and thickness, its curve.
  std::array<SpineEstimates, spine_basis_count> told;
  SpineValues regression;  // see spine_regression.hpp; NOT of the map
  SpineValues inversion;   // see spine_baselines.hpp
  SpineValues springs;
  Eigen::RowVectorXd predictors;  // of the regression

  const SpineEstimates& of(SpineBasis basis) const { return told[static_cast<std::size_t>(basis)]; }
};

struct EvaluateSpinesOptions {
  int cases = 1000;  // of each departure
  std::uint64_t seed = 1;
  std::vector<Departure> departures{Departure::none};
  bool measured_breadths = false;  // else stature, mass and sex alone are stated
  int jobs = 1;
  StepProgress progress;
};

struct SpineEvaluation {
  std::vector<JudgedSpine> spines;    // departure by departure, in order of their index
  std::vector<std::string> failures;  // "CASE: REASON"
  bool measured_breadths = false;
  std::uint64_t seed = 1;
  // Time in all cases, added over the threads.
  double making_s = 0.0;
  double calibrating_s = 0.0;
  double body_s = 0.0;
  double spine_s = 0.0;
};

// Made-up cases through calibrate, fit_body (with the labelled posture) and fit_spine, against
// their truth. The same for any number of jobs, but for the times.
SpineEvaluation evaluate_spines(const Knowledge& known, const EvaluateSpinesOptions& options);

}  // namespace matfit
