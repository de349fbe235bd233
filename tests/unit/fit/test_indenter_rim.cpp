#include "stages/fit/mattress_mechanics.hpp"

#include "knowledge_for_tests.hpp"
#include "numeric/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>
#include <vector>

namespace matfit {
namespace {

using Law = std::function<double(double)>;  // Pa of uniform pressure over m

const MattressPresets& presets() { return test::mattress_presets(); }

constexpr double thickness_m = 0.2;
constexpr double disc_m = 0.203 / 2.0;
constexpr double platen_m = 0.344 / 2.0;

double radius_m(CurveKind kind) { return kind == CurveKind::disc_203mm ? disc_m : platen_m; }

double linear_pa(double w) { return 4e4 * w; }
// Foam: a knee at 1 cm, then hardly any rise.
double plateau_pa(double w) { return 1500.0 * std::tanh(w / 0.01) + 6e3 * w; }
// Latex: ever stiffer.
double stiffening_pa(double w) { return 1.5e4 * w + 4e5 * w * w; }

// Mean pressure under a rigid disc let down to `depth_m`: outside it G (w'' + w' / r) = p(w), by
// Newton's method on rings; what the whole surface bears rests on the disc.
double read_by_a_disc_pa(const Law& law, double shear_n_per_m, double disc_radius_m,
                         double depth_m) {
  constexpr int rings = 3000;
  constexpr double step_m = 0.0002;
  std::vector<double> w(rings + 1);
  const double decay_m = std::sqrt(shear_n_per_m * depth_m / law(depth_m));
  for (int i = 0; i <= rings; ++i) {
    w[static_cast<std::size_t>(i)] = depth_m * std::exp(-i * step_m / decay_m);
  }
  std::vector<double> upper(rings + 1), right(rings + 1);
  for (int round = 0; round < 60; ++round) {
    upper[0] = right[0] = 0.0;
    for (int i = 1; i < rings; ++i) {
      const auto k = static_cast<std::size_t>(i);
      const double r = disc_radius_m + i * step_m;
      const double in = shear_n_per_m * (r - 0.5 * step_m) / (r * step_m * step_m);
      const double out = shear_n_per_m * (r + 0.5 * step_m) / (r * step_m * step_m);
      const double slope = (law(w[k] + 1e-7) - law(w[k])) / 1e-7;
      const double misfit = in * w[k - 1] + out * w[k + 1] - (in + out) * w[k] - law(w[k]);
      const double pivot = in + out + slope - in * upper[k - 1];
      upper[k] = out / pivot;
      right[k] = (misfit + in * right[k - 1]) / pivot;
    }
    double largest = 0.0, change = 0.0;
    for (int i = rings - 1; i > 0; --i) {
      const auto k = static_cast<std::size_t>(i);
      change = right[k] + upper[k] * change;
      w[k] += change;
      largest = std::max(largest, std::abs(change));
    }
    if (largest < 1e-9) break;
  }
  double beside_n = 0.0;
  for (int i = 0; i <= rings; ++i) {
    const double r = disc_radius_m + i * step_m;
    beside_n += (i == 0 ? 0.5 : 1.0) * 2.0 * std::numbers::pi * r * step_m *
                law(w[static_cast<std::size_t>(i)]);
  }
  return law(depth_m) + beside_n / (std::numbers::pi * disc_radius_m * disc_radius_m);
}

const std::vector<double> coarse_depths_m = {0.005, 0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.08, 0.1};

Mattress read_with(const Law& law, CurveKind kind, double shear_n_per_m,
                   const std::vector<double>& depths_m = coarse_depths_m) {
  Mattress m;
  m.thickness_m = thickness_m;
  m.curve_kind = kind;
  m.shear_n_per_m = shear_n_per_m;
  for (const double depth : depths_m) {
    m.curve.push_back({depth, kind == CurveKind::uniform
                                  ? law(depth)
                                  : read_by_a_disc_pa(law, shear_n_per_m, radius_m(kind), depth)});
  }
  return m;
}

TEST(IndenterRim, TheForwardSolutionIsTheClosedOneOfALinearFoundation) {
  for (const double radius : {disc_m, platen_m}) {
    const double decay_m = 0.04;
    const double x = radius / decay_m;
    const double rim = 2.0 / x * std::cyl_bessel_k(1.0, x) / std::cyl_bessel_k(0.0, x);
    EXPECT_NEAR(read_by_a_disc_pa(linear_pa, 4e4 * decay_m * decay_m, radius, 0.03),
                linear_pa(0.03) * (1.0 + rim), 0.002 * linear_pa(0.03));
  }
}

struct Foam {
  const char* name;
  Law law;
  double tolerance;
};

const Foam linear = {"linear", linear_pa, 0.02};
const Foam plateau = {"plateau", plateau_pa, 0.06};
const Foam stiffening = {"stiffening", stiffening_pa, 0.05};

void expect_uniform_curve(const Foam& foam, CurveKind kind, double shear_n_per_m,
                          const std::vector<double>& depths_m) {
  const auto response =
      mattress_response(read_with(foam.law, kind, shear_n_per_m, depths_m), presets());
  for (const double depth : {0.02, 0.03, 0.05, 0.08}) {
    const double read = read_by_a_disc_pa(foam.law, shear_n_per_m, radius_m(kind), depth);
    ASSERT_GT(read, 1.1 * foam.law(depth)) << "nothing to be taken off";
    const double share = response->pressure_pa(depth) / foam.law(depth);
    EXPECT_NEAR(share, 1.0, foam.tolerance)
        << foam.name << ", " << name_of(kind) << ", G " << shear_n_per_m << ", " << depth << " m";
  }
}

void expect_uniform_curve_of(const Foam& foam) {
  for (const CurveKind kind : {CurveKind::disc_203mm, CurveKind::platen_344mm}) {
    for (const double shear : {10.0, 40.0, 100.0}) {
      expect_uniform_curve(foam, kind, shear, coarse_depths_m);
    }
  }
}

TEST(IndenterRim, WhatADiscReadGivesTheUniformPressureBack) {
  expect_uniform_curve_of(linear);
  expect_uniform_curve_of(stiffening);
}

TEST(IndenterRim, AFoamsPlateauComesBackAsFlatAsItIs) { expect_uniform_curve_of(plateau); }

TEST(IndenterRim, ReadingsEveryMillimetreTellNothingElseThanAFew) {
  std::vector<double> fine_m;
  for (int mm = 1; mm <= 100; ++mm) fine_m.push_back(mm * 1e-3);
  for (const Foam& foam : {linear, plateau, stiffening}) {
    expect_uniform_curve(foam, CurveKind::disc_203mm, 40.0, fine_m);
  }
}

TEST(IndenterRim, ADiscAndAPlatenOnOneMattressTellTheSameCurve) {
  const auto disc =
      mattress_response(read_with(plateau_pa, CurveKind::disc_203mm, 50.0), presets());
  const auto platen =
      mattress_response(read_with(plateau_pa, CurveKind::platen_344mm, 50.0), presets());
  for (const double depth : {0.02, 0.04, 0.06, 0.08}) {
    EXPECT_NEAR(disc->pressure_pa(depth) / platen->pressure_pa(depth), 1.0, 0.06) << depth;
  }
}

TEST(IndenterRim, UnstatedCouplingHasTheDecayLengthOfThePresets) {
  for (const CurveKind kind :
       {CurveKind::uniform, CurveKind::disc_203mm, CurveKind::platen_344mm}) {
    for (const double thick_m : {0.1, 0.2, 0.3}) {
      Mattress m = read_with(plateau_pa, kind, 50.0);
      m.shear_n_per_m.reset();
      m.thickness_m = thick_m;
      const auto response = mattress_response(m, presets());
      const double quarter_m = 0.25 * thick_m;
      const double decay_m =
          std::sqrt(response->shear_n_per_m() * quarter_m / response->pressure_pa(quarter_m));
      const double law_m =
          presets().decay_length_m * std::sqrt(thick_m / presets().decay_thickness_m);
      EXPECT_NEAR(decay_m / law_m, 1.0, 0.02) << name_of(kind) << ", " << thick_m << " m";
    }
  }
}

TEST(IndenterRim, ACouplingIsSurerWhenItIsStated) {
  Mattress m = read_with(linear_pa, CurveKind::disc_203mm, 50.0);
  const double stated = mattress_response(m, presets())->shear_relative_sd();
  m.shear_n_per_m.reset();
  EXPECT_LT(stated, mattress_response(m, presets())->shear_relative_sd());
}

TEST(MattressVaried, ByNothingIsTheSameMattress) {
  for (const CurveKind kind : {CurveKind::uniform, CurveKind::disc_203mm}) {
    const auto response = mattress_response(read_with(plateau_pa, kind, 50.0), presets());
    const MattressResponse same = response->varied(1.0, 1.0);
    for (double d = -0.01; d < thickness_m; d += 0.005) {
      EXPECT_DOUBLE_EQ(same.pressure_pa(d), response->pressure_pa(d));
    }
    EXPECT_EQ(same.basis(), response->basis());
    EXPECT_DOUBLE_EQ(same.thickness_m(), response->thickness_m());
    EXPECT_DOUBLE_EQ(same.shear_n_per_m(), response->shear_n_per_m());
    EXPECT_DOUBLE_EQ(same.stiffness_relative_sd(), response->stiffness_relative_sd());
    EXPECT_DOUBLE_EQ(same.shear_relative_sd(), response->shear_relative_sd());
    EXPECT_DOUBLE_EQ(same.bottoming_indentation_m(), response->bottoming_indentation_m());
  }
}

TEST(MattressVaried, ASofterOneBearsLess) {
  for (const CurveKind kind :
       {CurveKind::uniform, CurveKind::disc_203mm, CurveKind::platen_344mm}) {
    const auto response = mattress_response(read_with(stiffening_pa, kind, 30.0), presets());
    const MattressResponse softer = response->varied(0.8, 1.0);
    for (double d = 0.005; d < 0.95 * thickness_m; d += 0.005) {
      EXPECT_LT(softer.pressure_pa(d), response->pressure_pa(d)) << name_of(kind) << ", " << d;
    }
  }
  const auto uniform =
      mattress_response(read_with(stiffening_pa, CurveKind::uniform, 30.0), presets());
  EXPECT_NEAR(uniform->varied(0.8, 1.0).pressure_pa(0.045), 0.8 * uniform->pressure_pa(0.045),
              1e-9);
}

TEST(MattressVaried, MoreOfAnIndentersReadingIsRimWhereTheCouplingIsStronger) {
  for (const CurveKind kind : {CurveKind::disc_203mm, CurveKind::platen_344mm}) {
    const auto response = mattress_response(read_with(plateau_pa, kind, 40.0), presets());
    const MattressResponse tied = response->varied(1.0, 1.5);
    EXPECT_DOUBLE_EQ(tied.shear_n_per_m(), 1.5 * response->shear_n_per_m());
    // The same as had the stronger coupling been stated.
    Mattress stated = read_with(plateau_pa, kind, 40.0);
    stated.shear_n_per_m = 60.0;
    const auto direct = mattress_response(stated, presets());
    for (const double d : {0.01, 0.03, 0.05, 0.08}) {
      EXPECT_LT(tied.pressure_pa(d), response->pressure_pa(d));
      EXPECT_NEAR(tied.pressure_pa(d), direct->pressure_pa(d), 1e-6);
    }
  }
}

TEST(MattressVaried, AUniformCurveDoesNotDependOnTheCoupling) {
  const auto response =
      mattress_response(read_with(plateau_pa, CurveKind::uniform, 40.0), presets());
  const MattressResponse tied = response->varied(1.0, 2.0);
  EXPECT_DOUBLE_EQ(tied.shear_n_per_m(), 80.0);
  for (double d = 0.0; d < thickness_m; d += 0.005) {
    EXPECT_DOUBLE_EQ(tied.pressure_pa(d), response->pressure_pa(d));
  }
}

// Anything that rises, of 1 to 12 readings, now and then hardly.
Mattress read_badly(Random& random) {
  Mattress m;
  m.thickness_m = random.uniform(0.08, 0.3);
  m.curve_kind = random.chance(0.5) ? CurveKind::disc_203mm : CurveKind::platen_344mm;
  if (random.chance(0.7)) m.shear_n_per_m = std::exp(random.uniform(0.0, 6.0));
  double depth = 0.0, pressure = 0.0;
  const int readings = random.integer(1, 12);
  for (int k = 0; k < readings; ++k) {
    depth += random.uniform(0.0005, 0.7 * *m.thickness_m / readings);
    pressure += random.chance(0.3) ? random.uniform(0.1, 2.0) : random.uniform(10.0, 1500.0);
    m.curve.push_back({depth, pressure});
  }
  return m;
}

TEST(IndenterRim, NoisyReadingsStillGiveACurveThatRises) {
  Random random(31);
  for (int i = 0; i < 60; ++i) {
    const auto response = mattress_response(read_badly(random), presets());
    ASSERT_TRUE(std::isfinite(response->shear_n_per_m()) && response->shear_n_per_m() > 0.0) << i;
    double before = 0.0;
    for (int k = 1; k <= 200; ++k) {
      const double p = response->pressure_pa(response->thickness_m() * k / 200.0);
      ASSERT_GT(p, before) << "curve " << i << ", " << k / 200.0 << " of the thickness";
      before = p;
    }
  }
}

TEST(IndenterRim, UniformPressureIsNeverMoreThanTheIndenterRead) {
  Random random(32);
  for (int i = 0; i < 60; ++i) {
    const Mattress m = read_badly(random);
    const auto response = mattress_response(m, presets());
    for (const CurvePoint& point : m.curve) {
      ASSERT_LE(response->pressure_pa(point.indentation_m), point.pressure_pa * (1.0 + 1e-9))
          << "curve " << i << " at " << point.indentation_m << " m";
    }
  }
}

}  // namespace
}  // namespace matfit
