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
#include <sstream>

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

using Points = std::vector<Eigen::Vector2d>;

// The points of each element of that name, in the order in which they are drawn.
std::vector<Points> drawn(const std::string& svg, const std::string& element) {
  std::vector<Points> all;
  const std::regex shape("<" + element + " points=\"([^\"]*)\"");
  for (std::sregex_iterator at(svg.begin(), svg.end(), shape), end; at != end; ++at) {
    std::istringstream text((*at)[1]);
    Points points;
    double x, y;
    for (char comma; text >> x >> comma >> y;) points.emplace_back(x, y);
    all.push_back(std::move(points));
  }
  return all;
}

// The line through as many points as there are levels that is drawn first: the spine.
Points spine_line(const std::string& svg, std::size_t levels) {
  for (const Points& points : drawn(svg, "polyline")) {
    if (points.size() == levels) return points;
  }
  return {};
}

void expect_band_encloses_line(const std::string& svg, std::size_t levels) {
  ASSERT_EQ(drawn(svg, "polygon").size(), 1u);
  const Points band = drawn(svg, "polygon")[0];
  const Points line = spine_line(svg, levels);
  ASSERT_EQ(line.size(), levels);
  ASSERT_EQ(band.size(), 2 * levels);
  for (std::size_t i = 0; i < levels; ++i) {
    const Eigen::Vector2d& upper = band[i];
    const Eigen::Vector2d& lower = band[band.size() - 1 - i];
    EXPECT_NEAR(upper.x(), line[i].x(), 0.11);
    EXPECT_NEAR(lower.x(), line[i].x(), 0.11);
    EXPECT_LT(upper.y(), line[i].y());
    EXPECT_GT(lower.y(), line[i].y());
    EXPECT_NEAR(upper.y() + lower.y(), 2.0 * line[i].y(), 0.25);  // as far up as down
  }
}

TEST(SpineFigure, DrawsTheBandAroundTheLineInEveryPosture) {
  const Phrases phrases("en");
  for (const Posture posture : {Posture::supine, Posture::left, Posture::right, Posture::prone}) {
    const SpineFit spine = sample_result("r", "s", "m", posture).bouts[0].spine;
    expect_band_encloses_line(spine_figure(spine, phrases).svg, spine.levels.size());
  }
}

TEST(SpineFigure, KeepsItsProportionsAndSaysHowMuchHeightsAreEnlarged) {
  const Phrases phrases("en");
  SpineFit spine = sample_result("r", "s", "m", Posture::left).bouts[0].spine;
  const SpineFigure figure = spine_figure(spine, phrases);
  const Points line = spine_line(figure.svg, spine.levels.size());
  const double up_mm = 1e3 * (spine.levels[0].z_m - spine.levels[9].z_m);
  double along_mm = 0.0;
  for (std::size_t i = 1; i < spine.levels.size(); ++i) {
    along_mm += 1e3 * std::hypot(spine.levels[i].x_m - spine.levels[i - 1].x_m,
                                 spine.levels[i].y_m - spine.levels[i - 1].y_m);
  }
  const double enlarged =
      ((line[9].y() - line[0].y()) / up_mm) / ((line.back().x() - line.front().x()) / along_mm);
  EXPECT_THAT(figure.scale_note, HasSubstr(" " + coordinate(enlarged) + " times"));
}

TEST(SpineFigure, SpansTheSameHeightsWhereAsked) {
  const Phrases phrases("en");
  SpineFit straight = sample_result("r", "s", "m", Posture::left).bouts[0].spine;
  SpineFit bent = straight;
  for (SpineLevel& level : bent.levels) level.z_m = 0.11 + 3.0 * (level.z_m - 0.11);
  const double span = std::max(spine_span_mm(straight), spine_span_mm(bent));
  EXPECT_EQ(spine_figure(straight, phrases, span).scale_note,
            spine_figure(bent, phrases, span).scale_note);
  EXPECT_NE(spine_figure(straight, phrases).scale_note, spine_figure(bent, phrases).scale_note);
}

TEST(SpinePlaneFigure, IsForWhatIsKnownWithoutHeightsAlone) {
  const Phrases phrases("en");
  RecordingResult r = sample_result("r", "s", "m", Posture::left);
  BoutResult bout = r.bouts[0];
  EXPECT_TRUE(spine_plane_figure(bout, r.mat.geometry, r.orientation, phrases).svg.empty());
  bout.spine.basis = SpineBasis::none;
  const std::string svg = spine_plane_figure(bout, r.mat.geometry, r.orientation, phrases).svg;
  expect_band_encloses_line(svg, bout.spine.levels.size());
  EXPECT_EQ(svg.find(phrases.at("spine.height")), std::string::npos);
  EXPECT_THAT(svg, HasSubstr(phrases.at("spine.sideways")));
  bout.spine.levels.clear();
  EXPECT_TRUE(spine_plane_figure(bout, r.mat.geometry, r.orientation, phrases).svg.empty());
}

TEST(SpinePlaneFigure, IsSeenFromAboveHoweverItWasRecorded) {
  const Phrases phrases("en");
  const auto line = [&](HeadEnd head_end, View view) {
    RecordingResult r = sample_result("r", "s", "m", Posture::left, {head_end, view, false, 1.0});
    r.bouts[0].spine.basis = SpineBasis::none;
    return spine_line(spine_plane_figure(r.bouts[0], r.mat.geometry, r.orientation, phrases).svg,
                      19);
  };
  const Points reference = line(HeadEnd::first_row, View::above);
  EXPECT_LT(reference[9].y(), reference[0].y() - 1.0);  // bulges to high columns: drawn up
  for (const HeadEnd head_end : {HeadEnd::first_row, HeadEnd::last_row}) {
    for (const View view : {View::above, View::below}) {
      const Points other = line(head_end, view);
      for (std::size_t i = 0; i < reference.size(); ++i) {
        EXPECT_NEAR((other[i] - reference[i]).norm(), 0.0, 0.2);
      }
    }
  }
}

// The bar's ends and the zones' edges, in the picture's units.
TEST(JudgedFigureGauge, PutsTheIntervalWhereItLiesBetweenTheLines) {
  const Phrases phrases("en");
  const JudgedFigure judged = {"L", "tilt_deg", "tilt <of> it", {2.0, 2.0, -2.0, 6.0}, true,
                               3.0, 6.0};
  const std::string svg = judged_figure_gauge(judged, phrases);
  const std::regex box("<rect x=\"([-0-9.]+)\" y=\"[-0-9.]+\" width=\"([-0-9.]+)\"");
  std::vector<std::pair<double, double>> boxes;
  for (std::sregex_iterator at(svg.begin(), svg.end(), box), end; at != end; ++at) {
    const double left = std::stod((*at)[1]);
    boxes.emplace_back(left, left + std::stod((*at)[2]));
  }
  ASSERT_EQ(boxes.size(), 4u);  // poor, fair, good, the bar
  EXPECT_LT(boxes[0].first, boxes[1].first);
  EXPECT_LT(boxes[1].first, boxes[2].first);
  EXPECT_NEAR(boxes[3].second, boxes[1].second, 0.2);  // up to the line of fair
  EXPECT_GT(boxes[3].first, boxes[2].first);           // -2 lies within -3 to 3
  EXPECT_LT(boxes[3].first, boxes[2].second);
  EXPECT_EQ(svg.find("<of>"), std::string::npos);
}

TEST(JudgedFigureGauge, IsAbsentForWhatIsNotKnown) {
  EXPECT_TRUE(
      judged_figure_gauge({"L", "tilt_deg", "tilt", {}, true, 3.0, 6.0}, Phrases("en")).empty());
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
