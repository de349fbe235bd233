#include "made_field.hpp"

#include "stages/hotspots/peaks.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace matfit {
namespace {

TEST(Peaks, ProminenceIsTheHeightOverTheSaddle) {
  Eigen::ArrayXXd map = Eigen::ArrayXXd::Zero(5, 9);
  map.row(2) << 1, 3, 7, 4, 5, 2, 6, 1, 0;
  const std::vector<Peak> peaks = find_peaks(map, 0.5).peaks;
  ASSERT_EQ(peaks.size(), 3U);
  EXPECT_EQ(peaks[0].height, 7.0);
  EXPECT_EQ(peaks[0].prominence, 6.5) << "the highest stands over the floor";
  EXPECT_EQ(peaks[1].height, 6.0);
  EXPECT_EQ(peaks[1].prominence, 4.0);
  EXPECT_EQ(peaks[2].height, 5.0);
  EXPECT_EQ(peaks[2].prominence, 1.0);
}

TEST(Peaks, APlateauIsOnePeak) {
  Eigen::ArrayXXd map = Eigen::ArrayXXd::Zero(6, 6);
  map.block(1, 1, 3, 3).setConstant(4.0);
  EXPECT_EQ(find_peaks(map, 0.0).peaks.size(), 1U);
}

TEST(Peaks, ABasinIsWhatRisesToItsPeak) {
  Eigen::ArrayXXd map(1, 9);
  map << 1, 3, 7, 4, 5, 2, 6, 1, 0;
  const Relief relief = find_peaks(map, 0.5);
  const auto row = [](const Eigen::ArrayXXi& basin) {
    return std::vector<int>(basin.data(), basin.data() + basin.size());
  };
  EXPECT_EQ(row(relief.basin), (std::vector<int>{0, 0, 0, 0, 2, 1, 1, 1, -1}));
  EXPECT_EQ(relief.peaks[0].joins, -1);
  EXPECT_EQ(relief.peaks[2].joins, 0) << "over the saddle of 4, not that of 2";
  // The last stands 1 in 5 over its saddle.
  EXPECT_EQ(row(basins_of_prominent(relief, 0.1)), row(relief.basin));
  EXPECT_EQ(row(basins_of_prominent(relief, 0.3)), (std::vector<int>{0, 0, 0, 0, 0, 1, 1, 1, -1}));
}

TEST(Peaks, SmoothingKeepsALevelMapLevelUpToTheEdgeAndRoundRepairedCells) {
  PressureField field = test::made_field({});
  field.pressure_pa.setConstant(300.0);
  field.pressure_pa(7, 7) = 1e6;
  field.repaired(7, 7) = true;
  const Eigen::ArrayXXd smooth = smoothed(field, 0.02);
  EXPECT_NEAR(smooth.minCoeff(), 300.0, 1e-9);
  EXPECT_NEAR(smooth.maxCoeff(), 300.0, 1e-9);
}

TEST(Peaks, ConnectedCellsStopAtTheLevel) {
  Eigen::ArrayXXd map = Eigen::ArrayXXd::Zero(4, 6);
  map.row(1) << 5, 4, 1, 4, 5, 0;
  EXPECT_EQ(connected_above(map, 1, 0, 3.0), (std::vector<Eigen::Index>{6, 7}));
  EXPECT_EQ(connected_above(map, 1, 0, 1.0).size(), 5U);
}

}  // namespace
}  // namespace matfit
