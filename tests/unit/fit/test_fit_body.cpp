#include "stages/fit/fit_body.hpp"

#include "drawn_body.hpp"
#include "knowledge_for_tests.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <vector>

namespace matfit {
namespace {

BodyFit fitted(const PressureField& field, Posture posture) {
  return fit_body(field, posture, std::nullopt, test::anthropometry());
}

const std::vector<Landmark> all_landmarks = [] {
  std::vector<Landmark> all;
  for (std::size_t i = 0; i < landmark_count; ++i) all.push_back(static_cast<Landmark>(i));
  return all;
}();

Landmark opposite(Landmark l) {
  switch (l) {
    case Landmark::left_shoulder: return Landmark::right_shoulder;
    case Landmark::right_shoulder: return Landmark::left_shoulder;
    case Landmark::left_hip: return Landmark::right_hip;
    case Landmark::right_hip: return Landmark::left_hip;
    case Landmark::left_knee: return Landmark::right_knee;
    case Landmark::right_knee: return Landmark::left_knee;
    case Landmark::left_heel: return Landmark::right_heel;
    case Landmark::right_heel: return Landmark::left_heel;
    default: return l;
  }
}

class EveryPosture : public ::testing::TestWithParam<Posture> {};

// The simulator's pelvis lies between the trochanters, the fitted one at the middle of the load,
// which the buttocks and the iliac crest draw towards the head.
TEST_P(EveryPosture, FindsHeadAndPelvisOfASimulatedSleeper) {
  const SimulatedLie lie = test::plain_lie(GetParam());
  const BodyFit fit = fitted(test::mat_view(lie, 3), GetParam());
  EXPECT_EQ(fit.status, FitStatus::converged);
  for (const Landmark l : {Landmark::head, Landmark::pelvis}) {
    ASSERT_TRUE(fit.at(l).has_value()) << name_of(l);
    const Eigen::Vector2d miss =
        fit.at(l)->position_m - lie.truth.landmarks_m[static_cast<std::size_t>(l)];
    EXPECT_LT(miss.norm(), l == Landmark::head ? 0.03 : 0.10) << name_of(l);
  }
}

TEST_P(EveryPosture, MirroringTheMatSwapsLeftAndRight) {
  const PressureField field = test::mat_view(test::plain_lie(GetParam()), 5);
  const BodyFit fit = fitted(field, GetParam());
  const BodyFit other = fitted(test::mirrored(field), mirrored(GetParam()));
  for (const Landmark l : all_landmarks) {
    ASSERT_EQ(fit.at(l).has_value(), other.at(opposite(l)).has_value()) << name_of(l);
    if (!fit.at(l)) continue;
    const Eigen::Vector2d p = fit.at(l)->position_m;
    const Eigen::Vector2d q = other.at(opposite(l))->position_m;
    EXPECT_NEAR(p.x(), field.geometry.width_m() - q.x(), 0.002) << name_of(l);
    EXPECT_NEAR(p.y(), q.y(), 0.002) << name_of(l);
  }
}

TEST_P(EveryPosture, ShiftingTheLoadByWholeCellsShiftsTheLandmarks) {
  const PressureField field = test::mat_view(test::plain_lie(GetParam()), 7);
  constexpr int cells = 2;
  PressureField moved = field;
  moved.pressure_pa.setZero();
  moved.pressure_pa.rightCols(field.geometry.cols - cells) =
      field.pressure_pa.leftCols(field.geometry.cols - cells);
  const BodyFit here = fitted(field, GetParam());
  const BodyFit there = fitted(moved, GetParam());
  for (const Landmark l : {Landmark::head, Landmark::lumbar, Landmark::pelvis}) {
    ASSERT_TRUE(here.at(l) && there.at(l)) << name_of(l);
    const Eigen::Vector2d step = there.at(l)->position_m - here.at(l)->position_m;
    EXPECT_NEAR(step.x(), cells * field.geometry.col_pitch_m, 0.004) << name_of(l);
    EXPECT_NEAR(step.y(), 0.0, 0.004) << name_of(l);
  }
}

TEST_P(EveryPosture, TheAnswerDoesNotDependOnHowTheMatIsStored) {
  const PressureField body_frame = test::mat_view(test::plain_lie(GetParam()), 9);
  const BodyFit expected = fitted(body_frame, GetParam());
  for (const Orientation stored : {Orientation{HeadEnd::last_row, View::above, false, 1.0},
                                   Orientation{HeadEnd::first_row, View::below, false, 1.0},
                                   Orientation{HeadEnd::first_col, View::above, false, 1.0}}) {
    PressureField field = body_frame;
    field.orientation = stored;
    field.pressure_pa = recording_from_canonical(body_frame.pressure_pa, stored);
    field.sd_pa = recording_from_canonical(body_frame.sd_pa, stored);
    field.repaired.setConstant(field.pressure_pa.rows(), field.pressure_pa.cols(), false);
    field.geometry = canonical_geometry(body_frame.geometry, stored);
    const BodyFit fit = fitted(field, GetParam());
    for (const Landmark l : all_landmarks) {
      ASSERT_EQ(fit.at(l).has_value(), expected.at(l).has_value()) << name_of(l);
      if (!fit.at(l)) continue;
      const Eigen::Vector2d p =
          canonical_from_recording(fit.at(l)->position_m, field.geometry, stored);
      EXPECT_LT((p - expected.at(l)->position_m).norm(), 1e-6) << name_of(l);
    }
  }
}

TEST_P(EveryPosture, TheScaleOfThePressureDoesNotMatter) {
  PressureField field = test::mat_view(test::plain_lie(GetParam()), 11);
  const BodyFit one = fitted(field, GetParam());
  field.pressure_pa *= 37.0;
  const BodyFit other = fitted(field, GetParam());
  for (const Landmark l : all_landmarks) {
    ASSERT_EQ(one.at(l).has_value(), other.at(l).has_value());
    if (one.at(l)) {
      EXPECT_LT((one.at(l)->position_m - other.at(l)->position_m).norm(), 1e-4);
    }
  }
}

// A mat's reading over pressure: any curve that rises, without stating which.
const std::vector<double (*)(double)> responses = {
    [](double p) { return std::sqrt(p); }, [](double p) { return std::pow(p, 0.6); },
    [](double p) { return p * p; }, [](double p) { return std::log1p(p / 2000.0); },
    [](double p) { return p / (p + 3000.0); }};

TEST_P(EveryPosture, TheResponseOfTheMatDoesNotMatter) {
  const PressureField linear = test::mat_view(test::plain_lie(GetParam()), 19);
  const BodyFit expected = fitted(linear, GetParam());
  for (std::size_t i = 0; i < responses.size(); ++i) {
    PressureField bent = linear;
    bent.pressure_pa = linear.pressure_pa.unaryExpr(responses[i]);
    const BodyFit fit = fitted(bent, GetParam());
    for (const Landmark l : all_landmarks) {
      ASSERT_EQ(fit.at(l).has_value(), expected.at(l).has_value()) << name_of(l) << " " << i;
      if (!fit.at(l)) continue;
      EXPECT_LT((fit.at(l)->position_m - expected.at(l)->position_m).norm(), 1e-6)
          << name_of(l) << " " << i;
    }
  }
}

// Cells finer than body parts are averaged before they are put in order, so that a bend remains.
TEST_P(EveryPosture, TheResponseOfAFineMatMattersByAFewMillimetres) {
  const SimulatedLie lie = lie_down(average_body(Sex::male, 1.76, 76.0), plain_pose(GetParam()),
                                    typical_mattress(Firmness::medium), {192, 84, 0.01, 0.01});
  const PressureField linear = test::mat_view(lie, 21);
  PressureField bent = linear;
  bent.pressure_pa = linear.pressure_pa.sqrt();
  const BodyFit expected = fitted(linear, GetParam());
  const BodyFit fit = fitted(bent, GetParam());
  for (const Landmark l : {Landmark::head, Landmark::lumbar, Landmark::pelvis}) {
    ASSERT_TRUE(fit.at(l) && expected.at(l)) << name_of(l);
    EXPECT_LT((fit.at(l)->position_m - expected.at(l)->position_m).norm(), 0.01) << name_of(l);
  }
}

INSTANTIATE_TEST_SUITE_P(FitBody, EveryPosture,
                         ::testing::Values(Posture::supine, Posture::prone, Posture::left,
                                           Posture::right),
                         [](const auto& p) { return std::string(name_of(p.param)); });

TEST(FitBody, LeftAndRightAreThePersonsOwn) {
  const BodyFit supine =
      fitted(test::mat_view(test::plain_lie(Posture::supine), 1), Posture::supine);
  ASSERT_TRUE(supine.at(Landmark::left_shoulder) && supine.at(Landmark::right_shoulder));
  EXPECT_GT(supine.at(Landmark::left_shoulder)->position_m.x(),
            supine.at(Landmark::right_shoulder)->position_m.x());
  const BodyFit prone = fitted(test::mat_view(test::plain_lie(Posture::prone), 1), Posture::prone);
  ASSERT_TRUE(prone.at(Landmark::left_hip) && prone.at(Landmark::right_hip));
  EXPECT_LT(prone.at(Landmark::left_hip)->position_m.x(),
            prone.at(Landmark::right_hip)->position_m.x());
  const BodyFit left = fitted(test::mat_view(test::plain_lie(Posture::left), 1), Posture::left);
  EXPECT_TRUE(left.at(Landmark::left_shoulder));
  EXPECT_FALSE(left.at(Landmark::right_shoulder));
}

TEST(FitBody, OneHotCellMovesNothingMuch) {
  PressureField field = test::mat_view(test::plain_lie(Posture::supine), 13);
  const BodyFit clean = fitted(field, Posture::supine);
  field.pressure_pa(30, 3) = 50.0 * field.pressure_pa.maxCoeff();
  const BodyFit hot = fitted(field, Posture::supine);
  for (const Landmark l : {Landmark::head, Landmark::pelvis, Landmark::lumbar}) {
    EXPECT_LT((clean.at(l)->position_m - hot.at(l)->position_m).norm(), 0.01) << name_of(l);
  }
}

// A wedge behind the back bears about as much as the waist does, over as long as the trunk. It
// touches the buttocks, whose peak it widens.
TEST(FitBody, AWedgeBehindTheBackDrawsNoLandmarkToIt) {
  const SimulatedLie lie = test::plain_lie(Posture::right, 4);
  PressureField field = test::mat_view(lie, 21);
  const BodyFit flat = fitted(field, Posture::right);
  const double usual = (field.pressure_pa > 300.0).select(field.pressure_pa, 0.0).sum() /
                       static_cast<double>((field.pressure_pa > 300.0).count());
  const Eigen::Vector2d hip = lie.truth.landmarks_m[static_cast<std::size_t>(Landmark::right_hip)];
  const Eigen::Vector2d shoulder =
      lie.truth.landmarks_m[static_cast<std::size_t>(Landmark::right_shoulder)];
  // It faces low columns; its back begins some 10 cm behind the line from shoulder to hip.
  for (Eigen::Index r = static_cast<Eigen::Index>(shoulder.y() / 0.028);
       r < static_cast<Eigen::Index>(hip.y() / 0.028) + 4; ++r) {
    for (Eigen::Index c = static_cast<Eigen::Index>((hip.x() + 0.10) / 0.028); c < 30; ++c) {
      field.pressure_pa(r, c) += 0.6 * usual;
    }
  }
  const BodyFit leaning = fitted(field, Posture::right);
  for (const Landmark l : {Landmark::head, Landmark::right_shoulder, Landmark::lumbar,
                           Landmark::right_hip, Landmark::right_knee}) {
    ASSERT_TRUE(flat.at(l) && leaning.at(l)) << name_of(l);
    const Eigen::Vector2d moved = leaning.at(l)->position_m - flat.at(l)->position_m;
    EXPECT_LT(moved.norm(), l == Landmark::right_hip ? 0.04 : 0.025) << name_of(l);
  }
}

TEST(FitBody, AHeadBeyondTheMatIsNotInvented) {
  const PressureField whole = test::mat_view(test::plain_lie(Posture::supine), 15);
  PressureField cut = whole;
  constexpr int rows = 11;  // the head and neck hang over the end
  cut.geometry.rows -= rows;
  cut.pressure_pa = whole.pressure_pa.bottomRows(cut.geometry.rows).eval();
  cut.sd_pa = whole.sd_pa.bottomRows(cut.geometry.rows).eval();
  cut.repaired = whole.repaired.bottomRows(cut.geometry.rows).eval();
  const BodyFit fit = fitted(cut, Posture::supine);
  EXPECT_FALSE(fit.at(Landmark::head));
  EXPECT_TRUE(fit.at(Landmark::pelvis));
}

TEST(FitBody, CoarseAndFineMatsAgree) {
  const SleeperBody body = average_body(Sex::male, 1.76, 76.0);
  const MattressModel mattress = typical_mattress(Firmness::medium);
  for (const MatGeometry g :
       {MatGeometry{30, 11, 0.065, 0.075}, MatGeometry{192, 84, 0.01, 0.01}}) {
    const SimulatedLie lie = lie_down(body, plain_pose(Posture::supine), mattress, g);
    const BodyFit fit = fitted(test::mat_view(lie, 17), Posture::supine);
    ASSERT_TRUE(fit.at(Landmark::pelvis) && fit.at(Landmark::head)) << g.rows;
    const auto truth = [&](Landmark l) {
      return lie.truth.landmarks_m[static_cast<std::size_t>(l)];
    };
    EXPECT_LT((fit.at(Landmark::pelvis)->position_m - truth(Landmark::pelvis)).norm(), 0.10);
    EXPECT_LT((fit.at(Landmark::head)->position_m - truth(Landmark::head)).norm(), 0.06);
  }
}

TEST(FitBody, NobodyLyingGivesNoLandmark) {
  const PressureField field = test::mat_view(test::plain_lie(Posture::supine), 1);
  for (const Posture p : {Posture::unknown, Posture::empty, Posture::sitting}) {
    const BodyFit fit = fitted(field, p);
    EXPECT_EQ(fit.status, FitStatus::unknown_posture);
    for (const Landmark l : all_landmarks) EXPECT_FALSE(fit.at(l));
  }
}

TEST(FitBody, AnEmptyMatHasTooLittleContact) {
  PressureField field = test::mat_view(test::plain_lie(Posture::supine), 1);
  field.pressure_pa.setZero();
  EXPECT_EQ(fitted(field, Posture::supine).status, FitStatus::too_little_contact);
}

TEST(FitBody, ArraysOfAnotherShapeAreRefused) {
  PressureField field = test::mat_view(test::plain_lie(Posture::supine), 1);
  field.geometry.rows += 1;
  EXPECT_THROW(fitted(field, Posture::supine), std::invalid_argument);
}

}  // namespace
}  // namespace matfit
