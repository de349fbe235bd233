#include "types/error.hpp"

#include <gtest/gtest.h>

#include <string>

namespace matfit {
namespace {

TEST(InputError, SaysAllFivePartsInOneLine) {
  const InputError error({"a.csv", "line 12, column 3", "1o3", "a number", "replace the letter"});
  EXPECT_STREQ(error.what(),
               "a.csv: line 12, column 3: got '1o3', expected a number; replace the letter");
  EXPECT_EQ(error.fault().place, "line 12, column 3");
}

TEST(InputError, LeavesOutWhatIsNotThere) {
  EXPECT_EQ(one_line({"a.csv", "", "", "2048 cells", ""}), "a.csv: expected 2048 cells");
  EXPECT_EQ(one_line({"a.csv", "line 1", "x", "", ""}), "a.csv: line 1: got 'x'");
  EXPECT_EQ(one_line({"", "", "", "a file", "name one"}), "expected a file; name one");
  EXPECT_EQ(one_line({}), "");
}

TEST(InputError, StaysOneLineWhateverWasRead) {
  const std::string line = one_line({"a\nb.csv", "", "\x1b[31m\r\n\t\x7f", "text", ""});
  for (const char c : line) EXPECT_GE(static_cast<unsigned char>(c), 0x20);
  EXPECT_EQ(line.find('\x7f'), std::string::npos);
}

TEST(InputError, CutsLongValues) {
  const std::string line = one_line({"", "", std::string(500, 'x'), "", ""});
  EXPECT_LT(line.size(), 100U);
  EXPECT_NE(line.find("x...'"), std::string::npos);
}

TEST(InputError, CutsBetweenCharactersNotWithinOne) {
  std::string value(79, 'x');
  for (int i = 0; i < 20; ++i) value += "\xc3\xbc";
  const std::string line = one_line({"", "", value, "", ""});
  const std::size_t dots = line.find("...");
  ASSERT_NE(dots, std::string::npos);
  EXPECT_NE(line[dots - 1], '\xc3');
}

TEST(UsageError, IsNoInputError) {
  EXPECT_THROW(throw UsageError("no model"), std::runtime_error);
  try {
    throw UsageError("no model");
  } catch (const InputError&) {
    FAIL() << "bad set-up must not pass as one bad recording";
  } catch (const UsageError& error) {
    EXPECT_STREQ(error.what(), "no model");
  }
}

}  // namespace
}  // namespace matfit
