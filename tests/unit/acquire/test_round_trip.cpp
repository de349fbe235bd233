#include "example_recording.hpp"
#include "files.hpp"
#include "h5/file.hpp"
#include "mat_v5_bytes.hpp"
#include "stages/acquire/read_recording.hpp"
#include "stages/acquire/study.hpp"
#include "stages/write/recording_file.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <iterator>
#include <limits>

namespace matfit {
namespace {

using test::example_recording;
using test::TemporaryFolder;
using test::write_file;

void expect_same(const Recording& a, const Recording& b) {
  EXPECT_EQ(a.id, b.id);
  EXPECT_EQ(a.mat.model, b.mat.model);
  EXPECT_EQ(a.mat.geometry.rows, b.mat.geometry.rows);
  EXPECT_EQ(a.mat.geometry.cols, b.mat.geometry.cols);
  EXPECT_DOUBLE_EQ(a.mat.geometry.row_pitch_m, b.mat.geometry.row_pitch_m);
  EXPECT_DOUBLE_EQ(a.mat.geometry.col_pitch_m, b.mat.geometry.col_pitch_m);
  EXPECT_EQ(a.mat.head_end, b.mat.head_end);
  EXPECT_EQ(a.mat.view, b.mat.view);
  EXPECT_EQ(a.mat.geometry_source, b.mat.geometry_source);
  EXPECT_EQ(a.mat.orientation_source, b.mat.orientation_source);
  EXPECT_EQ(a.mat.pitch_sd_m.has_value(), b.mat.pitch_sd_m.has_value());
  EXPECT_EQ(a.mat.full_scale, b.mat.full_scale);
  EXPECT_EQ(a.unit, b.unit);
  EXPECT_EQ(a.integer_counts, b.integer_counts);
  EXPECT_EQ(a.time_s, b.time_s);
  EXPECT_EQ(a.time_source, b.time_source);
  EXPECT_EQ(a.labels, b.labels);
  EXPECT_EQ(a.condition, b.condition);
  ASSERT_EQ(a.size(), b.size());
  const FrameBlock frames_a = a.frames->read(0, a.size());
  const FrameBlock frames_b = b.frames->read(0, b.size());
  EXPECT_TRUE((frames_a == frames_b || (frames_a.isNaN() && frames_b.isNaN())).all());
  EXPECT_EQ(a.mat.absent, b.mat.absent);
  EXPECT_EQ(a.mat.zero_below, b.mat.zero_below);
  EXPECT_EQ(a.sensor, b.sensor);
  EXPECT_EQ(a.notes, b.notes);
  ASSERT_EQ(a.subject.has_value(), b.subject.has_value());
  if (a.subject) {
    EXPECT_EQ(a.subject->id, b.subject->id);
    EXPECT_EQ(a.subject->sex, b.subject->sex);
    EXPECT_EQ(a.subject->age_years, b.subject->age_years);
    EXPECT_EQ(a.subject->mass_kg, b.subject->mass_kg);
    EXPECT_EQ(a.subject->stature_m.has_value(), b.subject->stature_m.has_value());
    EXPECT_DOUBLE_EQ(a.subject->stature_m.value_or(0), b.subject->stature_m.value_or(0));
    EXPECT_DOUBLE_EQ(a.subject->hip_breadth_m.value_or(0), b.subject->hip_breadth_m.value_or(0));
    EXPECT_DOUBLE_EQ(a.subject->waist_breadth_m.value_or(0),
                     b.subject->waist_breadth_m.value_or(0));
    EXPECT_DOUBLE_EQ(a.subject->shoulder_breadth_m.value_or(0),
                     b.subject->shoulder_breadth_m.value_or(0));
  }
  ASSERT_EQ(a.mattress.has_value(), b.mattress.has_value());
  if (!a.mattress) return;
  EXPECT_EQ(a.mattress->id, b.mattress->id);
  EXPECT_EQ(a.mattress->name, b.mattress->name);
  EXPECT_EQ(a.mattress->firmness, b.mattress->firmness);
  EXPECT_EQ(a.mattress->age_years, b.mattress->age_years);
  EXPECT_EQ(a.mattress->material, b.mattress->material);
  EXPECT_EQ(a.mattress->curve_kind, b.mattress->curve_kind);
  EXPECT_DOUBLE_EQ(a.mattress->thickness_m.value_or(0), b.mattress->thickness_m.value_or(0));
  EXPECT_DOUBLE_EQ(a.mattress->shear_n_per_m.value_or(0), b.mattress->shear_n_per_m.value_or(0));
  EXPECT_EQ(a.mattress->curve_relative_sd, b.mattress->curve_relative_sd);
  ASSERT_EQ(a.mattress->curve.size(), b.mattress->curve.size());
  for (std::size_t i = 0; i < a.mattress->curve.size(); ++i) {
    EXPECT_DOUBLE_EQ(a.mattress->curve[i].indentation_m, b.mattress->curve[i].indentation_m);
    EXPECT_DOUBLE_EQ(a.mattress->curve[i].pressure_pa, b.mattress->curve[i].pressure_pa);
  }
}

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

Recording written_and_read(const Recording& recording, const std::filesystem::path& path) {
  write_recording(recording, path);
  return read_recording(path);
}

TEST(RoundTrip, keeps_everything_that_a_recording_says) {
  const TemporaryFolder folder;
  const Recording original = example_recording();
  const Recording read = written_and_read(original, folder.path() / "a.h5");
  EXPECT_EQ(read.format, "hdf5");
  expect_same(original, read);
}

TEST(RoundTrip, keeps_fractions_as_floats) {
  const TemporaryFolder folder;
  Recording original = example_recording();
  original.frames = std::make_shared<MemoryFrames>(
      FrameBlock(0.1F * original.frames->read(0, original.size()) - 3.0F));
  original.integer_counts = false;
  expect_same(original, written_and_read(original, folder.path() / "a.h5"));
}

TEST(RoundTrip, keeps_a_recording_of_nothing_but_frames) {
  const TemporaryFolder folder;
  Recording original;
  original.id = "bare";
  original.mat.geometry = {1, 6, 0.01, 0.01};
  original.mat.geometry_source = "command line";
  original.mat.orientation_source = "unknown";
  original.frames = example_recording().frames;
  original.time_s = {0, 1, 2};
  original.time_source = "assumed";
  expect_same(original, written_and_read(original, folder.path() / "a.h5"));
}

TEST(RoundTrip, keeps_an_import_of_every_text_format) {
  const TemporaryFolder folder;
  std::string one;
  std::string two;
  for (int i = 0; i < 64 * 32; ++i) one += std::to_string(i * 7 % 1001) + "\t";
  for (int i = 0; i < 64 * 27; ++i) {
    two += std::to_string(i * 5 % 501) + (i % 27 == 26 ? "\r\n" : " ");
  }
  ReadOptions options;
  options.rows = 1;
  options.cols = 4;
  options.row_pitch_m = options.col_pitch_m = 0.0137;
  const std::vector<std::pair<std::filesystem::path, ReadOptions>> cases = {
      {write_file(folder.path() / "one.txt", one + "\r\n" + one), {}},
      {write_file(folder.path() / "two.txt", two), {}},
      {write_file(folder.path() / "three.csv", "1,2,3,4.5\n5,6,7,8\n"), options},
  };
  for (const auto& [path, read_options] : cases) {
    const Recording original = read_recording(path, read_options);
    expect_same(original, written_and_read(original, folder.path() / "a.h5"));
  }
}

TEST(RoundTrip, keeps_an_import_of_the_vendors_samples) {
  MATFIT_REAL_RECORDINGS(datasets);
  const TemporaryFolder folder;
  int recordings = 0;
  for (const char* name : {"fscan_testL.asf", "iscan_test.csv", "xsensor_data.csv",
                           "pliance_test.asc", "emed_test.lst"}) {
    for (const StudyEntry& entry : entries_of(datasets / "vendor/pressuRe-samples" / name)) {
      const Recording original = read_entry(entry);
      expect_same(original, written_and_read(original, folder.path() / "a.h5"));
      ++recordings;
    }
  }
  EXPECT_EQ(recordings, 6);
}

TEST(RoundTrip, keeps_an_import_of_vendors_text_and_of_matlab) {
  const TemporaryFolder folder;
  ReadOptions options;
  options.rows = 2;
  options.cols = 3;
  options.row_pitch_m = options.col_pitch_m = 0.0137;
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::vector<std::pair<const char*, std::string>> files = {
      {"a.txt", "FRAME 1(mmHg)\nFri Aug 26 16:45:04 2022\n1.5\t2\t3\t\n4\t5\t6\t\n"},
      {"b.csv", " Frame Index: 3, Measurement Time(sec): 01.00\n\n1,2,3\n4,5,6\n"},
      {"c.txt", "3x2  0.0-200.0 mmHg\n   1   2   3\n   4   5   6\n"},
      {"d.mat", test::mat_file({test::mat_numbers("P", {2, 3, 2},
                                                  {1, 2, nan, 4, 5, 6, 7, 8, nan, 10, 11, 12})})},
  };
  for (const auto& [name, bytes] : files) {
    const Recording original = read_recording(write_file(folder.path() / name, bytes), options);
    expect_same(original, written_and_read(original, folder.path() / "a.h5"));
  }
}

TEST(RoundTrip, gives_the_same_bytes_and_leaves_no_partial_file) {
  const TemporaryFolder folder;
  const Recording original = example_recording();
  write_recording(original, folder.path() / "a.h5");
  write_recording(original, folder.path() / "b.h5");
  EXPECT_EQ(bytes_of(folder.path() / "a.h5"), bytes_of(folder.path() / "b.h5"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 2);
}

TEST(RoundTrip, leaves_an_old_file_as_it_was_when_frames_cannot_be_read) {
  class Failing final : public FrameSource {
   public:
    std::size_t size() const override { return 3; }
    FrameBlock read(std::size_t, std::size_t) const override { throw std::runtime_error("gone"); }
  };
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.h5";
  write_recording(example_recording(), path);
  const std::string before = bytes_of(path);
  Recording broken = example_recording();
  broken.frames = std::make_shared<Failing>();
  EXPECT_THROW(write_recording(broken, path), std::runtime_error);
  EXPECT_EQ(bytes_of(path), before);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder.path()), {}), 1);
}

TEST(RoundTrip, reads_long_recordings_block_by_block) {
  const TemporaryFolder folder;
  Recording original;
  original.id = "long";
  original.mat.geometry = {64, 32, 0.0284, 0.024};
  FrameBlock frames(700, 2048);
  for (Eigen::Index i = 0; i < frames.size(); ++i) {
    frames.data()[i] = static_cast<float>(i * 31 % 4096);
  }
  original.frames = std::make_shared<MemoryFrames>(frames);
  for (int i = 0; i < 700; ++i) original.time_s.push_back(0.1 * i);
  const Recording read = written_and_read(original, folder.path() / "a.h5");
  for (std::size_t first = 0; first < 700; first += 90) {
    const std::size_t count = std::min<std::size_t>(90, 700 - first);
    EXPECT_TRUE(
        (read.frames->read(first, count) ==
         frames.middleRows(static_cast<Eigen::Index>(first), static_cast<Eigen::Index>(count)))
            .all());
  }
}

TEST(RoundTrip, keeps_absent_cells_absent_and_the_name_of_the_sensor) {
  const TemporaryFolder folder;
  Recording recording = example_recording();
  recording.sensor = "left of two";
  recording.mat.zero_below = 1.5;
  recording.notes = {"One thing.", "And another."};
  recording.mat.absent = {0, 1, 0, 0, 0, 1};
  for (const double step : {1.0, 0.5}) {  // whole numbers, then fractions
    FrameBlock frames = step * example_recording().frames->read(0, 3);
    frames.col(1) = std::numeric_limits<float>::quiet_NaN();
    frames.col(5) = std::numeric_limits<float>::quiet_NaN();
    frames(0, 0) = static_cast<float>(step);
    recording.frames = std::make_shared<MemoryFrames>(frames);
    recording.integer_counts = step == 1.0;
    expect_same(recording, written_and_read(recording, folder.path() / "absent.h5"));
  }
}

}  // namespace
}  // namespace matfit
