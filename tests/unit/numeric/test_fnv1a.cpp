#include "numeric/fnv1a.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

// Vectors of draft-eastlake-fnv, appendix C.
TEST(Fnv1a, AgreesWithItsPublishedVectors) {
  EXPECT_EQ(fnv1a_32(""), 0x811c9dc5U);
  EXPECT_EQ(fnv1a_32("a"), 0xe40c292cU);
  EXPECT_EQ(fnv1a_32("foobar"), 0xbf9cf968U);
  EXPECT_EQ(fnv1a_64(""), 0xcbf29ce484222325ULL);
  EXPECT_EQ(fnv1a_64("a"), 0xaf63dc4c8601ec8cULL);
  EXPECT_EQ(fnv1a_64("foobar"), 0x85944171f73967e8ULL);
}

TEST(Fnv1a, TakesBytesAboveAsciiAsUnsigned) {
  EXPECT_EQ(fnv1a_32("\xff"), (0x811c9dc5U ^ 0xffU) * 16777619U);
  EXPECT_EQ(fnv1a_64("\xff"), (0xcbf29ce484222325ULL ^ 0xffU) * 1099511628211ULL);
}

}  // namespace
}  // namespace matfit
