#include "files.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace matfit {
namespace {

using test::input_error_of;
using test::TemporaryFolder;
using test::write_file;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

ReadOptions two_by_three() {
  ReadOptions options;
  options.rows = 2;
  options.cols = 3;
  options.row_pitch_m = 0.02;
  options.col_pitch_m = 0.03;
  return options;
}

FrameBlock frames_of(const Recording& recording) {
  return recording.frames->read(0, recording.size());
}

FrameBlock counting_frames(Eigen::Index frames) {
  FrameBlock block(frames, 6);
  for (Eigen::Index i = 0; i < block.size(); ++i) block.data()[i] = static_cast<float>(i + 1);
  return block;
}

// 64 x 32 counts, `frames` a file; the value says where it stands.
std::string pmatdata_i_text(int frames) {
  std::string text;
  for (int frame = 0; frame < frames; ++frame) {
    for (int cell = 0; cell < 64 * 32; ++cell) text += std::to_string(cell % 997) + "\t";
    text += "\r\n";
  }
  return text;
}

std::string grid_text(int rows, int cols) {
  std::string text;
  for (int row = 0; row < rows; ++row) {
    for (int col = 0; col < cols; ++col) text += (col == 0 ? "" : " ") + std::to_string(row + col);
    text += "\n";
  }
  return text;
}

TEST(TextReader, reads_frames_by_the_line_and_by_the_row_alike) {
  const TemporaryFolder folder;
  for (const char* text :
       {"1 2 3 4 5 6\n7 8 9 10 11 12\n", "1,2,3,4,5,6\r\n7,8,9,10,11,12",
        "1\t2\t3\n4\t5\t6\n7\t8\t9\n10\t11\t12\n", "1;2;3;\n4;5;6;\n\n7;8;9;\n10;11;12;\n\n",
        "# counts\n1 2 3\n4 5 6\n# next\n7 8 9\n10 11 12\n"}) {
    const Recording recording =
        read_recording(write_file(folder.path() / "a.txt", text), two_by_three());
    EXPECT_TRUE((frames_of(recording) == counting_frames(2)).all()) << text;
    EXPECT_TRUE(recording.integer_counts);
  }
}

TEST(TextReader, keeps_fractions_and_decimal_commas) {
  const TemporaryFolder folder;
  const Recording recording =
      read_recording(write_file(folder.path() / "a.csv", "0,5;1;1,5\n2;2,5;3\n"), two_by_three());
  EXPECT_TRUE((frames_of(recording) == 0.5F * counting_frames(1)).all());
  EXPECT_FALSE(recording.integer_counts);
}

TEST(TextReader, notes_what_the_user_said_and_what_is_assumed) {
  const TemporaryFolder folder;
  const auto path = write_file(folder.path() / "a.txt", "1 2 3\n4 5 6\n7 8 9\n1 2 3\n");
  const Recording plain = read_recording(path, two_by_three());
  EXPECT_EQ(plain.mat.geometry_source, "command line");
  EXPECT_EQ(plain.mat.orientation_source, "unknown");
  EXPECT_EQ(plain.time_source, "assumed");
  EXPECT_THAT(plain.time_s, ElementsAre(0.0, 1.0));
  ReadOptions options = two_by_three();
  options.sample_rate_hz = 4.0;
  options.head_end = HeadEnd::last_row;
  options.unit = PressureUnit::kpa;
  const Recording said = read_recording(path, options);
  EXPECT_THAT(said.time_s, ElementsAre(0.0, 0.25));
  EXPECT_EQ(said.time_source, "command line");
  EXPECT_EQ(said.mat.head_end, HeadEnd::last_row);
  EXPECT_EQ(said.mat.orientation_source, "command line");
  EXPECT_EQ(said.unit, PressureUnit::kpa);
}

TEST(TextReader, names_the_line_of_a_wrong_grid) {
  const TemporaryFolder folder;
  const auto refusal = [&](const char* text) {
    return input_error_of(
        [&] { read_recording(write_file(folder.path() / "a.txt", text), two_by_three()); });
  };
  EXPECT_THAT(refusal("1 2 3\n4 5\n"), AllOf(HasSubstr("line 2"), HasSubstr("2 numbers"),
                                             HasSubstr("expected 3 (a row a line")));
  EXPECT_THAT(refusal("1 2 3 4\n"), AllOf(HasSubstr("line 1"), HasSubstr("4 numbers"),
                                          HasSubstr("expected 3 (a row) or 6 (a frame)")));
  EXPECT_THAT(refusal("1 2 3\n4 5 6\n7 8 9\n"),
              AllOf(HasSubstr("frame 2"), HasSubstr("1 rows"), HasSubstr("expected 2 rows")));
  EXPECT_THAT(refusal("1 2 3\n\n4 5 6\n"), AllOf(HasSubstr("frame 1"), HasSubstr("line 2")));
  EXPECT_THAT(refusal("1 2 3\n4 x 6\n"),
              AllOf(HasSubstr("line 2, number 2"), HasSubstr("got 'x'")));
}

TEST(TextReader, asks_for_the_geometry_by_the_names_of_the_options) {
  const TemporaryFolder folder;
  const auto path = write_file(folder.path() / "a.txt", "1 2 3\n4 5 6\n");
  EXPECT_THAT(input_error_of([&] { read_recording(path); }), HasSubstr("--rows and --cols"));
  ReadOptions options;
  options.rows = 2;
  options.cols = 3;
  EXPECT_THAT(input_error_of([&] { read_recording(path, options); }), HasSubstr("--row-pitch-mm"));
}

TEST(TextReader, names_missing_empty_and_foreign_files) {
  const TemporaryFolder folder;
  EXPECT_THAT(input_error_of([&] { read_recording(folder.path() / "no.txt"); }),
              AllOf(HasSubstr("no.txt"), HasSubstr("an existing file")));
  EXPECT_THAT(input_error_of([&] { read_recording(write_file(folder.path() / "e", "")); }),
              HasSubstr("the file is empty"));
  EXPECT_THAT(input_error_of([&] { read_recording(write_file(folder.path() / "b", "\n \n")); }),
              HasSubstr("holds no numbers"));
  EXPECT_THAT(input_error_of([&] { read_recording(folder.path()); }), HasSubstr("not a folder"));
  EXPECT_THAT(
      input_error_of([&] { read_recording(write_file(folder.path() / "w", "Dear all,\n")); }),
      AllOf(HasSubstr("line 1"), HasSubstr("matfit formats"), HasSubstr("--rows and --cols")));
  EXPECT_THAT(input_error_of([&] {
                read_recording(write_file(folder.path() / "x.xsn", "XSENSORTECHCORP\x01\x02"));
              }),
              AllOf(HasSubstr("export it as CSV"), Not(HasSubstr("--rows"))));
}

TEST(TextReader, refuses_an_unknown_format_id_as_wrong_usage) {
  const TemporaryFolder folder;
  ReadOptions options = two_by_three();
  options.format = "teletype";
  const auto path = write_file(folder.path() / "a.txt", "1 2 3\n4 5 6\n");
  EXPECT_THAT(test::usage_error_of([&] { read_recording(path, options); }),
              AllOf(HasSubstr("'teletype'"), HasSubstr("pmatdata-i")));
}

TEST(PmatData, is_told_apart_by_content_and_says_what_it_assumes) {
  const TemporaryFolder folder;
  const Recording one = read_recording(write_file(folder.path() / "odd.name", pmatdata_i_text(3)));
  EXPECT_EQ(one.format, "pmatdata-i");
  EXPECT_EQ(one.size(), 3U);
  EXPECT_EQ(one.mat.geometry.rows, 64);
  EXPECT_EQ(one.mat.geometry.cols, 32);
  EXPECT_EQ(one.mat.head_end, HeadEnd::first_row);
  EXPECT_EQ(one.mat.view, View::below);
  EXPECT_EQ(one.mat.geometry_source, "format");
  EXPECT_TRUE(one.mat.pitch_sd_m.has_value());
  EXPECT_EQ(one.mat.full_scale, 1000.0);
  EXPECT_THAT(one.time_s, ElementsAre(0.0, 1.0, 2.0));
  const Recording two = read_recording(write_file(folder.path() / "1.txt", grid_text(64, 27)));
  EXPECT_EQ(two.format, "pmatdata-ii");
  EXPECT_EQ(two.mat.head_end, HeadEnd::last_row);
  EXPECT_EQ(two.frames->read(0, 1)(0, 3 * 27 + 4), 7.0F);
}

TEST(PmatData, is_not_guessed_where_the_grid_is_given_or_the_lines_do_not_fit) {
  const TemporaryFolder folder;
  ReadOptions options;
  options.rows = 32;
  options.cols = 64;
  options.row_pitch_m = options.col_pitch_m = 0.01;
  const auto wide = write_file(folder.path() / "a.txt", pmatdata_i_text(1));
  EXPECT_EQ(read_recording(wide, options).format, "text");
  EXPECT_EQ(read_recording(wide, options).mat.head_end, HeadEnd::unknown);
  for (const int rows : {63, 65, 128}) {
    const auto other = write_file(folder.path() / "b.txt", grid_text(rows, 27));
    EXPECT_THAT(input_error_of([&] { read_recording(other); }), HasSubstr("--rows and --cols"));
  }
}

TEST(PmatData, names_the_line_of_a_wrong_value_or_count) {
  const TemporaryFolder folder;
  std::string text = grid_text(64, 27);
  text.replace(text.find("\n5 ") + 1, 1, "x");
  EXPECT_THAT(input_error_of([&] { read_recording(write_file(folder.path() / "a", text)); }),
              AllOf(HasSubstr("line 6, number 1"), HasSubstr("got 'x'")));
  text.replace(text.find("\nx ") + 1, 2, "");
  EXPECT_THAT(input_error_of([&] { read_recording(write_file(folder.path() / "a", text)); }),
              AllOf(HasSubstr("line 6"), HasSubstr("26 numbers"), HasSubstr("expected 27")));
}

TEST(PmatData, lets_the_user_override_pitch_and_orientation_and_says_so) {
  const TemporaryFolder folder;
  ReadOptions options;
  options.row_pitch_m = 0.030;
  options.col_pitch_m = 0.025;
  options.view = View::above;
  const Recording recording =
      read_recording(write_file(folder.path() / "a.txt", pmatdata_i_text(1)), options);
  EXPECT_EQ(recording.format, "pmatdata-i");
  EXPECT_EQ(recording.mat.geometry.row_pitch_m, 0.030);
  EXPECT_EQ(recording.mat.geometry_source, "command line");
  EXPECT_FALSE(recording.mat.pitch_sd_m.has_value());
  EXPECT_EQ(recording.mat.view, View::above);
  EXPECT_EQ(recording.mat.orientation_source, "command line");
}

TEST(Popu, orders_snapshots_by_number_and_takes_person_and_posture) {
  const TemporaryFolder folder;
  std::string text =
      R"({"volunteer_id": "4", "sex": "male", "height": 190, "weight": 96, "sensomatt_columns": 2,
          "sensomatt_rows": 1, "position": "left", "variation": "1", "snapshots": {)";
  for (int i = 0; i < 11; ++i) {
    text += (i == 0 ? "\"" : ",\"") + std::to_string(i) +
            R"(": {"id": "1", "sensomatt_readings": [)" + std::to_string(i) + ", 480]}";
  }
  const auto path = write_file(folder.path() / "left1_0.json", text + "}}");
  EXPECT_THAT(input_error_of([&] { read_recording(path); }), HasSubstr("--row-pitch-mm"));
  ReadOptions options;
  options.row_pitch_m = options.col_pitch_m = 0.1;
  const Recording recording = read_recording(path, options);
  const FrameBlock frames = frames_of(recording);
  for (Eigen::Index i = 0; i < 11; ++i) EXPECT_EQ(frames(i, 0), static_cast<float>(i));
  EXPECT_EQ(recording.labels, std::vector<Posture>(11, Posture::left));
  ASSERT_TRUE(recording.subject.has_value());
  EXPECT_EQ(recording.subject->sex, Sex::male);
  EXPECT_EQ(recording.subject->stature_m, 1.9);
  EXPECT_EQ(recording.mat.view, View::above);
}

TEST(Popu, names_the_snapshot_with_a_wrong_number_of_readings) {
  const TemporaryFolder folder;
  const auto path = write_file(folder.path() / "a.json",
                               R"({"sensomatt_columns": 2, "sensomatt_rows": 1, "snapshots":
                                  {"0": {"sensomatt_readings": [1, 2, 3]}}})");
  EXPECT_THAT(input_error_of([&] { read_recording(path); }),
              AllOf(HasSubstr("snapshot 0"), HasSubstr("3 readings"), HasSubstr("expected 2")));
  const auto cut = write_file(folder.path() / "b.json", R"({"sensomatt_rows": 1, "snap)");
  EXPECT_THAT(input_error_of([&] { read_recording(cut); }), HasSubstr("whole JSON"));
}

}  // namespace
}  // namespace matfit
