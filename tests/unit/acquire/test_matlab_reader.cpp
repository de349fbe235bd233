#include "files.hpp"
#include "h5/file.hpp"
#include "mat_v5_bytes.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <limits>

namespace matfit {
namespace {

using test::input_error_of;
using test::mat_cells;
using test::mat_file;
using test::mat_numbers;
using test::mat_packed;
using test::mat_short_numbers;
using test::mat_structure;
using test::mat_text;
using test::TemporaryFolder;
using test::write_file;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr int rows = 5;
constexpr int cols = 4;
constexpr int frames = 3;

// Smooth maps, so that the order of their cells can be told.
double value(int t, int r, int c) { return 100 * t + (r < 3 ? 40 : 0) + (c < 2 ? 30 : r); }

struct Layout {
  test::mat_v5::Shape shape;
  std::vector<double> values;
};

// The values of a variable whose indices, from the fastest on, are those that `at` turns into t, r
// and c.
template <typename At>
Layout laid(const test::mat_v5::Shape& shape, const At& at) {
  Layout layout{shape, {}};
  const int third = shape.size() > 2 ? shape[2] : 1;
  for (int k = 0; k < third; ++k) {
    for (int j = 0; j < shape[1]; ++j) {
      for (int i = 0; i < shape[0]; ++i) layout.values.push_back(at(i, j, k));
    }
  }
  return layout;
}

Layout frames_last() {
  return laid({rows, cols, frames}, [](int r, int c, int t) { return value(t, r, c); });
}
Layout frames_first() {
  return laid({frames, rows, cols}, [](int t, int r, int c) { return value(t, r, c); });
}

std::string numbers(const std::string& name, const Layout& layout) {
  return mat_numbers(name, layout.shape, layout.values);
}

class Matlab : public testing::Test {
 protected:
  Matlab() {
    options_.rows = rows;
    options_.cols = cols;
    options_.row_pitch_m = options_.col_pitch_m = 0.02;
  }
  Recording read(const std::string& bytes) {
    return read_recording(write_file(folder_.path() / "a.mat", bytes), options_);
  }
  std::string error(const std::string& bytes) {
    return input_error_of([&] { read(bytes); });
  }
  void expect_frames(const Recording& recording) {
    EXPECT_EQ(recording.format, "matlab");
    EXPECT_EQ(recording.mat.geometry.rows, rows);
    EXPECT_EQ(recording.mat.geometry.cols, cols);
    ASSERT_EQ(recording.size(), static_cast<std::size_t>(frames));
    const FrameBlock block = recording.frames->read(0, frames);
    for (int t = 0; t < frames; ++t) {
      for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < cols; ++c) {
          ASSERT_EQ(block(t, r * cols + c), value(t, r, c)) << t << " " << r << " " << c;
        }
      }
    }
  }
  // An HDF5 file with MATLAB's header before it.
  std::string version_73(const std::function<void(h5::File&)>& fill) {
    const auto path = folder_.path() / "a.h5";
    h5::File file = h5::File::create(path);
    fill(file);
    file.close();
    std::string bytes = "MATLAB 7.3 MAT-file, written by a test";
    bytes.resize(512, ' ');
    std::ifstream in(path, std::ios::binary);
    bytes.append(std::istreambuf_iterator<char>(in), {});
    return bytes;
  }
  TemporaryFolder folder_;
  ReadOptions options_;
};

TEST_F(Matlab, reads_frames_in_either_order_packed_or_not_in_long_or_short_numbers) {
  for (const Layout& layout : {frames_last(), frames_first()}) {
    const std::string plain = numbers("P", layout);
    const std::string brief = mat_short_numbers("P", layout.shape, layout.values);
    for (const std::string& element : {plain, brief, mat_packed(plain), mat_packed(brief)}) {
      expect_frames(read(mat_file({element})));
    }
  }
}

TEST_F(Matlab, reads_flat_frames_along_rows_or_columns_and_cells_and_fields) {
  const Layout along_rows =
      laid({frames, rows * cols}, [](int t, int k, int) { return value(t, k / cols, k % cols); });
  const Layout down_columns =
      laid({frames, rows * cols}, [](int t, int k, int) { return value(t, k % rows, k / rows); });
  const Layout turned =
      laid({rows * cols, frames}, [](int k, int t, int) { return value(t, k % rows, k / rows); });
  for (const Layout& layout : {along_rows, down_columns, turned}) {
    expect_frames(read(mat_file({numbers("P", layout)})));
  }
  std::vector<std::string> cells;
  for (int t = 0; t < frames; ++t) {
    cells.push_back(
        numbers("", laid({rows, cols}, [t](int r, int c, int) { return value(t, r, c); })));
  }
  expect_frames(read(mat_file({mat_packed(mat_cells("P", cells))})));
  const std::string structure = mat_structure(
      "session", {{"frames", numbers("", frames_last())}, {"fs", mat_numbers("", {1, 1}, {4.0})}});
  const Recording recording = read(mat_file({mat_packed(structure)}));
  expect_frames(recording);
  EXPECT_THAT(recording.time_s, ElementsAre(0.0, 0.25, 0.5));
}

TEST_F(Matlab, takes_time_pitch_and_unit_where_they_are_so_named) {
  options_ = {};
  const Recording recording =
      read(mat_file({numbers("P", frames_first()), mat_numbers("time", {3, 1}, {7.0, 7.5, 9.0}),
                     mat_numbers("row_pitch_mm", {1, 1}, {20.0}),
                     mat_numbers("col_pitch_mm", {1, 1}, {10.0}), mat_text("units", "mmHg")}));
  expect_frames(recording);  // three times: the dimension of three is that of the frames
  EXPECT_THAT(recording.time_s, ElementsAre(0.0, 0.5, 2.0));
  EXPECT_EQ(recording.time_source, "file");
  EXPECT_DOUBLE_EQ(recording.mat.geometry.row_pitch_m, 0.020);
  EXPECT_DOUBLE_EQ(recording.mat.geometry.col_pitch_m, 0.010);
  EXPECT_EQ(recording.unit, PressureUnit::mmhg);
  EXPECT_THAT(recording.unit_source, HasSubstr("mmHg"));
}

TEST_F(Matlab, reads_version_73_in_either_order_and_in_groups) {
  const auto write = [](h5::File& file, const std::string& name, const Layout& layout) {
    const h5::Shape reversed(layout.shape.rbegin(), layout.shape.rend());
    file.write_dataset<double>(name, reversed, layout.values);
    file.write_attribute(name, "MATLAB_class", "double");
  };
  for (const Layout& layout : {frames_last(), frames_first()}) {
    expect_frames(read(version_73([&](h5::File& file) { write(file, "/P", layout); })));
  }
  const Recording recording = read(version_73([&](h5::File& file) {
    file.make_group("/session");
    write(file, "/session/P", frames_last());
    write(file, "/session/fs", {{1, 1}, {10.0}});
    file.make_group("/#refs#");
    write(file, "/#refs#/a", frames_last());
  }));
  expect_frames(recording);
  EXPECT_NEAR(recording.time_s[1], 0.1, 1e-12);
}

TEST_F(Matlab, names_variables_and_options_to_choose_by) {
  const std::string two = mat_file({numbers("P", frames_last()), numbers("Q", frames_first())});
  EXPECT_THAT(error(two), AllOf(HasSubstr("P (5 x 4 x 3)"), HasSubstr("Q (3 x 5 x 4)"),
                                HasSubstr("--variable")));
  options_.variable = "Q";
  expect_frames(read(two));
  options_.variable = "R";
  EXPECT_THAT(error(two), AllOf(HasSubstr("variable R"), HasSubstr("P (5 x 4 x 3)")));
  options_.variable.reset();
  EXPECT_THAT(error(mat_file({mat_text("note", "x"), mat_numbers("fs", {1, 1}, {4.0})})),
              HasSubstr("note (1 x 1)"));
  options_.rows = options_.cols = {};
  const Layout open = laid({12, 20, 16}, [](int i, int j, int k) { return i + j + k; });
  EXPECT_THAT(error(mat_file({numbers("P", open)})),
              AllOf(HasSubstr("12 x 20 x 16"), HasSubstr("--rows and --cols")));
  const Layout clear = laid({12, 20, 300}, [](int i, int j, int k) { return i + j + k; });
  EXPECT_EQ(read(mat_file({numbers("P", clear)})).size(), 300U);
  const Layout flat = laid({300, 20}, [](int i, int j, int) { return i + j; });
  EXPECT_THAT(error(mat_file({numbers("P", flat)})), HasSubstr("--rows and --cols"));
}

TEST_F(Matlab, takes_cells_without_any_value_for_absent_and_refuses_single_gaps) {
  Layout layout = frames_last();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (int t = 0; t < frames; ++t) {
    layout.values[static_cast<std::size_t>((t * cols + 2) * rows + 1)] = nan;
  }
  const Recording recording = read(mat_file({numbers("P", layout)}));
  ASSERT_EQ(recording.mat.absent.size(), 20U);
  EXPECT_EQ(recording.mat.absent[1 * cols + 2], 1);
  EXPECT_TRUE(std::isnan(recording.frames->read(2, 1)(0, 1 * cols + 2)));
  layout.values[0] = nan;
  EXPECT_THAT(error(mat_file({numbers("P", layout)})),
              AllOf(HasSubstr("row 0, column 0"), HasSubstr("1 of 3 frames")));
  layout.values[0] = std::numeric_limits<double>::infinity();
  EXPECT_THAT(error(mat_file({numbers("P", layout)})), HasSubstr("infinite"));
}

TEST_F(Matlab, refuses_times_that_fall_and_units_that_it_does_not_keep) {
  const auto with_times = [&](const std::vector<double>& times) {
    return error(mat_file({numbers("P", frames_last()), mat_numbers("time", {1, 3}, times)}));
  };
  EXPECT_THAT(with_times({0, 2, 1}),
              AllOf(HasSubstr("variable time, frame 2 (from 0)"), HasSubstr("2")));
  EXPECT_THAT(with_times({739000.1, 739000.10001, 739000.10002}), HasSubstr("not days"));
  EXPECT_THAT(error(mat_file({numbers("P", frames_last()), mat_text("unit", "furlong")})),
              AllOf(HasSubstr("furlong"), HasSubstr("--units")));
  const Recording psi = read(mat_file({numbers("P", frames_last()), mat_text("unit", "psi")}));
  EXPECT_EQ(psi.unit, PressureUnit::kpa);
  EXPECT_NEAR(psi.frames->read(1, 1)(0, 0), value(1, 0, 0) * 6.894757, 1e-3);
}

TEST_F(Matlab, refuses_every_cut_and_survives_every_flipped_byte) {
  const std::string packed = mat_file({mat_packed(numbers("P", frames_last()))});
  for (std::size_t size = 130; size < packed.size(); size += 3) {
    EXPECT_THAT(error(packed.substr(0, size)), HasSubstr("cut short")) << size;
  }
  for (std::size_t at = 136; at < packed.size(); ++at) {
    std::string damaged = packed;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x10);
    const std::string message = error(damaged);
    if (message == "no InputError") {
      expect_frames(read(damaged));  // a bit that only fills up a byte
    } else {
      EXPECT_THAT(message, HasSubstr("does not unpack")) << at;
    }
  }
  const std::string plain = mat_file({numbers("P", frames_last())});
  for (std::size_t at = 128; at < 128 + 56; at += 2) {
    for (const char flip : {'\x01', '\x7f'}) {
      std::string damaged = plain;
      damaged[at] = static_cast<char>(damaged[at] ^ flip);
      const std::string message = error(damaged);  // or a recording; never a crash
      EXPECT_THAT(message, testing::Not(HasSubstr("std::"))) << at;
    }
  }
}

TEST_F(Matlab, refuses_sizes_that_the_file_cannot_hold_before_any_memory_is_asked_for) {
  const std::string bytes =
      mat_file({mat_numbers("P", {64000, 64000, 30000}, std::vector<double>(60, 1.0))});
  EXPECT_THAT(error(bytes), AllOf(HasSubstr("64000 x 64000 x 30000"), HasSubstr("can hold")));
}

}  // namespace
}  // namespace matfit
