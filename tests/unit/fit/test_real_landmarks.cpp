#include "stages/fit/fit_body.hpp"

#include "knowledge_for_tests.hpp"
#include "numeric/statistics.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace matfit {
namespace {

// Median of the middle third of a PmatData I recording, which is seen from below.
PressureField middle_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::vector<std::vector<double>> frames;
  for (std::string line; std::getline(in, line);) {
    std::istringstream cells(line);
    std::vector<double> frame;
    for (double v = 0.0; cells >> v;) frame.push_back(v);
    if (frame.size() == 64u * 32u) frames.push_back(std::move(frame));
  }
  PressureField field;
  field.geometry = {64, 32, 0.0284, 0.0254};
  field.orientation = {HeadEnd::first_row, View::below, false, 1.0};
  field.pressure_pa.resize(64, 32);
  for (std::size_t cell = 0; cell < 64u * 32u; ++cell) {
    std::vector<double> values;
    for (std::size_t i = frames.size() / 3; i < 2 * frames.size() / 3; ++i) {
      values.push_back(frames[i][cell]);
    }
    field.pressure_pa(static_cast<Eigen::Index>(cell / 32), static_cast<Eigen::Index>(cell % 32)) =
        median(values);
  }
  field.sd_pa = Eigen::ArrayXXd::Zero(64, 32);
  field.repaired.setConstant(64, 32, false);
  return field;
}

struct Mark {
  Landmark landmark;
  double column, row;
};

struct Case {
  const char* file;
  Posture posture;
  std::vector<Mark> marks;
};

// Some of the annotated recordings, placed by eye; the heels of S5 lie far from the calves.
TEST(RealLandmarks, LieWithinTwoCellsOfWhereTheEyePutsThem) {
  MATFIT_REAL_RECORDINGS(datasets);
  const std::vector<Case> cases = {
      {"S1/1.txt",
       Posture::supine,
       {{Landmark::head, 13.5, 2.5},
        {Landmark::pelvis, 14.5, 31.5},
        {Landmark::lumbar, 14.0, 23.5}}},
      {"S2/1.txt",
       Posture::supine,
       {{Landmark::head, 13.0, 2.5},
        {Landmark::pelvis, 15.0, 28.5},
        {Landmark::lumbar, 14.5, 22.0}}},
      {"S5/1.txt",
       Posture::supine,
       {{Landmark::left_heel, 10.5, 61.0}, {Landmark::right_heel, 20.5, 61.0}}},
      {"S1/2.txt",
       Posture::right,
       {{Landmark::head, 18.0, 2.5},
        {Landmark::right_shoulder, 17.0, 10.5},
        {Landmark::right_hip, 12.5, 32.0}}},
      {"S1/3.txt",
       Posture::left,
       {{Landmark::head, 13.5, 1.5},
        {Landmark::left_shoulder, 11.5, 9.0},
        {Landmark::left_hip, 14.5, 32.0}}}};
  std::vector<double> errors;
  for (const Case& c : cases) {
    const PressureField field = middle_of(datasets / "pmatdata" / "experiment-i" / c.file);
    const BodyFit fit = fit_body(field, c.posture, std::nullopt, test::anthropometry());
    for (const Mark& mark : c.marks) {
      ASSERT_TRUE(fit.at(mark.landmark)) << c.file << " " << name_of(mark.landmark);
      const Eigen::Vector2d p = fit.at(mark.landmark)->position_m;
      const double error = std::hypot(p.x() / field.geometry.col_pitch_m - 0.5 - mark.column,
                                      p.y() / field.geometry.row_pitch_m - 0.5 - mark.row);
      EXPECT_LT(error, 2.0) << c.file << " " << name_of(mark.landmark);
      errors.push_back(error);
    }
  }
  EXPECT_LT(median(errors), 0.8);
}

}  // namespace
}  // namespace matfit
