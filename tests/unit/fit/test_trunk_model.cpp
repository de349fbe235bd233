#include "stages/fit/trunk_linearization.hpp"

#include "knowledge_for_tests.hpp"
#include "numeric/random.hpp"
#include "types/units.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace matfit {
namespace {

constexpr Posture lying[] = {Posture::supine, Posture::prone, Posture::left};

const Anthropometry& known() { return test::anthropometry(); }
const MattressPresets& presets() { return test::mattress_presets(); }

Subject somebody(Sex sex, double stature_m, double mass_kg) {
  Subject s;
  s.sex = sex;
  s.stature_m = stature_m;
  s.mass_kg = mass_kg;
  return s;
}

Subject usual_man() { return somebody(Sex::male, 1.76, 76.0); }

MattressResponse of_firmness(double firmness, double thickness_m = 0.18) {
  Mattress m;
  m.firmness = firmness;
  m.thickness_m = thickness_m;
  return *mattress_response(m, presets());
}

Eigen::VectorXd usual() { return Eigen::VectorXd::Zero(TrunkUnknowns::count); }

Eigen::VectorXd only(TrunkUnknowns::Index i, double value) {
  Eigen::VectorXd u = usual();
  u[i] = value;
  return u;
}

TrunkModel model_of(Posture posture, const MattressResponse& mattress,
                    const Eigen::VectorXd& unknowns = usual(), const Subject& who = usual_man(),
                    std::optional<double> pillow_m = 0.08) {
  const BodyEstimate person = body_estimate(who, known());
  const SkinStations stations = skin_stations(posture, person, known(), presets());
  return matfit::model_of({posture, person, stations, known(), mattress, presets(), pillow_m},
                          unknowns);
}

// What the mattress does to every node, upwards.
Eigen::VectorXd support_n(TrunkModel model, const Eigen::VectorXd& rise_m) {
  model.weight_n.setZero();
  model.bending_n_per_m.setZero();
  model.preload_n.setZero();
  return unbalanced_n(model, rise_m);
}

// Places along the body of all nodes: the head's is where a tilt of the whole body bends nothing,
// and the lower shoulder lies beside its root.
Eigen::VectorXd places_m(const TrunkModel& model) {
  const Eigen::MatrixXd& k = model.bending_n_per_m;
  const Eigen::Index n = model.trunk_nodes();
  Eigen::VectorXd along = Eigen::VectorXd::Zero(model.weight_n.size());
  along.head(n) = model.along_m;
  for (Eigen::Index i = n; i < along.size(); ++i) {
    along[i] = -k.row(i).head(n).dot(model.along_m) / k(i, i);
  }
  return along;
}

// Share of the whole support that nodes from that to that share of the trunk's length carry.
double load_share(const TrunkModel& model, const Eigen::VectorXd& rise_m, double from, double to) {
  const Eigen::VectorXd support = support_n(model, rise_m);
  const double length = model.along_m[model.trunk_nodes() - 1];
  double sum = 0.0;
  for (Eigen::Index i = 0; i < model.trunk_nodes(); ++i) {
    const double share = model.along_m[i] / length;
    if (share >= from && share <= to) sum += support[i];
  }
  return sum / support.sum();
}

double mean_rise_m(const TrunkModel& model, const TrunkRest& rest, double from, double to) {
  const double length = model.along_m[model.trunk_nodes() - 1];
  double sum = 0.0, count = 0.0;
  for (Eigen::Index i = 0; i < model.trunk_nodes(); ++i) {
    const double share = model.along_m[i] / length;
    if (share < from || share > to) continue;
    sum += rest.rise_m[i];
    count += 1.0;
  }
  return sum / count;
}

// Heights of the pelvis over the thorax, by the trunk's nodes.
double pelvis_over_thorax_m(const TrunkModel& model, const TrunkRest& rest) {
  return mean_rise_m(model, rest, 0.8, 1.0) - mean_rise_m(model, rest, 0.2, 0.45);
}

TEST(TrunkModel, HangsTheTrunkTheHeadAndPartOfTheLimbs) {
  for (const Posture posture : lying) {
    const BodyEstimate person = body_estimate(usual_man(), known());
    const SegmentMassShare& m = person.mass_share;
    const TrunkModel model = model_of(posture, of_firmness(5));
    const double kg = model.weight_n.sum() / standard_gravity_m_per_s2;
    const double least = m.head + m.upper_trunk + m.middle_trunk + m.lower_trunk;
    const double most = least + 2.0 * (m.upper_arm + m.forearm + m.hand + m.thigh);
    EXPECT_GT(kg, least * 76.0 * 1.02);
    EXPECT_LT(kg, most * 76.0);
    EXPECT_NEAR(model.weight_n[model.head_node()], m.head * 76.0 * standard_gravity_m_per_s2, 1e-9);
    EXPECT_GE(model.weight_n.minCoeff(), 0.0);
  }
}

TEST(TrunkModel, MovingOrTiltingTheWholeBodyBendsNothing) {
  for (const Posture posture : lying) {
    const TrunkModel model = model_of(posture, of_firmness(5));
    const Eigen::MatrixXd& k = model.bending_n_per_m;
    const double scale = k.cwiseAbs().maxCoeff();
    EXPECT_LT((k - k.transpose()).cwiseAbs().maxCoeff(), 1e-12 * scale);
    EXPECT_LT((k * Eigen::VectorXd::Ones(k.rows())).cwiseAbs().maxCoeff(), 1e-9 * scale);
    const Eigen::VectorXd along = places_m(model);
    EXPECT_LT((k * along).cwiseAbs().maxCoeff(), 1e-9 * scale);
    EXPECT_LT(along[model.head_node()], -0.08);
    EXPECT_GT(along[model.head_node()], -0.25);
    Random random(3);
    for (int i = 0; i < 20; ++i) {
      Eigen::VectorXd bent(k.rows());
      for (double& v : bent) v = random.normal();
      EXPECT_GT(bent.dot(k * bent), 0.0);
    }
  }
}

TEST(TrunkModel, AtRestForcesAndMomentsBalance) {
  for (const Posture posture : lying) {
    for (const double firmness : {2.0, 5.0, 9.0}) {
      const TrunkModel model = model_of(posture, of_firmness(firmness));
      const TrunkRest rest = trunk_at_rest(model);
      ASSERT_TRUE(rest.converged);
      const Eigen::VectorXd support = support_n(model, rest.rise_m);
      const double weight = model.weight_n.sum();
      EXPECT_NEAR(support.sum(), weight, 1e-3 * weight);
      const Eigen::VectorXd along = places_m(model);
      EXPECT_NEAR(support.dot(along), model.weight_n.dot(along), 1e-3 * weight * 0.7);
      EXPECT_LT(unbalanced_n(model, rest.rise_m).cwiseAbs().maxCoeff(), 0.01);
    }
  }
}

TEST(TrunkModel, ABodyTooHighHasNoSupportAndOneTooDeepIsPushedUp) {
  const TrunkModel model = model_of(Posture::left, of_firmness(5));
  const Eigen::Index n = model.weight_n.size();
  EXPECT_LT((unbalanced_n(model, Eigen::VectorXd::Constant(n, 1.0)) + model.weight_n)
                .cwiseAbs()
                .maxCoeff(),
            1e-6);
  const TrunkRest rest = trunk_at_rest(model);
  const Eigen::VectorXd deeper = rest.rise_m.array() - 0.02;
  EXPECT_GT(unbalanced_n(model, deeper).sum(), 0.1 * model.weight_n.sum());
}

TEST(TrunkModel, StiffnessIsTheSlopeOfTheForces) {
  for (const Posture posture : lying) {
    const TrunkModel model = model_of(posture, of_firmness(4));
    // Off the entries of the sections' tables, where slopes jump.
    Eigen::VectorXd rise = trunk_at_rest(model).rise_m;
    for (const TrunkModel::Rest& r : model.rests) {
      const double place = -(rise[r.node] + r.skin_m) / 0.01;
      if (std::abs(place - std::round(place)) < 0.05) rise[r.node] += 0.0012;
    }
    TrunkRest state;
    unbalanced_n(model, rise, &state);
    constexpr double h = 1e-6;
    constexpr double tolerance_n_per_m = 1.0;
    for (Eigen::Index j = 0; j < rise.size(); ++j) {
      Eigen::VectorXd up = rise, down = rise;
      up[j] += h;
      down[j] -= h;
      TrunkRest above, below;
      const Eigen::VectorXd slope =
          (unbalanced_n(model, down, &below) - unbalanced_n(model, up, &above)) / (2.0 * h);
      EXPECT_LT((state.stiffness.col(j) - slope).cwiseAbs().maxCoeff(), tolerance_n_per_m)
          << name_of(posture) << ", node " << j;
      if (j < model.trunk_nodes()) {
        EXPECT_NEAR(state.sink_slope[j], (below.sink_m[j] - above.sink_m[j]) / (2.0 * h), 1e-4);
      }
      if (j == model.head_node()) {
        EXPECT_NEAR(state.head_stiffness_n_per_m,
                    (below.head_load_n - above.head_load_n) / (2.0 * h), tolerance_n_per_m);
      }
    }
  }
}

TEST(TrunkModel, RestIsTheSameFromAnyStart) {
  for (const Posture posture : lying) {
    const TrunkModel model = model_of(posture, of_firmness(5));
    const TrunkRest rest = trunk_at_rest(model);
    Random random(9);
    for (int i = 0; i < 5; ++i) {
      Eigen::VectorXd start = rest.rise_m;
      for (double& v : start) v += random.normal(0.0, 0.03);
      const TrunkRest again = trunk_at_rest(model, &start);
      EXPECT_TRUE(again.converged);
      EXPECT_LT((again.rise_m - rest.rise_m).cwiseAbs().maxCoeff(), 2e-5) << name_of(posture);
    }
  }
}

TEST(TrunkModel, ASofterMattressLetsEveryPartOfTheTrunkSinkDeeper) {
  for (const Posture posture : lying) {
    TrunkRest before;
    for (const double firmness : {9.0, 6.0, 3.0, 1.0}) {
      const TrunkModel model = model_of(posture, of_firmness(firmness));
      const TrunkRest rest = trunk_at_rest(model);
      ASSERT_TRUE(rest.converged);
      if (before.converged) {
        for (Eigen::Index k = 0; k < model.trunk_nodes(); ++k) {
          const double share = model.along_m[k] / model.along_m[model.trunk_nodes() - 1];
          // The neck hangs between shoulders and pillow.
          if (share < 0.15) continue;
          EXPECT_LT(rest.rise_m[k], before.rise_m[k])
              << name_of(posture) << ", firmness " << firmness << ", node " << k;
          EXPECT_GE(rest.sink_m[k], before.sink_m[k])
              << name_of(posture) << ", firmness " << firmness << ", node " << k;
        }
      }
      before = rest;
    }
  }
}

TEST(TrunkModel, AHeavierPelvisSinksAgainstTheThoraxOnTheSide) {
  for (const double firmness : {2.0, 5.0}) {
    const auto step = [&](double heavier) {
      const TrunkModel model =
          model_of(Posture::left, of_firmness(firmness), only(TrunkUnknowns::lower_mass, heavier));
      return pelvis_over_thorax_m(model, trunk_at_rest(model));
    };
    EXPECT_LT(step(3.0), step(0.0) - 1e-4);
    EXPECT_LT(step(0.0), step(-3.0) - 1e-4);
  }
}

TEST(TrunkModel, AHardMattressLeavesASlimWaistLessLoadedOnTheSide) {
  for (const Sex sex : {Sex::female, Sex::male}) {
    Subject who = somebody(sex, 1.70, 65.0);
    who.waist_breadth_m = 0.23;
    who.hip_breadth_m = 0.36;
    const HeightFraction& at = body_estimate(who, known()).height;
    const double waist = (at.c7.mean - at.waist.mean) / (at.c7.mean - at.crotch.mean);
    const auto share = [&](double stiffness) {
      const TrunkModel model =
          model_of(Posture::left, of_firmness(5).varied(stiffness, 1.0), usual(), who);
      return load_share(model, trunk_at_rest(model).rise_m, waist - 0.08, waist + 0.08);
    };
    EXPECT_LT(share(2.0), share(1.0));
    EXPECT_LT(share(4.0), share(2.0));
    EXPECT_LT(share(8.0), 0.7 * share(1.0));
  }
}

TEST(TrunkModel, TheMattressPushesAndNeverPulls) {
  for (const Posture posture : lying) {
    for (const double firmness : {2.0, 5.0, 9.0}) {
      const TrunkModel model = model_of(posture, of_firmness(firmness));
      const Eigen::VectorXd support = support_n(model, trunk_at_rest(model).rise_m);
      EXPECT_GE(support.minCoeff(), -0.002 * model.weight_n.sum())
          << name_of(posture) << ", firmness " << firmness;
    }
  }
}

TEST(TrunkModel, BroaderHipsLiftThePelvis) {
  const auto pelvis = [&](double broader) {
    const TrunkModel model =
        model_of(Posture::left, of_firmness(5), only(TrunkUnknowns::skin_at_hip, broader));
    return pelvis_over_thorax_m(model, trunk_at_rest(model));
  };
  EXPECT_GT(pelvis(1.0), pelvis(0.0) + 0.001);
  EXPECT_GT(pelvis(0.0), pelvis(-1.0) + 0.001);
}

TEST(TrunkModel, AStifferTrunkBendsLess) {
  const auto bend = [&](double stiffer) {
    Eigen::VectorXd u = usual();
    u[TrunkUnknowns::lumbar_stiffness] = u[TrunkUnknowns::thorax_stiffness] = stiffer;
    const TrunkModel model = model_of(Posture::left, of_firmness(2), u);
    const Eigen::VectorXd z = trunk_at_rest(model).rise_m.head(model.trunk_nodes());
    double sum = 0.0;
    for (Eigen::Index k = 2; k + 2 < z.size(); ++k) {
      sum += std::pow(z[k - 1] - 2.0 * z[k] + z[k + 1], 2);
    }
    return sum;
  };
  EXPECT_LT(bend(2.0), bend(0.0));
  EXPECT_LT(bend(0.0), bend(-2.0));
}

TEST(TrunkModel, AHigherPillowLiftsTheHeadAndTheNeckWithIt) {
  const auto top = [&](double pillow_m) {
    const TrunkModel model =
        model_of(Posture::left, of_firmness(5), usual(), usual_man(), pillow_m);
    const TrunkRest rest = trunk_at_rest(model);
    EXPECT_GT(rest.head_load_n, 0.0);
    return Eigen::Vector2d(rest.rise_m[model.head_node()], rest.rise_m[0]);
  };
  const Eigen::Vector2d low = top(0.04), high = top(0.14);
  EXPECT_GT(high[0], low[0] + 0.02);
  EXPECT_GT(high[1], low[1] + 0.002);
}

TEST(TrunkModel, LeftIsRight) {
  const TrunkModel left = model_of(Posture::left, of_firmness(4));
  const TrunkModel right = model_of(Posture::right, of_firmness(4));
  EXPECT_EQ((trunk_at_rest(left).rise_m - trunk_at_rest(right).rise_m).cwiseAbs().maxCoeff(), 0.0);
}

class TrunkOfAnyone : public ::testing::TestWithParam<Posture> {};

TEST_P(TrunkOfAnyone, ComesToRestOnAnyMattress) {
  for (const Sex sex : {Sex::female, Sex::male}) {
    for (const double stature_m : {1.5, 1.65, 1.8, 2.0}) {
      for (const double mass_kg : {45.0, 70.0, 100.0, 140.0}) {
        for (const double thickness_m : {0.08, 0.15, 0.3}) {
          for (const double firmness : {1.0, 4.0, 10.0}) {
            const TrunkModel model = model_of(GetParam(), of_firmness(firmness, thickness_m),
                                              usual(), somebody(sex, stature_m, mass_kg));
            const TrunkRest rest = trunk_at_rest(model);
            const auto who = [&] {
              return std::to_string(stature_m) + " m, " + std::to_string(mass_kg) + " kg, " +
                     std::to_string(thickness_m) + " m thick, firmness " + std::to_string(firmness);
            };
            ASSERT_TRUE(rest.rise_m.allFinite()) << who();
            EXPECT_TRUE(rest.converged) << who();
            EXPECT_NEAR(support_n(model, rest.rise_m).sum(), model.weight_n.sum(),
                        1e-3 * model.weight_n.sum())
                << who();
          }
        }
      }
    }
  }
}

TEST_P(TrunkOfAnyone, NeverSinksThroughTheMattress) {
  for (const double thickness_m : {0.08, 0.15, 0.2, 0.3}) {
    for (const double mass_kg : {70.0, 140.0}) {
      const TrunkModel model = model_of(GetParam(), of_firmness(1.0, thickness_m), usual(),
                                        somebody(Sex::male, 1.65, mass_kg));
      EXPECT_LE(trunk_at_rest(model).sink_m.maxCoeff(), thickness_m) << mass_kg << " kg";
    }
  }
}

TEST_P(TrunkOfAnyone, ComesToRestWhateverIsUnknown) {
  Random random(17);
  for (int i = 0; i < 150; ++i) {
    Eigen::VectorXd u = usual();
    for (double& v : u) v = std::clamp(random.normal(), -3.0, 3.0);
    const TrunkModel model =
        model_of(GetParam(), of_firmness(random.uniform(1.0, 10.0)), u,
                 somebody(random.chance(0.5) ? Sex::male : Sex::female, random.uniform(1.5, 2.0),
                          random.uniform(50.0, 110.0)));
    EXPECT_TRUE(trunk_at_rest(model).converged) << "draw " << i;
  }
}

INSTANTIATE_TEST_SUITE_P(EveryPosture, TrunkOfAnyone, ::testing::ValuesIn(lying),
                         [](const auto& posture) { return std::string(name_of(posture.param)); });

}  // namespace
}  // namespace matfit
