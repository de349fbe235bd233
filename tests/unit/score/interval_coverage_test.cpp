#include "made_up_bout.hpp"
#include "numeric/random.hpp"
#include "stages/score/assess.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

using test::good_quality;
using test::shipped_guidance;
using test::straight_side_bout;
using test::thick_mattress;

void set_metric(BoutResult& bout, const std::string& name, double value, double sd) {
  bout.spine.metrics[name] = gaussian_estimate(value, sd);
}

// A person with true figures, and what a fit with the stated errors would give. The spine's fit
// weighs its measurement against what is known of people, so its estimate is the posterior of both.
struct Drawn {
  BoutResult truth;
  BoutResult measured;
};

Drawn draw_person(Random& random) {
  Drawn drawn{straight_side_bout(), straight_side_bout()};
  const auto angle = [&](const std::string& name) {
    constexpr double spread_of_people = 5.0;
    const double error_sd = random.uniform(0.5, 4.0);
    const double truth = random.normal(0.0, spread_of_people);
    const double seen = truth + error_sd * random.normal();
    const double trust = 1.0 / (1.0 + std::pow(error_sd / spread_of_people, 2));
    set_metric(drawn.truth, name, truth, 1e-9);
    set_metric(drawn.measured, name, trust * seen, std::sqrt(trust) * error_sd);
  };
  angle("tilt_deg");
  angle("thoracolumbar_angle_deg");
  const auto& t = shipped_guidance().thresholds;
  const double ratio_sd =
      std::hypot(t.value("repeat_cv_peak_pressure"), t.value("repeat_cv_mean_pressure"));
  for (std::size_t i = 0; i < drawn.truth.hotspots.size(); ++i) {
    const double truth = std::exp(random.normal(std::log(3.0), 0.3));
    drawn.truth.hotspots[i].ppi_pa = truth * drawn.truth.pressure.mean_pa;
    drawn.measured.hotspots[i].ppi_pa =
        drawn.truth.hotspots[i].ppi_pa * std::exp(ratio_sd * random.normal());
  }
  return drawn;
}

// The score without error: thresholds applied to the true figures by hand.
double true_alignment(const BoutResult& bout) {
  const Thresholds& t = shipped_guidance().thresholds;
  double worst = 100.0;
  for (const PassLine& line : t.lines) {
    if (line.axis != Axis::alignment || !line.applies_to(bout.bout.posture)) continue;
    worst = std::min(worst, t.score(line, bout.spine.metrics.at(line.measure).value));
  }
  return worst;
}

double true_pressure_relief(const BoutResult& bout) {
  const Thresholds& t = shipped_guidance().thresholds;
  const auto score = [&t](std::string_view id, double value) {
    for (const PassLine& line : t.lines) {
      if (line.id == id) return t.score(line, value);
    }
    return std::nan("");
  };
  const double hip = bout.hotspots[0].ppi_pa / bout.pressure.mean_pa;
  const double shoulder = bout.hotspots[1].ppi_pa / bout.pressure.mean_pa;
  const double percent = 100.0 * 0.001 / bout.pressure.contact_m2;
  return 0.25 * (score("L-side-hip-concentration", hip) +
                 score("L-side-shoulder-concentration", shoulder) +
                 score("L-side-hip-load", percent * hip) +
                 score("L-side-shoulder-load", percent * shoulder));
}

bool within(double truth, const Estimate& estimate) {
  constexpr double rounding = 1e-9;
  return truth >= estimate.ci95_low - rounding && truth <= estimate.ci95_high + rounding;
}

TEST(ScoreIntervals, HoldTheTruthInAboutNineteenOfTwenty) {
  constexpr int people = 600;
  Random random(7);
  int alignment_held = 0;
  int pressure_held = 0;
  double width = 0.0;
  for (int i = 0; i < people; ++i) {
    const Drawn drawn = draw_person(random);
    const FitAssessment fit = assess_bout(drawn.measured, good_quality(), std::nullopt,
                                          thick_mattress(), shipped_guidance());
    alignment_held += within(true_alignment(drawn.truth), fit.alignment) ? 1 : 0;
    pressure_held += within(true_pressure_relief(drawn.truth), fit.pressure_relief) ? 1 : 0;
    width += (fit.alignment.ci95_high - fit.alignment.ci95_low) / people;
  }
  RecordProperty("alignment_held", alignment_held);
  RecordProperty("pressure_held", pressure_held);
  EXPECT_NEAR(alignment_held, 0.95 * people, 0.03 * people);
  EXPECT_NEAR(pressure_held, 0.95 * people, 0.03 * people);
  EXPECT_LT(width, 70.0);  // intervals that say something
}

// A verdict given at 80 % must be true at least that often, over people whose figures spread as
// widely as the errors say nothing about.
TEST(Verdicts, AreTrueAtLeastAsOftenAsTheirThresholdAsks) {
  Random random(11);
  int given = 0;
  int wrong = 0;
  for (int i = 0; i < 250; ++i) {
    const Drawn drawn = draw_person(random);
    const auto verdict = [](const BoutResult& bout, const Quality& quality) {
      return assess_bout(bout, quality, std::nullopt, thick_mattress(), shipped_guidance()).verdict;
    };
    const Verdict measured = verdict(drawn.measured, good_quality());
    if (measured == Verdict::undecided) continue;
    ++given;
    // The rule at the true figures, by hand: in line and not pressed is right.
    const auto& m = drawn.truth.spine.metrics;
    const bool bent = std::abs(m.at("tilt_deg").value) > 6.0 ||
                      std::abs(m.at("thoracolumbar_angle_deg").value) > 6.0;
    const bool pressed = drawn.truth.hotspots[0].ppi_pa > 3.7 * drawn.truth.pressure.mean_pa ||
                         drawn.truth.hotspots[1].ppi_pa > 3.9 * drawn.truth.pressure.mean_pa;
    const Verdict truth = pressed ? Verdict::too_firm : bent ? Verdict::too_soft : Verdict::right;
    if (measured != truth) ++wrong;
  }
  EXPECT_GT(given, 50);
  EXPECT_LT(wrong, 0.2 * given);
}

}  // namespace
}  // namespace matfit
