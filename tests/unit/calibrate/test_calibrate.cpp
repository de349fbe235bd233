#include "made_recording.hpp"

#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace matfit {
namespace {

using test::lying_body;
using test::made_recording;
using test::Map;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

const CalibrationKnowledge& knowledge() {
  static const CalibrationKnowledge known =
      load_calibration_knowledge(test::project_folder() / "calibration");
  return known;
}

PressureSeries calibrated(const Recording& recording) { return calibrate(recording, knowledge()); }

Recording still_body(std::size_t count = 8, double offset = 0.0) {
  return made_recording(
      count, [](std::size_t) { return lying_body(); }, offset);
}

std::vector<std::string> codes(const Quality& quality) {
  std::vector<std::string> out;
  for (const QualityReason& reason : quality.reasons) out.push_back(reason.code);
  return out;
}

double weight_n() { return 80.0 * standard_gravity_m_per_s2; }

// The recording in mmHg so that the whole load is `share` of the body weight.
Recording in_mmhg(Recording r, double share) {
  const double load = lying_body().cast<double>().sum() * r.mat.geometry.cell_area_m2();
  const double factor = share * weight_n() / load / pa_per_mmhg;
  r = test::with_frames(r, [&](FrameBlock& f) { f *= static_cast<float>(factor); });
  r.unit = PressureUnit::mmhg;
  r.integer_counts = false;
  return r;
}

TEST(Background, IsFoundUnderABodyAndTakenAway) {
  const PressureSeries series = calibrated(still_body(8, 44.0));
  EXPECT_NEAR(series.quality.raw.background, 44.0, 0.6);
  EXPECT_NEAR(series.quality.raw.noise, 1.0, 0.3);
  EXPECT_FALSE(series.quality.raw.background_from_empty_frames);
  const FrameBlock frame = series.frames_pa->read(3, 1);
  const Map body = lying_body();
  const double scale = series.quality.units.scale_to_mmhg * pa_per_mmhg;
  for (Eigen::Index i = 0; i < frame.cols(); ++i) {
    EXPECT_NEAR(frame(0, i) / scale, body.data()[i], 6.0) << i;
  }
}

TEST(Background, IsFoundInASingleFrame) {
  const PressureSeries series = calibrated(still_body(1, 44.0));
  EXPECT_NEAR(series.quality.raw.background, 44.0, 1.0);
}

TEST(Background, ComesFromEmptyFramesCellByCellWhereThereAreSome) {
  Map residue = Map::Zero(64, 32);
  residue.col(12).setConstant(25.0F);
  const Recording r = made_recording(
      30, [&](std::size_t t) { return t < 10 ? residue : Map(residue + lying_body()); }, 30.0);
  const PressureSeries series = calibrated(r);
  EXPECT_TRUE(series.quality.raw.background_from_empty_frames);
  const FrameBlock frame = series.frames_pa->read(20, 1);
  const double scale = series.quality.units.scale_to_mmhg * pa_per_mmhg;
  EXPECT_NEAR(frame(0, 1 * 32 + 12) / scale, 0.0, 6.0) << "beside the body, in the offset column";
  EXPECT_NEAR(frame(0, 29 * 32 + 12) / scale, lying_body()(29, 12), 6.0);
}

TEST(Background, ThatCannotBeSeenIsSaidToBeUncertain) {
  // The body covers every cell and presses nowhere evenly.
  const Recording r = made_recording(4, [](std::size_t) {
    Map map(64, 32);
    for (int i = 0; i < map.size(); ++i) {
      map.data()[i] = 100.0F + 300.0F * static_cast<float>((i * 7919) % 2048) / 2048.0F;
    }
    return map;
  });
  EXPECT_THAT(codes(calibrated(r).quality), Contains("background_uncertain"));
  EXPECT_THAT(codes(calibrated(still_body()).quality), Not(Contains("background_uncertain")));
}

TEST(Units, RawReadingsAreScaledToBodyWeightWithoutClaimingAbsolutePressure) {
  const PressureSeries series = calibrated(still_body());
  EXPECT_EQ(series.quality.units.source, "body_weight");
  EXPECT_FALSE(series.quality.units.absolute);
  EXPECT_FALSE(series.quality.load_over_weight.has_value());
  for (const double load : series.load_n) EXPECT_NEAR(load, weight_n(), 0.02 * weight_n());
  EXPECT_THAT(codes(series.quality), ElementsAre("scaled_to_weight"));
}

TEST(Units, WithoutAMassRawReadingsAreScaledToAReferenceAdult) {
  Recording r = still_body();
  r.subject->mass_kg.reset();
  r.subject->sex = Sex::female;
  const PressureSeries series = calibrated(r);
  EXPECT_EQ(series.quality.units.source, "assumed");
  EXPECT_EQ(series.quality.grade, Grade::c);
  EXPECT_NEAR(series.load_n[0], knowledge().mass_female_kg * standard_gravity_m_per_s2, 15.0);
}

TEST(Units, AStatedUnitIsProvedByBodyWeight) {
  const PressureSeries series = calibrated(in_mmhg(still_body(), 1.0));
  EXPECT_NEAR(series.quality.load_over_weight.value(), 1.0, 0.02);
  EXPECT_TRUE(series.quality.units.absolute);
  EXPECT_EQ(series.quality.units.source, "recording");
  EXPECT_EQ(series.quality.grade, Grade::a);
  EXPECT_THAT(codes(series.quality), IsEmpty());
}

TEST(Units, KilopascalsAndMillimetresOfMercuryGiveTheSamePressure) {
  const Recording mmhg = in_mmhg(still_body(), 1.0);
  Recording kpa = test::with_frames(
      mmhg, [](FrameBlock& f) { f *= static_cast<float>(pa_per_mmhg / pa_per_kpa); });
  kpa.unit = PressureUnit::kpa;
  const FrameBlock a = calibrated(mmhg).frames_pa->read(2, 1);
  const FrameBlock b = calibrated(kpa).frames_pa->read(2, 1);
  EXPECT_LT((a - b).abs().maxCoeff(), 1e-3F * a.maxCoeff());
}

TEST(Units, AWrongLoadLowersTheGradeByHowWrongItIs) {
  const auto grade_at = [](double share) {
    return calibrated(in_mmhg(still_body(), share)).quality.grade;
  };
  EXPECT_EQ(grade_at(0.90), Grade::a);
  EXPECT_EQ(grade_at(0.80), Grade::b);
  EXPECT_EQ(grade_at(0.62), Grade::c);
  EXPECT_EQ(grade_at(0.40), Grade::f);
  EXPECT_EQ(grade_at(1.22), Grade::b);
  EXPECT_EQ(grade_at(1.80), Grade::f);
}

TEST(Units, AGrossSlipIsNamed) {
  const auto reason_at = [](double share) {
    const Quality quality = calibrated(in_mmhg(still_body(), share)).quality;
    for (const QualityReason& r : quality.reasons) {
      if (r.code == "unit_mistake") return r.text;
    }
    return std::string("none");
  };
  EXPECT_THAT(reason_at(0.1333), testing::HasSubstr("kPa read as mmHg"));
  EXPECT_THAT(reason_at(10.0), testing::HasSubstr("tenths of mmHg"));
  EXPECT_THAT(reason_at(1.34), testing::HasSubstr("hPa"));
  EXPECT_EQ(reason_at(1.05), "none");
}

TEST(Units, AStatedUnitWithoutAMassIsSaidToBeUnproved) {
  Recording r = in_mmhg(still_body(), 1.0);
  r.subject.reset();
  const Quality quality = calibrated(r).quality;
  EXPECT_THAT(codes(quality), ElementsAre("units_unproved"));
  EXPECT_EQ(quality.grade, Grade::b);
}

TEST(Orientation, IsTakenAsGivenAndLeftUnknownOtherwise) {
  Recording r = still_body();
  EXPECT_FALSE(calibrated(r).orientation.known());
  r.mat.head_end = HeadEnd::last_row;
  r.mat.view = View::below;
  const PressureSeries series = calibrated(r);
  EXPECT_EQ(series.orientation.head_end, HeadEnd::last_row);
  EXPECT_EQ(series.orientation.view, View::below);
  EXPECT_EQ(series.orientation.confidence, 1.0);
  EXPECT_FALSE(series.orientation.inferred);
}

TEST(Calibrate, TellsALoadThatGrowsWithAllReadingsAlike) {
  const auto creeping = [](float rate) {
    return made_recording(40, [rate](std::size_t t) {
      return Map(lying_body() * (1.0F + rate * static_cast<float>(t)));
    });
  };
  EXPECT_THAT(codes(calibrated(creeping(0.0F)).quality), Not(Contains("creep")));
  EXPECT_THAT(codes(calibrated(creeping(0.005F)).quality), Contains("creep"));
  EXPECT_EQ(calibrated(creeping(0.005F)).quality.grade, Grade::b) << "as any raw recording";
}

TEST(Calibrate, TellsALoadThatComesAndGoesWithoutCreep) {
  const Recording recording =
      made_recording(40, [](std::size_t t) { return Map(lying_body() * (t < 20 ? 1.0F : 1.2F)); });
  EXPECT_THAT(codes(calibrated(recording).quality), Contains("drift"));
}

TEST(Calibrate, NamesAGapOfTheTimestamps) {
  Recording recording = still_body(15);
  EXPECT_THAT(codes(calibrated(recording).quality), Not(Contains("time_gap")));
  for (std::size_t i = 7; i < 15; ++i) recording.time_s[i] += 18000.0;
  recording.time_s[14] += 60.0;
  const Quality quality = calibrated(recording).quality;
  const auto reason = std::find_if(quality.reasons.begin(), quality.reasons.end(),
                                   [](const QualityReason& r) { return r.code == "time_gap"; });
  ASSERT_NE(reason, quality.reasons.end());
  EXPECT_THAT(reason->text, testing::HasSubstr("2 of 5.0 h in all, the longest 5.0 h"));
  EXPECT_NE(quality.grade, Grade::a);
}

TEST(Calibrate, RefusesAMatWhosePersonIsHardlySeen) {
  const Recording faint = made_recording(
      8, [](std::size_t) { return Map(lying_body() * 0.02F); }, 44.0);
  EXPECT_THAT(codes(calibrated(faint).quality), Contains("weak_signal"));
  EXPECT_EQ(calibrated(faint).quality.grade, Grade::f);
}

TEST(Calibrate, RefusesAnEmptyMatAConstantOneAndZeros) {
  for (const float value : {0.0F, 500.0F}) {
    const Recording r =
        test::with_frames(still_body(), [&](FrameBlock& f) { f.setConstant(value); });
    const Quality quality = calibrated(r).quality;
    EXPECT_EQ(quality.grade, Grade::f) << value;
    EXPECT_THAT(codes(quality), Contains("nothing_on_mat")) << value;
  }
  const Recording noise = made_recording(
      10, [](std::size_t) { return Map(Map::Zero(64, 32)); }, 20);
  EXPECT_THAT(codes(calibrated(noise).quality), Contains("nothing_on_mat"));
}

TEST(Calibrate, RefusesARecordingWithoutAUsableFrame) {
  Recording r = still_body(3);
  r.integer_counts = false;
  r = test::with_frames(r, [](FrameBlock& f) { f.setConstant(std::nanf("")); });
  const PressureSeries series = calibrated(r);
  EXPECT_EQ(series.quality.grade, Grade::f);
  EXPECT_THAT(codes(series.quality), Contains("no_valid_frame"));
  EXPECT_EQ(series.quality.invalid_frames, 3U);
}

TEST(Calibrate, NamesAGridThatDoesNotFitTheFrames) {
  Recording r = still_body();
  r.path = "night.csv";
  r.mat.geometry.rows = 60;
  try {
    calibrated(r);
    FAIL() << "no InputError";
  } catch (const InputError& error) {
    EXPECT_EQ(error.fault().file, "night.csv");
    EXPECT_THAT(error.fault().expected, testing::HasSubstr("60 x 32"));
  }
}

TEST(Calibrate, WorksOnSmallAndLargeGrids) {
  for (const auto& [rows, cols] : {std::pair{12, 6}, {30, 11}, {192, 84}}) {
    Recording r;
    r.mat.geometry = {rows, cols, 1.6 / rows, 0.8 / cols};
    FrameBlock frames = FrameBlock::Zero(3, rows * cols);
    double load = 0.0;
    for (int i = 0; i < rows * cols; ++i) {
      const double y = (i / cols + 0.5) / rows - 0.5;
      const double x = (i % cols + 0.5) / cols - 0.5;
      const double rest = 1.0 - y * y / 0.16 - x * x / 0.04;
      frames.col(i).setConstant(static_cast<float>(rest > 0 ? 30.0 * std::sqrt(rest) : 0.0));
      load += frames(0, i) * pa_per_mmhg * r.mat.geometry.cell_area_m2();
    }
    r.frames = std::make_shared<MemoryFrames>(frames);
    r.time_s = {0.0, 1.0, 2.0};
    r.unit = PressureUnit::mmhg;
    r.integer_counts = false;
    r.subject = Subject{};
    r.subject->mass_kg = load / standard_gravity_m_per_s2;
    const PressureSeries series = calibrated(r);
    EXPECT_NEAR(series.quality.load_over_weight.value(), 1.0, 1e-3) << rows;
    EXPECT_EQ(series.quality.invalid_frames, 0U) << rows;
    EXPECT_FALSE(series.repaired.any()) << rows;
  }
}

TEST(Calibrate, MirroringTheMatMirrorsTheAnswer) {
  Recording r = still_body(6, 44.0);
  r = test::with_frames(r, [](FrameBlock& f) {
    for (int row = 0; row < 64; ++row) f.col(row * 32 + 12).setConstant(44.0F);
  });
  const Recording mirrored = test::with_frames(r, [](FrameBlock& f) {
    for (Eigen::Index t = 0; t < f.rows(); ++t) {
      Eigen::Map<FrameBlock> map(f.data() + t * f.cols(), 64, 32);
      map = map.rowwise().reverse().eval();
    }
  });
  const PressureSeries a = calibrated(r);
  const PressureSeries b = calibrated(mirrored);
  EXPECT_THAT(a.quality.dead_cols, ElementsAre(12));
  EXPECT_THAT(b.quality.dead_cols, ElementsAre(31 - 12));
  const FrameBlock frame_a = a.frames_pa->read(0, 1);
  const FrameBlock frame_b = b.frames_pa->read(0, 1);
  for (int i = 0; i < 64; ++i) {
    for (int j = 0; j < 32; ++j) {
      EXPECT_NEAR(frame_a(0, i * 32 + j), frame_b(0, i * 32 + 31 - j), 1e-2F);
    }
  }
}

TEST(Calibrate, ReadsTheSameInBlocksOfAnySizeAndFromSeveralThreads) {
  const PressureSeries series = calibrated(still_body(40, 20.0));
  const FrameBlock whole = series.frames_pa->read(0, 40);
  std::atomic<bool> same = true;
  std::vector<std::thread> threads;
  for (int k = 0; k < 4; ++k) {
    threads.emplace_back([&, k] {
      for (std::size_t i = static_cast<std::size_t>(k); i < 40; i += 4) {
        const FrameBlock one = series.frames_pa->read(i, 1);
        if ((one.row(0) != whole.row(static_cast<Eigen::Index>(i))).any()) same = false;
      }
    });
  }
  for (std::thread& t : threads) t.join();
  EXPECT_TRUE(same);
}

// Counts how many frames are asked for at once.
class CountedFrames final : public FrameSource {
 public:
  explicit CountedFrames(std::size_t size) : size_(size), body_(lying_body()) {}
  std::size_t size() const override { return size_; }
  FrameBlock read(std::size_t first, std::size_t count) const override {
    std::size_t before = largest;
    while (before < count && !largest.compare_exchange_weak(before, count)) {
    }
    FrameBlock out(static_cast<Eigen::Index>(count), body_.size());
    for (std::size_t i = 0; i < count; ++i) {
      const float breath = 1.0F + 0.01F * static_cast<float>((first + i) % 4);
      out.row(static_cast<Eigen::Index>(i)) = (breath * body_.reshaped<Eigen::RowMajor>()).round();
    }
    return out;
  }
  mutable std::atomic<std::size_t> largest = 0;

 private:
  std::size_t size_;
  Map body_;
};

TEST(Calibrate, ANightIsNeverReadAtOnce) {
  Recording r = still_body(1);
  const auto frames = std::make_shared<CountedFrames>(5000);
  r.frames = frames;
  r.time_s.clear();
  for (std::size_t i = 0; i < frames->size(); ++i) r.time_s.push_back(0.1 * static_cast<double>(i));
  const PressureSeries series = calibrated(r);
  EXPECT_EQ(series.quality.invalid_frames, 0U);
  EXPECT_LE(frames->largest, 64U);
}

}  // namespace
}  // namespace matfit
