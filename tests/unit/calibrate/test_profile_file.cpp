#include "stages/calibrate/profile_file.hpp"

#include "support/temporary_folder.hpp"
#include "types/error.hpp"
#include "types/response_curve.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>

namespace matfit::test {
namespace {

MatProfile example_profile() {
  MatProfile profile;
  profile.id = "bed 7";
  profile.model = "a \"quoted\" <model>";
  profile.basis = "known_pressures";
  profile.source = "5 levels";
  profile.unit = PressureUnit::kpa;
  profile.rows = 2;
  profile.cols = 3;
  profile.absolute = true;
  profile.response.kind = ResponseKind::power;
  profile.response.factor = 1.0 / 3.0;
  profile.response.exponent = std::sqrt(2.0);
  profile.gain.resize(2, 3);
  profile.gain << 1.0, 0.9, 1.1, 0.1 + 0.2, 2.0, 1e-7;
  profile.background = 44.0 + profile.gain;
  profile.lowest_reading = 12.5;
  profile.highest_reading = 900.0;
  profile.error = {{12.5, 0.08, 0.05}, {900.0, 0.02, 0.01}};
  profile.creep = CreepLaw{0.021, 0.004, 90.0};
  profile.cell_status.assign(6, CellCalibration::own);
  profile.cell_status[4] = CellCalibration::no_response;
  ResponseCurve cubic;
  cubic.kind = ResponseKind::monotone_cubic;
  cubic.reading = {0.0, 10.0 / 3.0, 700.0, 900.1};
  cubic.pressure_pa = {0.0, 130.0, 5000.0, 9999.9};
  ResponseCurve line;
  line.factor = 7.7;
  profile.cell_curves = {cubic, line, profile.response, cubic, line, cubic};
  return profile;
}

void expect_same(const ResponseCurve& a, const ResponseCurve& b) {
  EXPECT_EQ(a.kind, b.kind);
  EXPECT_EQ(a.factor, b.factor);
  EXPECT_EQ(a.exponent, b.exponent);
  EXPECT_EQ(a.reading, b.reading);
  EXPECT_EQ(a.pressure_pa, b.pressure_pa);
}

class ProfileFile : public testing::Test {
 protected:
  std::filesystem::path path() const { return folder_.path() / "mat.json"; }
  void write(const std::string& text) const { std::ofstream(path(), std::ios::binary) << text; }
  // What read_profile says of the example with one piece of text replaced.
  std::string refusal(const std::string& old_text, const std::string& new_text) const {
    std::string text = profile_json(example_profile());
    const std::size_t at = text.find(old_text);
    EXPECT_NE(at, std::string::npos) << old_text;
    write(text.replace(at, old_text.size(), new_text));
    try {
      read_profile(path());
    } catch (const InputError& error) {
      return error.what();
    }
    return "not refused";
  }

 private:
  TemporaryFolder folder_;
};

TEST_F(ProfileFile, GivesTheSameProfileAgainToTheLastBit) {
  const MatProfile wrote = example_profile();
  write(profile_json(wrote));
  const MatProfile read = read_profile(path());
  EXPECT_EQ(profile_json(read), profile_json(wrote));
  EXPECT_EQ(read.id, wrote.id);
  EXPECT_EQ(read.model, wrote.model);
  EXPECT_EQ(read.basis, wrote.basis);
  EXPECT_EQ(read.source, wrote.source);
  EXPECT_EQ(read.unit, wrote.unit);
  EXPECT_EQ(read.rows, wrote.rows);
  EXPECT_EQ(read.cols, wrote.cols);
  EXPECT_EQ(read.absolute, wrote.absolute);
  expect_same(read.response, wrote.response);
  EXPECT_TRUE((read.gain == wrote.gain).all());
  EXPECT_TRUE((read.background == wrote.background).all());
  ASSERT_EQ(read.cell_curves.size(), wrote.cell_curves.size());
  for (std::size_t i = 0; i < 6; ++i) expect_same(read.cell_curves[i], wrote.cell_curves[i]);
  EXPECT_EQ(read.lowest_reading, wrote.lowest_reading);
  EXPECT_EQ(read.highest_reading, wrote.highest_reading);
  ASSERT_EQ(read.error.size(), 2U);
  EXPECT_EQ(read.error[1].cell_relative_sd, 0.01);
  ASSERT_TRUE(read.creep);
  EXPECT_EQ(read.creep->reference_s, 90.0);
  EXPECT_EQ(read.cell_status, wrote.cell_status);
}

TEST_F(ProfileFile, MayLeaveOutGainsAndCurvesOfCells) {
  MatProfile plain = example_profile();
  plain.gain.resize(0, 0);
  plain.background.resize(0, 0);
  plain.cell_curves.clear();
  plain.cell_status.clear();
  plain.creep.reset();
  plain.error.clear();
  write(profile_json(plain));
  const MatProfile read = read_profile(path());
  EXPECT_EQ(read.gain.size(), 0);
  EXPECT_TRUE(read.cell_curves.empty());
  EXPECT_FALSE(read.creep);
  EXPECT_EQ(gain_of_cell(read, 3), 1.0);
}

TEST_F(ProfileFile, NamesTheLineOfWhatIsNoJson) {
  EXPECT_THAT(refusal("\"rows\": 2,", "\"rows\": 2;"), testing::HasSubstr("line 9"));
}

TEST_F(ProfileFile, NamesTheKeyOfWhatItRefuses) {
  EXPECT_THAT(refusal("\"creep\":", "\"crep\":"), testing::HasSubstr("key crep"));
  EXPECT_THAT(refusal("\"absolute\": true,\n", ""), testing::HasSubstr("a key 'absolute'"));
  EXPECT_THAT(refusal("\"rows\": 2", "\"rows\": \"two\""),
              testing::HasSubstr("key rows: got '\"two\"', expected a whole number"));
  EXPECT_THAT(refusal("\"rows\": 2", "\"rows\": 3"), testing::HasSubstr("key gain"));
  EXPECT_THAT(refusal("\"cols\": 3", "\"cols\": 4"), testing::HasSubstr("key gain[0]"));
  EXPECT_THAT(refusal("\"unit\": \"kPa\"", "\"unit\": \"psi\""), testing::HasSubstr("key unit"));
  EXPECT_THAT(refusal("\"no_response\"", "\"dead\""), testing::HasSubstr("key cell_status[4]"));
  EXPECT_THAT(refusal("\"highest_reading\": 900.0", "\"highest_reading\": 9.0"),
              testing::HasSubstr("more than 'lowest_reading'"));
  EXPECT_THAT(refusal("[0.0,130.0,5000.0,9999.9]", "[0.0,130.0,125.0,9999.9]"),
              testing::HasSubstr("key cell_curves[0]"));
  EXPECT_THAT(
      refusal("\"kind\":\"linear\",\"factor\":7.7", "\"kind\":\"linear\",\"factor\":-7.7"),
      testing::HasSubstr("key cell_curves[1].factor: got '-7.7', expected a number over 0"));
  EXPECT_THAT(refusal("\"format_version\": 1", "\"format_version\": 2"),
              testing::HasSubstr("key format_version"));
  EXPECT_THAT(refusal("\"cell_relative_sd\":0.05", "\"cell_relative_sd\":0.5"),
              testing::HasSubstr("key error[0].cell_relative_sd"));
}

TEST_F(ProfileFile, SaysWhenThereIsNoSuchFile) { EXPECT_THROW(read_profile(path()), InputError); }

TEST(ResponseCurve, ReadsBackwardsWhatItGivesForwards) {
  const MatProfile profile = example_profile();
  for (Eigen::Index cell = 0; cell < 6; ++cell) {
    const Response response = response_of_cell(profile, cell);
    for (const double reading : {1.0, 12.0, 13.0, 200.0, 850.0, 1200.0}) {
      EXPECT_NEAR(response.reading(response.pressure_pa(reading)), reading, 1e-9 * reading);
    }
    EXPECT_EQ(response.pressure_pa(-3.0), 0.0);
    EXPECT_EQ(response.reading(0.0), 0.0);
  }
}

TEST(ResponseCurve, RunsStraightToZeroBelowWhatWasShown) {
  const MatProfile profile = example_profile();
  const Response response = response_of_cell(profile, 2);
  const double at_lowest = response.pressure_pa(profile.lowest_reading);
  EXPECT_NEAR(response.pressure_pa(0.25 * profile.lowest_reading), 0.25 * at_lowest, 1e-12);
  EXPECT_NEAR(at_lowest, std::pow(12.5, std::sqrt(2.0)) / 3.0, 1e-9);
}

TEST(ProfileError, IsInterpolatedAndConstantBeyondItsEnds) {
  const MatProfile profile = example_profile();
  EXPECT_DOUBLE_EQ(error_at(profile, 1.0).relative_sd, 0.08);
  EXPECT_DOUBLE_EQ(error_at(profile, 2000.0).relative_sd, 0.02);
  EXPECT_NEAR(error_at(profile, 0.5 * (12.5 + 900.0)).cell_relative_sd, 0.03, 1e-12);
}

}  // namespace
}  // namespace matfit::test
