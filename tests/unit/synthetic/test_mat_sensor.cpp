#include "synthetic/mat_sensor.hpp"

#include "numeric/statistics.hpp"
#include "types/units.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace matfit {
namespace {

const MatGeometry mat{20, 12, 0.03, 0.025};

Eigen::ArrayXXd spot() {
  Eigen::ArrayXXd pressure = Eigen::ArrayXXd::Zero(mat.rows, mat.cols);
  pressure.block(8, 4, 4, 4) = 50.0 * pa_per_mmhg;
  return pressure;
}

Eigen::ArrayXXd read(const MatSensor& sensor, double loaded_s = 0.0) {
  Random noise(4);
  return read_out(sensor, spot(), loaded_s, noise);
}

double median_of(const Eigen::ArrayXXd& part) {
  return median(std::vector<double>(part.data(), part.data() + part.size()));
}

TEST(MatSensor, IdealSensorReadsMillimetresOfMercury) {
  const Eigen::ArrayXXd reading = read(ideal_sensor(mat));
  EXPECT_NEAR(reading(9, 5), 50.0, 1e-9);
  EXPECT_EQ(reading(0, 0), 0.0);
}

TEST(MatSensor, BlurKeepsTheLoad) {
  MatSensor sensor = ideal_sensor(mat);
  sensor.blur_m = 0.015;
  const Eigen::ArrayXXd reading = read(sensor);
  EXPECT_LT(reading(8, 4), 50.0);
  EXPECT_GT(reading(7, 4), 0.0);
  EXPECT_NEAR(reading.sum(), 16 * 50.0, 1e-3);
}

TEST(MatSensor, CrosstalkShowsAlongRowsAndColumnsOnly) {
  MatSensor sensor = ideal_sensor(mat);
  sensor.row_crosstalk = 0.1;
  const Eigen::ArrayXXd reading = read(sensor);
  EXPECT_GT(reading(9, 0), 0.0);
  EXPECT_EQ(reading(0, 5), 0.0);
  EXPECT_NEAR(reading.sum(), 16 * 50.0, 1e-6);
}

TEST(MatSensor, ResponseIsAPowerOfThePressure) {
  MatSensor sensor = ideal_sensor(mat);
  sensor.exponent = 2.0;
  sensor.reference_reading = 1000.0;
  EXPECT_NEAR(read(sensor)(9, 5), 250.0, 1e-9);
}

TEST(MatSensor, DeadColumnStuckCellAndSaturationShow) {
  MatSensor sensor = ideal_sensor(mat);
  sensor.gain.col(5).setZero();
  sensor.stuck.push_back({2, 3, 77.0});
  sensor.saturation = 40.0;
  sensor.offset = 3.0;
  const Eigen::ArrayXXd reading = read(sensor);
  EXPECT_TRUE((reading.col(5) == 0.0).all());
  EXPECT_EQ(reading(2, 3), 77.0);
  EXPECT_EQ(reading(9, 6), 40.0);
  EXPECT_EQ(reading(0, 0), 3.0);
}

TEST(MatSensor, CreepGrowsWithTheLogarithmOfTime) {
  MatSensor sensor = ideal_sensor(mat);
  sensor.creep_per_decade = 0.05;
  EXPECT_NEAR(read(sensor, 100.0)(9, 5) / read(sensor, 1.0)(9, 5), 1.10, 1e-9);
}

TEST(MatSensor, NoiseHasItsStatedSizeAndRepeatsWithTheSeed) {
  MatSensor sensor = ideal_sensor(mat);
  sensor.noise = 2.0;
  Eigen::ArrayXXd difference = read(sensor) - read(ideal_sensor(mat));
  const Eigen::ArrayXXd loaded = difference.block(8, 4, 4, 4);
  EXPECT_NEAR(std::sqrt(loaded.square().mean()), 2.0, 0.8);
  EXPECT_TRUE((read(sensor) == read(sensor)).all());
}

TEST(MatSensor, AnySensorGivesReadingsInItsRange) {
  Random random(8);
  for (int i = 0; i < 60; ++i) {
    const MatSensor sensor = random_sensor(mat, random);
    const Eigen::ArrayXXd reading = read_out(sensor, spot(), 30.0, random);
    EXPECT_TRUE(reading.isFinite().all());
    EXPECT_GE(reading.minCoeff(), 0.0);
    // Medians, because a random sensor may have dead lines and stuck cells.
    EXPECT_GT(median_of(reading.block(8, 4, 4, 4)), 2.0 * median_of(reading.bottomRows(5))) << i;
  }
}

TEST(MatSensor, CorruptedFrameIsNoLongerTheFrame) {
  Random random(1);
  const Eigen::ArrayXXd frame = read(ideal_sensor(mat));
  for (int i = 0; i < 6; ++i) EXPECT_FALSE((corrupted(frame, random) == frame).all());
}

}  // namespace
}  // namespace matfit
