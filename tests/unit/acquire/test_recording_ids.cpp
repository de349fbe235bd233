#include "stages/acquire/recording_ids.hpp"

#include <gtest/gtest.h>

namespace matfit {
namespace {

TEST(RecordingIds, are_safe_as_file_names) {
  for (const char* id : {"a", "I_S1_1", "night-2.a", "-"}) EXPECT_TRUE(is_recording_id(id)) << id;
  for (const char* id : {"", ".", "..", ".a", "a/b", "a b", "a\n", "\xc3\xa4", "a\\b", "a:b"}) {
    EXPECT_FALSE(is_recording_id(id)) << id;
  }
  EXPECT_TRUE(is_recording_id(std::string(100, 'a')));
  EXPECT_FALSE(is_recording_id(std::string(101, 'a')));
}

TEST(RecordingIds, from_any_file_name_are_legal) {
  EXPECT_EQ(id_from_file_name("/x/night 1.txt"), "night_1");
  EXPECT_EQ(id_from_file_name("b\xc3\xa4r.h5"), "b__r");
  EXPECT_EQ(id_from_file_name("/x/.hidden"), "_hidden");
  for (const char* name : {"a.b.c", "..x", " ", "....", "/x/"}) {
    EXPECT_TRUE(is_recording_id(id_from_file_name(name))) << name;
  }
  EXPECT_TRUE(is_recording_id(id_from_file_name(std::string(300, 'x'))));
}

}  // namespace
}  // namespace matfit
