#include "stages/fit/spine_stations.hpp"

#include "knowledge_for_tests.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

constexpr Posture lying[] = {Posture::supine, Posture::prone, Posture::left, Posture::right};

Subject stated(Sex sex, double stature_m, double mass_kg) {
  Subject s;
  s.sex = sex;
  s.stature_m = stature_m;
  s.mass_kg = mass_kg;
  return s;
}

SkinStations stations_of(Posture posture, const Subject& subject) {
  return skin_stations(posture, body_estimate(subject, test::anthropometry()),
                       test::anthropometry(), test::mattress_presets());
}

Subject usual_man() { return stated(Sex::male, 1.76, 76.0); }

TEST(SkinStations, RunFromTheShouldersDown) {
  for (const Posture posture : lying) {
    const SkinStations s = stations_of(posture, usual_man());
    for (std::size_t i = 1; i < SkinStations::count; ++i) {
      EXPECT_LT(s.station[i].height_fraction, s.station[i - 1].height_fraction);
    }
  }
}

TEST(SkinStations, WeightsAreSharesThatSumToOne) {
  const SkinStations s = stations_of(Posture::left, usual_man());
  for (double fraction = 0.3; fraction < 1.0; fraction += 0.003) {
    const Eigen::VectorXd w = s.weights(fraction);
    EXPECT_NEAR(w.sum(), 1.0, 1e-12);
    EXPECT_GE(w.minCoeff(), 0.0);
    EXPECT_LE((w.array() > 0.0).count(), 2);
  }
}

TEST(SkinStations, GoThroughTheStationsAreSmoothBetweenAndConstantBeyond) {
  for (const Posture posture : lying) {
    const SkinStations s = stations_of(posture, usual_man());
    for (const SkinStation& station : s.station) {
      EXPECT_NEAR(s.spine_over_skin_m(station.height_fraction), station.spine_over_skin_m.mean,
                  1e-12);
      EXPECT_NEAR(s.tissue(station.height_fraction).thickness_m, station.tissue.thickness_m, 1e-12);
    }
    const double middle = 0.5 * (s.station[1].height_fraction + s.station[2].height_fraction);
    EXPECT_NEAR(s.spine_over_skin_m(middle),
                0.5 * (s.station[1].spine_over_skin_m.mean + s.station[2].spine_over_skin_m.mean),
                1e-12);
    EXPECT_DOUBLE_EQ(s.spine_over_skin_m(0.95), s.station.front().spine_over_skin_m.mean);
    EXPECT_DOUBLE_EQ(s.spine_over_skin_m(0.30), s.station.back().spine_over_skin_m.mean);
  }
}

TEST(SkinStations, AModeIsAStationsSpreadThereAndNothingAtItsNeighbours) {
  for (const Posture posture : lying) {
    const SkinStations s = stations_of(posture, usual_man());
    for (std::size_t i = 0; i < SkinStations::count; ++i) {
      const Eigen::VectorXd modes = s.modes_m(s.station[i].height_fraction);
      ASSERT_EQ(modes.size(), static_cast<Eigen::Index>(SkinStations::count));
      for (std::size_t j = 0; j < SkinStations::count; ++j) {
        EXPECT_NEAR(modes[static_cast<Eigen::Index>(j)],
                    i == j ? s.station[i].spine_over_skin_m.sd : 0.0, 1e-12);
      }
    }
  }
}

TEST(SkinStations, MeasuredBreadthsMakeTheSideSurer) {
  const SkinStations guessed = stations_of(Posture::left, usual_man());
  Subject tape = usual_man();
  tape.shoulder_breadth_m = 0.41;
  tape.waist_breadth_m = 0.30;
  tape.hip_breadth_m = 0.35;
  const SkinStations measured = stations_of(Posture::left, tape);
  for (const std::size_t i : {0u, 3u, 4u}) {
    EXPECT_LT(measured.station[i].spine_over_skin_m.sd, guessed.station[i].spine_over_skin_m.sd);
  }
  EXPECT_GT(measured.station[4].spine_over_skin_m.mean, guessed.station[4].spine_over_skin_m.mean)
      << "broader hips than usual";
  const SkinStations nobody =
      skin_stations(Posture::left, body_estimate(std::nullopt, test::anthropometry()),
                    test::anthropometry(), test::mattress_presets());
  for (std::size_t i = 1; i < SkinStations::count; ++i) {
    EXPECT_GT(nobody.station[i].spine_over_skin_m.sd, guessed.station[i].spine_over_skin_m.sd);
  }
}

TEST(SkinStations, StouterPeopleHaveMoreBetweenSpineAndSkin) {
  for (const Sex sex : {Sex::female, Sex::male}) {
    for (const Posture posture : lying) {
      const SkinStations slim = stations_of(posture, stated(sex, 1.70, 55.0));
      const SkinStations stout = stations_of(posture, stated(sex, 1.70, 110.0));
      for (const std::size_t i : {2u, 3u, 4u}) {
        EXPECT_GT(stout.station[i].spine_over_skin_m.mean, slim.station[i].spine_over_skin_m.mean)
            << name_of(posture) << ", station " << i;
      }
    }
  }
}

TEST(SkinStations, ShouldersAndHipsReachFurtherThanTheWaistOnTheSideAndTheBellyInFrontOfTheBack) {
  const SkinStations side = stations_of(Posture::left, usual_man());
  EXPECT_GT(side.station[4].spine_over_skin_m.mean, side.station[3].spine_over_skin_m.mean);
  EXPECT_GT(side.station[0].spine_over_skin_m.mean, side.station[3].spine_over_skin_m.mean);
  const SkinStations back = stations_of(Posture::supine, usual_man());
  const SkinStations front = stations_of(Posture::prone, usual_man());
  for (std::size_t i = 0; i < SkinStations::count; ++i) {
    EXPECT_GT(front.station[i].spine_over_skin_m.mean, back.station[i].spine_over_skin_m.mean);
  }
}

TEST(SkinStations, LeftIsRight) {
  const SkinStations left = stations_of(Posture::left, usual_man());
  const SkinStations right = stations_of(Posture::right, usual_man());
  for (std::size_t i = 0; i < SkinStations::count; ++i) {
    EXPECT_DOUBLE_EQ(left.station[i].spine_over_skin_m.mean,
                     right.station[i].spine_over_skin_m.mean);
    EXPECT_DOUBLE_EQ(left.station[i].tissue.thickness_m, right.station[i].tissue.thickness_m);
  }
}

TEST(SkinStations, FleshGivesWayUnderPressureByTheTissueThere) {
  const SkinStations s = stations_of(Posture::left, usual_man());
  for (const SkinStation& station : s.station) {
    const double there = s.tissue_compression_m(station.height_fraction, 4000.0);
    EXPECT_NEAR(there, tissue_compression_m(station.tissue, 4000.0), 1e-12);
    EXPECT_GT(there, 0.0);
    EXPECT_LT(there, station.tissue.thickness_m);
  }
}

}  // namespace
}  // namespace matfit
