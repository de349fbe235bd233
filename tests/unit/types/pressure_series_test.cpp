#include "types/pressure_series.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace matfit {
namespace {

using Flags = Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>;

PressureSeries series_of(const FrameBlock& frames, int rows, int cols) {
  PressureSeries series;
  series.geometry = {rows, cols, 0.03, 0.02};
  series.frames_pa = std::make_shared<MemoryFrames>(frames);
  for (Eigen::Index i = 0; i < frames.rows(); ++i) {
    series.time_s.push_back(static_cast<double>(i));
    series.valid.push_back(1);
  }
  series.repaired = Flags::Constant(rows, cols, false);
  return series;
}

TEST(MeanField, IsTheMeanOfTheValidFramesOfTheRange) {
  FrameBlock frames(5, 2);
  frames << 100, 0, 10, 20, 1e6f, 1e6f, 30, 60, 100, 0;
  PressureSeries series = series_of(frames, 1, 2);
  series.valid[2] = 0;
  const PressureField field = mean_field(series, 1, 4, {});
  EXPECT_DOUBLE_EQ(field.pressure_pa(0, 0), 20.0);
  EXPECT_DOUBLE_EQ(field.pressure_pa(0, 1), 40.0);
  EXPECT_DOUBLE_EQ(field.sd_pa(0, 0), 10.0);
  EXPECT_DOUBLE_EQ(field.sd_pa(0, 1), 20.0);
}

TEST(MeanField, KeepsTheRowMajorOrderOfTheCells) {
  FrameBlock frames(1, 6);
  frames << 1, 2, 3, 4, 5, 6;
  const PressureField field = mean_field(series_of(frames, 2, 3), 0, 1, {});
  EXPECT_DOUBLE_EQ(field.pressure_pa(0, 2), 3.0);
  EXPECT_DOUBLE_EQ(field.pressure_pa(1, 0), 4.0);
}

TEST(MeanField, AddsTheNoiseAndHalfOfARepairedCell) {
  FrameBlock frames(2, 2);
  frames << 100, 100, 100, 100;
  PressureSeries series = series_of(frames, 1, 2);
  series.noise_pa = 3.0;
  series.repaired(0, 1) = true;
  const PressureField field = mean_field(series, 0, 2, {});
  EXPECT_DOUBLE_EQ(field.sd_pa(0, 0), 3.0);
  EXPECT_DOUBLE_EQ(field.sd_pa(0, 1), 50.0);
  EXPECT_TRUE(field.repaired(0, 1));
}

TEST(MeanField, CrossesTheBlocksInWhichFramesAreRead) {
  constexpr int count = 200;
  FrameBlock frames(count, 1);
  double sum = 0.0;
  for (int i = 0; i < count; ++i) frames(i, 0) = static_cast<float>(i * i % 17);
  PressureSeries series = series_of(frames, 1, 1);
  double used = 0.0;
  for (int i = 5; i < 190; ++i) {
    series.valid[static_cast<std::size_t>(i)] = (i < 64 || i >= 128) && i % 3 != 0;
    if (series.valid[static_cast<std::size_t>(i)] == 0) continue;
    sum += frames(i, 0);
    used += 1.0;
  }
  EXPECT_NEAR(mean_field(series, 5, 190, {}).pressure_pa(0, 0), sum / used, 1e-9);
}

TEST(MeanField, OfNoValidFrameIsRefused) {
  FrameBlock frames = FrameBlock::Ones(3, 1);
  PressureSeries series = series_of(frames, 1, 1);
  EXPECT_THROW(mean_field(series, 1, 1, {}), std::invalid_argument);
  series.valid.assign(3, 0);
  EXPECT_THROW(mean_field(series, 0, 3, {}), std::invalid_argument);
}

TEST(MeanField, CarriesOrientationAndUnits) {
  PressureSeries series = series_of(FrameBlock::Ones(1, 1), 1, 1);
  series.quality.units.absolute = true;
  Orientation orientation;
  orientation.head_end = HeadEnd::last_row;
  const PressureField field = mean_field(series, 0, 1, orientation);
  EXPECT_TRUE(field.absolute);
  EXPECT_EQ(field.orientation.head_end, HeadEnd::last_row);
}

TEST(CanonicalField, TurnsEveryMapAndSaysSo) {
  PressureField field;
  field.geometry = {2, 3, 0.03, 0.02};
  field.orientation.head_end = HeadEnd::first_col;
  field.orientation.view = View::above;
  field.orientation.inferred = true;
  field.pressure_pa.resize(2, 3);
  field.pressure_pa << 1, 2, 3, 4, 5, 6;
  field.sd_pa = 0.1 * field.pressure_pa;
  field.repaired = field.pressure_pa > 5.5;
  const PressureField turned = canonical_from_recording(field);
  ASSERT_EQ(turned.pressure_pa.rows(), 3);
  EXPECT_EQ(turned.geometry.rows, 3);
  EXPECT_DOUBLE_EQ(turned.geometry.row_pitch_m, 0.02);
  EXPECT_EQ(turned.pressure_pa(0, 0), 4.0);
  EXPECT_EQ(turned.pressure_pa(2, 1), 3.0);
  EXPECT_TRUE((turned.sd_pa == 0.1 * turned.pressure_pa).all());
  EXPECT_TRUE((turned.repaired == (turned.pressure_pa > 5.5)).all());
  EXPECT_EQ(turned.orientation.head_end, HeadEnd::first_row);
  EXPECT_EQ(turned.orientation.view, View::above);
  EXPECT_TRUE(turned.orientation.inferred);
  const PressureField again = canonical_from_recording(turned);
  EXPECT_TRUE((again.pressure_pa == turned.pressure_pa).all());
}

}  // namespace
}  // namespace matfit
