#include "stages/score/sentence.hpp"

#include "stages/score/draws.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace matfit {
namespace {

TEST(Filled, PutsFiguresIntoTheirPlaces) {
  EXPECT_EQ(filled("{a} of {b}, {a}", {{"a", "1"}, {"b", "2"}}), "1 of 2, 1");
  EXPECT_EQ(filled("plain", {}), "plain");
  EXPECT_EQ(filled("open {brace", {}), "open {brace");
  EXPECT_THROW(filled("{c}", {{"a", "1"}}), std::invalid_argument);
}

TEST(Capitalised, ChangesTheFirstLetterOnly) {
  EXPECT_EQ(capitalised("the Hip"), "The Hip");
  EXPECT_EQ(capitalised("3 mm"), "3 mm");
  EXPECT_EQ(capitalised(""), "");
}

TEST(Decimals, NeverWriteMinusZero) {
  EXPECT_EQ(decimals(-0.04, 1), "0.0");
  EXPECT_EQ(decimals(-0.06, 1), "-0.1");
  EXPECT_EQ(decimals(12.5, 0), "12");
  EXPECT_EQ(decimals(-10.0, 0), "-10");
}

TEST(Summarised, FindsTheShortestIntervalEvenAtTheEndOfTheRange) {
  std::vector<double> values;
  for (int i = 0; i < 1000; ++i) values.push_back(100.0 - 0.0001 * i * i);
  const Estimate estimate = summarised(values);
  EXPECT_DOUBLE_EQ(estimate.ci95_high, 100.0);
  EXPECT_NEAR(estimate.ci95_low, 100.0 - 0.0001 * 949.0 * 949.0, 1e-9);
  EXPECT_GE(estimate.value, estimate.ci95_low);
  EXPECT_LE(estimate.value, estimate.ci95_high);
}

TEST(Summarised, OfEqualDrawsHasNoWidth) {
  const Estimate estimate = summarised(std::vector<double>(100, 42.0));
  EXPECT_DOUBLE_EQ(estimate.ci95_low, 42.0);
  EXPECT_DOUBLE_EQ(estimate.ci95_high, 42.0);
  EXPECT_DOUBLE_EQ(estimate.value, 42.0);
}

}  // namespace
}  // namespace matfit
