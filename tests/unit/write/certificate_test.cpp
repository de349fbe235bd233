#include "stages/write/certificate.hpp"

#include "stages/write/chart.hpp"
#include "stages/write/mattress_report.hpp"
#include "types/units.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

namespace matfit {
namespace {

using testing::HasSubstr;
using testing::Not;

MatCertificate example_certificate() {
  MatCertificate c;
  c.profile_id = "bed";
  c.model = "<b>mat</b> & \"co\"";
  c.rows = 4;
  c.cols = 6;
  c.basis = "known_pressures";
  c.source = "3 levels";
  c.trials = {{"linear", false, 0.24}, {"power", true, 0.027}};
  c.chosen = 1;
  c.lowest_pa = 10.0 * pa_per_mmhg;
  c.highest_pa = 100.0 * pa_per_mmhg;
  c.lowest_reading = 12.5;
  c.highest_reading = 880.0;
  c.residual_rms = 0.011;
  c.hysteresis_mean = 0.031;
  c.hysteresis_worst = -0.052;
  c.curve = {{0.0, 0.0}, {880.0, c.highest_pa}};
  CertifiedLevel level;
  level.recording = "<script>alert(1)</script>.csv";
  level.direction = LoadDirection::down;
  level.known_pa = 50.0 * pa_per_mmhg;
  level.measured_pa = 51.5 * pa_per_mmhg;
  level.sd_pa = 2.0 * pa_per_mmhg;
  level.worst_error_pa = -6.5 * pa_per_mmhg;
  level.worst_cell = {3, 5};
  level.first_frame = 30;
  level.last_frame = 60;
  level.left_out_rms_pa = 3.0 * pa_per_mmhg;
  c.levels = {level};
  level.left_out_rms_pa.reset();
  level.known_pa = c.highest_pa;
  c.levels.push_back(level);
  c.uncalibrated = {{1, 2, "no response"}};
  c.notes = {"A note <i>here</i>."};
  return c;
}

TEST(Certificate, SetsKnownAgainstMeasured) {
  const auto json = nlohmann::json::parse(certificate_json(example_certificate()));
  EXPECT_EQ(json["schema"], "matfit-mat-certificate");
  const auto& level = json["levels"][0];
  EXPECT_DOUBLE_EQ(level["known_mmhg"], 50.0);
  EXPECT_DOUBLE_EQ(level["measured_mmhg"], 51.5);
  EXPECT_DOUBLE_EQ(level["worst_cell_error_mmhg"], -6.5);
  EXPECT_DOUBLE_EQ(level["left_out_rms_percent_of_range"], 3.0);
  EXPECT_EQ(level["last_frame"], 59);
  EXPECT_TRUE(json["levels"][1]["left_out_rms_percent_of_range"].is_null());
  EXPECT_EQ(json["curve"]["kind"], "power");
  EXPECT_DOUBLE_EQ(json["trials"][0]["left_out_rms_percent_of_range"], 24.0);
  EXPECT_DOUBLE_EQ(json["hysteresis_percent_of_range"]["worst"], -5.2);
  EXPECT_EQ(json["uncalibrated_cells"][0]["why"], "no response");
}

TEST(Certificate, PageShowsTheFiguresAndEscapesEveryText) {
  const std::string page = certificate_page(example_certificate(), "1.0");
  EXPECT_THAT(page, HasSubstr("51.50"));
  EXPECT_THAT(page, HasSubstr("10.00 to 100.00 mmHg"));
  EXPECT_THAT(page, HasSubstr("2.70 %"));
  EXPECT_THAT(page, HasSubstr("<svg"));
  EXPECT_THAT(page, Not(HasSubstr("<script")));
  EXPECT_THAT(page, Not(HasSubstr("<i>here")));
  EXPECT_THAT(page, Not(HasSubstr("<b>mat")));
}

TEST(Certificate, PageNeedsNothingFromANetwork) {
  const std::string page = certificate_page(example_certificate(), "1.0");
  for (const char* outside : {"src=", "@import", "url(", "<link"}) {
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  }
}

MattressCurves example_curves() {
  MattressCurves curves{"test.csv", CurveKind::disc_203mm, 0.0324, {}};
  MeasuredCurve hip;
  hip.zone = "hip";
  hip.y_from_m = 0.7;
  hip.y_to_m = 1.1;
  hip.thickness_m = 0.15;
  hip.points = {{0.01, 1200.0, 60.0}, {0.02, 2100.5, 80.0}};
  hip.force_25_n = 111.2;
  hip.branches = {{{0.0, 0.0}, {0.02, 2100.0}}};
  hip.notes = {"<u>note</u>"};
  curves.zones = {hip};
  return curves;
}

TEST(MattressReport, WritesTheCurveAsATableOfStudiesReadsIt) {
  EXPECT_EQ(mattress_curve_csv(example_curves().zones[0]),
            "indentation_mm,pressure_kpa,pressure_sd_kpa\n"
            "10.0000,1.200000,0.060000\n20.0000,2.100500,0.080000\n");
}

TEST(MattressReport, NamesTheCurveOfEachZoneByItsPlace) {
  const auto json = nlohmann::json::parse(mattress_zones_json(example_curves(), {"c-hip.csv"}));
  EXPECT_EQ(json["zones"][0]["zone"], "hip");
  EXPECT_DOUBLE_EQ(json["zones"][0]["y_from_mm"], 700.0);
  EXPECT_DOUBLE_EQ(json["zones"][0]["y_to_mm"], 1100.0);
  EXPECT_EQ(json["zones"][0]["curve"], "c-hip.csv");
  EXPECT_EQ(json["curve_kind"], "disc_203mm");
}

TEST(MattressReport, TellsForcesInBothUnits) {
  const auto json = nlohmann::json::parse(mattress_report_json(example_curves()));
  EXPECT_DOUBLE_EQ(json["zones"][0]["force_25_n"], 111.2);
  EXPECT_DOUBLE_EQ(json["zones"][0]["force_25_lbf"], 25.0);
  EXPECT_TRUE(json["zones"][0]["force_65_n"].is_null());
  const std::string page = mattress_report_page(example_curves(), "1.0");
  EXPECT_THAT(page, HasSubstr("111 N (25.0 lbf)"));
  EXPECT_THAT(page, HasSubstr("Zone hip"));
  EXPECT_THAT(page, Not(HasSubstr("<u>note")));
}

TEST(Chart, CoversItsPointsWithRoundNumbers) {
  Chart chart;
  chart.label = "a \"label\"";
  chart.series.push_back({ChartSeries::Mark::dot, {{3.0, -2.0}, {97.0, 41.0}}, {}, "#000", "dots"});
  const std::string svg = chart_figure(chart);
  for (const char* number : {">0<", ">100<", ">50<", "−10"}) EXPECT_THAT(svg, HasSubstr(number));
  EXPECT_THAT(svg, HasSubstr("a &quot;label&quot;"));
  EXPECT_EQ(chart_figure({}), "");
}

}  // namespace
}  // namespace matfit
