#include "example_recording.hpp"
#include "files.hpp"
#include "h5/file.hpp"
#include "stages/acquire/read_recording.hpp"
#include "stages/write/recording_file.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <optional>

namespace matfit {
namespace {

using test::example_recording;
using test::input_error_of;
using test::TemporaryFolder;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

// A recording file made by hand, so that each statement can be spoilt.
struct Handmade {
  std::string format = "matfit-recording";
  double version = 1.0;
  std::optional<std::string> units = "raw";
  std::vector<double> times = {0.0, 1.0};
  std::optional<double> sample_rate_hz = {};
  double row_pitch_mm = 10.0;
  std::string head_end = "first_row";
  std::optional<double> stature_cm = {};
  std::optional<double> mass_kg = {};
  std::string sex = {};
  std::vector<double> curve = {};
  std::vector<std::uint8_t> labels = {};
  float last_value = 3.0F;

  std::filesystem::path write(const TemporaryFolder& folder) const {
    const auto path = folder.path() / "made.h5";
    h5::File file = h5::File::create(path);
    file.write_attribute("/", "format", format);
    file.write_attribute("/", "format_version", version);
    const std::vector<float> values = {0.0F, 1.0F, 2.0F, last_value};
    file.write_dataset<float>("/frames", {2, 1, 2}, values);
    if (units) file.write_attribute("/frames", "units", *units);
    if (sample_rate_hz) file.write_attribute("/frames", "sample_rate_hz", *sample_rate_hz);
    if (!times.empty()) file.write_dataset<double>("/timestamps", {times.size()}, times);
    file.make_group("/mat");
    file.write_attribute("/mat", "row_pitch_mm", row_pitch_mm);
    file.write_attribute("/mat", "col_pitch_mm", 10.0);
    file.write_attribute("/mat", "head_end", head_end);
    file.make_group("/subject");
    if (stature_cm) file.write_attribute("/subject", "stature_cm", *stature_cm);
    if (mass_kg) file.write_attribute("/subject", "mass_kg", *mass_kg);
    if (!sex.empty()) file.write_attribute("/subject", "sex", sex);
    file.make_group("/mattress");
    if (!curve.empty()) {
      file.write_dataset<double>("/mattress/curve", {curve.size() / 2, 2}, curve);
    }
    file.make_group("/labels");
    if (!labels.empty()) {
      file.write_dataset<std::uint8_t>("/labels/posture", {labels.size()}, labels);
    }
    file.close();
    return path;
  }
};

std::string refusal(const Handmade& made, const ReadOptions& options = {}) {
  const TemporaryFolder folder;
  const auto path = made.write(folder);
  return input_error_of([&] {
    const Recording recording = read_recording(path, options);
    recording.frames->read(0, recording.size());
  });
}

TEST(Hdf5Reader, reads_the_least_that_a_recording_must_say) {
  const TemporaryFolder folder;
  const Recording recording = read_recording(Handmade().write(folder));
  EXPECT_EQ(recording.id, "made");
  EXPECT_EQ(recording.size(), 2U);
  EXPECT_EQ(recording.mat.view, View::unknown);
  EXPECT_FALSE(recording.integer_counts);
  EXPECT_EQ(recording.time_source, "file");
  EXPECT_EQ(recording.sha256.size(), 64U);
}

TEST(Hdf5Reader, names_the_statement_that_is_wrong_its_value_and_what_was_expected) {
  EXPECT_THAT(refusal({.format = "other"}), HasSubstr("'other'"));
  EXPECT_THAT(refusal({.version = 2.0}), AllOf(HasSubstr("format_version"), HasSubstr("got '2'")));
  EXPECT_THAT(refusal({.units = "psi"}),
              AllOf(HasSubstr("units of /frames"), HasSubstr("mmHg, kPa, raw")));
  EXPECT_THAT(refusal({.units = std::nullopt}), HasSubstr("units of /frames"));
  EXPECT_THAT(refusal({.row_pitch_mm = -1.0}),
              AllOf(HasSubstr("row_pitch_mm of /mat"), HasSubstr("0.5 to 500")));
  EXPECT_THAT(refusal({.head_end = "top"}), AllOf(HasSubstr("head_end"), HasSubstr("'top'")));
  EXPECT_THAT(refusal({.stature_cm = 1.8}),
              AllOf(HasSubstr("stature_cm of /subject"), HasSubstr("90 to 250")));
  EXPECT_THAT(refusal({.mass_kg = std::numeric_limits<double>::quiet_NaN()}),
              HasSubstr("mass_kg of /subject"));
  EXPECT_THAT(refusal({.sex = "m"}), HasSubstr("female or male"));
  EXPECT_THAT(refusal({.curve = {0, 0, 20, 2, 30, 1}}),
              AllOf(HasSubstr("point 2"), HasSubstr("30 mm, 1 kPa")));
  EXPECT_THAT(refusal({.curve = {10, 1}}), HasSubstr("1 points"));
  EXPECT_THAT(refusal({.labels = {2, 7}}),
              AllOf(HasSubstr("/labels/posture, frame 1"), HasSubstr("got '7'")));
  EXPECT_THAT(refusal({.labels = {2}}), HasSubstr("2 whole numbers"));
  EXPECT_THAT(refusal({.last_value = std::numeric_limits<float>::infinity()}),
              AllOf(HasSubstr("frame 1, row 0, column 1"), HasSubstr("infinite")));
}

TEST(Hdf5Reader, demands_times_that_increase) {
  EXPECT_THAT(refusal({.times = {0.0, 0.0}}),
              AllOf(HasSubstr("/timestamps, frame 1"), HasSubstr("more than 0")));
  EXPECT_THAT(refusal({.times = {1.0}}), HasSubstr("2 numbers, one a frame"));
  EXPECT_THAT(refusal({.times = {}}), HasSubstr("--sample-rate-hz"));
  EXPECT_THAT(refusal({.times = {}, .sample_rate_hz = 0.0}), HasSubstr("sample_rate_hz"));
  const TemporaryFolder folder;
  const auto path = Handmade{.times = {}, .sample_rate_hz = 5.0}.write(folder);
  EXPECT_THAT(read_recording(path).time_s, ElementsAre(0.0, 0.2));
  ReadOptions options;
  options.sample_rate_hz = 2.0;
  EXPECT_THAT(read_recording(path, options).time_s, ElementsAre(0.0, 0.5));
}

TEST(Hdf5Reader, refuses_a_grid_given_that_is_not_the_files) {
  ReadOptions options;
  options.cols = 3;
  EXPECT_THAT(refusal({}, options), AllOf(HasSubstr("1 x 2 cells"), HasSubstr("3 columns")));
}

TEST(Hdf5Reader, names_a_file_that_is_cut_short_or_damaged) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "a.h5";
  write_recording(example_recording(), path);
  const auto whole = std::filesystem::file_size(path);
  for (const auto size : {whole - 1, whole / 2, std::uintmax_t{200}, std::uintmax_t{9}}) {
    std::filesystem::resize_file(path, size);
    EXPECT_THAT(input_error_of([&] { read_recording(path); }),
                AllOf(HasSubstr("a.h5"), HasSubstr("a whole, readable HDF5 recording")))
        << size;
  }
}

}  // namespace
}  // namespace matfit
