#include "files.hpp"
#include "stages/acquire/line_reader.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matfit {
namespace {

using test::TemporaryFolder;
using test::write_file;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

std::vector<std::string> lines_of(const std::filesystem::path& path, std::size_t block_bytes) {
  LineReader reader(path, block_bytes);
  std::vector<std::string> lines;
  while (const auto line = reader.next()) lines.emplace_back(*line);
  EXPECT_EQ(reader.number(), lines.size());
  return lines;
}

TEST(LineReader, understands_every_line_end_and_a_last_line_without_one) {
  const TemporaryFolder folder;
  for (const std::size_t block : {1u, 2u, 3u, 1000u}) {
    EXPECT_THAT(lines_of(write_file(folder.path() / "a", "ab\n\ncd"), block),
                ElementsAre("ab", "", "cd"));
    EXPECT_THAT(lines_of(write_file(folder.path() / "b", "ab\r\n\r\ncd\r\n"), block),
                ElementsAre("ab", "", "cd"));
  }
  EXPECT_THAT(lines_of(write_file(folder.path() / "d", "ab\r\r\ncd\r\r\n"), 1000),
              ElementsAre("ab", "cd"));
  EXPECT_THAT(lines_of(write_file(folder.path() / "c", "ab\r\rcd\r"), 1000),
              ElementsAre("ab", "", "cd"));
}

TEST(LineReader, gives_the_same_lines_for_utf8_and_both_kinds_of_utf16) {
  const TemporaryFolder folder;
  const std::string text = "1\t2\r\n3\t4\r\n";
  const auto expected = ElementsAre("1\t2", "3\t4");
  for (const std::size_t block : {5u, 7u, 1000u}) {
    EXPECT_THAT(lines_of(write_file(folder.path() / "a", "\xef\xbb\xbf" + text), block), expected);
    EXPECT_THAT(lines_of(write_file(folder.path() / "b", test::utf16(text, false)), block),
                expected);
    EXPECT_THAT(lines_of(write_file(folder.path() / "c", test::utf16(text, true)), block),
                expected);
    const std::string unmarked = test::utf16(text, false).substr(2);
    EXPECT_THAT(lines_of(write_file(folder.path() / "d", unmarked), block), expected);
  }
}

TEST(LineReader, turns_utf16_beyond_ascii_into_utf8_even_across_blocks) {
  const TemporaryFolder folder;
  using namespace std::string_literals;
  const std::string bytes =
      "\xff\xfe\xe4\x00\xac\x20\x3d\xd8\x00\xde\n\x00"s;  // a-umlaut, euro, U+1F600
  for (const std::size_t block : {2u, 3u, 4u, 9u, 100u}) {
    EXPECT_THAT(lines_of(write_file(folder.path() / "a", bytes), block),
                ElementsAre("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80"));
  }
}

TEST(LineReader, leaves_out_what_fills_up_the_end_and_refuses_zeros_before_it) {
  const TemporaryFolder folder;
  const std::string zeros(5000, '\0');
  for (const std::size_t block : {3u, 64u, 100000u}) {
    EXPECT_THAT(lines_of(write_file(folder.path() / "a", "a\nb\n" + zeros), block),
                ElementsAre("a", "b"));
    EXPECT_THAT(lines_of(write_file(folder.path() / "b", "a\nb\x1a"), block),
                ElementsAre("a", "b"));
    const auto path = write_file(folder.path() / "c", "a\nb" + zeros + "c\n");
    EXPECT_THAT(test::input_error_of([&] { lines_of(path, block); }),
                AllOf(HasSubstr("line 2"), HasSubstr("a zero byte")));
  }
}

TEST(LineReader, takes_no_break_spaces_for_blanks_but_not_within_a_number) {
  using namespace std::string_literals;
  const TemporaryFolder folder;
  const std::string text = "a\xc2\xa0 b\n16\xa0"s + "08:21\n\xe2\x80\xaf"s + "c\n1\xc2\xa0"s +
                           "234;2\xa0"s + "56\n\xc3\xa0\n"s;
  for (const std::size_t block : {1u, 3u, 1000u}) {
    EXPECT_THAT(lines_of(write_file(folder.path() / "a", text), block),
                ElementsAre("a  b", "16 08:21", " c",
                            "1\xc2\xa0"
                            "234;2 56",
                            "\xc3\xa0"));
  }
}

TEST(LineReader, leaves_out_the_blank_line_after_every_line_and_counts_it) {
  const TemporaryFolder folder;
  LineReader doubled(
      write_file(folder.path() / "a", "a\r\n,,\r\nb\r\n\r\n,,\r\n,,\r\nc\r\n\r\nd\r\ne"));
  for (const char* expected : {"a", "b", ",,", "c", "d", "e"}) EXPECT_EQ(doubled.next(), expected);
  EXPECT_EQ(doubled.next(), std::nullopt);
  EXPECT_EQ(doubled.number(), 10U);
  EXPECT_THAT(lines_of(write_file(folder.path() / "b", "a\n\nb\n\nc\nd\n"), 1000),
              ElementsAre("a", "", "b", "", "c", "d"));
}

TEST(LineReader, sums_all_bytes_whatever_was_read) {
  const TemporaryFolder folder;
  const auto path = write_file(folder.path() / "abc", "abc");
  // FIPS 180-2, appendix B.1
  const std::string expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  EXPECT_EQ(LineReader(path).sha256(), expected);
  LineReader reader(path, 1);
  reader.next();
  EXPECT_EQ(reader.sha256(), expected);
  EXPECT_EQ(sha256_of_file(path), expected);
}

}  // namespace
}  // namespace matfit
