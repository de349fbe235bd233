#include "stages/write/study_inspection.hpp"

#include "support/temporary_folder.hpp"
#include "unit/write/sample_results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>

namespace matfit {
namespace {

using nlohmann::json;
using testing::HasSubstr;

StudyInspection example() {
  StudyInspection out;
  out.study = "a <study>";
  out.recordings = test::sample_study();
  out.recordings[0].quality.reasons = {{"small", "mild", "", Grade::a, {}},
                                       {"worse", "holds it", "mend it", Grade::b, {}},
                                       {"later", "too", "", Grade::b, {}}};
  out.recordings[3].quality.grade = Grade::a;
  out.recordings[3].quality.reasons.clear();
  out.failures = {{"torn", "torn.csv", "torn.csv: line 3: got 'x'"}};
  out.findings = {{"persons_swapped",
                   "persons A and B",
                   "check it",
                   {"anna-cloud", "ben-night"},
                   {"anna", "ben"},
                   {ResultPart::landmarks}}};
  return out;
}

TEST(StudyInspection, GivesEachRecordingTheReasonThatHoldsItsGrade) {
  const std::vector<InspectionRow> rows = inspection_rows(example());
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(rows[0].recording_id, "anna-cloud");
  EXPECT_EQ(rows[0].grade, "B");
  EXPECT_EQ(rows[0].reason_code, "worse");
  EXPECT_EQ(rows[0].reason, "holds it");
  EXPECT_EQ(rows[0].load_over_weight, "0.97");
  EXPECT_EQ(rows[0].frames, "120, 119\u00a0s");
  EXPECT_EQ(rows[3].reason_code, "");
  EXPECT_EQ(rows[3].pressures, "raw counts, relative");
}

TEST(StudyInspection, TellsTheErrorOfPressuresFromTheMapsWhereNoFiguresAreMadeYet) {
  StudyInspection inspection = example();
  RecordingResult& r = inspection.recordings[1];
  r.bouts[0].pressure = {};
  r.quality.units.error = {{1.0, 0.25}};
  EXPECT_EQ(inspection_rows(inspection)[1].pressures,
            "mmHg by body weight, not calibrated, ±\u00a025\u00a0%");
}

TEST(StudyInspection, IsOneJsonDocumentWithFailuresAndFindings) {
  const json out = json::parse(inspection_json(example()));
  EXPECT_EQ(out["schema"], "matfit-study-inspection");
  ASSERT_EQ(out["recordings"].size(), 4U);
  EXPECT_EQ(out["recordings"][0]["main_reason"]["code"], "worse");
  EXPECT_EQ(out["recordings"][0]["quality"]["reasons"].size(), 3U);
  EXPECT_TRUE(out["recordings"][3]["main_reason"].is_null());
  EXPECT_EQ(out["failures"][0]["recording_id"], "torn");
  EXPECT_EQ(out["findings"][0]["recordings"], json::parse(R"(["anna-cloud","ben-night"])"));
  EXPECT_EQ(out["findings"][0]["affects"], json::parse(R"(["landmarks"])"));
}

TEST(StudyInspection, IsAPageThatNeedsNothingElse) {
  const test::TemporaryFolder folder;
  write_inspection_page(example(), "1.2.3", folder.path() / "page.html");
  std::ifstream in(folder.path() / "page.html");
  const std::string page{std::istreambuf_iterator<char>(in), {}};
  EXPECT_THAT(page, HasSubstr("a &lt;study&gt;, before any analysis"));
  EXPECT_THAT(page, HasSubstr("Holds it."));
  EXPECT_THAT(page, HasSubstr("<code>worse</code>"));
  EXPECT_THAT(page, HasSubstr("nothing limits it"));
  EXPECT_THAT(page, HasSubstr("got &apos;x&apos;"));
  EXPECT_THAT(page, HasSubstr("Persons A and B."));
  EXPECT_THAT(page, HasSubstr("Affects: landmarks"));
  EXPECT_THAT(page, testing::Not(HasSubstr("href=\"http")));
}

}  // namespace
}  // namespace matfit
