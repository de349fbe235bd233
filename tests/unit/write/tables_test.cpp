#include "stages/write/comparison.hpp"
#include "stages/write/results.hpp"
#include "support/temporary_folder.hpp"
#include "unit/write/sample_results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <vector>

namespace matfit {
namespace {

using test::sample_result;
using test::sample_study;
using test::TemporaryFolder;
using Row = std::map<std::string, std::string>;

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells(1);
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') {
      quoted = !quoted;
    } else if (c == ',' && !quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

using Writer = void (*)(const std::vector<RecordingResult>&, const std::filesystem::path&);

std::vector<Row> rows_of(Writer write, const std::vector<RecordingResult>& results) {
  const TemporaryFolder folder;
  write(results, folder.path() / "table.csv");
  std::ifstream in(folder.path() / "table.csv");
  std::string line;
  std::getline(in, line);
  const std::vector<std::string> header = cells_of(line);
  std::vector<Row> rows;
  while (std::getline(in, line)) {
    const std::vector<std::string> cells = cells_of(line);
    EXPECT_EQ(cells.size(), header.size()) << line;
    Row row;
    for (std::size_t i = 0; i < std::min(cells.size(), header.size()); ++i) {
      row[header[i]] = cells[i];
    }
    rows.push_back(row);
  }
  return rows;
}

TEST(Tables, SummaryHasOneRowARecordingInOrder) {
  const std::vector<Row> rows = rows_of(write_summary_csv, sample_study());
  ASSERT_EQ(rows.size(), 4u);
  EXPECT_EQ(rows[0].at("recording_id"), "anna-cloud");
  EXPECT_EQ(rows[0].at("posture"), "left");
  EXPECT_EQ(rows[0].at("score"), "74.0");
  EXPECT_EQ(rows[0].at("score_low"), "64.0");
  EXPECT_EQ(rows[0].at("shifts_per_h"), "");
  EXPECT_EQ(rows[0].at("advice"), "P4;P8");
  EXPECT_EQ(rows[1].at("verdict"), "too_firm");
  EXPECT_EQ(rows[2].at("posture"), "right");
  EXPECT_EQ(rows[2].at("shifts_per_h"), "0.65");
  EXPECT_EQ(rows[2].at("referral"), "2");
  EXPECT_EQ(rows[0].at("movements_per_h"), "");
  EXPECT_EQ(rows[2].at("movements"), "55");
  EXPECT_EQ(rows[2].at("movements_per_h"), "8.90");
  EXPECT_EQ(rows[2].at("restlessness"), "0.01250");
  EXPECT_EQ(rows[3].at("score"), "");
  EXPECT_EQ(rows[3].at("units_absolute"), "no");
  EXPECT_EQ(rows[0].at("quality_reasons"), "repaired_cells");
  EXPECT_EQ(rows[1].at("pressure_source"), "body_weight");
}

TEST(Tables, BoutsCarryPressureAndSpine) {
  const std::vector<Row> rows = rows_of(write_bouts_csv, sample_study());
  ASSERT_EQ(rows.size(), 2u + 6u + 1u);
  EXPECT_EQ(rows[0].at("tilt_deg"), "1.40");
  EXPECT_EQ(rows[0].at("mean_mmhg"), "31.20");
  EXPECT_EQ(rows[0].at("thorax_sink_mm"), "");
  EXPECT_EQ(rows[7].at("bout"), "6");
  EXPECT_EQ(rows[7].at("posture"), "right");
}

TEST(Tables, HotspotsAreInMillimetresAndMmhg) {
  const std::vector<Row> rows = rows_of(write_hotspots_csv, sample_study());
  EXPECT_EQ(rows[0].at("site"), "left_hip");
  EXPECT_EQ(rows[0].at("y_mm"), "900.0");
  EXPECT_EQ(rows[0].at("peak_mmhg"), "71.00");
  EXPECT_EQ(rows[0].at("ppi_area_cm2"), "9.40");
  EXPECT_EQ(rows[0].at("dose_mmhg_s_sd"), "96.00");
}

TEST(Tables, ComparisonHoldsOnlyPersonsOnSeveralMattresses) {
  const std::vector<Row> rows = rows_of(write_comparison_csv, sample_study());
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0].at("subject_id"), "anna");
  EXPECT_EQ(rows[0].at("mattress_id"), "cloud");
  EXPECT_EQ(rows[1].at("mattress_name"), "Rock");
  EXPECT_EQ(rows[1].at("verdict"), "too_firm");
}

TEST(Tables, KeepTextsFromRunningAsFormulas) {
  std::vector<RecordingResult> results = {
      sample_result("=cmd|'/c calc'!A1", "-anna, \"x\"", "cloud", Posture::left)};
  const TemporaryFolder folder;
  write_summary_csv(results, folder.path() / "t.csv");
  std::ifstream in(folder.path() / "t.csv");
  std::string header, line;
  std::getline(in, header);
  std::getline(in, line);
  EXPECT_THAT(line, testing::StartsWith("'=cmd|'/c calc'!A1,\"'-anna, \"\"x\"\"\",cloud,"));
}

TEST(Comparison, WeighsRecordingsByTheTimeLying) {
  RecordingResult brief = sample_result("a", "anna", "cloud", Posture::left);
  RecordingResult lengthy = sample_result("b", "anna", "cloud", Posture::left);
  brief.bouts[0].bout.end_s = 100.0;
  lengthy.bouts[0].bout.end_s = 300.0;
  brief.fit.score = {40.0, 4.0, 30.0, 50.0};
  lengthy.fit.score = {80.0, 8.0, 60.0, 100.0};
  const ComparisonRow row = row_of({&brief, &lengthy});
  EXPECT_DOUBLE_EQ(row.score.value, 70.0);
  EXPECT_DOUBLE_EQ(row.score.ci95_low, 52.5);
  EXPECT_DOUBLE_EQ(row.lying_s, 400.0);
}

TEST(Comparison, DecidesNothingWhereRecordingsContradictEachOther) {
  RecordingResult soft = sample_result("a", "anna", "cloud", Posture::left);
  RecordingResult firm = sample_result("b", "anna", "cloud", Posture::right);
  RecordingResult silent = sample_result("c", "anna", "cloud", Posture::right);
  soft.fit.verdict = Verdict::too_soft;
  firm.fit.verdict = Verdict::too_firm;
  silent.fit.verdict = Verdict::undecided;
  EXPECT_EQ(row_of({&soft, &firm}).verdict, Verdict::undecided);
  EXPECT_TRUE(row_of({&soft, &firm}).verdicts_differ);
  EXPECT_FALSE(row_of({&silent, &soft}).verdicts_differ);
}

TEST(Comparison, GivesTheVerdictOfMostOfTheTimeLain) {
  RecordingResult soft = sample_result("a", "anna", "cloud", Posture::left);
  RecordingResult other = sample_result("b", "anna", "cloud", Posture::left);
  soft.fit.verdict = Verdict::too_soft;
  const auto verdict_with = [&](double soft_s, Verdict verdict) {
    soft.bouts[0].bout.end_s = soft.bouts[0].bout.start_s + soft_s;
    other.bouts[0].bout.end_s = other.bouts[0].bout.start_s + 100.0 - soft_s;
    other.fit.verdict = verdict;
    EXPECT_EQ(row_of({&soft, &other}).verdict, row_of({&other, &soft}).verdict);
    return row_of({&soft, &other}).verdict;
  };
  EXPECT_EQ(verdict_with(65.0, Verdict::too_firm), Verdict::too_soft);
  EXPECT_EQ(verdict_with(35.0, Verdict::too_firm), Verdict::too_firm);
  EXPECT_EQ(verdict_with(50.0, Verdict::too_firm), Verdict::undecided);
  EXPECT_EQ(verdict_with(65.0, Verdict::undecided), Verdict::too_soft);
  EXPECT_EQ(verdict_with(5.0, Verdict::undecided), Verdict::undecided);
}

}  // namespace
}  // namespace matfit
