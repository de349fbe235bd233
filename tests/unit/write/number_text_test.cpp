#include "stages/write/number_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <locale>

namespace matfit {
namespace {

TEST(NumberText, HasExactlyTheDecimalsAskedFor) {
  EXPECT_EQ(fixed_text(12.3456, 2), "12.35");
  EXPECT_EQ(fixed_text(3.0, 1), "3.0");
  EXPECT_EQ(fixed_text(-7.5, 0), "-8");
}

TEST(NumberText, NeverWritesAMinusBeforeZero) {
  EXPECT_EQ(fixed_text(-0.001, 2), "0.00");
  EXPECT_EQ(fixed_text(-0.0, 0), "0");
}

TEST(NumberText, WritesNothingForWhatIsNotFinite) {
  EXPECT_EQ(fixed_text(std::numeric_limits<double>::quiet_NaN(), 2), "");
  EXPECT_EQ(fixed_text(std::numeric_limits<double>::infinity(), 2), "");
}

struct CommaDecimals : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

TEST(NumberText, KeepsTheDotWhateverTheLocale) {
  const std::locale before =
      std::locale::global(std::locale(std::locale::classic(), new CommaDecimals));
  const std::string text = fixed_text(1234.5, 1);
  const double back = rounded(1234.5678, 2);
  std::locale::global(before);
  EXPECT_EQ(text, "1234.5");
  EXPECT_EQ(back, 1234.57);
}

TEST(NumberText, RoundingTwiceChangesNothing) {
  for (const double value : {0.005, 1.0 / 3.0, -17.38549, 1e9 / 7.0}) {
    const double once = rounded(value, 2);
    EXPECT_EQ(rounded(once, 2), once);
    EXPECT_NEAR(once, value, 0.0051);
  }
  EXPECT_TRUE(std::isnan(rounded(std::numeric_limits<double>::quiet_NaN(), 2)));
}

TEST(NumberText, SaysDurationsAsPeopleDo) {
  EXPECT_EQ(duration_text(42.4), "42\u00a0s");
  EXPECT_EQ(duration_text(600.0), "10\u00a0min");
  EXPECT_EQ(duration_text(3600.0 + 300.0), "1\u00a0h 05\u00a0min");
}

}  // namespace
}  // namespace matfit
