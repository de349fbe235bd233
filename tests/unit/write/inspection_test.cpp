#include "stages/write/inspection.hpp"

#include "types/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <memory>

namespace matfit {
namespace {

using nlohmann::json;
using testing::HasSubstr;

constexpr std::size_t frames = 40;

Recording recording() {
  Recording r;
  r.id = "night";
  r.path = "night.csv";
  r.format = "text";
  r.notes = {"two clocks disagree"};
  r.mat.geometry = {6, 4, 0.02, 0.01};
  r.mat.geometry_source = "command line";
  r.frames = std::make_shared<MemoryFrames>(FrameBlock::Constant(frames, 24, 10.0F));
  r.time_source = "file";
  for (std::size_t i = 0; i < frames; ++i) {
    r.time_s.push_back(static_cast<double>(i) + (i >= 20 ? 120.0 : 0.0));
  }
  return r;
}

// As calibrate() leaves it: 20 mmHg everywhere, known to 10 %.
PressureSeries series_of(const Recording& r) {
  PressureSeries s;
  s.geometry = r.mat.geometry;
  s.frames_pa = std::make_shared<MemoryFrames>(
      FrameBlock::Constant(frames, 24, static_cast<float>(20.0 * pa_per_mmhg)));
  s.time_s = r.time_s;
  s.valid.assign(frames, 1);
  s.valid[3] = 0;
  s.load_n.assign(frames, 600.0);
  s.repaired.setConstant(6, 4, false);
  Quality& q = s.quality;
  q.grade = Grade::b;
  q.reasons = {{"small", "a", "b", Grade::a, {}},
               {"time_gap", "c", "d", Grade::b, {ResultPart::movement}}};
  q.units = {"raw", 2.0, "body_weight", false};
  q.units.error = {{20.0 * pa_per_mmhg, 0.1}};
  q.invalid_frames = 2;
  q.invalid = {{3, "byte_swapped"}, {7, "out_of_order"}};
  q.repeated = {5, 4.0};
  q.weak_cols = {2};
  q.creep.kind = LoadCourse::creep_and_settling;
  q.creep.rate_per_decade = gaussian_estimate(0.21, 0.016);
  q.creep.spread_per_decade = gaussian_estimate(0.05, 0.01);
  q.creep.readable_from_s = 90.0;
  return s;
}

std::string fact_of(const Inspection& inspection, const std::string& label) {
  for (const auto& [name, text] : inspection.facts) {
    if (name == label) return text;
  }
  return "no such fact";
}

TEST(Inspection, SaysTheReadersNotesTheClockAndItsGaps) {
  const Recording r = recording();
  const Inspection inspection = inspection_of(r, series_of(r));
  EXPECT_EQ(fact_of(inspection, "note"), "two clocks disagree");
  EXPECT_EQ(fact_of(inspection, "frames"), "40 in 159.0 s, one each 1 s (file)");
  EXPECT_EQ(fact_of(inspection, "clock"),
            "steps of 1 to 1 s; gaps: one of 2\u00a0min, 19\u00a0s after the start");
}

TEST(Inspection, SaysWhatCreepsOrSettlesAndWhenFiguresMayBeRead) {
  const Recording r = recording();
  const Inspection inspection = inspection_of(r, series_of(r));
  EXPECT_THAT(fact_of(inspection, "course of load"), HasSubstr("load 21.0\u00a0±\u00a01.6 %"));
  EXPECT_THAT(fact_of(inspection, "course of load"), HasSubstr("contact 5.0\u00a0±\u00a01.0 %"));
  EXPECT_THAT(fact_of(inspection, "readable"), HasSubstr("from 90\u00a0s after the start on"));
}

TEST(Inspection, SaysWhatTheUnitsRestOnAndHowFarTheyMayBeOff) {
  const Recording r = recording();
  PressureSeries series = series_of(r);
  EXPECT_EQ(fact_of(inspection_of(r, series), "pressures"),
            "mmHg scaled by body weight, not calibrated: may be off by 10\u00a0%; a loaded cell "
            "reads 20.0\u00a0±\u00a02.0\u00a0mmHg, the highest 20.0\u00a0±\u00a02.0\u00a0mmHg");
  series.quality.units.source = "assumed";
  EXPECT_EQ(fact_of(inspection_of(r, series), "pressures"),
            "raw counts, relative: neither a calibration nor a body weight gives them a scale");
  series.quality.units = {"mmHg", 1.0, "recording", true};
  EXPECT_THAT(fact_of(inspection_of(r, series), "pressures"),
              HasSubstr("neither calibrated nor proved by a body weight: how far it may be off"));
}

TEST(Inspection, SaysFramesThatAreLeftOutOrRepeatedAndDefects) {
  const Recording r = recording();
  PressureSeries series = series_of(r);
  const Inspection inspection = inspection_of(r, series);
  EXPECT_EQ(fact_of(inspection, "frames left out"), "2: 3 byte-swapped, 7 out of order");
  EXPECT_EQ(fact_of(inspection, "repeated frames"), "5, the longest stretch 4\u00a0s");
  EXPECT_EQ(fact_of(inspection, "defects"), "columns that read a fraction: 2");
  series.quality.weak_cols.clear();
  series.quality.repeated.reset();
  EXPECT_EQ(fact_of(inspection_of(r, series), "defects"), "none found");
  EXPECT_THAT(fact_of(inspection_of(r, series), "repeated frames"), HasSubstr("cannot be told"));
}

TEST(Inspection, SaysWhichLinesReadAlikeOrLeakAndWhereTheGainSteps) {
  const Recording r = recording();
  PressureSeries series = series_of(r);
  EXPECT_EQ(fact_of(inspection_of(r, series), "cross-talk"), "none found");
  EXPECT_EQ(fact_of(inspection_of(r, series), "steps of gain"), "none found");
  series.quality.bridged = {{false, 1, 3, 2, 6, 0.3}, {true, 4, 6, 0, 4, 0.1}};
  series.quality.leakage = {{true, 0.12, 0.1}};
  series.quality.gain_steps = {{true, 3, 0.5, 0.1, 1}};
  const Inspection inspection = inspection_of(r, series);
  EXPECT_EQ(fact_of(inspection, "cross-talk"),
            "columns 1 to 2 read alike in rows 2 to 5, with 30 % of the load; rows 4 to 5 read "
            "alike in columns 0 to 3, with 10 % of the load; a cell without load reads 12 % of its "
            "row's mean");
  EXPECT_EQ(fact_of(inspection, "steps of gain"),
            "rows from 3 on read 0.50 ± 0.05 times those before");
}

TEST(InspectionJson, HoldsAllOfItUnderTheResultsNames) {
  const Recording r = recording();
  const json out = json::parse(inspection_json(r, series_of(r)));
  EXPECT_EQ(out["notes"], json::parse(R"(["two clocks disagree"])"));
  EXPECT_EQ(out["gaps"], json::parse(R"([{"first_frame":20,"after_s":19.0,"length_s":120.0}])"));
  EXPECT_EQ(out["quality"]["creep"]["readable_from_s"], 90.0);
  EXPECT_EQ(out["quality"]["repeated"]["frames"], 5);
  EXPECT_EQ(out["quality"]["weak_cols"], json::parse("[2]"));
  EXPECT_EQ(out["quality"]["reasons"][1]["affects"], json::parse(R"(["movement"])"));
  EXPECT_EQ(out["quality"]["units"]["error"][0]["relative_sd"], 0.1);
}

}  // namespace
}  // namespace matfit
