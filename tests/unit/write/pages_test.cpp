#include "stages/write/phrases.hpp"
#include "stages/write/results.hpp"
#include "stages/write/templates.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"
#include "types/units.hpp"
#include "unit/write/sample_results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <regex>
#include <sstream>

namespace matfit {
namespace {

namespace fs = std::filesystem;
using test::sample_result;
using test::sample_study;
using test::TemporaryFolder;
using testing::HasSubstr;
using testing::Not;

std::string bytes_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  EXPECT_TRUE(in) << path;
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

std::map<std::string, std::string> pages_in(const fs::path& folder) {
  std::map<std::string, std::string> pages;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".html") continue;
    pages[fs::relative(entry.path(), folder).string()] = bytes_of(entry.path());
  }
  return pages;
}

std::map<std::string, std::string> pages_of(const std::vector<RecordingResult>& results,
                                            const std::vector<RecordingFailure>& failures = {}) {
  const TemporaryFolder folder;
  write_pages(folder.path(), results, failures, {"Study", "1.0", "en"});
  return pages_in(folder.path());
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST(Pages, AreOneAPersonAndAnIndex) {
  const auto pages = pages_of(sample_study());
  ASSERT_EQ(pages.size(), 4u);
  EXPECT_EQ(pages.count("index.html"), 1u);
  EXPECT_EQ(pages.count("reports/anna.html"), 1u);
  EXPECT_EQ(pages.count("reports/ben.html"), 1u);
  EXPECT_EQ(pages.count("reports/snapshot-07.html"), 1u);
  const std::string& index = pages.at("index.html");
  for (const char* link : {"reports/anna.html", "reports/ben.html", "reports/snapshot-07.html"}) {
    EXPECT_THAT(index, HasSubstr(std::string("href=\"") + link));
  }
}

TEST(Pages, ComeAgainFromTheStoredResultsByteForByte) {
  const TemporaryFolder folder;
  RunInfo run;
  run.study = "Study";
  run.version = "1.0";
  run.failures = {{"r9", "r9.csv", "r9.csv: empty"}};
  const std::vector<RecordingResult> results = sample_study();
  for (const RecordingResult& r : results) {
    run.recording_ids.push_back(r.recording_id);
    write_recording_json(r, recording_json_path(folder.path(), r.recording_id));
    write_recording_arrays(r, std::nullopt, recording_arrays_path(folder.path(), r.recording_id));
  }
  write_run_json(run, folder.path() / "run.json");
  write_pages(folder.path(), results, run.failures, {run.study, run.version, "en"});
  const auto first = pages_in(folder.path());
  fs::remove_all(folder.path() / "reports");
  fs::remove(folder.path() / "index.html");
  write_pages_again(folder.path());
  EXPECT_EQ(pages_in(folder.path()), first);
}

TEST(Pages, PutTheReferralBeforeEverythingElse) {
  const auto pages = pages_of(sample_study());
  const std::string& ben = pages.at("reports/ben.html");
  const std::size_t referral = ben.find("class=\"referral\"");
  ASSERT_NE(referral, std::string::npos);
  EXPECT_LT(referral, ben.find("class=\"verdict\""));
  const std::size_t along = ben.find("class=\"take-along\"");
  ASSERT_NE(along, std::string::npos);
  EXPECT_THAT(ben.substr(along), HasSubstr("stomach\u00a012\u00a0%"));
  EXPECT_THAT(ben.substr(along), HasSubstr("(0.7 per hour)"));
  const std::string& anna = pages.at("reports/anna.html");
  EXPECT_THAT(anna, Not(HasSubstr("class=\"referral\"")));
  EXPECT_THAT(anna, Not(HasSubstr("class=\"take-along\"")));
}

TEST(Pages, TheIndexSaysWhatOnlyTheRecordingsTogetherShow) {
  const TemporaryFolder folder;
  const PageOptions plain{"Study", "1.0", "en"};
  write_pages(folder.path(), sample_study(), {}, plain);
  EXPECT_THAT(bytes_of(folder.path() / "index.html"), Not(HasSubstr("Across the recordings")));
  PageOptions found = plain;
  found.findings = {{"duplicate_recording",
                     "a and b hold the same recording",
                     "at most one of the names is right",
                     {"a", "b"},
                     {"P1", "P2"}}};
  write_pages(folder.path(), sample_study(), {}, found);
  const std::string page = bytes_of(folder.path() / "index.html");
  EXPECT_THAT(page, HasSubstr("Across the recordings"));
  EXPECT_THAT(page, HasSubstr("A and b hold the same recording."));
  EXPECT_THAT(page, HasSubstr("At most one of the names is right."));
}

std::string section(const std::string& page, const std::string& id) {
  const std::size_t start = page.find("<section aria-labelledby=\"" + id + "\"");
  if (start == std::string::npos) return {};
  return page.substr(start, page.find("</section>", start) - start);
}

TEST(Pages, ShowEachPostureOnEachMattressOnceWithItsSentence) {
  const auto pages = pages_of(sample_study());
  const std::string ben = section(pages.at("reports/ben.html"), "spines");
  EXPECT_EQ(count_of(ben, "class=\"spine\""), 4u);
  EXPECT_EQ(count_of(ben, "<svg"), 4u + 6u);  // a drawing each; two gauges a side, one a back
  const std::string anna = section(pages.at("reports/anna.html"), "spines");
  EXPECT_EQ(count_of(anna, "class=\"spine\""), 2u);
  EXPECT_THAT(anna, HasSubstr("typical values"));
  EXPECT_THAT(anna, HasSubstr("href=\"#recording-2\""));
}

TEST(Pages, DrawNoHeightsOnAnUnknownMattress) {
  const std::string page =
      section(pages_of(sample_study()).at("reports/snapshot-07.html"), "spines");
  EXPECT_THAT(page, HasSubstr("stiffness of the mattress is not known"));
  EXPECT_THAT(page, HasSubstr("seen from above, mm"));
  EXPECT_THAT(page, Not(HasSubstr("height above")));
}

TEST(Pages, ShowTheLongestStretchThatHasASpine) {
  RecordingResult night = sample_study()[2];
  BoutResult longer = night.bouts[1];  // on the left side
  longer.bout.end_s += 9000.0;
  night.bouts.push_back(longer);
  BoutResult lost = longer;
  lost.bout.end_s += 90000.0;
  lost.spine.status = FitStatus::not_converged;
  night.bouts.push_back(lost);
  const std::string page = section(pages_of({night}).at("reports/ben.html"), "spines");
  EXPECT_EQ(count_of(page, "class=\"spine\""), 4u);
  EXPECT_THAT(page,
              HasSubstr("The clearest of 3 stretches in this position: 4\u00a0h 20\u00a0min"));
  EXPECT_THAT(page, Not(HasSubstr("did not settle")));
}

TEST(Pages, EscapeEveryTextOfTheUser) {
  const std::string evil = "<script>alert('x')</script>\"&" + std::string(500, 'z');
  RecordingResult r = sample_result(evil, evil + "s", evil + "m", Posture::left);
  r.condition = evil;
  r.mattress->name = evil + "n";
  r.quality.reasons = {{evil, evil, evil}};
  r.fit.reasons = {{evil, evil}};
  r.bouts[0].fit.reasons = {{evil, evil}};
  r.bouts[0].fit.alignment_figures[0].label = evil;
  r.bouts[0].fit.alignment_figures[0].measure = evil;
  r.bouts[0].fit.alignment_figures[1].label = evil;
  r.bouts[0].spine.levels[3].level = evil;
  r.bouts[0].hotspots[0].site = evil;
  r.bouts[0].spine.note = evil;
  r.bouts[0].pressure.region_load_share[evil] = 0.1;
  r.advice = {{evil, evil, evil, evil}};
  r.referral = {{evil, evil, evil, evil}};
  r.subject->pain_sites = {evil};
  r.subject->pain_pattern = evil;
  r.subject->symptoms = {evil};
  RecordingResult second = r;
  second.recording_id += "2";
  second.mattress_id += "2";
  const TemporaryFolder folder;
  write_pages(folder.path(), {r, second}, {{evil, evil, evil}},
              {evil, evil, "en", {{"duplicate_recording", evil, evil, {evil}, {evil}}}});
  const auto pages = pages_in(folder.path());
  ASSERT_EQ(pages.size(), 2u);
  for (const auto& [name, page] : pages) {
    EXPECT_THAT(page, Not(HasSubstr("<script"))) << name;
    EXPECT_THAT(page, Not(HasSubstr("alert('x')"))) << name;
    EXPECT_THAT(page, HasSubstr("&lt;script&gt;")) << name;
    EXPECT_LT(name.size(), 120u);
  }
}

TEST(Pages, NeedNoNetworkAndNoScript) {
  for (const auto& [name, page] : pages_of(sample_study())) {
    std::string rest = page;
    for (const char* known : {"http://www.w3.org/2000/svg"}) {
      for (std::size_t at; (at = rest.find(known)) != std::string::npos;) {
        rest.erase(at, std::string(known).size());
      }
    }
    EXPECT_THAT(rest, Not(HasSubstr("http:"))) << name;
    EXPECT_THAT(rest, Not(HasSubstr("https:"))) << name;
    EXPECT_THAT(rest, Not(HasSubstr("<script"))) << name;
    EXPECT_THAT(rest, Not(HasSubstr("<link"))) << name;
    EXPECT_THAT(rest, Not(HasSubstr("{{"))) << name;
  }
}

TEST(Pages, OpenAndCloseEveryElement) {
  for (const auto& [name, page] : pages_of(sample_study(), {{"r", "p", "m"}})) {
    for (const char* element : {"div", "section", "article", "table", "tr", "ul", "li", "dl", "dd",
                                "figure", "svg", "span", "p", "main", "figcaption"}) {
      const std::regex open("<" + std::string(element) + "[ >]");
      const auto opened = std::distance(std::sregex_iterator(page.begin(), page.end(), open),
                                        std::sregex_iterator());
      EXPECT_EQ(static_cast<std::size_t>(opened), count_of(page, "</" + std::string(element) + ">"))
          << element << " in " << name;
    }
  }
}

TEST(Pages, GiveEveryPictureWordsForThoseWhoDoNotSee) {
  const auto pages = pages_of(sample_study());
  const std::string& page = pages.at("reports/anna.html");
  const std::size_t pictures = count_of(page, "<svg ");
  EXPECT_GT(pictures, 8u);
  EXPECT_EQ(count_of(page, "role=\"img\" aria-label=\"") + count_of(page, "aria-hidden=\"true\""),
            pictures);
  EXPECT_THAT(page, HasSubstr("<html lang=\"en\">"));
}

TEST(Pages, SayWhenAVerdictIsUndecidedAndWhatWouldHelp) {
  const auto pages = pages_of(sample_study());
  const std::string& page = pages.at("reports/snapshot-07.html");
  const Phrases phrases("en");
  EXPECT_THAT(page, HasSubstr(phrases.at("verdict.undecided.title")));
  EXPECT_THAT(page, HasSubstr("pressure-indentation curve"));
  EXPECT_THAT(page, HasSubstr(phrases.at("help.longer")));
  EXPECT_THAT(page, HasSubstr("raw counts"));
  EXPECT_THAT(page, Not(HasSubstr("in mmHg")));
  EXPECT_THAT(page, Not(HasSubstr("\u00a0mmHg")));
  EXPECT_THAT(page, HasSubstr(phrases.at("timeline.moment")));
}

TEST(Pages, PrintPressuresWithTheirErrorAndWhatTheyRestOn) {
  const auto pages = pages_of(sample_study());
  const std::string& page = pages.at("reports/anna.html");
  // 31.2 mmHg with 15 %, once from a calibrated mat and once scaled by body weight.
  EXPECT_EQ(count_of(page, "31.2\u00a0±\u00a04.7\u00a0mmHg"), 2U);
  EXPECT_THAT(page, HasSubstr("calibrated mat: may be off by 15\u00a0%"));
  EXPECT_THAT(page,
              HasSubstr("mmHg scaled by body weight, not calibrated: may be off by 15\u00a0%"));
  EXPECT_THAT(page, Not(HasSubstr("MmHg")));
  EXPECT_THAT(page, HasSubstr("may be off by 15 to 40\u00a0%"));
  EXPECT_THAT(page, HasSubstr("71\u00a0±\u00a028"));  // of a place of high pressure
  for (const char* file : {"index.html", "reports/anna.html"}) {
    EXPECT_THAT(pages.at(file), HasSubstr("calibrated, ±\u00a015 to 40\u00a0%")) << file;
    EXPECT_THAT(pages.at(file),
                HasSubstr("mmHg by body weight, not calibrated, ±\u00a015 to 40\u00a0%"))
        << file;
  }
  EXPECT_THAT(pages.at("index.html"), HasSubstr("raw counts, relative"));
}

TEST(Pages, ShowRawCountsAsTheMatReadThem) {
  RecordingResult result = sample_study()[3];
  result.bouts[0].pressure.peak_pa = 500.0 * 0.0731 * pa_per_mmhg;
  const std::string page = pages_of({result}).at("reports/snapshot-07.html");
  EXPECT_THAT(page, HasSubstr("500\u00a0raw counts"));
  EXPECT_THAT(page, HasSubstr("neither a calibration nor a body weight gives them a scale"));
  EXPECT_THAT(page, Not(HasSubstr("raw counts\u00a0±")));
  EXPECT_THAT(page, Not(HasSubstr("may be off by")));
}

TEST(Pages, ShowWhatTheCalibrationFound) {
  const auto pages = pages_of({sample_result("r1", "anna", "cloud", Posture::left)});
  const std::string& page = pages.at("reports/anna.html");
  EXPECT_THAT(page,
              HasSubstr("Dead columns 9, 24; dead rows 7; dead in part: row 12 from 0 to 15"));
  EXPECT_THAT(page, HasSubstr("the load by 20.4\u00a0±\u00a01.3 % for each tenfold time"));
  EXPECT_THAT(page,
              HasSubstr("From 2\u00a0min after the start on, which the recording does not reach"));
  EXPECT_THAT(page, HasSubstr("The clock of the file goes backwards twice."));
  EXPECT_THAT(page, HasSubstr("Affects: absolute pressures, pressure relief"));
}

TEST(Pages, SayWhereTheSideOfViewComesFrom) {
  const Phrases phrases("en");
  RecordingResult result = sample_result("r1", "anna", "cloud", Posture::left);
  const auto page_of = [&result] { return pages_of({result}).at("reports/anna.html"); };
  EXPECT_THAT(page_of(), HasSubstr(phrases.at("recording.view_given")));
  result.mat.view = result.orientation.view = View::unknown;
  result.orientation.view_source = ViewSource::unknown;
  result.orientation.inferred = true;
  EXPECT_THAT(page_of(), HasSubstr(phrases.at("recording.view_unknown")));
  EXPECT_THAT(page_of(), Not(HasSubstr("inferred from the pressure")));
  result.orientation.view = View::above;
  result.orientation.view_source = ViewSource::labels;
  result.orientation.view_confidence = 0.97;
  EXPECT_THAT(page_of(), HasSubstr("own posture labels (confidence 97 %)"));
  result.mat.head_end = HeadEnd::unknown;
  result.orientation.head_end_confidence = 0.81;
  EXPECT_THAT(page_of(), HasSubstr("head end was inferred from the pressure (confidence 81 %)"));
}

TEST(Pages, DrawOneMapForEachLyingBoutOnly) {
  const auto pages = pages_of(sample_study());
  EXPECT_EQ(count_of(pages.at("reports/ben.html"), "aria-label=\"Pressure map"), 4u);
}

TEST(Pages, SayEachRuleOnceAndNameTheMattressWhereItDiffers) {
  RecordingResult soft = sample_result("r1", "anna", "cloud", Posture::left);
  RecordingResult firm = sample_result("r2", "anna", "rock", Posture::left);
  soft.mattress->name = firm.mattress->name = "";
  soft.advice = {{"P8", "Pillow of 9 cm.", "Some source; Other source", "D (expert)"},
                 {"P4", "Pillow between the knees.", "Other source", "D (expert)"}};
  firm.advice = {{"P8", "Pillow of 11 cm.", "Some source; Other source", "D (expert)"},
                 {"P4", "Pillow between the knees.", "Other source", "D (expert)"}};
  const std::string page = pages_of({soft, firm}).at("reports/anna.html");
  EXPECT_EQ(count_of(page, "Pillow between the knees."), 1u);
  EXPECT_THAT(page, HasSubstr("Pillow of 9 cm. <span class=\"quiet\">(on cloud)"));
  EXPECT_THAT(page, HasSubstr("Pillow of 11 cm. <span class=\"quiet\">(on rock)"));
  EXPECT_THAT(page, Not(HasSubstr("Pillow between the knees. <span class=\"quiet\">")));
  EXPECT_THAT(page, HasSubstr("Rule P8 · Sources 1, 2 · Evidence D"));
  EXPECT_EQ(count_of(page, "<li>Other source</li>"), 1u);
  EXPECT_EQ(count_of(page, "<li>D (expert)</li>"), 1u);
}

TEST(Pages, ListFailuresWithTheirReason) {
  const auto pages = pages_of(sample_study(), {{"r9", "r9.csv", "r9.csv: line 3: got 'abc'"}});
  EXPECT_THAT(pages.at("index.html"), HasSubstr("r9.csv: line 3: got &apos;abc&apos;"));
}

TEST(Pages, StandEvenWhereNothingCouldBeAnalysed) {
  const auto pages = pages_of({}, {{"r9", "r9.csv", "empty"}});
  ASSERT_EQ(pages.size(), 1u);
  EXPECT_THAT(pages.at("index.html"), HasSubstr(Phrases("en").at("index.nothing")));
}

TEST(Pages, KeepPersonsApartWhoseNamesMeetInAFile) {
  const auto pages = pages_of({sample_result("r1", "x", "m", Posture::left),
                               sample_result("x", "", "m", Posture::left),
                               sample_result("r2", "X", "m", Posture::left)});
  EXPECT_EQ(pages.size(), 4u);
}

TEST(Pages, RefuseALanguageThatIsNotThere) {
  const TemporaryFolder folder;
  EXPECT_THROW(write_pages(folder.path(), {}, {}, {"", "", "tlh"}), UsageError);
}

TEST(Phrases, HoldEveryKeyThatTheTemplatesAskFor) {
  const Phrases phrases("en");
  const std::regex asked("\\{\\{t\\.([a-z_.]+)\\}\\}");
  std::size_t found = 0;
  for (const char* name : {"layout.html", "person.html", "index.html", "recording.html",
                           "bout.html", "overview_table.html", "take_along.html"}) {
    const std::string text(embedded_template(name).value());
    for (std::sregex_iterator at(text.begin(), text.end(), asked), end; at != end; ++at) {
      EXPECT_NO_THROW(phrases.at((*at)[1].str())) << name;
      ++found;
    }
  }
  EXPECT_GT(found, 50u);
}

TEST(Phrases, FillInNamesAndRefuseToLeaveOneOpen) {
  const Phrases phrases("en");
  EXPECT_EQ(phrases.fill("page.interval", {{"low", "1"}, {"high", "2"}}), "1 to 2");
  EXPECT_THROW(phrases.fill("page.interval", {{"low", "1"}}), std::out_of_range);
  EXPECT_THROW(phrases.at("no.such.key"), std::out_of_range);
  EXPECT_EQ(phrases.word("site", "left_hip"), "Left hip");
  EXPECT_EQ(phrases.word("site", "left_thumb"), "left thumb");
}

}  // namespace
}  // namespace matfit
