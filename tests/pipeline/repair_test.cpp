#include "numeric/statistics.hpp"
#include "pipeline/evaluate_defects.hpp"
#include "pmatdata_entries.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "support/datasets.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <memory>
#include <vector>

namespace matfit {
namespace {

using testing::Contains;
using testing::Field;

// 20 x 12 cells that carry one bump.
SoundMap bump() {
  SoundMap map;
  map.geometry = {20, 12, 0.03, 0.03};
  map.load.resize(20, 12);
  for (int r = 0; r < 20; ++r) {
    for (int c = 0; c < 12; ++c) {
      const double y = (r - 9.5) / 6.0;
      const double x = (c - 5.0) / 3.5;
      map.load(r, c) = 200.0 * std::exp(-x * x - y * y);
    }
  }
  map.noise = 0.5;
  map.loaded = loaded_area(map.load, 12.0 * map.noise);
  return map;
}

TEST(TriedRepair, ComparesTheLoadAndTheCellsWithWhatTheyWere) {
  const SoundMap map = bump();
  const InjectedFault column{FaultKind::dead_column, 0, 20, 6, 1, 0.0, 0.0};
  const RepairTrial trial = tried_repair(map, column, test::calibration_knowledge().rules);
  EXPECT_TRUE(trial.keeps_load());
  EXPECT_NEAR(trial.load_error, 0.0, 0.01);
  EXPECT_GT(trial.load_sd, 0.0);
  EXPECT_EQ(trial.cells, static_cast<std::size_t>(map.loaded.col(6).count()));
  EXPECT_LE(trial.cells_within[0], trial.cells_within[1]);
  EXPECT_EQ(trial.cells_within[1], trial.cells);
}

TEST(TriedRepair, OfAColumnUnlikeItsNeighboursLosesTheLoad) {
  SoundMap map = bump();
  map.load.col(5) *= 3.0;
  map.loaded = loaded_area(map.load, 12.0 * map.noise);
  const InjectedFault column{FaultKind::dead_column, 0, 20, 5, 1, 0.0, 0.0};
  const RepairTrial trial = tried_repair(map, column, test::calibration_knowledge().rules);
  EXPECT_FALSE(trial.keeps_load());
  EXPECT_NEAR(trial.load_error, -2.0 * map.load.col(5).sum() / 3.0 / map.load.sum(), 0.02);
}

TEST(RepairScore, CountsWhatWasKeptSaidAndCovered) {
  RepairTrial kept;
  kept.load_error = 0.01;
  kept.load_sd = 0.006;
  kept.cells = 10;
  kept.cells_within = {6, 9};
  RepairTrial lost = kept;
  lost.load_error = -0.03;
  lost.load_sd = 0.04;
  lost.said = true;
  const RepairScore score = repair_score({kept, lost, kept, kept});
  EXPECT_EQ(score.trials, 4U);
  EXPECT_EQ(score.lost(), 1U);
  EXPECT_DOUBLE_EQ(score.kept_share(), 0.75);
  EXPECT_NEAR(score.mean_load_error, 0.0, 1e-12);
  EXPECT_DOUBLE_EQ(score.load_coverage[0], 0.25);
  EXPECT_DOUBLE_EQ(score.load_coverage[1], 1.0);
  EXPECT_DOUBLE_EQ(score.cell_coverage[0], 0.6);
  EXPECT_DOUBLE_EQ(score.cell_coverage[1], 0.9);
  EXPECT_EQ(score.said, 1U);
  EXPECT_EQ(score.said_of_lost, 1U);
}

class RepairedLines : public testing::Test {
 protected:
  // Lines of every sound map of PmatData, by whether limits were chosen on the people.
  static const DefectEvaluation& evaluation(const std::filesystem::path& datasets) {
    static const DefectEvaluation all = [&datasets] {
      EvaluateDefectsOptions options;
      options.faults_per_kind = 0;
      options.faults_per_person = 0;
      options.jobs = 2;
      return evaluate_defects(test::pmatdata_entries(datasets, true, 1),
                              test::calibration_knowledge(), options);
    }();
    return all;
  }

  template <typename Wanted>
  static RepairScore score_of(const DefectEvaluation& evaluation, Wanted wanted) {
    std::vector<RepairTrial> trials;
    for (const RepairedLine& b : evaluation.repaired) {
      if (wanted(b)) trials.push_back(b.trial);
    }
    EXPECT_GE(trials.size(), 100U);
    return repair_score(trials);
  }
};

bool is_outer(const RepairedLine& line) {
  return line.trial.fault.kind == FaultKind::dead_outer_column ||
         line.trial.fault.kind == FaultKind::dead_outer_row;
}

// Of people on whom nothing was set: II S4 and S5 are S5 and S7 of I.
TEST_F(RepairedLines, KeepTheLoadWithinTwoPercentByKindAndMat) {
  MATFIT_REAL_RECORDINGS(datasets);
  using enum FaultKind;
  struct Least {
    const char* mats;
    FaultKind kind;
    double share;
  };
  constexpr std::array least_shares = {Least{"I", dead_column, 0.9},
                                       Least{"I", dead_row, 0.97},
                                       Least{"I", dead_half_column, 0.915},
                                       Least{"I", dead_half_row, 0.98},
                                       Least{"I", two_dead_columns, 0.61},
                                       Least{"I", two_dead_rows, 0.865},
                                       Least{"II Air", dead_column, 0.96},
                                       Least{"II Air", dead_row, 0.95},
                                       Least{"II Air", dead_half_column, 0.975},
                                       Least{"II Air", dead_half_row, 0.98},
                                       Least{"II Air", two_dead_columns, 0.73},
                                       Least{"II Air", two_dead_rows, 0.67},
                                       Least{"II Sponge", dead_column, 0.97},
                                       Least{"II Sponge", dead_row, 0.98},
                                       Least{"II Sponge", dead_half_column, 0.98},
                                       Least{"II Sponge", dead_half_row, 0.985},
                                       Least{"II Sponge", two_dead_columns, 0.76},
                                       Least{"II Sponge", two_dead_rows, 0.96}};
  for (const Least& least : least_shares) {
    const RepairScore score = score_of(evaluation(datasets), [&least](const RepairedLine& b) {
      return !b.group.chosen_on && b.group.mats == least.mats && b.trial.fault.kind == least.kind;
    });
    EXPECT_GE(score.kept_share(), least.share) << least.mats << " " << name_of(least.kind);
    EXPECT_NEAR(score.mean_load_error, 0.0, 0.008) << least.mats << " " << name_of(least.kind);
  }
}

TEST_F(RepairedLines, HaveErrorsThatTheirStandardDeviationsCover) {
  MATFIT_REAL_RECORDINGS(datasets);
  for (const bool chosen_on : {true, false}) {
    for (const char* mats : {"I", "II Air", "II Sponge"}) {
      const RepairScore score = score_of(evaluation(datasets), [&](const RepairedLine& b) {
        return b.group.chosen_on == chosen_on && b.group.mats == mats && !is_outer(b);
      });
      EXPECT_NEAR(score.load_coverage[0], 0.75, 0.07) << mats << chosen_on;
      EXPECT_NEAR(score.load_coverage[1], 0.945, 0.02) << mats << chosen_on;
      EXPECT_NEAR(score.cell_coverage[0], 0.79, 0.05) << mats << chosen_on;
      EXPECT_NEAR(score.cell_coverage[1], 0.945, 0.02) << mats << chosen_on;
    }
  }
}

TEST_F(RepairedLines, ThatMayChangeTheLoadAreSaid) {
  MATFIT_REAL_RECORDINGS(datasets);
  for (const bool chosen_on : {true, false}) {
    const RepairScore score = score_of(evaluation(datasets), [&](const RepairedLine& b) {
      return b.group.chosen_on == chosen_on;
    });
    ASSERT_GE(score.lost(), 100U);
    EXPECT_GE(static_cast<double>(score.said_of_lost), 0.92 * static_cast<double>(score.lost()));
    EXPECT_LE(score.said, score.trials * 6 / 10) << "to say it of all says nothing";
  }
}

// The whole way: a dead line is found, repaired, marked, and what it leaves open is said.
TEST(RepairedRecording, MarksItsCellsAndSaysWhatTheLoadMayBeOff) {
  MATFIT_REAL_RECORDINGS(datasets);
  std::vector<double> in_sd;
  Random random(5);
  for (const StudyEntry& entry : test::pmatdata_entries(datasets, false, 6)) {
    const Recording recording = read_entry(entry);
    const PressureSeries truth = calibrate(recording, test::calibration_knowledge());
    if (truth.repaired.any()) continue;
    EXPECT_EQ(truth.quality.repaired_load_share, 0.0);
    const PressureField field = mean_field(truth, 0, 1, truth.orientation);
    const double least = 12.0 * truth.noise_pa;
    const auto places = possible_faults(FaultKind::dead_column, field.pressure_pa, least, random);
    if (places.empty()) continue;
    const InjectedFault& fault =
        places[static_cast<std::size_t>(random.integer(0, static_cast<int>(places.size()) - 1))];
    Recording faulty = recording;
    faulty.frames = std::make_shared<MemoryFrames>(
        with_fault(recording.frames->read(0, 1), recording.mat.geometry, recording.integer_counts,
                   truth.quality.raw, fault, random));
    const PressureSeries series = calibrate(faulty, test::calibration_knowledge());
    const PressureField repaired = mean_field(series, 0, 1, series.orientation);
    if (!is_found(fault, series.repaired, loaded_area(field.pressure_pa, least))) continue;
    const auto at_fault = [&fault](const auto& map) {
      return map.block(fault.first_row, fault.first_col, fault.rows, fault.cols);
    };
    EXPECT_TRUE(at_fault(repaired.repaired).all()) << entry.recording_id;
    const double share = at_fault(repaired.pressure_pa).sum() / repaired.pressure_pa.sum();
    EXPECT_NEAR(series.quality.repaired_load_share, share, 0.3 * share) << entry.recording_id;
    // Either map was scaled to the same weight: compare in counts.
    const double units = series.quality.units.scale_to_mmhg / truth.quality.units.scale_to_mmhg;
    const double change = repaired.pressure_pa.sum() / units / field.pressure_pa.sum() - 1.0;
    in_sd.push_back(std::abs(change) / series.quality.repaired_load_sd);
    const auto said = Contains(Field(&QualityReason::code, "repaired_load"));
    if (series.quality.repaired_load_sd > 0.02) {
      EXPECT_THAT(series.quality.reasons, said) << entry.recording_id;
    } else if (series.quality.repaired_load_sd < 0.005) {
      EXPECT_THAT(series.quality.reasons, testing::Not(said)) << entry.recording_id;
    }
  }
  ASSERT_GE(in_sd.size(), 30U);
  EXPECT_GT(quantile(in_sd, 0.95), 1.0) << "not so wide that it says nothing";
  EXPECT_LT(quantile(in_sd, 0.9), 2.3);
}

}  // namespace
}  // namespace matfit
