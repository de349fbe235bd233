#include "pipeline/evaluate_landmarks.hpp"

#include "support/temporary_folder.hpp"
#include "types/error.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <stdexcept>
#include <string>

namespace matfit {
namespace {

LandmarkEstimate at_cell(double column, double row, double sd_m = 0.02) {
  LandmarkEstimate e;
  e.position_m = {(column + 0.5) * 0.02, (row + 0.5) * 0.03};
  e.covariance_m2 = sd_m * sd_m * Eigen::Matrix2d::Identity();
  return e;
}

RecordingResult result(const std::string& id, Posture posture, View view = View::above) {
  RecordingResult r;
  r.recording_id = id;
  r.frames = 10;
  BoutResult b;
  b.bout.last_frame = 10;
  b.bout.posture = posture;
  b.field.geometry = {64, 32, 0.03, 0.02};
  b.field.orientation = {HeadEnd::first_row, view, false, 1.0};
  r.bouts.push_back(b);
  return r;
}

const LandmarkErrorSummary& summary(const LandmarkEvaluation& e, const std::string& landmark) {
  for (const LandmarkErrorSummary& s : e.summaries) {
    if (s.landmark == landmark) return s;
  }
  throw std::runtime_error("no summary of " + landmark);
}

TEST(EvaluateLandmarks, MeasuresMissesInCellsAndMetres) {
  RecordingResult r = result("I_S1_1", Posture::supine);
  r.bouts[0].body.at(Landmark::head) = at_cell(13.0, 6.0);
  const LandmarkEvaluation e =
      evaluate_landmarks({r}, {{"I_S1_1", "supine", {{"head", 10.0, 2.0, 3}}}});
  EXPECT_EQ(e.annotated, 1u);
  EXPECT_EQ(e.evaluated, 1u);
  const LandmarkErrorSummary& s = summary(e, "head");
  EXPECT_EQ(s.group, "I");
  EXPECT_EQ(s.view, "back");
  EXPECT_NEAR(s.median_cells, 5.0, 1e-9);
  EXPECT_NEAR(s.median_m, std::hypot(3 * 0.02, 4 * 0.03), 1e-9);
  EXPECT_DOUBLE_EQ(s.within_two_sd, 0.0);
}

TEST(EvaluateLandmarks, ImageSidesBecomeThePersonsOwn) {
  // Seen from above, a person on the back has the right shoulder at low columns; from below, at
  // high ones; a prone person the other way round.
  const RecordingAnnotation supine = {"a", "supine", {{"shoulder_l", 8.0, 10.0, 3}}};
  const RecordingAnnotation prone = {"a", "prone", {{"shoulder_l", 8.0, 10.0, 3}}};
  struct Case {
    Posture posture;
    View view;
    Landmark meant;
    const RecordingAnnotation& annotation;
  };
  for (const Case& c : {Case{Posture::supine, View::above, Landmark::right_shoulder, supine},
                        Case{Posture::supine, View::below, Landmark::left_shoulder, supine},
                        Case{Posture::prone, View::above, Landmark::left_shoulder, prone}}) {
    RecordingResult r = result("a", c.posture, c.view);
    r.bouts[0].body.at(c.meant) = at_cell(8.0, 10.0);
    const LandmarkEvaluation e = evaluate_landmarks({r}, {c.annotation});
    ASSERT_TRUE(e.errors[0].error_cells) << name_of(c.meant);
    EXPECT_NEAR(*e.errors[0].error_cells, 0.0, 1e-9);
    EXPECT_DOUBLE_EQ(summary(e, "shoulder").within_one_sd, 1.0);
  }
}

TEST(EvaluateLandmarks, WhatWasNotFoundOrInAnotherPostureIsMissing) {
  const std::vector<RecordingAnnotation> annotations = {
      {"a", "left", {{"hip", 8.0, 30.0, 3}, {"knee", 4.0, 40.0, 1}}}};
  const LandmarkEvaluation not_found =
      evaluate_landmarks({result("a", Posture::left)}, annotations);
  EXPECT_EQ(not_found.errors.size(), 1u);  // the guess does not count
  EXPECT_EQ(summary(not_found, "hip").missing, 1u);
  EXPECT_EQ(not_found.other_posture, 0u);
  RecordingResult other = result("a", Posture::supine);
  other.bouts[0].body.at(Landmark::left_hip) = at_cell(8.0, 30.0);
  const LandmarkEvaluation other_posture = evaluate_landmarks({other}, annotations);
  EXPECT_EQ(other_posture.other_posture, 1u);
  EXPECT_EQ(summary(other_posture, "hip").missing, 1u);
}

TEST(EvaluateLandmarks, TheBoutAroundTheMiddleCounts) {
  RecordingResult r = result("a", Posture::supine);
  r.bouts[0].bout.last_frame = 3;
  BoutResult second = r.bouts[0];
  second.bout.first_frame = 3;
  second.bout.last_frame = 10;
  second.body.at(Landmark::head) = at_cell(10.0, 2.0);
  r.bouts.push_back(second);
  const LandmarkEvaluation e = evaluate_landmarks({r}, {{"a", "supine", {{"head", 10.0, 2.0, 3}}}});
  EXPECT_NEAR(*e.errors[0].error_cells, 0.0, 1e-9);
}

TEST(EvaluateLandmarks, PathsOfPmatDataNameTheirAnnotation) {
  EXPECT_EQ(pmatdata_key("x/experiment-i/S3/12.txt"), "I_S3_12");
  EXPECT_EQ(pmatdata_key("x/experiment-ii/S2/Air_Mat/Matrix_Air_B6.txt"), "II_S2_Air_B6");
  EXPECT_EQ(pmatdata_key("somewhere/else.txt"), "");
  RecordingResult r = result("some other id", Posture::supine);
  r.input_path = "data/experiment-ii/S2/Air_Mat/Matrix_Air_B6.txt";
  r.bouts[0].body.at(Landmark::head) = at_cell(10.0, 2.0);
  const LandmarkEvaluation e =
      evaluate_landmarks({r}, {{"II_S2_Air_B6", "supine", {{"head", 10.0, 2.0, 3}}}});
  EXPECT_EQ(e.evaluated, 1u);
  EXPECT_EQ(summary(e, "head").group, "II Air");
}

TEST(EvaluateLandmarks, ReadsAnnotationsAndRefusesFaultyOnes) {
  const test::TemporaryFolder folder;
  const auto path = folder.path() / "marks.json";
  std::ofstream(path) << R"({"I_S1_5": {"posture": "right wedge60",
      "landmarks": {"head": [11.5, 0.5, 2], "hip": null}}})";
  const std::vector<RecordingAnnotation> read = read_landmark_annotations(path);
  ASSERT_EQ(read.size(), 1u);
  EXPECT_EQ(read[0].posture, "right");
  ASSERT_EQ(read[0].landmarks.size(), 1u);
  EXPECT_DOUBLE_EQ(read[0].landmarks[0].column, 11.5);
  for (const char* text : {"{", "[]", R"({"a": {"posture": "left"}})",
                           R"({"a": {"posture": "left", "landmarks": {"head": [1, 2]}}})",
                           R"({"a": {"posture": "left", "landmarks": {"head": [1, 2, 7]}}})",
                           R"({"a": {"posture": "left", "landmarks": {"head": [1e999, 2, 3]}}})"}) {
    std::ofstream(path) << text;
    EXPECT_THROW(read_landmark_annotations(path), InputError) << text;
  }
  EXPECT_THROW(read_landmark_annotations(folder.path() / "none.json"), InputError);
}

}  // namespace
}  // namespace matfit
