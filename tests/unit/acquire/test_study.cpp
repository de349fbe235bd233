#include "example_recording.hpp"
#include "files.hpp"
#include "stages/acquire/study.hpp"
#include "stages/write/recording_file.hpp"
#include "support/temporary_folder.hpp"
#include "types/units.hpp"
#include "vendor_texts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

namespace matfit {
namespace {

namespace fs = std::filesystem;
using test::example_recording;
using test::input_error_of;
using test::TemporaryFolder;
using test::usage_error_of;
using test::write_file;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

// A study of one HDF5 recording and one text, which may be spoilt table by table.
class StudyFolder {
 public:
  StudyFolder() {
    write_recording(example_recording(), path() / "a.h5");
    write_file(path() / "b.txt", "1 2 3\n4 5 6\n");
    write("recordings.csv",
          "recording_id,path,subject_id,mattress_id,mat_id,condition,posture,roll_deg\n"
          "first,a.h5,P1,M1,,,,\nsecond,b.txt,P2,,grid,bed raised,left,60\n");
    write("subjects.csv",
          "subject_id;sex;mass_kg;pain_sites;pregnant\nP1;;70;\"hip;neck\";no\nP2;male;;;\n");
    write("mattresses.csv", "mattress_id,firmness,curve\nM1,4,curve.csv\n");
    write("curve.csv", "indentation_mm,pressure_kpa\n0,0\n25,2\n");
    write("mats.csv",
          "mat_id,rows,cols,row_pitch_mm,col_pitch_mm,head_end,view,units\n"
          "grid,2,3,20,30,first_col,above,kPa\n");
  }
  const fs::path& path() const { return folder_.path(); }
  void write(const std::string& name, std::string_view text) { write_file(path() / name, text); }
  Study read() const { return read_study(path()); }

 private:
  TemporaryFolder folder_;
};

TEST(Study, reads_all_tables_and_gives_entries_in_order) {
  const StudyFolder folder;
  EXPECT_TRUE(is_study(folder.path()));
  const Study study = folder.read();
  ASSERT_EQ(study.entries.size(), 2U);
  EXPECT_EQ(study.entries[0].recording_id, "first");
  EXPECT_EQ(study.entries[1].posture, Posture::left);
  EXPECT_NEAR(*study.entries[1].roll_rad, pi / 3.0, 1e-12);
  EXPECT_FALSE(study.entries[0].roll_rad);
  EXPECT_EQ(study.entries[1].mattress_id, "");
  EXPECT_FALSE(study.entries[1].subject->mass_kg.has_value());
  EXPECT_THAT(study.entries[0].subject->pain_sites, ElementsAre("hip", "neck"));
  EXPECT_EQ(study.entries[0].subject->pregnant, false);
  const std::vector<CurvePoint>& curve = study.entries[0].mattress->curve;
  ASSERT_EQ(curve.size(), 2U);
  EXPECT_DOUBLE_EQ(curve[1].indentation_m, 0.025);
  EXPECT_DOUBLE_EQ(curve[1].pressure_pa, 2000.0);
}

TEST(Study, takes_the_error_of_a_curve_where_every_point_has_one) {
  StudyFolder folder;
  EXPECT_FALSE(folder.read().entries[0].mattress->curve_relative_sd);
  folder.write("curve.csv",
               "indentation_mm,pressure_kpa,pressure_sd_kpa\n0,0,0\n25,3,0.3\n50,4,0.4\n");
  EXPECT_DOUBLE_EQ(*folder.read().entries[0].mattress->curve_relative_sd, 0.1);
  folder.write("curve.csv", "indentation_mm,pressure_kpa,pressure_sd_kpa\n25,3,0.3\n50,4,\n");
  EXPECT_FALSE(folder.read().entries[0].mattress->curve_relative_sd);
}

TEST(Study, wins_over_the_file_and_leaves_the_rest_to_it) {
  const StudyFolder folder;
  const Recording recording = read_entry(folder.read().entries[0]);
  EXPECT_EQ(recording.id, "first");
  EXPECT_EQ(recording.subject->mass_kg, 70.0);
  EXPECT_EQ(recording.subject->sex, Sex::female);
  EXPECT_DOUBLE_EQ(*recording.subject->stature_m, 1.68);
  EXPECT_EQ(recording.mattress->firmness, 4.0);
  EXPECT_EQ(recording.mattress->curve.size(), 2U);
  EXPECT_EQ(recording.mattress->material, "foam");
  EXPECT_EQ(recording.condition, "flat");
  EXPECT_EQ(recording.labels, example_recording().labels);
}

TEST(Study, takes_nothing_from_a_file_about_another_person) {
  StudyFolder folder;
  folder.write("recordings.csv", "recording_id,path,subject_id,mattress_id\nx,a.h5,P2,\n");
  const Recording recording = read_entry(folder.read().entries[0]);
  EXPECT_EQ(recording.subject->id, "P2");
  EXPECT_FALSE(recording.subject->mass_kg.has_value());
  EXPECT_EQ(recording.mattress->id, "M1");
}

TEST(Study, gives_a_text_its_mat_condition_and_label) {
  const StudyFolder folder;
  const Recording recording = read_entry(folder.read().entries[1]);
  EXPECT_EQ(recording.mat.geometry.rows, 2);
  EXPECT_EQ(recording.mat.geometry_source, "mats.csv");
  EXPECT_EQ(recording.mat.head_end, HeadEnd::first_col);
  EXPECT_EQ(recording.mat.orientation_source, "mats.csv");
  EXPECT_EQ(recording.unit, PressureUnit::kpa);
  EXPECT_EQ(recording.condition, "bed raised");
  EXPECT_THAT(recording.labels, ElementsAre(Posture::left));
}

TEST(Study, is_refused_as_a_whole_for_headers_and_ids) {
  StudyFolder folder;
  const auto with_recordings = [&](const std::string& rows) {
    folder.write("recordings.csv", "recording_id,path,subject_id,mattress_id\n" + rows);
    return usage_error_of([&] { folder.read(); });
  };
  EXPECT_THAT(
      with_recordings("x,a.h5,,\nx,b.txt,,\n"),
      AllOf(HasSubstr("line 3, column recording_id"), HasSubstr("'x'"), HasSubstr("twice")));
  EXPECT_THAT(with_recordings("x,a.h5,P9,\n"), AllOf(HasSubstr("'P9'"), HasSubstr("subjects.csv")));
  EXPECT_THAT(with_recordings("x,a.h5,,M9\n"), HasSubstr("mattresses.csv"));
  EXPECT_THAT(with_recordings(""), HasSubstr("no recording"));
  folder.write("recordings.csv", "recording_id,path,subject_id\nx,a.h5,\n");
  EXPECT_THAT(usage_error_of([&] { folder.read(); }), HasSubstr("'mattress_id' is missing"));
  folder.write("recordings.csv", "recording_id,path,subject_id,mattress_id\nx,a.h5,P1,\n");
  folder.write("subjects.csv", "subject_id,sex,shoe_size\nP1,male,43\n");
  EXPECT_THAT(usage_error_of([&] { folder.read(); }), HasSubstr("'shoe_size'"));
  folder.write("subjects.csv", "subject_id\nP1\nP1\n");
  EXPECT_THAT(usage_error_of([&] { folder.read(); }), HasSubstr("twice"));
  folder.write("recordings.csv", "recording_id,path,subject_id,mattress_id\na b,a.h5,,\n");
  folder.write("subjects.csv", "subject_id\nP1\n");
  EXPECT_THAT(usage_error_of([&] { folder.read(); }),
              AllOf(HasSubstr("column recording_id"), HasSubstr("'a b'")));
}

TEST(Study, names_the_cell_that_is_wrong) {
  // The one entry that the wrong cell concerns says so when it is read.
  const auto spoilt = [](const std::string& table, const std::string& text) {
    StudyFolder folder;
    folder.write(table, text);
    std::string said;
    for (const StudyEntry& entry : folder.read().entries) {
      if (!entry.fault) continue;
      EXPECT_EQ(said, "");
      said = input_error_of([&] { read_entry(entry); });
    }
    return said;
  };
  EXPECT_THAT(spoilt("subjects.csv", "subject_id,stature_cm\nP1,1.80\nP2,\n"),
              AllOf(HasSubstr("subjects.csv: line 2, column stature_cm"), HasSubstr("cm, not m")));
  EXPECT_THAT(spoilt("subjects.csv", "subject_id,mass_kg\nP1,7O\nP2,\n"), HasSubstr("'7O'"));
  EXPECT_THAT(spoilt("subjects.csv", "subject_id,sex\nP1,m\nP2,\n"), HasSubstr("female or male"));
  EXPECT_THAT(spoilt("subjects.csv", "subject_id,usual_position\nP1,sitting\nP2,\n"),
              HasSubstr("supine, prone, left or right"));
  EXPECT_THAT(spoilt("curve.csv", "indentation_mm,pressure_kpa\n0,0\n25,2\n25,3\n"),
              AllOf(HasSubstr("curve.csv: line 4"), HasSubstr("of the point before")));
  EXPECT_THAT(
      spoilt("curve.csv", "indentation_mm,pressure_kpa,pressure_sd_kpa\n10,1,0.1\n25,2,9\n"),
      AllOf(HasSubstr("column pressure_sd_kpa"), HasSubstr("errors smaller")));
  EXPECT_THAT(spoilt("mats.csv", "mat_id,view\ngrid,under\n"), HasSubstr("above, below"));
  EXPECT_THAT(spoilt("mats.csv", "mat_id,rows\ngrid,2.5\n"), HasSubstr("a whole number"));
  EXPECT_THAT(
      spoilt("recordings.csv", "recording_id,path,subject_id,mattress_id,posture\na,a.h5,,,back\n"),
      HasSubstr("'back'"));
}

TEST(Study, with_a_wrong_cell_loses_only_the_recordings_that_it_concerns) {
  StudyFolder folder;
  folder.write("subjects.csv", "subject_id,mass_kg\nP1,heavy\nP2,80\n");
  const Study study = folder.read();
  EXPECT_THAT(input_error_of([&] { read_entry(study.entries[0]); }), HasSubstr("'heavy'"));
  EXPECT_EQ(read_entry(study.entries[1]).subject->mass_kg, 80.0);
}

TEST(Study, does_not_leave_its_folder_by_a_relative_path) {
  StudyFolder folder;
  folder.write("recordings.csv", "recording_id,path,subject_id,mattress_id\nx,sub/../../o.h5,,\n");
  EXPECT_THAT(input_error_of([&] { read_entry(folder.read().entries[0]); }),
              HasSubstr("inside the study folder"));
  folder.write("recordings.csv", "recording_id,path,subject_id,mattress_id\nx,/nowhere/o.h5,,\n");
  EXPECT_EQ(folder.read().entries[0].path, "/nowhere/o.h5");
}

TEST(Study, with_a_missing_recording_fails_only_when_that_is_read) {
  StudyFolder folder;
  folder.write("recordings.csv",
               "recording_id,path,subject_id,mattress_id\nx,gone.h5,,\ny,a.h5,,\n");
  const Study study = folder.read();
  EXPECT_THAT(input_error_of([&] { read_entry(study.entries[0]); }), HasSubstr("gone.h5"));
  EXPECT_EQ(read_entry(study.entries[1]).id, "y");
}

TEST(Study, takes_other_tables_in_place_of_its_own) {
  const StudyFolder folder;
  const TemporaryFolder elsewhere;
  const auto subjects =
      write_file(elsewhere.path() / "s.csv", "subject_id,mass_kg\nP1,99\nP2,88\n");
  const Study study = read_study(folder.path(), subjects);
  EXPECT_EQ(study.entries[0].subject->mass_kg, 99.0);
  EXPECT_THAT(usage_error_of([&] { read_study(folder.path(), elsewhere.path() / "no.csv"); }),
              HasSubstr("no.csv"));
}

TEST(Entries, of_a_folder_are_its_recordings_by_name_with_unique_ids) {
  const TemporaryFolder folder;
  write_recording(example_recording(), folder.path() / "b.h5");
  write_file(folder.path() / "a x.txt", "1 2 3\n");
  write_file(folder.path() / "a_x.txt", "1 2 3\n");
  write_file(folder.path() / "README.md", "About these\n");
  write_file(folder.path() / "empty.txt", "");
  fs::create_directory(folder.path() / "more");
  write_file(folder.path() / "cut.h5", "\x89HDF\r\n\x1a\n and no more");
  const FoundEntries found = find_entries(folder.path());
  std::vector<std::string> ids;
  for (const StudyEntry& entry : found.entries) ids.push_back(entry.recording_id);
  EXPECT_THAT(ids, ElementsAre("a_x", "a_x-2", "b", "cut"));
  EXPECT_THAT(found.skipped, ElementsAre(HasSubstr("README.md: line 1"), HasSubstr("empty.txt"),
                                         HasSubstr("more: a folder")));
}

TEST(Entries, of_a_file_with_several_sensors_are_one_a_sensor) {
  const TemporaryFolder folder;
  const test::XsensorSensorText left;
  test::XsensorSensorText right;
  right.name = "RF/S1";
  const auto path = write_file(folder.path() / "night.csv", test::xsensor_text({left, right}));
  write_file(folder.path() / "one.csv", test::xsensor_text({left}));
  std::vector<std::string> ids;
  for (const StudyEntry& entry : entries_of(folder.path())) ids.push_back(entry.recording_id);
  EXPECT_THAT(ids, ElementsAre("night-LF_S1", "night-RF_S1", "one"));
  const auto entries = entries_of(path);
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_EQ(read_entry(entries[1]).sensor, "RF/S1");
}

TEST(Study, names_the_sensor_of_a_recording) {
  const TemporaryFolder folder;
  const test::XsensorSensorText left;
  test::XsensorSensorText right;
  right.name = "RF S1";
  write_file(folder.path() / "night.csv", test::xsensor_text({left, right}));
  write_file(folder.path() / "recordings.csv",
             "recording_id,path,subject_id,mattress_id,sensor\n"
             "a,night.csv,,,RF S1\nb,night.csv,,,\n");
  const Study study = read_study(folder.path());
  EXPECT_EQ(read_entry(study.entries[0]).sensor, "RF S1");
  EXPECT_THAT(input_error_of([&] { read_entry(study.entries[1]); }),
              HasSubstr("the column sensor in the study's recordings.csv"));
}

TEST(Entries, of_one_file_are_that_recording) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "n 1.h5";
  write_recording(example_recording(), path);
  const auto entries = entries_of(path);
  ASSERT_EQ(entries.size(), 1U);
  EXPECT_EQ(entries[0].recording_id, "n_1");
  EXPECT_EQ(read_entry(entries[0]).id, "n_1");
  EXPECT_THAT(input_error_of([&] { entries_of(folder.path() / "no"); }),
              HasSubstr("check the path"));
}

}  // namespace
}  // namespace matfit
