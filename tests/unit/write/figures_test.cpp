#include "stages/write/figures.hpp"
#include "stages/write/color_map.hpp"
#include "stages/write/heat_map.hpp"
#include "stages/write/svg.hpp"
#include "types/units.hpp"
#include "unit/write/sample_results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <png.h>

#include <cmath>
#include <limits>
#include <regex>

namespace matfit {
namespace {

using test::sample_result;
using testing::HasSubstr;

double luminance(const Rgb& c) {
  const auto linear = [](double v) {
    v /= 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(c[0]) + 0.7152 * linear(c[1]) + 0.0722 * linear(c[2]);
}

TEST(ColorMap, GrowsDarkerWithEveryStepOfPressure) {
  const ColorTable& colors = pressure_colors();
  for (std::size_t i = 8; i < colors.size(); i += 8) {
    EXPECT_LT(luminance(colors[i]), luminance(colors[i - 8])) << i;
  }
  EXPECT_GT(luminance(colors[0]), 0.9);
  EXPECT_LT(luminance(colors[255]), 0.06);
}

TEST(PngImage, DecodesToTheColoursThatWentIn) {
  IndexedImage image{3, 2, {0, 50, 100, 150, 200, 255}};
  const std::vector<std::uint8_t> bytes = png_bytes(image, pressure_colors());
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  ASSERT_NE(png_image_begin_read_from_memory(&header, bytes.data(), bytes.size()), 0);
  header.format = PNG_FORMAT_RGB;
  ASSERT_EQ(header.width, 3u);
  ASSERT_EQ(header.height, 2u);
  std::vector<std::uint8_t> rgb(18);
  ASSERT_NE(png_image_finish_read(&header, nullptr, rgb.data(), 0, nullptr), 0);
  for (std::size_t i = 0; i < image.indices.size(); ++i) {
    const Rgb& expected = pressure_colors()[image.indices[i]];
    for (std::size_t k = 0; k < 3; ++k) EXPECT_EQ(rgb[3 * i + k], expected[k]);
  }
}

PressureField field_of(int rows, int cols, double row_pitch_m, double col_pitch_m) {
  PressureField field;
  field.geometry = {rows, cols, row_pitch_m, col_pitch_m};
  field.orientation = {HeadEnd::first_row, View::above, false, 1.0};
  field.pressure_pa = Eigen::ArrayXXd::Zero(rows, cols);
  return field;
}

TEST(HeatMap, HasTheMatsTrueProportions) {
  const PressureField field = field_of(64, 27, 0.03, 0.02);
  const IndexedImage image = heat_map_image(field, 1000.0);
  EXPECT_NEAR(static_cast<double>(image.height) / image.width, 1.92 / 0.54, 0.02);
}

TEST(HeatMap, ShowsEachCellsValueAtItsCentre) {
  PressureField field = field_of(20, 12, 0.027, 0.027);  // six pixels a cell
  field.pressure_pa(7, 4) = 800.0;
  field.pressure_pa(15, 9) = 400.0;
  const IndexedImage image = heat_map_image(field, 1000.0);
  ASSERT_EQ(image.width, 72);
  const auto at = [&](int row, int col) {
    return image.indices[static_cast<std::size_t>((6 * row + 3) * image.width + 6 * col + 3)];
  };
  EXPECT_NEAR(at(7, 4), 0.8 * 255, 8);
  EXPECT_NEAR(at(15, 9), 0.4 * 255, 5);
  EXPECT_EQ(at(2, 2), 0);
  EXPECT_EQ(at(7, 8), 0);
}

TEST(HeatMap, RoundsItsScaleUp) {
  EXPECT_DOUBLE_EQ(round_scale(71.0), 80.0);
  EXPECT_DOUBLE_EQ(round_scale(80.0), 80.0);
  EXPECT_DOUBLE_EQ(round_scale(0.013), 0.015);
  EXPECT_DOUBLE_EQ(round_scale(0.0), 1.0);
  EXPECT_DOUBLE_EQ(round_scale(91.0), 100.0);
}

TEST(Svg, EscapesTextsAndAttributes) {
  Svg svg(0, 0, 10, 10, "a \"label\" <b>");
  svg.text(1, 2, "<script>&'\"", {{"fill", "\"/><x"}});
  const std::string text = svg.finished();
  EXPECT_EQ(text.find("<script"), std::string::npos);
  EXPECT_EQ(text.find("<x"), std::string::npos);
  EXPECT_THAT(text, HasSubstr("&lt;script&gt;&amp;&#39;&quot;"));
}

// The numbered circles of a map, in the order of the hotspots: centres in mm.
std::vector<Eigen::Vector2d> markers_of(const std::string& svg) {
  const std::regex circle("<circle cx=\"([-0-9.]+)\" cy=\"([-0-9.]+)\" r=\"20.3\"");
  std::vector<Eigen::Vector2d> centres;
  for (std::sregex_iterator at(svg.begin(), svg.end(), circle), end; at != end; ++at) {
    centres.emplace_back(std::stod((*at)[1]), std::stod((*at)[2]));
  }
  return centres;
}

TEST(MapFigure, IsDrawnHeadUpFromAboveHoweverItWasRecorded) {
  const Phrases phrases("en");
  const MapScale scale{80.0 * pa_per_mmhg, {"mmHg"}};
  const auto figure = [&](HeadEnd head_end, View view) {
    const RecordingResult r =
        sample_result("r", "s", "m", Posture::left, {head_end, view, false, 1.0});
    return map_figure(r.bouts[0], scale, phrases);
  };
  const std::string reference = figure(HeadEnd::first_row, View::above);
  ASSERT_EQ(markers_of(reference).size(), 3u);
  EXPECT_NEAR(markers_of(reference)[0].y(), 900.0, 0.11);
  for (const HeadEnd head_end : {HeadEnd::first_row, HeadEnd::last_row}) {
    for (const View view : {View::above, View::below}) {
      const std::string other = figure(head_end, view);
      const auto markers = markers_of(other);
      ASSERT_EQ(markers.size(), 3u);
      for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_NEAR((markers[i] - markers_of(reference)[i]).norm(), 0.0, 0.2);
      }
      const auto picture = [](const std::string& svg) {
        const std::size_t at = svg.find("base64,");
        return svg.substr(at, svg.find('"', at) - at);
      };
      EXPECT_EQ(picture(other), picture(reference));
    }
  }
}

TEST(MapFigure, NamesThePersonsSidesByPosture) {
  const Phrases phrases("en");
  const MapScale scale{80.0 * pa_per_mmhg, {"mmHg"}};
  const auto edges = [&](Posture posture) {
    const RecordingResult r = sample_result("r", "s", "m", posture);
    const std::string svg = map_figure(r.bouts[0], scale, phrases);
    const std::regex edge("text-anchor=\"(start|end)\">(right side|left side|front|back)<");
    std::string found;
    for (std::sregex_iterator at(svg.begin(), svg.end(), edge), end; at != end; ++at) {
      found += (*at)[2].str() + "|";
    }
    return found;
  };
  EXPECT_EQ(edges(Posture::supine), "right side|left side|");
  EXPECT_EQ(edges(Posture::prone), "left side|right side|");
  EXPECT_EQ(edges(Posture::left), "back|front|");
  EXPECT_EQ(edges(Posture::right), "front|back|");
}

TEST(SpineFigure, IsAbsentWithoutHeights) {
  const Phrases phrases("en");
  RecordingResult r = sample_result("r", "s", "m", Posture::left);
  SpineFit spine = r.bouts[0].spine;
  EXPECT_FALSE(spine_figure(spine, phrases).svg.empty());
  spine.basis = SpineBasis::none;
  EXPECT_TRUE(spine_figure(spine, phrases).svg.empty());
  spine.basis = SpineBasis::curve;
  for (SpineLevel& level : spine.levels) level.z_m = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(spine_figure(spine, phrases).svg.empty());
}

TEST(SpineFigure, ShowsTheNeutralLineWhereItIsKnown) {
  const Phrases phrases("en");
  RecordingResult r = sample_result("r", "s", "m", Posture::supine);
  SpineFit spine = r.bouts[0].spine;
  EXPECT_THAT(spine_figure(spine, phrases).svg, HasSubstr(phrases.at("spine.key_straight")));
  for (SpineLevel& level : spine.levels) level.neutral_z_m = level.z_m + 0.005;
  EXPECT_THAT(spine_figure(spine, phrases).svg, HasSubstr(phrases.at("spine.key_neutral")));
}

TEST(TimelineFigure, HasALaneForWhatIsNoLyingPosture) {
  const Phrases phrases("en");
  const RecordingResult night = test::sample_study()[2];
  const std::string svg = timeline_figure(night, phrases);
  EXPECT_THAT(svg, HasSubstr(phrases.at("posture_lane.other")));
  EXPECT_THAT(svg, HasSubstr(phrases.at("posture_lane.unknown")));
  EXPECT_TRUE(timeline_figure(test::sample_study()[3], phrases).empty());
}

TEST(AxisFigure, DrawsNoDotForWhatIsNotKnown) {
  const Phrases phrases("en");
  EXPECT_EQ(axis_figure("Support", {}, phrases).find("<circle"), std::string::npos);
  const std::string known = axis_figure("Support", {70.0, 5.0, 60.0, 120.0}, phrases);
  EXPECT_THAT(known, HasSubstr("<circle cx=\"280\""));
  EXPECT_THAT(known, HasSubstr("x=\"240\" y=\"5\" width=\"160\""));  // cut at 100
}

}  // namespace
}  // namespace matfit
