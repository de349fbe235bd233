#include "pipeline/evaluate_spines.hpp"

#include "pipeline/spine_baselines.hpp"
#include "pipeline/spine_regression.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "stages/fit/fit_body.hpp"
#include "stages/fit/fit_spine.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>

namespace matfit {

namespace {

struct Times {
  double making_s = 0.0;
  double calibrating_s = 0.0;
  double body_s = 0.0;
  double spine_s = 0.0;
};

struct Judged {
  JudgedSpine spine;
  Times times;
};

class StopWatch {
 public:
  // Since the last call, or since it was made.
  double lap_s() {
    const auto now = std::chrono::steady_clock::now();
    const double lap = std::chrono::duration<double>(now - last_).count();
    last_ = now;
    return lap;
  }

 private:
  std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

std::optional<Mattress> known_as(SpineBasis basis, const Mattress& stated) {
  if (basis == SpineBasis::none) return std::nullopt;
  Mattress mattress = stated;
  if (basis == SpineBasis::preset) {
    mattress.curve.clear();
    mattress.curve_relative_sd.reset();
    mattress.shear_n_per_m.reset();
  }
  return mattress;
}

JudgedSpine described(const TruthCase& made, const TruthRecording& lie) {
  JudgedSpine out;
  out.index = made.index;
  out.departure = made.departure;
  out.posture = lie.truth.posture;
  out.mat = made.mat;
  out.firmness = made.firmness;
  out.curve_kind = made.curve_kind;
  out.zoned = made.zoned;
  out.sagging = made.sagging;
  out.off_average = made.off_average;
  const double stature_m = lie.subject.stature_m.value();
  out.body_mass_index = lie.subject.mass_kg.value() / (stature_m * stature_m);
  out.truth = values_of(lie.truth);
  return out;
}

Judged judged(std::size_t index, Departure departure, const Knowledge& known,
              const EvaluateSpinesOptions& options) {
  Judged out;
  StopWatch watch;
  const TruthCase made = truth_case(index, options.seed, departure);
  const TruthRecording lie = recorded(made, options.seed);
  out.times.making_s = watch.lap_s();
  out.spine = described(made, lie);
  const Subject& subject = options.measured_breadths ? lie.measured_subject : lie.subject;

  const PressureSeries series = calibrate(lie.recording, known.calibration);
  const PressureField field = mean_field(series, 0, series.size(), series.orientation);
  out.times.calibrating_s = watch.lap_s();
  const BodyFit body = fit_body(field, out.spine.posture, subject, known.anthropometry);
  out.times.body_s = watch.lap_s();
  SpineFit in_plane;
  for (const SpineBasis basis : {SpineBasis::none, SpineBasis::preset, SpineBasis::curve}) {
    SpineFit fit = fit_spine(field, out.spine.posture, body, subject, known_as(basis, lie.mattress),
                             series.quality.units, known.anthropometry, known.mattresses);
    out.spine.told[static_cast<std::size_t>(basis)] = values_of(fit);
    if (basis == SpineBasis::none) in_plane = std::move(fit);
  }
  out.times.spine_s = watch.lap_s();
  out.spine.inversion = plain_inversion(field, out.spine.posture, body, in_plane, lie.subject,
                                        lie.mattress, known.anthropometry);
  out.spine.springs =
      independent_springs(out.spine.posture, lie.subject, lie.mattress, known.anthropometry);
  out.spine.predictors = predictors_without_map(lie.subject, lie.mattress);
  return out;
}

void add_regression(std::vector<JudgedSpine>& spines) {
  std::vector<CaseWithoutMap> cases;
  for (const JudgedSpine& s : spines) cases.push_back({s.index, s.posture, s.predictors, s.truth});
  const std::vector<SpineValues> told = regression_without_map(cases);
  for (std::size_t i = 0; i < spines.size(); ++i) spines[i].regression = told[i];
}

}  // namespace

SpineEvaluation evaluate_spines(const Knowledge& known, const EvaluateSpinesOptions& options) {
  const auto cases = static_cast<std::size_t>(options.cases);
  const auto outcomes = outcomes_in_parallel(
      cases * options.departures.size(), options.jobs, "spines", options.progress,
      [&](std::size_t i) {
        return judged(i % cases, options.departures[i / cases], known, options);
      });
  SpineEvaluation out;
  out.measured_breadths = options.measured_breadths;
  out.seed = options.seed;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!outcomes[i].value) {
      out.failures.push_back(fmt::format("case {} ({}): {}", i % cases,
                                         name_of(options.departures[i / cases]),
                                         outcomes[i].failure));
      continue;
    }
    const Times& times = outcomes[i].value->times;
    out.making_s += times.making_s;
    out.calibrating_s += times.calibrating_s;
    out.body_s += times.body_s;
    out.spine_s += times.spine_s;
    out.spines.push_back(outcomes[i].value->spine);
  }
  add_regression(out.spines);
  return out;
}

}  // namespace matfit
