#include "stages/write/result_json.hpp"
#include "stages/write/results.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"
#include "types/units.hpp"
#include "unit/write/sample_results.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <limits>
#include <sstream>

namespace matfit {
namespace {

using test::sample_result;
using test::sample_study;
using test::TemporaryFolder;

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

RecordingResult written_and_read(const RecordingResult& result) {
  const TemporaryFolder folder;
  const auto json = recording_json_path(folder.path(), result.recording_id);
  const auto arrays = recording_arrays_path(folder.path(), result.recording_id);
  write_recording_json(result, json);
  write_recording_arrays(result, std::nullopt, arrays);
  return read_recording_result(json, arrays);
}

TEST(ResultFiles, HaveTheContractsKeysSignsAndUnits) {
  const RecordingResult result = sample_result("r1", "anna", "cloud", Posture::left);
  const auto json = json_from_result(result);
  EXPECT_EQ(json["schema"], "matfit-result");
  EXPECT_EQ(json["schema_version"], 1);
  for (const char* key : {"recording_id", "subject_id", "mattress_id", "duration_s", "frames",
                          "quality", "movement", "bouts", "fit", "advice", "referral"}) {
    EXPECT_TRUE(json.contains(key)) << key;
  }
  EXPECT_EQ(json["quality"]["grade"], "B");
  EXPECT_EQ(json["quality"]["creep"]["kind"], "creep");
  EXPECT_EQ(json["quality"]["creep"]["rate_per_decade"], 0.204);
  EXPECT_EQ(json["quality"]["creep"]["sd"], 0.013);
  EXPECT_EQ(json["quality"]["creep"]["readable_from_s"], 133.0);
  EXPECT_EQ(json["quality"]["orientation"]["source"], "given");
  EXPECT_EQ(json["quality"]["orientation"]["view_source"], "given");
  EXPECT_EQ(json["quality"]["dead_cells"], nlohmann::ordered_json::parse("[[3,4]]"));
  EXPECT_EQ(json["quality"]["reasons"][0]["affects"],
            nlohmann::ordered_json::parse(R"(["pressure","pressure_relief"])"));
  EXPECT_TRUE(json["movement"]["shifts_per_h"].is_null());
  EXPECT_EQ(json["movement"]["share"]["left"], 1.0);
  EXPECT_EQ(json["movement"]["movements"], 0);
  EXPECT_TRUE(json["movement"]["movements_per_h"].is_null());
  const auto& bout = json["bouts"][0];
  EXPECT_EQ(bout["posture"], "left");
  EXPECT_EQ(bout["probabilities"]["left"], 0.987);
  EXPECT_FALSE(bout["landmarks"].contains("right_shoulder"));
  EXPECT_EQ(bout["landmarks"]["left_shoulder"]["y_mm"], 420.0);
  EXPECT_EQ(bout["spine"]["plane"], "frontal");
  EXPECT_EQ(bout["spine"]["basis"], "curve");
  EXPECT_EQ(bout["spine"]["levels"][0]["level"], "C7");
  EXPECT_EQ(bout["spine"]["levels"][0]["z_mm"], 110.0);
  EXPECT_EQ(bout["spine"]["metrics"]["tilt_deg"]["value"], 1.4);
  EXPECT_EQ(bout["spine"]["metrics"]["tilt_deg"]["ci95"].size(), 2u);
  const auto& hotspot = bout["hotspots"][0];
  EXPECT_EQ(hotspot["site"], "left_hip");
  EXPECT_EQ(hotspot["peak_mmhg"], 71.0);
  EXPECT_EQ(hotspot["ppi_area_cm2"], 9.4);
  EXPECT_EQ(hotspot["gradient_mmhg_per_cm"], 8.2);
  EXPECT_EQ(hotspot["dose_mmhg_s"], 412.0);
  EXPECT_EQ(bout["pressure"]["contact_cm2"], 2312.0);
  EXPECT_EQ(bout["fit"]["verdict"], "right");
  const auto& judged = bout["fit"]["alignment_figures"][0];
  EXPECT_EQ(judged["measure"], "tilt_deg");
  EXPECT_EQ(judged["figure"]["value"], 1.4);
  EXPECT_EQ(judged["magnitude"], true);
  EXPECT_EQ(judged["good"], 3.0);
  EXPECT_EQ(judged["fair"], 6.0);
  EXPECT_EQ(json["fit"]["score"]["ci95"], nlohmann::ordered_json::parse("[64.0,84.0]"));
  EXPECT_EQ(json["advice"][0]["rule"], "P4");
}

TEST(ResultFiles, NameEveryDefectWithItsPlaceAndCause) {
  const auto quality = json_from_result(sample_result("r", "s", "m", Posture::left))["quality"];
  const auto is = [&](const char* key, const char* expected) {
    EXPECT_EQ(quality[key], nlohmann::ordered_json::parse(expected)) << key;
  };
  is("hot_cells", "[[30,11],[31,11]]");
  is("dead_rows", "[7]");
  is("dead_cols", "[9,24]");
  is("dead_parts", R"([{"row":12,"first":0,"last":15},{"col":5,"first":40,"last":63}])");
  is("weak_rows", "[50]");
  is("weak_cols", "[10,15]");
  is("stuck_rows", "[60]");
  is("stuck_cols", "[2]");
  is("bridged", R"([{"cols":[14,17],"first":19,"last":62,"load_share":0.22},
                    {"rows":[24,26],"first":4,"last":26,"load_share":0.17}])");
  is("leakage", R"([{"along":"rows","share":0.112,"least":0.08},
                    {"along":"cols","share":0.05,"least":0.04}])");
  is("gain_steps", R"([{"row":32,"factor":0.64,"relative_sd":0.05,"poses":3},
                       {"col":16,"factor":1.8,"relative_sd":0.1,"poses":1}])");
  is("repeated", R"({"frames":3,"longest_s":2.5})");
}

TEST(ResultFiles, ReadQualityBackWithEveryDefectAndReason) {
  const RecordingResult result = sample_result("r", "s", "m", Posture::left);
  const RecordingResult back = written_and_read(result);
  const Quality& q = back.quality;
  EXPECT_EQ(q.reasons.at(0).affects, result.quality.reasons.at(0).affects);
  EXPECT_EQ(q.hot_cells, result.quality.hot_cells);
  EXPECT_EQ(q.weak_rows, std::vector<int>{50});
  EXPECT_EQ(q.weak_cols, (std::vector<int>{10, 15}));
  EXPECT_EQ(q.hot_rows, std::vector<int>{60});
  EXPECT_EQ(q.hot_cols, std::vector<int>{2});
  ASSERT_EQ(q.dead_parts.size(), 2U);
  EXPECT_FALSE(q.dead_parts[1].is_row);
  EXPECT_EQ(q.dead_parts[1].line, 5);
  EXPECT_EQ(q.dead_parts[1].first, 40);
  EXPECT_EQ(q.dead_parts[1].last, 64);
  EXPECT_EQ(q.repaired_load_share, 0.12);
  EXPECT_EQ(q.repaired_load_sd, 0.015);
  ASSERT_EQ(q.bridged.size(), 2U);
  EXPECT_FALSE(q.bridged[0].rows);
  EXPECT_EQ(q.bridged[0].last_line, 18);
  EXPECT_TRUE(q.bridged[1].rows);
  EXPECT_EQ(q.bridged[1].first_line, 24);
  EXPECT_EQ(q.bridged[1].last, 27);
  EXPECT_EQ(q.bridged[1].load_share, 0.17);
  ASSERT_EQ(q.leakage.size(), 2U);
  EXPECT_TRUE(q.leakage[0].along_rows);
  EXPECT_EQ(q.leakage[1].least, 0.04);
  ASSERT_EQ(q.gain_steps.size(), 2U);
  EXPECT_TRUE(q.gain_steps[0].between_rows);
  EXPECT_EQ(q.gain_steps[1].line, 16);
  EXPECT_EQ(q.gain_steps[1].factor, 1.8);
  EXPECT_EQ(q.gain_steps[0].poses, 3);
  ASSERT_TRUE(q.repeated);
  EXPECT_EQ(q.repeated->count, 3U);
  EXPECT_EQ(back.notes, result.notes);
  EXPECT_NEAR(*back.bouts[0].hotspots[0].dose_sd_pa_s, 96.0 * pa_per_mmhg, 1e-6);
}

TEST(ResultFiles, OfAnEarlierVersionWithoutTheListsOfLinesAreRead) {
  auto json = json_from_result(sample_result("r", "s", "m", Posture::left));
  for (const char* key : {"dead_parts", "weak_rows", "weak_cols", "stuck_rows", "stuck_cols",
                          "repeated", "bridged", "leakage", "gain_steps"}) {
    json["quality"].erase(key);
  }
  json["quality"]["reasons"][0].erase("affects");
  json.erase("notes");
  const RecordingResult back = result_from_json(json, "r.json");
  EXPECT_TRUE(back.quality.weak_cols.empty());
  EXPECT_TRUE(back.quality.reasons.at(0).affects.empty());
}

TEST(ResultFiles, WriteUnknownNumbersAsNullAndNeverAsNotANumber) {
  const RecordingResult result = sample_study()[3];
  const auto json = json_from_result(result);
  EXPECT_TRUE(json["fit"]["score"]["value"].is_null());
  EXPECT_TRUE(json["bouts"][0]["spine"]["levels"][0]["z_mm"].is_null());
  EXPECT_TRUE(json["quality"]["load_over_weight"].is_null());
  EXPECT_THAT(json.dump(), testing::Not(testing::HasSubstr("nan")));
}

TEST(ResultFiles, ReadBackAsTheyWereWritten) {
  for (const RecordingResult& result : sample_study()) {
    const RecordingResult back = written_and_read(result);
    EXPECT_EQ(json_from_result(back).dump(), json_from_result(result).dump())
        << result.recording_id;
    ASSERT_EQ(back.bouts.size(), result.bouts.size());
    for (std::size_t i = 0; i < back.bouts.size(); ++i) {
      const Eigen::ArrayXXd& expected = result.bouts[i].field.pressure_pa;
      const Eigen::ArrayXXd& actual = back.bouts[i].field.pressure_pa;
      ASSERT_EQ(actual.rows(), expected.rows());
      ASSERT_EQ(actual.cols(), expected.cols());
      if (expected.size() == 0) continue;
      EXPECT_LT((actual - expected).abs().maxCoeff(), 1e-3);
      EXPECT_TRUE((back.bouts[i].field.repaired == result.bouts[i].field.repaired).all());
      EXPECT_EQ(back.bouts[i].field.orientation.head_end, result.orientation.head_end);
      EXPECT_EQ(back.bouts[i].spine.doubts, result.bouts[i].spine.doubts);
    }
  }
}

TEST(ResultFiles, StoredFormIsExactlyWhatIsReadBack) {
  const RecordingResult result = sample_study()[1];
  const RecordingResult stored = as_stored(result);
  const RecordingResult back = written_and_read(result);
  EXPECT_TRUE((stored.bouts[0].field.pressure_pa == back.bouts[0].field.pressure_pa).all());
  EXPECT_TRUE((stored.bouts[0].field.sd_pa == back.bouts[0].field.sd_pa).all());
  EXPECT_EQ(stored.bouts[0].body.at(Landmark::head)->position_m,
            back.bouts[0].body.at(Landmark::head)->position_m);
  const RecordingResult twice = as_stored(stored);
  EXPECT_EQ(json_from_result(twice).dump(), json_from_result(stored).dump());
  EXPECT_TRUE((twice.bouts[0].field.pressure_pa == stored.bouts[0].field.pressure_pa).all());
}

TEST(ResultFiles, AreTheSameBytesEachTime) {
  const TemporaryFolder folder;
  const RecordingResult result = sample_study()[2];
  const LoadTrace load{
      {0.0, 1.0, 2.0}, {690.0, std::numeric_limits<double>::quiet_NaN(), 688.0}, {1, 0, 1}};
  for (const char* name : {"one", "two"}) {
    write_recording_json(result, folder.path() / (std::string(name) + ".json"));
    write_recording_arrays(result, load, folder.path() / (std::string(name) + ".h5"));
  }
  EXPECT_EQ(bytes_of(folder.path() / "one.json"), bytes_of(folder.path() / "two.json"));
  EXPECT_EQ(bytes_of(folder.path() / "one.h5"), bytes_of(folder.path() / "two.h5"));
}

TEST(ResultFiles, LeaveNothingBehindWhereTheyCannotBeWritten) {
  const TemporaryFolder folder;
  std::ofstream(folder.path() / "file").put('x');
  const RecordingResult result = sample_study()[0];
  EXPECT_THROW(write_recording_json(result, folder.path() / "file" / "r.json"), UsageError);
  std::filesystem::create_directories(folder.path() / "taken.json" / "inside");
  EXPECT_THROW(write_recording_json(result, folder.path() / "taken.json"), UsageError);
  std::size_t entries = 0;
  for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    ++entries;
  }
  EXPECT_EQ(entries, 2u);
}

TEST(ResultFiles, SayWhichKeyIsWrong) {
  const TemporaryFolder folder;
  const auto path = folder.path() / "r.json";
  auto json = json_from_result(sample_study()[0]);
  json["bouts"][0]["pressure"].erase("mean_mmhg");
  std::ofstream(path) << json.dump();
  try {
    read_recording_result(path, folder.path() / "r.h5");
    FAIL() << "no error";
  } catch (const InputError& fault) {
    EXPECT_THAT(fault.what(), testing::HasSubstr("bouts[0].pressure.mean_mmhg"));
    EXPECT_THAT(fault.what(), testing::HasSubstr(path.string()));
  }
}

TEST(ResultFiles, RefuseWhatIsNoResult) {
  const TemporaryFolder folder;
  const auto arrays = folder.path() / "none.h5";
  EXPECT_THROW(read_recording_result(folder.path() / "absent.json", arrays), InputError);
  std::ofstream(folder.path() / "cut.json") << "{\"schema\": \"matfit-res";
  EXPECT_THROW(read_recording_result(folder.path() / "cut.json", arrays), InputError);
  std::ofstream(folder.path() / "other.json") << "{\"schema\": \"something\"}";
  EXPECT_THROW(read_recording_result(folder.path() / "other.json", arrays), InputError);
  std::ofstream(folder.path() / "newer.json")
      << "{\"schema\": \"matfit-result\", \"schema_version\": 2}";
  EXPECT_THROW(read_recording_result(folder.path() / "newer.json", arrays), InputError);
}

TEST(ResultFiles, TakeTextsThatAreNotValidUtf8) {
  RecordingResult result = sample_study()[0];
  result.condition = "caf\xe9";
  const TemporaryFolder folder;
  const auto path = folder.path() / "r.json";
  write_recording_json(result, path);
  EXPECT_EQ(read_recording_result(path, folder.path() / "none.h5").condition, "caf\ufffd");
}

TEST(RunFile, ReadsBackAsItWasWritten) {
  const TemporaryFolder folder;
  RunInfo run;
  run.study = "Study";
  run.version = "1.2.3";
  run.command_line = {"analyze", "--out", "x"};
  run.effective_options = {{"out", "x"}, {"jobs", "2"}};
  run.inputs = {{"r1", "r1.h5", "matfit", "abc"}};
  run.knowledge = {{"guidance.toml", "123"}};
  run.recording_ids = {"r1"};
  run.failures = {{"r2", "r2.csv", "r2.csv: line 1: got 'x', expected a number"}};
  run.started_utc = "2026-01-02T03:04:05Z";
  run.wall_s = 1.5;
  run.threads = 2;
  write_run_json(run, folder.path() / "run.json");
  const RunInfo back = read_run_json(folder.path() / "run.json");
  write_run_json(back, folder.path() / "again.json");
  EXPECT_EQ(bytes_of(folder.path() / "run.json"), bytes_of(folder.path() / "again.json"));
  EXPECT_EQ(back.effective_options, run.effective_options);
  EXPECT_EQ(back.failures[0].message, run.failures[0].message);
  EXPECT_EQ(back.wall_s, 1.5);
}

TEST(FileNames, ArePlainAndNeverShared) {
  EXPECT_EQ(file_stem("S1_rec-2.a"), "S1_rec-2.a");
  const std::string slash = file_stem("../../etc/passwd");
  EXPECT_EQ(slash.find('/'), std::string::npos);
  EXPECT_NE(slash.front(), '.');
  EXPECT_NE(file_stem("a/b"), file_stem("a_b"));
  EXPECT_NE(file_stem("a/b"), file_stem("a b"));
  const std::string longest(4000, 'x');
  EXPECT_LT(file_stem(longest).size(), 100u);
  EXPECT_NE(file_stem(longest), file_stem(longest + "y"));
  EXPECT_FALSE(file_stem("").empty());
}

}  // namespace
}  // namespace matfit
