#include "pipeline/study_checks.hpp"

#include "numeric/random.hpp"
#include "pipeline/person_agreement.hpp"
#include "pipeline/recording_copies.hpp"
#include "stages/write/results.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

namespace matfit {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const MatGeometry mat{64, 30, 0.03, 0.03};

const Anthropometry& anthropometry() {
  static const Anthropometry known =
      load_anthropometry(test::project_folder() / "calibration/anthropometry.toml");
  return known;
}

// A made-up body of a dozen mounds; `moved_m` shifts every one of them by about that much.
Eigen::ArrayXXd map_of(std::uint64_t body, double moved_m = 0.0) {
  Random shape(derived_seed(7, body));
  Random moves(derived_seed(8, body));
  Eigen::ArrayXXd map = Eigen::ArrayXXd::Zero(mat.rows, mat.cols);
  for (int k = 0; k < 12; ++k) {
    const double y = shape.uniform(0.1, 1.8) + moved_m * moves.normal();
    const double x = 0.45 + shape.normal(0.0, 0.12) + moved_m * moves.normal();
    const double size = shape.uniform(0.03, 0.10);
    const double top = shape.uniform(1500.0, 7000.0);
    for (int r = 0; r < mat.rows; ++r) {
      for (int c = 0; c < mat.cols; ++c) {
        const double dy = ((r + 0.5) * mat.row_pitch_m - y) / size;
        const double dx = ((c + 0.5) * mat.col_pitch_m - x) / size;
        map(r, c) += top * std::exp(-0.5 * (dx * dx + dy * dy));
      }
    }
  }
  return (map < 150.0).select(0.0, map);
}

RecordingResult result_of(const std::string& id, const std::string& subject,
                          const Eigen::ArrayXXd& map) {
  RecordingResult result;
  result.recording_id = id;
  result.subject_id = subject;
  result.mattress_id = "M";
  result.mat.geometry = mat;
  result.quality.units = {"raw", 0.1, "body_weight", false};
  BoutResult bout;
  bout.bout.posture = Posture::left;
  bout.bout.end_s = 60.0;
  bout.bout.last_frame = 60;
  bout.field.geometry = mat;
  bout.field.pressure_pa = map;
  result.bouts.push_back(bout);
  return result;
}

RecordingSummary summary_of(const std::string& id, const std::string& subject,
                            const Eigen::ArrayXXd& map) {
  return summarise_recording(result_of(id, subject, map), anthropometry());
}

Eigen::ArrayXXd noisy(Eigen::ArrayXXd map, double sd) {
  Random random(11);
  for (Eigen::Index i = 0; i < map.size(); ++i) {
    map(i) = std::max(0.0, map(i) + random.normal(0.0, sd));
  }
  return map;
}

std::vector<std::string> codes(const std::vector<StudyFinding>& findings) {
  std::vector<std::string> out;
  for (const StudyFinding& f : findings) out.push_back(f.code);
  return out;
}

TEST(RecordingCopies, AreFoundRescaledNoisyCutAndMirrored) {
  const Eigen::ArrayXXd map = map_of(1);
  const std::vector<RecordingSummary> summaries = {
      summary_of("original", "P1", map),
      summary_of("stranger", "P2", map_of(2)),
      summary_of("rescaled", "P3", 2.3 * map),
      summary_of("noisy", "P4", noisy(map, 150.0)),
      summary_of("cut", "P5", map_of(1, 0.003)),
      summary_of("mirrored", "P6", map.rowwise().reverse()),
      summary_of("turned", "P7", map.colwise().reverse().rowwise().reverse())};
  std::vector<std::size_t> with_original;
  for (const RecordingCopy& copy : find_copies(summaries, {})) {
    EXPECT_NE(copy.first, 1U);
    EXPECT_NE(copy.second, 1U);
    if (copy.first != 0) continue;
    with_original.push_back(copy.second);
    EXPECT_EQ(copy.mirrored, copy.second >= 5) << copy.second;
    EXPECT_FALSE(copy.same_file);
  }
  EXPECT_THAT(with_original, ElementsAre(2, 3, 4, 5, 6));
}

TEST(RecordingCopies, TwoNightsOfOnePersonAreNone) {
  const std::vector<RecordingSummary> summaries = {summary_of("a", "P", map_of(1)),
                                                   summary_of("b", "P", map_of(1, 0.01))};
  EXPECT_THAT(find_copies(summaries, {}), IsEmpty());
}

TEST(RecordingCopies, ManyPeopleAreAllDifferent) {
  std::vector<RecordingSummary> summaries;
  for (std::uint64_t k = 0; k < 400; ++k) {
    summaries.push_back(summary_of(std::to_string(k), std::to_string(k), map_of(100 + k)));
  }
  EXPECT_THAT(find_copies(summaries, {}), IsEmpty());
  summaries.push_back(summary_of("copy", "copy", 1.7 * map_of(177)));
  const std::vector<RecordingCopy> copies = find_copies(summaries, {});
  ASSERT_EQ(copies.size(), 1U);
  EXPECT_EQ(copies[0].first, 77U);
  EXPECT_EQ(copies[0].second, 400U);
}

TEST(RecordingCopies, TheSameBytesAreACopyButTwoSensorsOfAFileAreNone) {
  RecordingSummary seat = summary_of("seat", "P", map_of(1));
  RecordingSummary back = summary_of("back", "P", map_of(2));
  seat.input_sha256 = back.input_sha256 = "ab12";
  EXPECT_THAT(find_copies({seat, back}, {}), IsEmpty());
  RecordingSummary again = summary_of("again", "P", map_of(1));
  again.input_sha256 = "ab12";
  const std::vector<RecordingCopy> copies = find_copies({seat, back, again}, {});
  ASSERT_EQ(copies.size(), 1U);
  EXPECT_TRUE(copies[0].same_file);
  EXPECT_EQ(copies[0].second, 2U);
}

TEST(RecordingCopies, WithoutMapsTheChecksumDecides) {
  RecordingSummary a, b, c;
  a.recording_id = "a";
  b.recording_id = "b";
  c.recording_id = "c";
  a.input_sha256 = b.input_sha256 = "ab12";
  c.input_sha256 = "cd34";
  const std::vector<RecordingCopy> copies = find_copies({a, b, c}, {});
  ASSERT_EQ(copies.size(), 1U);
  EXPECT_TRUE(copies[0].same_file);
}

TEST(StudyFindings, NameTheCopiesOfSeveralPeopleOnce) {
  const Eigen::ArrayXXd map = map_of(1);
  const std::vector<StudyFinding> findings =
      study_findings({summary_of("a", "P1", map), summary_of("b", "P2", 0.9 * map_of(2)),
                      summary_of("c", "P3", 1.1 * map), summary_of("d", "P4", 1.2 * map)});
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].code, "duplicate_recording");
  EXPECT_THAT(findings[0].recording_ids, ElementsAre("a", "c", "d"));
  EXPECT_THAT(findings[0].subject_ids, ElementsAre("P1", "P3", "P4"));
  EXPECT_THAT(findings[0].text, HasSubstr("of persons P1, P3, P4"));
}

TEST(RecordingSummary, IsTheSameFromAResultsFolder) {
  const test::TemporaryFolder folder;
  const RecordingResult result = result_of("a", "P", map_of(1));
  write_recording_json(result, folder.path() / "a.json");
  write_recording_arrays(result, std::nullopt, folder.path() / "a.h5");
  const RecordingSummary now = summarise_recording(result, anthropometry());
  const RecordingSummary later = summarise_recording(
      read_recording_result(folder.path() / "a.json", folder.path() / "a.h5"), anthropometry());
  EXPECT_EQ(now.maps, later.maps);
  EXPECT_EQ(now.mat, later.mat);
  ASSERT_TRUE(now.loads && later.loads);
  EXPECT_NEAR(now.loads->front() / later.loads->front(), 1.0, 1e-5);
}

// People whose load and length go with mass and stature but for honest scatter, seen four times.
std::vector<RecordingSummary> honest_people(int count, std::uint64_t seed) {
  std::vector<RecordingSummary> out;
  Random random(seed);
  for (int k = 0; k < count; ++k) {
    const double mass_kg = random.uniform(55.0, 100.0);
    const double stature_m = random.uniform(1.55, 1.95);
    const double load = 13.0 * mass_kg * std::exp(random.normal(0.0, 0.06));
    const double length_m = 0.93 * stature_m * std::exp(random.normal(0.0, 0.015));
    for (int n = 0; n < 4; ++n) {
      RecordingSummary r;
      r.subject_id = "P" + std::to_string(k);
      r.recording_id = r.subject_id + "-" + std::to_string(n);
      r.mass_kg = mass_kg;
      r.stature_m = stature_m;
      r.loads.emplace();
      r.loads->fill(load * std::exp(random.normal(0.0, 0.05)));
      r.length_m = length_m * std::exp(random.normal(0.0, 0.01));
      out.push_back(std::move(r));
    }
  }
  return out;
}

TEST(StudyFindings, HonestPeopleAgreeWhateverThePitchAndTheUnit) {
  int alarms = 0;
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    alarms += static_cast<int>(study_findings(honest_people(10, seed)).size());
  }
  EXPECT_LE(alarms, 3) << "of 500 people";
}

TEST(StudyFindings, AWrongMassIsFlaggedWithWhatTheLoadSays) {
  std::vector<RecordingSummary> people = honest_people(8, 3);
  const double truth_kg = *people[8].mass_kg;
  for (int n = 8; n < 12; ++n) people[static_cast<std::size_t>(n)].mass_kg = 1.6 * truth_kg;
  const std::vector<StudyFinding> findings = study_findings(people);
  ASSERT_EQ(codes(findings), std::vector<std::string>{"person_disagrees"});
  EXPECT_THAT(findings[0].subject_ids, ElementsAre("P2"));
  EXPECT_EQ(findings[0].recording_ids.size(), 4U);
  const auto agreement = compare_persons(people, {});
  ASSERT_EQ(agreement.size(), 1U);
  const auto& mass = agreement[0].persons[2].mass_kg;
  ASSERT_TRUE(mass);
  EXPECT_LE(mass->seen.ci95_low, truth_kg);
  EXPECT_GE(mass->seen.ci95_high, truth_kg);
}

TEST(StudyFindings, TwoPeopleWhoseFiguresWereExchangedAreFound) {
  std::vector<RecordingSummary> people = honest_people(8, 5);
  const auto state = [&](int person, double mass_kg, double stature_m) {
    for (int n = 0; n < 4; ++n) {
      RecordingSummary& r = people[static_cast<std::size_t>(4 * person + n)];
      r.mass_kg = mass_kg;
      r.stature_m = stature_m;
    }
  };
  const auto be = [&](int person, double mass_kg, double stature_m) {
    for (int n = 0; n < 4; ++n) {
      RecordingSummary& r = people[static_cast<std::size_t>(4 * person + n)];
      r.loads->fill(13.0 * mass_kg);
      r.length_m = 0.93 * stature_m;
    }
  };
  be(1, 60.0, 1.60);
  be(6, 95.0, 1.90);
  state(1, 60.0, 1.60);
  state(6, 95.0, 1.90);
  EXPECT_THAT(codes(study_findings(people)), IsEmpty());
  state(1, 95.0, 1.90);
  state(6, 60.0, 1.60);
  const std::vector<StudyFinding> findings = study_findings(people);
  const auto swapped = std::find_if(findings.begin(), findings.end(), [](const StudyFinding& f) {
    return f.code == "persons_swapped";
  });
  ASSERT_NE(swapped, findings.end());
  EXPECT_THAT(swapped->subject_ids, ElementsAre("P1", "P6"));
}

TEST(StudyFindings, ATableOutOfOrderIsSaidOfTheStudy) {
  std::vector<RecordingSummary> people = honest_people(10, 9);
  std::vector<double> statures;
  for (std::size_t k = 0; k < 10; ++k) statures.push_back(*people[4 * k].stature_m);
  for (std::size_t i = 0; i < people.size(); ++i) {
    people[i].stature_m = statures[(i / 4 + 3) % 10];
  }
  EXPECT_THAT(codes(study_findings(people)), Contains("statures_disagree"));
}

TEST(StudyFindings, TwoPeopleCannotJudgeEachOther) {
  std::vector<RecordingSummary> people = honest_people(2, 1);
  people[0].mass_kg = people[1].mass_kg = people[2].mass_kg = people[3].mass_kg = 300.0;
  EXPECT_THAT(study_findings(people), IsEmpty());
}

}  // namespace
}  // namespace matfit
