#include "stages/fit/trunk_axis.hpp"

#include "knowledge_for_tests.hpp"

#include <gtest/gtest.h>
#include <Eigen/Geometry>

#include <array>
#include <cmath>
#include <functional>

namespace matfit {
namespace {

constexpr Posture lying[] = {Posture::supine, Posture::prone, Posture::left, Posture::right};
constexpr double stature_m = 1.74;

const Anthropometry& known() { return test::anthropometry(); }

BodyEstimate person() {
  Subject s;
  s.sex = Sex::male;
  s.stature_m = stature_m;
  s.mass_kg = 74.0;
  return body_estimate(s, known());
}

const MarkHeight& marks_of(Posture posture) {
  return is_side(posture) ? known().marks_on_side : known().marks_on_back;
}

PressureField empty_mat() {
  PressureField field;
  field.geometry = {80, 40, 0.025, 0.025};
  field.orientation = {HeadEnd::first_row, View::above, false, 1.0};
  field.pressure_pa.setZero(80, 40);
  return field;
}

// Marks where somebody straight has them: a height over the sole in metres, and metres across.
class Marks {
 public:
  explicit Marks(Posture posture, double sd_m = 0.01) : posture_(posture), sd_m_(sd_m) {
    const MarkHeight& at = marks_of(posture);
    set(Landmark::head, at.head.mean * stature_m, 0.0);
    set(Landmark::lumbar, at.waist.mean * stature_m, 0.0);
    set(Landmark::pelvis, at.pelvis.mean * stature_m, 0.0);
    set(Landmark::left_shoulder, at.shoulder.mean * stature_m, is_side(posture) ? 0.0 : -0.15);
    set(Landmark::right_shoulder, at.shoulder.mean * stature_m, is_side(posture) ? 0.0 : 0.15);
  }

  void set(Landmark l, double height_m, double across_m) {
    LandmarkEstimate e;
    e.position_m = {0.5 + across_m, 1.9 - height_m};
    e.covariance_m2 = Eigen::Matrix2d::Identity() * sd_m_ * sd_m_;
    body.at(l) = e;
  }
  void change(const std::function<Eigen::Vector2d(const Eigen::Vector2d&)>& place) {
    for (auto& mark : body.landmarks) {
      if (mark) mark->position_m = place(mark->position_m);
    }
  }
  void shift_up(Landmark l, double by_m) { body.at(l)->position_m.y() -= by_m; }

  std::optional<TrunkAxis> axis() const {
    return trunk_axis(body, empty_mat(), posture_, person(), known());
  }

  BodyFit body;

 private:
  Posture posture_;
  double sd_m_;
};

// Height over the sole of a place along the axis, as Marks lays people.
double height_m(const TrunkAxis& axis, double along_m) {
  return 1.9 - axis.point(along_m, 0.0).y();
}

double s1_height_m() {
  return (person().height.iliac_crest.mean - known().s1_below_iliac_crest_fraction) * stature_m;
}

TEST(TrunkAxis, PutsTheVertebraeWhereStraightPeopleHaveThem) {
  for (const Posture posture : lying) {
    const auto axis = Marks(posture).axis();
    ASSERT_TRUE(axis);
    EXPECT_NEAR(height_m(*axis, axis->c7_m), person().height.c7.mean * stature_m, 0.002);
    EXPECT_NEAR(height_m(*axis, axis->s1_m), s1_height_m(), 0.002);
    EXPECT_NEAR(height_m(*axis, axis->hip_m), person().height.trochanter.mean * stature_m, 0.002);
    EXPECT_GT(axis->along_sd_m, 0.0);
    EXPECT_DOUBLE_EQ(axis->share_at(axis->c7_m), 0.0);
    EXPECT_DOUBLE_EQ(axis->share_at(axis->s1_m), 1.0);
    EXPECT_DOUBLE_EQ(axis->along_at(axis->share_at(0.1)), 0.1);
  }
}

TEST(TrunkAxis, OneBadMarkMovesTheVertebraeLessThanItself) {
  constexpr double off_m = 0.04;
  for (const Posture posture : lying) {
    const auto right = Marks(posture).axis();
    for (const Landmark bad : {Landmark::pelvis, Landmark::lumbar, Landmark::head}) {
      for (const double by_m : {-off_m, off_m}) {
        Marks marks(posture);
        marks.shift_up(bad, by_m);
        const auto axis = marks.axis();
        ASSERT_TRUE(axis);
        double moved = 0.0;
        for (double TrunkAxis::*place : {&TrunkAxis::c7_m, &TrunkAxis::s1_m, &TrunkAxis::hip_m}) {
          const double by = height_m(*axis, *axis.*place) - height_m(*right, *right.*place);
          moved = std::max(moved, std::abs(by));
          EXPECT_LT(std::abs(by), 0.6 * off_m) << name_of(posture) << ", " << name_of(bad);
        }
        EXPECT_GT(moved, 0.0005) << "the mark is used: " << name_of(posture) << ", "
                                 << name_of(bad);
      }
    }
  }
}

TEST(TrunkAxis, AVagueMarkTellsLessThanASharpOne) {
  const auto c7_moves = [](double sd_m) {
    Marks marks(Posture::supine);
    marks.shift_up(Landmark::lumbar, 0.04);
    marks.body.at(Landmark::lumbar)->covariance_m2 = Eigen::Matrix2d::Identity() * sd_m * sd_m;
    const auto axis = marks.axis();
    return height_m(*axis, axis->s1_m) - s1_height_m();
  };
  EXPECT_GT(c7_moves(0.005), 2.0 * c7_moves(0.06));
  EXPECT_GT(c7_moves(0.06), 0.0);
}

TEST(TrunkAxis, ACurledTrunkIsShorterButByLessThanItsMarksCloseUp) {
  for (const Posture posture : lying) {
    const double straight = Marks(posture).axis()->spine_length_m();
    double before = straight;
    for (const double left : {0.95, 0.9, 0.85}) {
      Marks marks(posture);
      marks.change([&](const Eigen::Vector2d& p) {
        return Eigen::Vector2d(p.x(), 1.0 + left * (p.y() - 1.0));
      });
      const double curled = marks.axis()->spine_length_m();
      EXPECT_LT(curled, before);
      EXPECT_GT(curled, left * straight);
      before = curled;
    }
  }
}

TEST(TrunkAxis, VaguerMarksMakeTheVertebraeVaguer) {
  for (const Posture posture : lying) {
    double before = 0.0;
    for (const double sd_m : {0.005, 0.02, 0.05, 0.1}) {
      const double sd = Marks(posture, sd_m).axis()->along_sd_m;
      EXPECT_GT(sd, 1.05 * before);
      before = sd;
    }
    Marks fewer(posture);
    fewer.body.at(Landmark::lumbar).reset();
    EXPECT_GT(fewer.axis()->along_sd_m, Marks(posture).axis()->along_sd_m);
  }
}

TEST(TrunkAxis, TurnsWithSomebodyWhoLiesObliquely) {
  for (const Posture posture : lying) {
    const auto straight = Marks(posture).axis();
    Marks marks(posture);
    const Eigen::Rotation2Dd turn(0.3);
    const Eigen::Vector2d about(0.5, 1.0);
    marks.change(
        [&](const Eigen::Vector2d& p) { return Eigen::Vector2d(about + turn * (p - about)); });
    const auto oblique = marks.axis();
    ASSERT_TRUE(oblique);
    for (const double along : {0.0, straight->s1_m, straight->c7_m}) {
      const Eigen::Vector2d there = about + turn * (straight->point(along, 0.02) - about);
      EXPECT_LT((oblique->point(along, 0.02) - there).norm(), 1e-9);
    }
    EXPECT_NEAR(oblique->c7_m, straight->c7_m, 1e-9);
    EXPECT_NEAR(oblique->along_sd_m, straight->along_sd_m, 1e-12);
    EXPECT_NEAR(oblique->up.dot(oblique->across), 0.0, 1e-12);
    ASSERT_EQ(oblique->landmarks.size(), straight->landmarks.size());
  }
}

TEST(TrunkAxis, AHeadMarkedBelowTheShouldersIsLeftOut) {
  Marks without(Posture::supine);
  without.body.at(Landmark::head).reset();
  Marks wrong(Posture::supine);
  wrong.shift_up(Landmark::head, -0.6);
  EXPECT_NEAR(wrong.axis()->c7_m, without.axis()->c7_m, 1e-12);
  EXPECT_EQ(wrong.axis()->landmarks.size(), without.axis()->landmarks.size());
}

TEST(TrunkAxis, NeedsShouldersAndPelvisWithATrunkBetween) {
  for (const Posture posture : lying) {
    Marks marks(posture);
    marks.body.at(Landmark::pelvis).reset();
    EXPECT_FALSE(marks.axis());
    marks = Marks(posture);
    marks.body.at(Landmark::left_shoulder).reset();
    marks.body.at(Landmark::right_shoulder).reset();
    EXPECT_FALSE(marks.axis());
    marks = Marks(posture);
    marks.change([&](const Eigen::Vector2d& p) { return Eigen::Vector2d(0.3 * p); });
    EXPECT_FALSE(marks.axis());
  }
  Marks one_sided(Posture::supine);
  one_sided.body.at(Landmark::left_shoulder).reset();
  EXPECT_FALSE(one_sided.axis()) << "on the back the middle needs both";
}

TEST(TrunkAxis, OnTheSideTheLowerShoulderIsTheOneThatCounts) {
  Marks marks(Posture::left);
  marks.body.at(Landmark::right_shoulder).reset();
  EXPECT_TRUE(marks.axis());
  Marks other(Posture::right);
  other.body.at(Landmark::right_shoulder).reset();
  EXPECT_FALSE(other.axis());
}

}  // namespace
}  // namespace matfit
