#include "stages/fit/section_law.hpp"

#include "knowledge_for_tests.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

namespace matfit {
namespace {

MattressResponse foam(double pa_per_m, double shear_n_per_m) {
  Mattress m;
  m.thickness_m = 0.2;
  m.shear_n_per_m = shear_n_per_m;
  for (const double d : {0.01, 0.02, 0.04, 0.06, 0.08, 0.1}) m.curve.push_back({d, pa_per_m * d});
  return *mattress_response(m, test::mattress_presets());
}

// With a knee, as foam has it; decay length at a quarter of the thickness.
MattressResponse knee(double decay_m) {
  const auto pressure = [](double d) { return 1200.0 * std::tanh(d / 0.012) + 1.5e4 * d; };
  Mattress m;
  m.thickness_m = 0.2;
  m.shear_n_per_m = decay_m * decay_m * pressure(0.05) / 0.05;
  for (const double d : {0.005, 0.01, 0.015, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1}) {
    m.curve.push_back({d, pressure(d)});
  }
  return *mattress_response(m, test::mattress_presets());
}

SectionLaw law_of(const BodySection& section, const MattressResponse& mattress) {
  return SectionLaw(section, MattressTable(mattress));
}

constexpr SoftTissue flesh = {0.03, 8e3};
constexpr SoftTissue bone = {0.0, 8e3};
const BodySection trunk = {0.15, 0.13, 2.6, flesh};

// Load per metre of a rigid section let down on the strip P(w) - G w'' = q by finite differences:
// nowhere above the section's underside, which pushes only (projected over-relaxation).
double pressed_n_per_m(const BodySection& section, const MattressResponse& mattress,
                       double approach_m) {
  constexpr double step_m = 0.002;
  const auto nodes = static_cast<std::size_t>((section.half_width_m + 0.3) / step_m);
  std::vector<double> least(nodes, 0.0), w(nodes, 0.0);
  for (std::size_t i = 0; i < nodes; ++i) {
    const double u = static_cast<double>(i) * step_m / section.half_width_m;
    if (u >= 1.0) continue;
    const double rise = section.half_height_m * (1.0 - std::pow(1.0 - std::pow(u, section.flatness),
                                                                1.0 / section.flatness));
    least[i] = std::max(0.0, approach_m - rise);
  }
  const double tie = mattress.shear_n_per_m() / (step_m * step_m);
  for (int sweep = 0; sweep < 6000; ++sweep) {
    double largest = 0.0;
    for (std::size_t i = 0; i + 1 < nodes; ++i) {
      const double left = i == 0 ? w[1] : w[i - 1];
      const double misfit = tie * (left + w[i + 1] - 2.0 * w[i]) - mattress.pressure_pa(w[i]);
      const double next =
          std::max(least[i], w[i] + 1.8 * misfit / (2.0 * tie + mattress.stiffness_pa_per_m(w[i])));
      largest = std::max(largest, std::abs(next - w[i]));
      w[i] = next;
    }
    if (largest < 1e-9) break;
  }
  double load = 0.5 * mattress.pressure_pa(w[0]);
  for (std::size_t i = 1; i < nodes; ++i) load += mattress.pressure_pa(w[i]);
  return 2.0 * load * step_m;
}

TEST(SectionLaw, CarriesNothingBeforeItTouches) {
  const SectionLaw law = law_of(trunk, foam(4e4, 60.0));
  for (const double approach : {-0.2, -0.01, -1e-9, 0.0}) {
    const SectionAnswer answer = law.at(approach);
    EXPECT_EQ(answer.load_n_per_m, 0.0);
    EXPECT_EQ(answer.stiffness_n_per_m2, 0.0);
    EXPECT_EQ(answer.sink_m, 0.0);
    EXPECT_EQ(answer.sink_slope, 0.0);
  }
  EXPECT_GT(law.at(1e-4).load_n_per_m, 0.0);
}

TEST(SectionLaw, LoadAndSinkGrowWithTheApproachWithoutJumps) {
  for (const double stiffness : {1e4, 4e4, 2e5}) {
    const SectionLaw law = law_of(trunk, foam(stiffness, 60.0));
    SectionAnswer before = law.at(0.0);
    for (double approach = 0.0005; approach < 0.3; approach += 0.0005) {
      const SectionAnswer now = law.at(approach);
      EXPECT_GT(now.load_n_per_m, before.load_n_per_m) << approach;
      EXPECT_GE(now.sink_m, before.sink_m) << approach;
      EXPECT_LE(now.sink_m - before.sink_m, 0.0006) << approach;
      before = now;
    }
  }
}

TEST(SectionLaw, StatesTheSlopesOfItsLoadAndSink) {
  const SectionLaw law = law_of(trunk, foam(4e4, 60.0));
  constexpr double h = 1e-5;
  for (const double approach : {0.004, 0.027, 0.063, 0.118, 0.4}) {
    const SectionAnswer low = law.at(approach - h), high = law.at(approach + h);
    EXPECT_NEAR(law.at(approach).stiffness_n_per_m2,
                (high.load_n_per_m - low.load_n_per_m) / (2.0 * h), 0.01);
    EXPECT_NEAR(law.at(approach).sink_slope, (high.sink_m - low.sink_m) / (2.0 * h), 1e-6);
  }
}

TEST(SectionLaw, TheSurfaceNeverSinksFurtherThanTheBodyComes) {
  for (const double stiffness : {1e4, 4e4, 2e5}) {
    for (const SoftTissue& tissue : {bone, flesh}) {
      BodySection section = trunk;
      section.tissue = tissue;
      const SectionLaw law = law_of(section, foam(stiffness, 60.0));
      for (double approach = 0.002; approach < 0.15; approach += 0.002) {
        EXPECT_GT(law.at(approach).sink_m, 0.0);
        EXPECT_LE(law.at(approach).sink_m, approach * (1.0 + 1e-9));
      }
    }
  }
}

TEST(SectionLaw, AFlatBottomOnHardFleshBearsWidthTimesPressure) {
  const MattressResponse mattress = foam(4e4, 1e-4);  // no coupling to speak of
  const BodySection plank = {0.2, 0.5, 60.0, bone};
  const SectionLaw law = law_of(plank, mattress);
  for (const double approach : {0.01, 0.03, 0.05, 0.08}) {
    EXPECT_NEAR(law.at(approach).load_n_per_m / (0.4 * mattress.pressure_pa(approach)), 1.0, 0.04);
    EXPECT_NEAR(law.at(approach).sink_m, approach, 0.002);
  }
}

TEST(SectionLaw, WithoutAnyCouplingEveryStripCarriesByItself) {
  const MattressResponse mattress = foam(4e4, 0.0);
  const BodySection ball = {0.10, 0.10, 2.0, bone};
  const SectionLaw law = law_of(ball, mattress);
  for (const double approach : {0.02, 0.04, 0.06}) {
    double springs = 0.0;
    constexpr int strips = 2000;
    for (int i = 0; i < strips; ++i) {
      const double u = (i + 0.5) / strips;
      const double depth = approach - 0.10 * (1.0 - std::sqrt(1.0 - u * u));
      springs += 2.0 * 0.10 / strips * std::max(0.0, mattress.pressure_pa(depth));
    }
    EXPECT_NEAR(law.at(approach).load_n_per_m / springs, 1.0, 0.05) << approach;
    EXPECT_GT(law.at(approach).sink_m, 0.0);
  }
}

TEST(SectionLaw, SofterFleshCarriesLessAtTheSameApproach) {
  const MattressResponse mattress = foam(4e4, 60.0);
  const auto load = [&](const SoftTissue& tissue, double approach) {
    BodySection section = trunk;
    section.tissue = tissue;
    return law_of(section, mattress).at(approach).load_n_per_m;
  };
  for (double approach = 0.012; approach < 0.12; approach += 0.004) {
    EXPECT_LT(load({0.06, 8e3}, approach), load(flesh, approach));
    EXPECT_LT(load({0.03, 4e3}, approach), load(flesh, approach));
    EXPECT_LT(load(flesh, approach), load(bone, approach));
  }
}

TEST(SectionLaw, AStifferMattressAndAStrongerSurfaceCarryMore) {
  for (double approach = 0.012; approach < 0.12; approach += 0.004) {
    const auto load = [&](double stiffness, double shear) {
      return law_of(trunk, foam(stiffness, shear)).at(approach).load_n_per_m;
    };
    EXPECT_LT(load(3e4, 60.0), load(4e4, 60.0)) << approach;
    EXPECT_LT(load(4e4, 30.0), load(4e4, 60.0)) << approach;
    EXPECT_LT(load(4e4, 60.0), load(4e4, 120.0)) << approach;
  }
}

void expect_as_the_strip(const BodySection& section, const MattressResponse& mattress,
                         double approach_m) {
  const double strip = pressed_n_per_m(section, mattress, approach_m);
  const double law = law_of(section, mattress).at(approach_m).load_n_per_m;
  EXPECT_NEAR(law / strip, 1.0, 0.10)
      << "half width " << section.half_width_m << " m, approach " << approach_m << " m, "
      << mattress.pressure_pa(0.05) << " Pa at 5 cm, G " << mattress.shear_n_per_m();
}

TEST(SectionLaw, ATrunkOnLatexAgreesWithTheStripSolvedByFiniteDifferences) {
  for (const double stiffness : {2e4, 4e4, 1e5}) {
    for (const double decay_m : {0.02, 0.04}) {
      const MattressResponse mattress = foam(stiffness, stiffness * decay_m * decay_m);
      for (const double half_width : {0.12, 0.17}) {
        for (const double approach : {0.03, 0.05, 0.08}) {
          expect_as_the_strip({half_width, 0.14, 2.6, bone}, mattress, approach);
        }
      }
    }
  }
}

TEST(SectionLaw, AnySectionAgreesWithTheStripSolvedByFiniteDifferences) {
  const BodySection sections[] = {{0.17, 0.09, 2.6, bone},
                                  {0.12, 0.17, 2.6, bone},
                                  {0.08, 0.08, 2.0, bone},
                                  {0.05, 0.05, 2.0, bone}};
  for (const BodySection& section : sections) {
    for (const double decay_m : {0.02, 0.04, 0.055}) {
      for (const double approach : {0.02, 0.035, 0.06, 0.09}) {
        expect_as_the_strip(section, foam(4e4, 4e4 * decay_m * decay_m), approach);
      }
    }
  }
}

TEST(SectionLaw, ASectionOnFoamWithAKneeAgreesWithTheStripSolvedByFiniteDifferences) {
  for (const BodySection& section :
       {BodySection{0.17, 0.09, 2.6, bone}, BodySection{0.12, 0.17, 2.6, bone},
        BodySection{0.08, 0.08, 2.0, bone}}) {
    for (const double decay_m : {0.02, 0.04}) {
      for (const double approach : {0.02, 0.04, 0.07}) {
        expect_as_the_strip(section, knee(decay_m), approach);
      }
    }
  }
}

TEST(MattressTable, IsTheMattressWithItsCouplingAndDecayLength) {
  const MattressResponse mattress = foam(4e4, 64.0);
  const MattressTable table(mattress);
  for (double d = 0.0; d < 0.15; d += 0.003) {
    EXPECT_NEAR(table.pressure_pa(d), mattress.pressure_pa(d), 0.003 * mattress.pressure_pa(0.1));
  }
  EXPECT_EQ(table.pressure_pa(-0.01), 0.0);
  EXPECT_DOUBLE_EQ(table.shear_n_per_m(), 64.0);
  EXPECT_NEAR(table.decay_length_m(), 0.04, 1e-9);
  EXPECT_LE(table.thickness_m(), 0.2);
}

}  // namespace
}  // namespace matfit
