#include "made_up_maps.hpp"
#include "numeric/random.hpp"
#include "stages/classify/contact.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <utility>

namespace matfit {
namespace {

using test::add_patch;
using test::lying_body;

const MatGeometry double_bed = {64, 54, 0.0283, 0.0283};

Eigen::ArrayXXd nothing(const MatGeometry& mat) {
  return Eigen::ArrayXXd::Zero(mat.rows, mat.cols);
}

TEST(Contact, OfALyingBodyIsABodyOfItsLength) {
  const Contact contact = contact_of(lying_body(double_bed, 0.7), double_bed, 5.0, 1.0);
  EXPECT_EQ(contact.kind, ContactKind::body);
  EXPECT_NEAR(contact.length_m, 1.2, 0.25);
  EXPECT_LT(contact.width_m, 0.5);
}

TEST(Contact, OfNoiseAloneIsEmpty) {
  Random random(3);
  Eigen::ArrayXXd map = nothing(double_bed);
  for (Eigen::Index i = 0; i < map.size(); ++i) map(i) = std::abs(random.normal(0.0, 5.0));
  EXPECT_EQ(contact_of(map, double_bed, 5.0, 1.0).kind, ContactKind::empty);
}

TEST(Contact, OfSingleHotCellsIsEmpty) {
  Eigen::ArrayXXd map = nothing(double_bed);
  for (const int r : {5, 20, 40, 60}) map(r, r / 2) = 9000.0;
  EXPECT_EQ(contact_of(map, double_bed, 5.0, 1.0).kind, ContactKind::empty);
}

TEST(Contact, WithLittleOfTheUsualLoadIsEmpty) {
  const Eigen::ArrayXXd imprint = 0.05 * lying_body(double_bed, 0.7);
  EXPECT_EQ(contact_of(imprint, double_bed, 5.0, 0.05).kind, ContactKind::empty);
  EXPECT_EQ(contact_of(imprint, double_bed, 5.0, 0.9).kind, ContactKind::body);
}

// Curled up: nearly all load on shoulder and hip, head and feet hardly touch.
TEST(Contact, OfSomebodyCurledUpIsABodyHoweverSteepTheResponse) {
  Eigen::ArrayXXd map = nothing(double_bed);
  add_patch(map, double_bed, 0.70, 0.35, 0.08, 0.09, 2200.0);
  add_patch(map, double_bed, 0.75, 0.75, 0.16, 0.15, 5000.0);
  add_patch(map, double_bed, 0.72, 1.05, 0.17, 0.14, 6000.0);
  add_patch(map, double_bed, 0.60, 1.30, 0.08, 0.10, 2200.0);
  for (const double exponent : {1.0, 2.0}) {
    const Eigen::ArrayXXd readings = 6000.0 * (map / 6000.0).pow(exponent);
    EXPECT_EQ(contact_of(readings, double_bed, 5.0, 1.0).kind, ContactKind::body) << exponent;
  }
}

TEST(Contact, OfACompactPatchAtTheEdgeIsSitting) {
  Eigen::ArrayXXd map = nothing(double_bed);
  add_patch(map, double_bed, 0.18, 0.9, 0.18, 0.22, 9000.0);
  EXPECT_EQ(contact_of(map, double_bed, 5.0, 1.0).kind, ContactKind::sitting);
}

TEST(Contact, OfTwoPeopleSideBySideIsSeveralBodies) {
  Eigen::ArrayXXd map = nothing(double_bed);
  for (const double x : {0.40, 1.12}) {
    add_patch(map, double_bed, x, 0.55, 0.2, 0.4, 3000.0);
    add_patch(map, double_bed, x, 1.1, 0.17, 0.5, 4000.0);
  }
  const Contact contact = contact_of(map, double_bed, 5.0, 1.0);
  EXPECT_EQ(contact.kind, ContactKind::several_bodies);
  EXPECT_EQ(reason_of(contact.kind), "several_bodies");
}

TEST(Contact, OfSpreadLegsIsStillOneBody) {
  Eigen::ArrayXXd map = nothing(double_bed);
  add_patch(map, double_bed, 0.75, 0.5, 0.2, 0.25, 3000.0);
  add_patch(map, double_bed, 0.50, 1.35, 0.07, 0.40, 3000.0);
  add_patch(map, double_bed, 1.00, 1.35, 0.07, 0.40, 3000.0);
  EXPECT_EQ(contact_of(map, double_bed, 5.0, 1.0).kind, ContactKind::body);
}

// An even load on a rectangle about the middle of the mat, turned.
Eigen::ArrayXXd even_box(const MatGeometry& mat, double width_m, double length_m, double angle) {
  Eigen::ArrayXXd map = nothing(mat);
  Random random(7);
  for (int r = 0; r < mat.rows; ++r) {
    for (int c = 0; c < mat.cols; ++c) {
      const double x = (c + 0.5) * mat.col_pitch_m - 0.5 * mat.width_m();
      const double y = (r + 0.5) * mat.row_pitch_m - 0.5 * mat.length_m();
      const double across = std::cos(angle) * x + std::sin(angle) * y;
      const double along = std::cos(angle) * y - std::sin(angle) * x;
      if (std::abs(across) > 0.5 * width_m || std::abs(along) > 0.5 * length_m) continue;
      map(r, c) = 2000.0 + random.normal(0.0, 200.0);
    }
  }
  return map;
}

TEST(Contact, OfASuitcaseIsNobody) {
  for (const double angle : {0.0, 0.3, 0.8, 1.3}) {
    for (const auto& [width, length] : {std::pair{0.35, 0.55}, {0.5, 0.75}}) {
      const Contact contact =
          contact_of(even_box(double_bed, width, length, angle), double_bed, 5.0, 1.0);
      EXPECT_EQ(contact.kind, ContactKind::implausible) << angle << " " << width;
      EXPECT_EQ(reason_of(contact.kind), "implausible_contact");
    }
  }
}

TEST(Contact, OfAChildsKneeIsNeitherSittingNorEmpty) {
  Eigen::ArrayXXd map = nothing(double_bed);
  add_patch(map, double_bed, 0.8, 0.9, 0.08, 0.08, 9000.0);
  EXPECT_EQ(contact_of(map, double_bed, 5.0, 1.0).kind, ContactKind::implausible);
}

TEST(Contact, OfHandsAndKneesIsNotSitting) {
  Eigen::ArrayXXd map = nothing(double_bed);
  for (const double x : {0.6, 0.9}) {
    add_patch(map, double_bed, x, 0.7, 0.07, 0.07, 6000.0);
    add_patch(map, double_bed, x, 1.1, 0.08, 0.1, 7000.0);
  }
  EXPECT_EQ(contact_of(map, double_bed, 5.0, 1.0).kind, ContactKind::implausible);
}

}  // namespace
}  // namespace matfit
