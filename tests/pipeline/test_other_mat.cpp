#include "pipeline/evaluate_postures.hpp"
#include "pipeline/other_mat.hpp"
#include "support/datasets.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <utility>

namespace matfit {
namespace {

const MatGeometry first_mat = {64, 32, 0.028, 0.026};

OtherMat plain_other_mat(int rows, int cols) {
  OtherMat other;
  other.sensor = ideal_sensor({rows, cols, 2.0 / rows, 1.0 / cols});
  other.orientation = {HeadEnd::first_row, View::above, false, 1.0};
  return other;
}

// One loaded block, neither in the middle nor symmetric.
Eigen::ArrayXXd block() {
  Eigen::ArrayXXd map = Eigen::ArrayXXd::Zero(first_mat.rows, first_mat.cols);
  map.block(12, 5, 20, 9) = 3000.0;
  return map;
}

// Where the load's centre lies from the middle of the mat.
Eigen::Vector2d centre_m(const Eigen::ArrayXXd& map, const MatGeometry& mat) {
  Eigen::Vector2d sum(0.0, 0.0);
  for (int r = 0; r < mat.rows; ++r) {
    for (int c = 0; c < mat.cols; ++c) {
      sum += map(r, c) * Eigen::Vector2d((c + 0.5 - 0.5 * mat.cols) * mat.col_pitch_m,
                                         (r + 0.5 - 0.5 * mat.rows) * mat.row_pitch_m);
    }
  }
  return sum / map.sum();
}

PressureSeries series_of(const Eigen::ArrayXXd& map, int frames) {
  PressureSeries series;
  series.geometry = first_mat;
  series.orientation = {HeadEnd::first_row, View::above, false, 1.0};
  FrameBlock block(frames, first_mat.cells());
  for (int t = 0; t < frames; ++t) {
    block.row(t) = map.reshaped<Eigen::RowMajor>().transpose().cast<float>();
    series.time_s.push_back(t);
    series.valid.push_back(t == 1 ? 0 : 1);
  }
  series.frames_pa = std::make_shared<MemoryFrames>(std::move(block));
  return series;
}

Recording labelled(int frames) {
  Recording recording;
  for (int t = 0; t < frames; ++t) {
    recording.labels.push_back(t < 2 ? Posture::left : Posture::prone);
  }
  return recording;
}

TEST(OtherMat, CarriesTheSameLoadWhateverItsGrid) {
  const double load_n = block().sum() * first_mat.cell_area_m2();
  for (const auto& [rows, cols] : {std::pair{30, 11}, std::pair{40, 26}, std::pair{100, 50}}) {
    const OtherMat other = plain_other_mat(rows, cols);
    const Eigen::ArrayXXd map = resampled(block(), first_mat, other);
    EXPECT_NEAR(map.sum() * other.sensor.geometry.cell_area_m2(), load_n, 1e-9 * load_n);
  }
}

TEST(OtherMat, PutsTheBodyWhereTheShiftSays) {
  OtherMat other = plain_other_mat(40, 26);
  const Eigen::Vector2d before =
      centre_m(resampled(block(), first_mat, other), other.sensor.geometry);
  EXPECT_LT((before - centre_m(block(), first_mat)).norm(), 0.01);
  other.shift_m = {0.06, -0.04};
  const Eigen::Vector2d after =
      centre_m(resampled(block(), first_mat, other), other.sensor.geometry);
  EXPECT_NEAR(after.x() - before.x(), 0.06, 0.01);
  EXPECT_NEAR(after.y() - before.y(), -0.04, 0.01);
}

TEST(OtherMat, OfATallerSleeperShowsALargerBody) {
  OtherMat other = plain_other_mat(80, 40);
  const double area = (resampled(block(), first_mat, other) > 1500.0).cast<double>().sum();
  other.stature_scale = 1.25;
  const double larger = (resampled(block(), first_mat, other) > 1500.0).cast<double>().sum();
  EXPECT_NEAR(larger / area, 1.25 * 1.25, 0.15);
}

TEST(OtherMat, OfSmallSpotsSeesNothingBetweenThem) {
  OtherMat other = plain_other_mat(20, 10);
  other.sensed_share = 0.3;
  Eigen::ArrayXXd line = Eigen::ArrayXXd::Zero(first_mat.rows, first_mat.cols);
  line.col(16) = 1000.0;  // within 26 mm right of the middle, where two cells of 100 mm meet
  EXPECT_EQ(resampled(line, first_mat, other).sum(), 0.0);
  other.sensed_share = 1.0;
  EXPECT_GT(resampled(line, first_mat, other).sum(), 0.0);
}

TEST(OtherMat, RecordsTheSameBodyHoweverItLies) {
  Random noise(1);
  OtherMat other = plain_other_mat(40, 26);
  const PressureSeries series = series_of(block(), 4);
  const auto in_body_frame = [&] {
    const Recording made = recorded_by(other, labelled(4), series, noise);
    EXPECT_EQ(made.mat.head_end, other.orientation.head_end);
    EXPECT_EQ(made.mat.view, other.orientation.view);
    const Eigen::ArrayXXd map =
        made.frames->read(0, 1)
            .reshaped<Eigen::RowMajor>(made.mat.geometry.rows, made.mat.geometry.cols)
            .cast<double>();
    return canonical_from_recording(map, other.orientation);
  };
  const Eigen::ArrayXXd plain = in_body_frame();
  EXPECT_GT(plain.sum(), 0.0);
  for (const HeadEnd head_end : {HeadEnd::last_row, HeadEnd::first_col}) {
    other.orientation.head_end = head_end;
    other.orientation.view = View::below;
    EXPECT_TRUE((in_body_frame() == plain).all());
  }
}

TEST(OtherMat, KeepsTheLabelsAndTimesOfValidFramesOnly) {
  Random noise(1);
  const Recording made =
      recorded_by(plain_other_mat(30, 11), labelled(4), series_of(block(), 4), noise);
  EXPECT_EQ(made.size(), 3U);
  EXPECT_EQ(made.time_s, (std::vector<double>{0.0, 2.0, 3.0}));
  EXPECT_EQ(made.labels, (std::vector<Posture>{Posture::left, Posture::prone, Posture::prone}));
}

TEST(OtherMat, RecordsNoMoreFramesThanAskedForAndSpreadsThem) {
  Random noise(1);
  const Recording made =
      recorded_by(plain_other_mat(30, 11), labelled(41), series_of(block(), 41), noise, 4);
  EXPECT_EQ(made.time_s, (std::vector<double>{0.0, 11.0, 21.0, 31.0}));
  EXPECT_EQ(made.size(), 4U);
}

PostureEvaluation shown_by_coarse_mats(int jobs) {
  static const PostureModel model =
      load_posture_model(test::project_folder() / "calibration/posture_model.bin");
  EvaluatePosturesOptions options;
  options.jobs = jobs;
  options.other_grid = {30, 11, 7};
  return evaluate_postures(
      read_study(test::project_folder() / "datasets/sample/study").entries,
      load_calibration_knowledge(test::project_folder() / "calibration"),
      [](const std::string&) -> const PostureModel& { return model; }, options);
}

TEST(EvaluatePostures, ShowsRecordingsByOtherMatsTheSameOnOneThreadAndOnTwo) {
  const PostureEvaluation one = shown_by_coarse_mats(1);
  const PostureEvaluation two = shown_by_coarse_mats(2);
  ASSERT_EQ(one.recordings.size(), two.recordings.size());
  std::size_t labelled = 0;
  std::size_t right = 0;
  for (std::size_t i = 0; i < one.recordings.size(); ++i) {
    EXPECT_EQ(one.recordings[i].confusion, two.recordings[i].confusion);
    const PostureScore score = score_of({&one.recordings[i]});
    labelled += score.labelled;
    right += score.right;
  }
  EXPECT_TRUE(one.failures.empty());
  EXPECT_GT(labelled, 0U);
  EXPECT_GE(static_cast<double>(right), 0.8 * static_cast<double>(labelled));
}

}  // namespace
}  // namespace matfit
