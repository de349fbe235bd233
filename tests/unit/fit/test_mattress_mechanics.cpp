#include "stages/fit/mattress_mechanics.hpp"

#include "knowledge_for_tests.hpp"
#include "stages/fit/sinkage.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <stdexcept>

namespace matfit {
namespace {

const MattressPresets& presets() { return test::mattress_presets(); }

Mattress with_curve(CurveKind kind = CurveKind::uniform) {
  Mattress m;
  m.thickness_m = 0.2;
  m.curve = {{0.0125, 600.0}, {0.025, 1100.0}, {0.05, 2000.0}, {0.076, 3000.0}};
  m.curve_kind = kind;
  return m;
}

Mattress of_firmness(double firmness) {
  Mattress m;
  m.firmness = firmness;
  m.thickness_m = 0.2;
  return m;
}

PressureField blob(double peak_pa) {
  PressureField f;
  f.geometry = {40, 24, 0.025, 0.025};
  f.orientation = {HeadEnd::first_row, View::above, false, 1.0};
  f.pressure_pa.resize(40, 24);
  for (Eigen::Index c = 0; c < 24; ++c) {
    for (Eigen::Index r = 0; r < 40; ++r) {
      const double x = (static_cast<double>(c) - 11.5) / 4.0;
      const double y = (static_cast<double>(r) - 19.5) / 4.0;
      f.pressure_pa(r, c) = peak_pa * std::exp(-0.5 * (x * x + y * y));
    }
  }
  f.sd_pa = Eigen::ArrayXXd::Zero(40, 24);
  f.repaired.setConstant(40, 24, false);
  f.absolute = true;
  return f;
}

TEST(MattressResponse, NothingKnownGivesNothing) {
  EXPECT_FALSE(mattress_response(std::nullopt, presets()));
  EXPECT_FALSE(mattress_response(Mattress{}, presets()));
}

TEST(MattressResponse, PassesThroughAUniformCurve) {
  const auto response = mattress_response(with_curve(), presets());
  ASSERT_TRUE(response);
  EXPECT_EQ(response->basis(), SpineBasis::curve);
  EXPECT_NEAR(response->pressure_pa(0.05), 2000.0, 1e-9);
  EXPECT_NEAR(response->pressure_pa(0.0), 0.0, 1e-9);
}

TEST(MattressResponse, TakesTheErrorThatTheTestStates) {
  Mattress stated = with_curve();
  stated.curve_relative_sd = 0.15;
  EXPECT_DOUBLE_EQ(mattress_response(stated, presets())->stiffness_relative_sd(), 0.15);
  stated.curve_relative_sd = 0.05;
  EXPECT_LT(mattress_response(stated, presets())->stiffness_relative_sd(),
            mattress_response(with_curve(), presets())->stiffness_relative_sd());
  stated.curve_relative_sd = 0.0;
  EXPECT_GT(mattress_response(stated, presets())->stiffness_relative_sd(), 0.01)
      << "no test knows a mattress without error";
}

TEST(MattressResponse, AnIndenterReadsStifferThanUniformPressure) {
  const auto uniform = mattress_response(with_curve(), presets());
  const auto disc = mattress_response(with_curve(CurveKind::disc_203mm), presets());
  const auto platen = mattress_response(with_curve(CurveKind::platen_344mm), presets());
  for (const double d : {0.0125, 0.025, 0.05, 0.076}) {
    EXPECT_GT(platen->pressure_pa(d), 1.02 * disc->pressure_pa(d)) << d;
    EXPECT_LT(platen->pressure_pa(d), 0.98 * uniform->pressure_pa(d)) << d;
  }
  EXPECT_GT(disc->stiffness_relative_sd(), uniform->stiffness_relative_sd());
}

TEST(MattressResponse, RisesEverywhereAndStiffensBeforeTheEnd) {
  for (const Mattress& m : {with_curve(), of_firmness(3), of_firmness(9)}) {
    const auto response = mattress_response(m, presets());
    double before = response->pressure_pa(-0.01);
    for (double d = -0.009; d < 0.2; d += 0.001) {
      EXPECT_GT(response->pressure_pa(d), before);
      before = response->pressure_pa(d);
    }
    EXPECT_GT(response->stiffness_pa_per_m(0.185), 3.0 * response->stiffness_pa_per_m(0.09));
  }
}

TEST(MattressResponse, APresetIsFirmerHigherOnTheScaleAndLessSureThanACurve) {
  const auto soft = mattress_response(of_firmness(2), presets());
  const auto firm = mattress_response(of_firmness(8), presets());
  EXPECT_EQ(soft->basis(), SpineBasis::preset);
  EXPECT_GT(firm->pressure_pa(0.05), 1.5 * soft->pressure_pa(0.05));
  EXPECT_GT(soft->stiffness_relative_sd(),
            mattress_response(with_curve(), presets())->stiffness_relative_sd());
}

TEST(MattressResponse, RefusesACurveThatFallsAndAFirmnessOffTheScale) {
  Mattress falling = with_curve();
  falling.curve[2].pressure_pa = 900.0;
  EXPECT_THROW(mattress_response(falling, presets()), std::invalid_argument);
  EXPECT_THROW(mattress_response(of_firmness(40), presets()), std::invalid_argument);
}

TEST(Sinkage, UniformPressureSinksAsTheCurveSaysWhateverTheCoupling) {
  PressureField f = blob(0.0);
  f.pressure_pa.setConstant(2000.0);
  const auto response = mattress_response(with_curve(), presets());
  const Eigen::ArrayXXd depth = indentation_under(f.pressure_pa, 0.025, 0.025, *response);
  EXPECT_LT((depth - 0.05).abs().maxCoeff(), 1e-4);
}

TEST(Sinkage, BalancesThePressureInEveryCell) {
  const PressureField f = blob(4000.0);
  const auto response = mattress_response(with_curve(), presets());
  const Eigen::ArrayXXd d = indentation_under(f.pressure_pa, 0.025, 0.025, *response);
  const double shear = response->shear_n_per_m() / (0.025 * 0.025);
  for (Eigen::Index c = 1; c + 1 < d.cols(); ++c) {
    for (Eigen::Index r = 1; r + 1 < d.rows(); ++r) {
      const double laplacian = d(r - 1, c) + d(r + 1, c) + d(r, c - 1) + d(r, c + 1) - 4 * d(r, c);
      EXPECT_NEAR(response->pressure_pa(d(r, c)) - shear * laplacian, f.pressure_pa(r, c), 10.0);
    }
  }
}

TEST(Sinkage, CouplingSpreadsTheLoadAndSparesThePeak) {
  const PressureField f = blob(4000.0);
  Mattress m = with_curve();
  m.shear_n_per_m = 1.0;
  const Eigen::ArrayXXd loose =
      indentation_under(f.pressure_pa, 0.025, 0.025, *mattress_response(m, presets()));
  m.shear_n_per_m = 200.0;
  const Eigen::ArrayXXd tied =
      indentation_under(f.pressure_pa, 0.025, 0.025, *mattress_response(m, presets()));
  EXPECT_LT(tied.maxCoeff(), 0.9 * loose.maxCoeff());
  EXPECT_GT(tied(20, 1), loose(20, 1));
}

TEST(Sinkage, ASofterMattressSinksMoreUnderTheSameMap) {
  const PressureField f = blob(3000.0);
  double before = 1.0;
  for (const double firmness : {2.0, 4.0, 6.0, 8.0}) {
    const Sinkage s =
        sinkage(f, *mattress_response(of_firmness(firmness), presets()), presets(), UnitEvidence{});
    EXPECT_LT(s.depth_m.maxCoeff(), before);
    before = s.depth_m.maxCoeff();
  }
}

UnitEvidence with_errors(const std::vector<PressureError>& errors) {
  UnitEvidence units;
  units.error = errors;
  return units;
}

TEST(Sinkage, AnErrorCommonToAllPressuresIsOneOfScale) {
  const PressureField f = blob(3000.0);
  const auto response = mattress_response(with_curve(), presets());
  const Sinkage s = sinkage(f, *response, presets(), with_errors({{1000.0, 0.2}}));
  ASSERT_EQ(s.errors.back().cause, "mat scale");
  const Eigen::ArrayXXd stronger = indentation_under(1.2 * f.pressure_pa, f.geometry.row_pitch_m,
                                                     f.geometry.col_pitch_m, *response);
  EXPECT_NEAR(s.errors.back().change_m(20, 12), stronger(20, 12) - s.depth_m(20, 12), 1e-4);
}

TEST(Sinkage, ABendLeftOpenMovesLowAndHighPressuresApart) {
  PressureField f = blob(3000.0);
  f.absolute = false;
  const auto response = mattress_response(with_curve(), presets());
  const auto bend = [&](double low_sd, double high_sd) {
    const Sinkage s = sinkage(
        f, *response, presets(),
        with_errors(
            {{200.0, std::hypot(0.1, low_sd)}, {800.0, 0.1}, {3200.0, std::hypot(0.1, high_sd)}}));
    EXPECT_EQ(s.errors.back().cause, "mat response");
    return s.errors.back().change_m;
  };
  const Eigen::ArrayXXd wide = bend(0.6, 0.6);
  EXPECT_GT(wide(20, 12), 0.002);
  EXPECT_LT(wide.minCoeff(), 0.0);
  const Eigen::ArrayXXd narrow = bend(0.1, 0.1);
  EXPECT_LT(narrow(20, 12), 0.35 * wide(20, 12));
  EXPECT_LT(bend(0.0, 0.0).abs().maxCoeff(), 1e-4);
}

TEST(Sinkage, NoticesAMattressThatBottomsOut) {
  const auto response = mattress_response(of_firmness(2), presets());
  EXPECT_DOUBLE_EQ(sinkage(blob(1500.0), *response, presets(), UnitEvidence{}).bottomed_share, 0.0);
  EXPECT_GT(sinkage(blob(60000.0), *response, presets(), UnitEvidence{}).bottomed_share, 0.0);
}

TEST(Tissue, YieldsMoreUnderMorePressureUpToItsThickness) {
  const SoftTissue flesh = {0.03, 8e3};
  EXPECT_DOUBLE_EQ(tissue_compression_m(flesh, 0.0), 0.0);
  EXPECT_DOUBLE_EQ(tissue_compression_m(flesh, -100.0), 0.0);
  EXPECT_GT(tissue_compression_m(flesh, 8000.0), tissue_compression_m(flesh, 2000.0));
  EXPECT_LT(tissue_compression_m(flesh, 1e7), flesh.thickness_m);
  // The modulus is that of the first yielding.
  EXPECT_NEAR(tissue_compression_m(flesh, 8.0), flesh.thickness_m * 1e-3, 1e-7);
  EXPECT_GT(tissue_compression_m({0.03, 4e3}, 2000.0), tissue_compression_m(flesh, 2000.0));
}

TEST(MattressPresets, AFaultyFileIsRefusedWithItsKey) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "presets.toml";
  std::ofstream(path) << "format = \"matfit-mattress-presets\"\nformat_version = 1\n";
  try {
    load_mattress_presets(path);
    FAIL() << "accepted";
  } catch (const UsageError& e) {
    EXPECT_NE(std::string(e.what()).find("firmness"), std::string::npos) << e.what();
  }
}

}  // namespace
}  // namespace matfit
