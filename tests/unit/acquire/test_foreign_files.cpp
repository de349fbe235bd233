#include "files.hpp"
#include "stages/acquire/formats.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace matfit {
namespace {

using namespace std::string_literals;
using test::input_error_of;
using test::write_file;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string answer_to(const std::string& name, const std::string& bytes) {
  static const test::TemporaryFolder folder;
  const auto path = write_file(folder.path() / name, bytes);
  return input_error_of([&] { read_recording(path); });
}

TEST(ForeignFiles, of_closed_formats_are_answered_with_how_to_export) {
  EXPECT_THAT(answer_to("a.xsn", "XSENSORTECHCORP\x01\x02"s + std::string(20, '\0')),
              AllOf(HasSubstr(".xsn"), HasSubstr("export it as CSV"), Not(HasSubstr("--rows"))));
  EXPECT_THAT(answer_to("A.FSX", "\x01\x02\x00\x03"s),
              AllOf(HasSubstr("Tekscan"), HasSubstr("save it as ASCII")));
  EXPECT_THAT(
      answer_to("a.xsn", "XSENSORTECHCORP\x01\x02"s + std::string(20, '\0')),
      HasSubstr("; open it in XSENSOR's software and export it as CSV, with every frame and "
                "the header"));
  EXPECT_THAT(answer_to("a.npz", "PK\x03\x04"s + std::string(26, '\0') + "frames.npy\x93NUMPY"),
              AllOf(HasSubstr("NumPy's archive"), HasSubstr("numpy.save")));
  EXPECT_THAT(answer_to("a.bin", "\x01\x02\x00\x03"s), HasSubstr("binary file of no known kind"));
}

TEST(ForeignFiles, handed_over_by_mistake_are_named) {
  EXPECT_THAT(answer_to("a.csv", "PK\x03\x04\x14\x00"s), HasSubstr("workbook (.xlsx, .ods)"));
  EXPECT_THAT(answer_to("b", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00"s), HasSubstr("spreadsheet"));
  EXPECT_THAT(answer_to("c.txt", "%PDF-1.7\n%\xe2\xe3\n"), HasSubstr("a PDF"));
  EXPECT_THAT(answer_to("d", "\x89PNG\r\n\x1a\n\x00"s), HasSubstr("picture (PNG)"));
  EXPECT_THAT(answer_to("e", "\xff\xd8\xff\xe0\x00\x10"s), HasSubstr("picture (JPEG)"));
  EXPECT_THAT(answer_to("f", "\x1f\x8b\x08\x00"s), HasSubstr("unpack it"));
  EXPECT_THAT(answer_to("g.html", "<html>"), HasSubstr("web page"));
  EXPECT_THAT(answer_to("i.csv", "sole_id,timestamp,accel_x,pressure_01,pressure_02\n1,2,3,4,5\n"),
              AllOf(HasSubstr("single sensors"), HasSubstr("without places, sizes and unit")));
  EXPECT_THAT(answer_to("h.json", "{\"a\": 1}"), HasSubstr("JSON"));
}

TEST(ForeignFiles, are_not_seen_in_texts_that_begin_alike) {
  EXPECT_THAT(answer_to("a", "BMI,1\n"), HasSubstr("line 1 is not numbers only"));
  EXPECT_THAT(answer_to("b", "GIF8 is a word here\n"), HasSubstr("line 1 is not numbers only"));
}

TEST(Formats, have_each_an_id_and_a_name_of_their_own) {
  std::set<std::string> ids;
  std::set<std::string> names;
  for (const FormatDescription& format : known_formats()) {
    EXPECT_TRUE(ids.insert(format.id).second) << format.id;
    EXPECT_TRUE(names.insert(format.name).second) << format.name;
    EXPECT_FALSE(format.detail.empty());
  }
  EXPECT_TRUE(ids.contains("tekscan"));
  EXPECT_TRUE(ids.contains("xsensor-wide"));
}

TEST(Formats, that_know_no_sensors_refuse_the_name_of_one) {
  static const test::TemporaryFolder folder;
  const auto path = write_file(folder.path() / "a.txt", "1 2\n3 4\n");
  ReadOptions options;
  options.rows = options.cols = 2;
  options.row_pitch_m = options.col_pitch_m = 0.01;
  options.sensor = "left";
  EXPECT_THAT(input_error_of([&] { read_recording(path, options); }),
              AllOf(HasSubstr("got 'left'"), HasSubstr("no sensor")));
}

}  // namespace
}  // namespace matfit
