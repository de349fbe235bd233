#include "stages/fit/spine_height.hpp"

#include "numeric/unit_gaussian.hpp"
#include "stages/fit/trunk_linearization.hpp"

#include "knowledge_for_tests.hpp"
#include "numeric/random.hpp"
#include "stages/fit/spine_shape.hpp"
#include "stages/fit/trunk_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

constexpr Posture lying[] = {Posture::supine, Posture::prone, Posture::left};

const Anthropometry& known() { return test::anthropometry(); }
const MattressPresets& presets() { return test::mattress_presets(); }

BodyEstimate somebody(double stature_m = 1.72, double mass_kg = 70.0) {
  Subject s;
  s.sex = Sex::female;
  s.stature_m = stature_m;
  s.mass_kg = mass_kg;
  return body_estimate(s, known());
}

MattressResponse medium() {
  Mattress m;
  m.thickness_m = 0.18;
  m.curve = {{0.01, 600.0}, {0.02, 1200.0}, {0.04, 2100.0}, {0.06, 3000.0}, {0.08, 4200.0}};
  return *mattress_response(m, presets());
}

double spine_m(const BodyEstimate& person) {
  return (person.height.c7.mean - person.height.iliac_crest.mean +
          known().s1_below_iliac_crest_fraction) *
         person.stature_m.mean;
}

// Values of the trunk's nodes at a knot; straight between nodes.
double at_knot(const Eigen::VectorXd& nodes, const Eigen::VectorXd& along_m, double length_m,
               int knot) {
  const double step = along_m[1] - along_m[0];
  const double place = std::min(SpineKnots::share(knot) * length_m / step,
                                static_cast<double>(along_m.size() - 1) - 1e-9);
  const auto i = static_cast<Eigen::Index>(place);
  const double u = place - static_cast<double>(i);
  return (1.0 - u) * nodes[i] + u * nodes[i + 1];
}

SpineHeightFit fitted(const SpineSupport& support, Posture posture,
                      const BodyEstimate& person = somebody()) {
  return fit_spine_height(support, posture, person, known(), medium(), presets(), 0.08);
}

// What one sd of the mattress's stiffness and coupling and of the mat's scale does to a sinkage.
Eigen::Vector3d errors_of(double sink_m, double scale) {
  return Eigen::Vector3d(0.06, 0.03, 0.04) * scale * sink_m;
}

SpineSupport untouched() {
  SpineSupport s;
  for (int k = 0; k < SpineKnots::count; ++k) {
    s.sink_m.push_back(0.0);
    s.pressure_pa.push_back(0.0);
    s.contact.push_back(false);
    s.error.push_back(Eigen::Vector3d::Zero());
    s.slope_m.push_back(0.0);
  }
  return s;
}

// Somebody who lies as the model says for some unknowns, and what a map tells of it.
struct Lying {
  Eigen::VectorXd height_m;  // knots
  SpineSupport support;
};

// `rest_u`: of the unknowns after the trunk's own, of which `like` knows the effects.
Lying lying_with(const Eigen::VectorXd& unknowns, Posture posture, const BodyEstimate& person,
                 const SpineHeightFit& like, Random* noise, double error_scale = 1.0) {
  constexpr Eigen::Index own = TrunkUnknowns::count;
  const SkinStations stations = skin_stations(posture, person, known(), presets());
  const MattressResponse mattress = medium();
  const TrunkModel model =
      model_of({posture, person, stations, known(), mattress, presets(), 0.08}, unknowns.head(own));
  const TrunkRest rest = trunk_at_rest(model);
  EXPECT_TRUE(rest.converged);
  const Eigen::VectorXd later = unknowns.tail(unknowns.size() - own);
  const Eigen::VectorXd wave = like.departure_modes.rightCols(later.size()) * later;
  const Eigen::VectorXd rolled = like.neutral_modes.rightCols(later.size()) * later;
  const double belly = posture == Posture::prone ? -1.0 : 1.0;
  Lying out;
  out.height_m.resize(SpineKnots::count);
  out.support.head_load_n = rest.head_load_n;
  for (int k = 0; k < SpineKnots::count; ++k) {
    const double share = SpineKnots::share(k);
    const auto at = [&](const Eigen::VectorXd& nodes) {
      return at_knot(nodes, model.along_m, spine_m(person), k);
    };
    double neutral = rolled[k];
    if (!is_side(posture)) {
      const auto curve = [&](const Normal& depth, TrunkUnknowns::Index i) {
        return depth.mean + depth.sd * unknowns[i];
      };
      neutral += belly *
                 (curve(known().lordosis_depth_m, TrunkUnknowns::lordosis) * lordosis_shape(share) +
                  curve(known().kyphosis_depth_m, TrunkUnknowns::kyphosis) * kyphosis_shape(share));
    }
    out.height_m[k] = at(rest.rise_m.head(model.trunk_nodes())) + wave[k] + neutral;
    const double sink = std::max(0.0, at(rest.sink_m) - at(rest.sink_slope) * wave[k]);
    const Eigen::Vector3d error = errors_of(sink, error_scale);
    // The map is read with the mattress as stated: a stiffer one than that has sunk less.
    double read = sink + error[0] * unknowns[TrunkUnknowns::mattress_stiffness] +
                  error[1] * unknowns[TrunkUnknowns::mattress_shear];
    if (noise != nullptr) read += error[2] * later[0] + noise->normal(0.0, 0.003);
    out.support.sink_m.push_back(std::max(0.0, read));
    out.support.pressure_pa.push_back(medium().pressure_pa(sink));
    out.support.contact.push_back(sink > 0.005);
    out.support.error.push_back(error);
    out.support.slope_m.push_back(0.0);
  }
  return out;
}

// Before any map is seen, each unknown has unit variance.
Eigen::VectorXd sd_of_the_usual(const SpineHeightFit& fit) {
  return (fit.departure_modes + fit.neutral_modes).rowwise().norm();
}

Eigen::VectorXd drawn(Random& random, Eigen::Index count) {
  Eigen::VectorXd u(count);
  for (double& v : u) v = std::clamp(random.normal(), -2.0, 2.0);
  return u;
}

TEST(SpineHeight, IsNearerToTheTruthThanWhatIsUsualAndItsIntervalsHold) {
  for (const Posture posture : lying) {
    const SpineHeightFit like = fitted(untouched(), posture);
    Random random(derived_seed(77, static_cast<std::uint64_t>(posture)));
    double of_fit = 0.0, of_usual = 0.0, in_sd = 0.0, held = 0.0, count = 0.0;
    for (int i = 0; i < 60; ++i) {
      const BodyEstimate person = somebody(random.uniform(1.55, 1.85), random.uniform(55.0, 90.0));
      const Eigen::VectorXd truth = drawn(random, like.unknowns.size());
      const Lying lie = lying_with(truth, posture, person, like, &random);
      const Eigen::VectorXd usual =
          lying_with(Eigen::VectorXd::Zero(truth.size()), posture, person, like, nullptr).height_m;
      const SpineHeightFit fit = fitted(lie.support, posture, person);
      const Eigen::VectorXd sd = fit.height_sd();
      for (const double share : known().spine_level_share) {
        const auto k = static_cast<Eigen::Index>(std::lround(share * SpineKnots::s1));
        const double off = fit.mean_height()[k] - lie.height_m[k];
        of_fit += off * off;
        of_usual += std::pow(usual[k] - lie.height_m[k], 2);
        in_sd += std::pow(off / sd[k], 2);
        held += std::abs(off) < 1.96 * sd[k] ? 1.0 : 0.0;
        count += 1.0;
      }
    }
    RecordProperty(std::string(name_of(posture)) + "_rms_mm",
                   std::to_string(1e3 * std::sqrt(of_fit / count)));
    RecordProperty(std::string(name_of(posture)) + "_coverage", std::to_string(held / count));
    EXPECT_LT(of_fit, 0.7 * of_usual) << name_of(posture);
    EXPECT_GE(held / count, 0.90) << name_of(posture);
    // Nor are they wide beyond need.
    EXPECT_GT(std::sqrt(in_sd / count), 0.6) << name_of(posture);
    EXPECT_LT(std::sqrt(in_sd / count), 1.2) << name_of(posture);
  }
}

TEST(SpineHeight, AUsualBodyOnItsOwnMapStaysUsual) {
  for (const Posture posture : lying) {
    const SpineHeightFit like = fitted(untouched(), posture);
    const Lying lie =
        lying_with(Eigen::VectorXd::Zero(like.unknowns.size()), posture, somebody(), like, nullptr);
    const SpineHeightFit fit = fitted(lie.support, posture);
    EXPECT_LT(fit.unknowns.cwiseAbs().maxCoeff(), 0.3) << name_of(posture);
    const Eigen::VectorXd off = (fit.mean_height() - lie.height_m).head(SpineKnots::s1 + 1);
    EXPECT_LT(off.cwiseAbs().maxCoeff(), 0.003) << name_of(posture);
  }
}

TEST(SpineHeight, AMapThatIsKnownLessWellTellsLessOfTheHeights) {
  for (const Posture posture : lying) {
    const SpineHeightFit like = fitted(untouched(), posture);
    const Eigen::VectorXd usual = Eigen::VectorXd::Zero(like.unknowns.size());
    double before = 0.0;
    for (const double scale : {0.5, 2.0, 6.0}) {
      const Lying lie = lying_with(usual, posture, somebody(), like, nullptr, scale);
      const double sd = fitted(lie.support, posture).height_sd().head(SpineKnots::s1 + 1).mean();
      EXPECT_GT(sd, 1.02 * before) << name_of(posture);
      before = sd;
    }
    EXPECT_LT(before, 0.95 * sd_of_the_usual(like).head(SpineKnots::s1 + 1).mean())
        << name_of(posture);
  }
}

TEST(SpineHeight, AVaguerPersonHasAVaguerSpine) {
  const SpineHeightFit like = fitted(untouched(), Posture::left);
  const BodyEstimate person = somebody();
  BodyEstimate vague = person;
  for (Normal* breadth : {&vague.biacromial_breadth_m, &vague.chest_breadth_m,
                          &vague.waist_breadth_m, &vague.hip_breadth_m}) {
    breadth->sd *= 3.0;
  }
  const Lying lie =
      lying_with(Eigen::VectorXd::Zero(like.unknowns.size()), Posture::left, person, like, nullptr);
  EXPECT_GT(fitted(lie.support, Posture::left, vague).height_sd().mean(),
            1.2 * fitted(lie.support, Posture::left, person).height_sd().mean());
}

TEST(SpineHeight, WithoutContactWhatIsUsualRemains) {
  for (const Posture posture : lying) {
    const SpineHeightFit fit = fitted(untouched(), posture);
    const Eigen::VectorXd usual =
        lying_with(Eigen::VectorXd::Zero(fit.unknowns.size()), posture, somebody(), fit, nullptr)
            .height_m;
    const Eigen::VectorXd height = fit.mean_height(), sd = fit.height_sd();
    const Eigen::VectorXd usual_sd = sd_of_the_usual(fit);
    ASSERT_TRUE(height.allFinite() && sd.allFinite() && fit.root.allFinite());
    for (Eigen::Index k = 0; k <= SpineKnots::s1; k += 6) {
      EXPECT_LT(std::abs(height[k] - usual[k]), 0.3 * usual_sd[k])
          << name_of(posture) << ", knot " << k;
      EXPECT_NEAR(sd[k] / usual_sd[k], 1.0, 0.2) << name_of(posture) << ", knot " << k;
    }
  }
}

TEST(SpineHeight, ABodysWeightTellsOfAMattressThatIsNotAsStated) {
  constexpr double error_scale = 4.0;
  for (const Posture posture : lying) {
    const SpineHeightFit like = fitted(untouched(), posture);
    for (const double stiffer : {-1.5, 1.5}) {
      Eigen::VectorXd truth = Eigen::VectorXd::Zero(like.unknowns.size());
      truth[TrunkUnknowns::mattress_stiffness] = stiffer;
      const Lying lie = lying_with(truth, posture, somebody(), like, nullptr, error_scale);
      const SpineHeightFit fit = fitted(lie.support, posture);
      EXPECT_GT(fit.unknowns[TrunkUnknowns::mattress_stiffness] * stiffer, 0.1)
          << name_of(posture) << ", " << stiffer;
      double of_fit = 0.0, of_map = 0.0;
      for (int k = 8; k <= SpineKnots::s1; ++k) {
        const auto i = static_cast<std::size_t>(k);
        const double sink = lie.support.sink_m[i] - lie.support.error[i][0] * stiffer;
        of_fit += std::abs(fit.sink_m[k] - sink);
        of_map += std::abs(lie.support.sink_m[i] - sink);
      }
      EXPECT_LT(of_fit, 0.9 * of_map) << name_of(posture) << ", " << stiffer;
    }
  }
}

TEST(SpineHeight, TheHeadsLoadTellsOfThePillow) {
  const SpineHeightFit like = fitted(untouched(), Posture::left);
  for (const double higher : {-2.0, 2.0}) {
    Eigen::VectorXd truth = Eigen::VectorXd::Zero(like.unknowns.size());
    truth[TrunkUnknowns::head_height] = higher;
    const Lying lie = lying_with(truth, Posture::left, somebody(), like, nullptr);
    SpineSupport unseen = lie.support;
    unseen.head_load_n = 0.0;
    const auto off = [&](const SpineSupport& support) {
      const SpineHeightFit fit = fitted(support, Posture::left);
      return std::abs(fit.unknowns[TrunkUnknowns::head_height] - higher);
    };
    EXPECT_LT(off(lie.support), off(unseen)) << higher;
  }
}

TEST(SpineHeight, AStretchThatTheMattressDoesNotTouchTellsLittle) {
  const SpineHeightFit like = fitted(untouched(), Posture::left);
  const Lying lie = lying_with(Eigen::VectorXd::Zero(like.unknowns.size()), Posture::left,
                               somebody(), like, nullptr);
  const auto moved_m = [&](bool contact) {
    SpineSupport hollow = lie.support;
    for (std::size_t k = 20; k < 27; ++k) {
      hollow.contact[k] = contact;
      hollow.sink_m[k] -= 0.02;
    }
    return (fitted(hollow, Posture::left).mean_height() - lie.height_m).segment(20, 7).mean();
  };
  EXPECT_GT(moved_m(true), 0.001);
  EXPECT_LT(std::abs(moved_m(false)), 0.2 * moved_m(true));
}

TEST(SpineHeight, ADeeperMapMeansALowerSpine) {
  for (const Posture posture : lying) {
    const SpineHeightFit like = fitted(untouched(), posture);
    Lying lie =
        lying_with(Eigen::VectorXd::Zero(like.unknowns.size()), posture, somebody(), like, nullptr);
    const SpineHeightFit before = fitted(lie.support, posture);
    // Under the pelvis only.
    for (int k = 30; k < SpineKnots::count; ++k) {
      lie.support.sink_m[static_cast<std::size_t>(k)] += 0.012;
    }
    const SpineHeightFit deeper = fitted(lie.support, posture);
    const Eigen::VectorXd by = deeper.mean_height() - before.mean_height();
    EXPECT_LT(by[SpineKnots::s1], -0.003) << name_of(posture);
    EXPECT_GT(by[10], by[SpineKnots::s1]) << name_of(posture);
    EXPECT_GT(deeper.sink_m[SpineKnots::s1], before.sink_m[SpineKnots::s1]) << name_of(posture);
  }
}

TEST(SpineHeight, DrawsScatterAsTheirStandardDeviationsSay) {
  const SpineHeightFit like = fitted(untouched(), Posture::left);
  const Lying lie = lying_with(Eigen::VectorXd::Zero(like.unknowns.size()), Posture::left,
                               somebody(), like, nullptr);
  const SpineHeightFit fit = fitted(lie.support, Posture::left);
  EXPECT_EQ(
      (fitted(lie.support, Posture::left).mean_height() - fit.mean_height()).cwiseAbs().maxCoeff(),
      0.0);
  Random random(4);
  const Eigen::MatrixXd heights = fit.heights(opposite_normals(fit.root.cols(), 2000, random));
  const Eigen::MatrixXd off = heights.colwise() - fit.mean_height();
  const Eigen::VectorXd squares = off.rowwise().squaredNorm();
  const auto draws = static_cast<double>(heights.cols());
  const Eigen::VectorXd sd = fit.height_sd();
  for (Eigen::Index k = 0; k < SpineKnots::count; ++k) {
    EXPECT_NEAR(std::sqrt(squares[k] / draws) / sd[k], 1.0, 0.05);
    EXPECT_LT(std::abs(off.row(k).mean()), 1e-9);
  }
}

TEST(SpineHeight, AnySupportGivesFiniteHeights) {
  Random random(12);
  for (int i = 0; i < 40; ++i) {
    SpineSupport s = untouched();
    for (std::size_t k = 0; k < s.sink_m.size(); ++k) {
      s.sink_m[k] = random.uniform(0.0, random.chance(0.1) ? 0.3 : 0.08);
      s.contact[k] = random.chance(0.6);
      s.error[k] = Eigen::Vector3d(random.uniform(0.0, 0.03), random.normal(0.0, 0.01),
                                   random.uniform(0.0, 0.03));
    }
    s.head_load_n = random.chance(0.5) ? 0.0 : random.uniform(0.0, 400.0);
    const SpineHeightFit fit = fitted(s, lying[i % 3]);
    ASSERT_TRUE(fit.mean_height().allFinite()) << i;
    ASSERT_TRUE(fit.height_sd().allFinite()) << i;
    EXPECT_GT(fit.height_sd().minCoeff(), 0.0) << i;
    EXPECT_LT(fit.mean_height().cwiseAbs().maxCoeff(), 0.8) << i;
  }
}

}  // namespace
}  // namespace matfit
