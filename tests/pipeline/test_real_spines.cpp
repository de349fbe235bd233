#include "numeric/statistics.hpp"
#include "pipeline/knowledge.hpp"
#include "pipeline/middle_bout.hpp"
#include "pipeline/spine_agreement.hpp"
#include "pipeline/train_roll.hpp"
#include "pmatdata_study.hpp"
#include "support/datasets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace matfit {
namespace {

namespace fs = std::filesystem;

const Knowledge& known() {
  static const Knowledge loaded = load_knowledge(test::project_folder() / "calibration");
  return loaded;
}

struct Analysed {
  std::vector<StudyEntry> entries;
  std::vector<BatchItem> items;

  const BoutResult* bout(std::size_t i) const {
    const BoutResult* found = items[i].result ? middle_bout(*items[i].result) : nullptr;
    return found != nullptr && found->bout.posture == entries[i].posture ? found : nullptr;
  }
};

using Told = std::function<void(StudyEntry&)>;

void nothing(StudyEntry&) {}

void firmness_of_5(StudyEntry& entry) {
  entry.mattress->firmness = 5.0;
  entry.mattress->thickness_m = 0.2;
}

// What a disc reads on foam of that firmness (the trade's 25 lbf and support factor of 2.4).
void curve_of_that_foam(StudyEntry& entry) {
  firmness_of_5(entry);
  entry.mattress->curve_kind = CurveKind::disc_203mm;
  for (const double strain : {0.1, 0.25, 0.4, 0.55, 0.65}) {
    entry.mattress->curve.push_back(
        {0.2 * strain, 3447.0 * std::pow(strain / 0.25, std::log(2.4) / std::log(2.6))});
  }
}

Analysed analysed(std::vector<StudyEntry> entries, const Told& told, const Knowledge& knowledge) {
  Analysed out{std::move(entries), {}};
  for (StudyEntry& entry : out.entries) told(entry);
  BatchOptions options;
  options.jobs = 2;
  out.items = analyze_batch(out.entries, knowledge, options);
  return out;
}

// Both experiments, in one list: their mattresses have other names.
std::vector<StudyEntry> both_experiments(const fs::path& datasets) {
  std::vector<StudyEntry> entries = test::pmatdata_study(datasets, "experiment-i");
  const std::vector<StudyEntry> second = test::pmatdata_study(datasets, "experiment-ii");
  entries.insert(entries.end(), second.begin(), second.end());
  return entries;
}

const Analysed& preset_mattresses(const fs::path& datasets) {
  static const Analysed all = analysed(both_experiments(datasets), firmness_of_5, known());
  return all;
}

bool is_flat(const StudyEntry& entry) {
  static const std::set<std::string> plain = {"flat",    "arms up",    "not described",
                                              "one leg", "knees bent", "fetal"};
  return plain.contains(entry.condition) ||
         (entry.recording_id.starts_with("II_") &&
          std::string("BCD").find(entry.condition.front()) != std::string::npos);
}

Analysed flat_ones(const Analysed& all) {
  Analysed flat;
  for (std::size_t i = 0; i < all.entries.size(); ++i) {
    if (!is_flat(all.entries[i])) continue;
    flat.entries.push_back(all.entries[i]);
    flat.items.push_back(all.items[i]);
  }
  return flat;
}

// What a preset or a body's size leaves open is the same in both recordings and cancels: of heights
// and angles hardly anything is left to differ. Bends and sinkages go with the one map.
bool goes_with_the_map(const std::string& metric) {
  return metric == "midline_bend_mm" || metric.ends_with("_sink_mm");
}

void expect_agreement(const Analysed& all, SpineComparison comparison, std::size_t rows) {
  const Analysed flat = flat_ones(all);
  std::size_t found = 0;
  for (const SpineAgreement& a : spine_agreement(flat.entries, flat.items)) {
    if (a.comparison != comparison) continue;
    ++found;
    const std::string what = a.mattress_id + " " + a.metric;
    EXPECT_GE(a.people, 5U) << what;
    // The twist of the shoulders follows the arms, which experiment II's repeats vary on purpose.
    const bool twist = a.metric == "shoulder_hip_twist_deg";
    constexpr double held = 0.97;
    EXPECT_GE(a.within_two_sd, twist ? 0.85 : held) << what;
    EXPECT_GE(a.least_person_within_two_sd, twist ? 0.75 : 0.9) << what;
    EXPECT_LE(a.rms_z, twist ? 1.3 : 1.0) << what;
    // Bars four times narrower would not hold.
    if (goes_with_the_map(a.metric)) {
      EXPECT_LT(a.within_half_sd, held) << what;
    }
  }
  EXPECT_EQ(found, rows);
}

TEST(RealSpines, LeftAndRightOfOnePersonMirrorEachOtherWithinTheStatedError) {
  MATFIT_REAL_RECORDINGS(datasets);
  expect_agreement(preset_mattresses(datasets), SpineComparison::mirror, 3 * 8);
}

TEST(RealSpines, RepeatsAgreeWithinTheStatedError) {
  MATFIT_REAL_RECORDINGS(datasets);
  expect_agreement(preset_mattresses(datasets), SpineComparison::repeat, 3 * 11);
}

// The course of the spine in the mat's plane, to the right of the line from C7 to S1.
std::vector<double> course_m(const SpineFit& spine, const PressureField& field) {
  std::vector<Eigen::Vector2d> places;
  for (const SpineLevel& level : spine.levels) {
    places.push_back(canonical_from_recording(Eigen::Vector2d(level.x_m, level.y_m), field.geometry,
                                              field.orientation));
  }
  const Eigen::Vector2d down = (places.back() - places.front()).normalized();
  std::vector<double> course;
  for (const Eigen::Vector2d& place : places) {
    course.push_back((place - places.front()).dot(Eigen::Vector2d(down.y(), -down.x())));
  }
  return course;
}

TEST(RealSpines, TheCoursesOnLeftAndRightSideBulgeToOppositeSidesOfTheMat) {
  MATFIT_REAL_RECORDINGS(datasets);
  const Analysed& all = preset_mattresses(datasets);
  // Mean course by person and mattress on either side, at the levels between C7 and S1.
  std::map<std::string, std::map<Posture, std::vector<std::vector<double>>>> courses;
  for (std::size_t i = 0; i < all.entries.size(); ++i) {
    const StudyEntry& entry = all.entries[i];
    const BoutResult* bout = all.bout(i);
    if (bout == nullptr || !is_side(*entry.posture) || !is_flat(entry)) continue;
    courses[entry.subject_id + " " + entry.mattress_id][*entry.posture].push_back(
        course_m(bout->spine, bout->field));
  }
  ASSERT_EQ(courses.size(), 9U + 2U * 5U);
  double as_mirrored = 0.0;
  double as_they_are = 0.0;
  for (auto& [person, sides] : courses) {
    ASSERT_EQ(sides.size(), 2U) << person;
    for (const std::vector<double>& left : sides[Posture::left]) {
      for (const std::vector<double>& right : sides[Posture::right]) {
        for (std::size_t k = 1; k + 1 < left.size(); ++k) {
          as_mirrored += std::pow(left[k] + right[k], 2);
          as_they_are += std::pow(left[k] - right[k], 2);
        }
      }
    }
  }
  EXPECT_LT(as_mirrored, 0.6 * as_they_are);
}

TEST(RealSpines, HeightsNeedAStiffnessAndAPresetLeavesMoreOpenThanACurve) {
  MATFIT_REAL_RECORDINGS(datasets);
  std::vector<StudyEntry> entries = test::pmatdata_study(datasets, "experiment-ii");
  std::erase_if(entries, [](const StudyEntry& entry) {
    return !is_flat(entry) || (!is_side(*entry.posture) && !entry.condition.starts_with("B1:") &&
                               !entry.condition.starts_with("B4:"));
  });
  const Analysed none = analysed(entries, nothing, known());
  const Analysed preset = analysed(entries, firmness_of_5, known());
  const Analysed curve = analysed(entries, curve_of_that_foam, known());
  std::map<std::string, std::vector<double>> ratios;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const BoutResult* without = none.bout(i);
    const BoutResult* told = preset.bout(i);
    const BoutResult* measured = curve.bout(i);
    if (without == nullptr) continue;
    ASSERT_TRUE(told != nullptr && measured != nullptr);
    EXPECT_EQ(without->spine.basis, SpineBasis::none);
    EXPECT_EQ(told->spine.basis, SpineBasis::preset);
    EXPECT_EQ(measured->spine.basis, SpineBasis::curve);
    EXPECT_TRUE(std::all_of(without->spine.levels.begin(), without->spine.levels.end(),
                            [](const SpineLevel& level) { return std::isnan(level.z_m); }));
    for (const char* metric : {"tilt_deg", "thorax_sink_mm", "pelvis_sink_mm"}) {
      EXPECT_FALSE(without->spine.metrics.contains(metric));
      if (!told->spine.doubts.empty()) continue;
      const auto wide = told->spine.metrics.find(metric);
      const auto narrow = measured->spine.metrics.find(metric);
      if (wide == told->spine.metrics.end() || narrow == measured->spine.metrics.end()) continue;
      // Of a sinkage the share counts: a bed taken for harder sinks less.
      const bool sink = std::string(metric) != "tilt_deg";
      ratios[metric].push_back((wide->second.sd / (sink ? wide->second.value : 1.0)) /
                               (narrow->second.sd / (sink ? narrow->second.value : 1.0)));
    }
  }
  ASSERT_EQ(ratios.size(), 3U);
  for (const auto& [metric, all] : ratios) {
    EXPECT_GE(all.size(), 50U) << metric;
    // A tilt hardly depends on how stiff the whole mattress is.
    EXPECT_GT(quantile(all, 0.5), metric == "tilt_deg" ? 0.95 : 1.1) << metric;
    RecordProperty(metric, std::to_string(quantile(all, 0.5)));
  }
}

struct DoubtRates {
  std::size_t recordings = 0;
  std::size_t surely = 0;
  std::size_t perhaps = 0;
  std::set<std::string> people_surely;

  void count(const StudyEntry& entry, const BoutResult& bout) {
    ++recordings;
    const std::vector<SpineDoubt>& doubts = bout.spine.doubts;
    if (doubts.empty()) return;
    const bool sure =
        doubts.front() == SpineDoubt::body_rolled || doubts.front() == SpineDoubt::load_as_raised;
    (sure ? surely : perhaps) += 1;
    if (sure) people_surely.insert(entry.subject_id);
    EXPECT_FALSE(bout.spine.note.empty());
  }
  void record(const std::string& name) const {
    testing::Test::RecordProperty(name, std::to_string(surely) + " surely and " +
                                            std::to_string(perhaps) + " perhaps of " +
                                            std::to_string(recordings) + ", " +
                                            std::to_string(people_surely.size()) + " people");
  }
  double share(std::size_t count) const {
    return static_cast<double>(count) / static_cast<double>(recordings);
  }
};

// Limits of the load rest on proportions and made-up people: none of these.
TEST(RealSpines, SteeplyRaisedBedsAreNamedAndLevelOnesAreNot) {
  MATFIT_REAL_RECORDINGS(datasets);
  const Analysed& all = preset_mattresses(datasets);
  DoubtRates level;
  DoubtRates by_45_or_50;
  DoubtRates by_60;
  for (std::size_t i = 0; i < all.entries.size(); ++i) {
    const StudyEntry& entry = all.entries[i];
    const BoutResult* bout = all.bout(i);
    if (bout == nullptr || *entry.posture != Posture::supine) continue;
    const std::string& condition = entry.condition;
    if (is_flat(entry)) level.count(entry, *bout);
    if (condition == "bed raised 45" || condition.starts_with("F6")) {
      by_45_or_50.count(entry, *bout);
    }
    if (condition == "bed raised 60" || condition.starts_with("F7")) by_60.count(entry, *bout);
    const std::vector<SpineDoubt>& doubts = bout->spine.doubts;
    if (doubts.empty() || doubts.front() != SpineDoubt::load_as_raised) continue;
    EXPECT_FALSE(bout->spine.metrics.contains("lordosis_angle_change_deg"));
    EXPECT_TRUE(std::isnan(bout->spine.levels.front().z_m));
    EXPECT_EQ(bout->fit.verdict, Verdict::undecided) << entry.recording_id;
  }
  level.record("level");
  by_45_or_50.record("by_45_or_50");
  by_60.record("by_60");
  EXPECT_EQ(level.recordings, 54U + 100U);
  EXPECT_EQ(level.surely, 0U);
  EXPECT_LE(level.share(level.perhaps), 0.05);
  EXPECT_EQ(by_60.recordings, 19U);
  EXPECT_GE(by_60.share(by_60.surely), 0.7);
  EXPECT_GE(by_60.share(by_60.surely + by_60.perhaps), 0.9);
  EXPECT_GE(by_45_or_50.share(by_45_or_50.surely + by_45_or_50.perhaps), 0.5);
}

// For each person a model that has not seen them.
TEST(RealSpines, WedgesAreNamedForPeopleThatTheModelHasNotSeen) {
  MATFIT_REAL_RECORDINGS(datasets);
  const Analysed& all = preset_mattresses(datasets);
  std::set<std::string> people;
  for (const StudyEntry& entry : all.entries) people.insert(entry.subject_id);
  DoubtRates flat;
  DoubtRates wedge;
  for (const std::string& person : people) {
    std::vector<StudyEntry> others;
    std::vector<BatchItem> seen;
    for (std::size_t i = 0; i < all.entries.size(); ++i) {
      if (all.entries[i].subject_id == person || all.entries[i].mattress_id != "foam") continue;
      others.push_back(all.entries[i]);
      seen.push_back(all.items[i]);
    }
    const RollModel model = train_roll(others, seen).model;
    for (std::size_t i = 0; i < all.entries.size(); ++i) {
      const StudyEntry& entry = all.entries[i];
      const BoutResult* bout = all.bout(i);
      if (entry.subject_id != person || bout == nullptr || !entry.roll_rad) continue;
      const auto features = roll_features(bout->field, bout->bout.posture, bout->body);
      if (!features) continue;
      BoutResult judged = *bout;
      judged.spine.doubts.clear();
      judged.spine.note.clear();
      judged.spine = with_doubts(judged.spine, bout->bout.posture, model.predict(*features),
                                 std::nullopt, known().lying);
      (*entry.roll_rad > 0.0 ? wedge : flat).count(entry, judged);
    }
  }
  flat.record("flat");
  wedge.record("wedge");
  EXPECT_GE(flat.recordings, 95U);
  EXPECT_GE(wedge.recordings, 90U);
  EXPECT_LE(flat.share(flat.surely), 0.03);
  EXPECT_LE(flat.share(flat.surely + flat.perhaps), 0.12);
  EXPECT_GE(wedge.share(wedge.surely), 0.85);
  EXPECT_EQ(wedge.people_surely.size(), 9U);
}

PressureField in_a_mirror(const PressureField& field) {
  PressureField mirror = field;
  mirror.pressure_pa = field.pressure_pa.rowwise().reverse().eval();
  mirror.sd_pa = field.sd_pa.rowwise().reverse().eval();
  mirror.repaired = field.repaired.rowwise().reverse().eval();
  return mirror;
}

constexpr std::array<Landmark, landmark_count> landmarks_in_a_mirror = {
    Landmark::head,      Landmark::right_shoulder, Landmark::left_shoulder, Landmark::lumbar,
    Landmark::pelvis,    Landmark::right_hip,      Landmark::left_hip,      Landmark::right_knee,
    Landmark::left_knee, Landmark::right_heel,     Landmark::left_heel};

BodyFit in_a_mirror(const BodyFit& body, double width_m) {
  BodyFit mirror = body;
  mirror.axis.x() = -body.axis.x();
  for (std::size_t i = 0; i < landmark_count; ++i) {
    auto& landmark = mirror.landmarks[i];
    landmark = body.at(landmarks_in_a_mirror[i]);
    if (!landmark) continue;
    landmark->position_m.x() = width_m - landmark->position_m.x();
    landmark->covariance_m2(0, 1) *= -1.0;
    landmark->covariance_m2(1, 0) *= -1.0;
  }
  return mirror;
}

// The columns of `other` run the other way, which is all where it is the same person. In another
// one, of opposite hand, the sinkage is solved in another order, up to where its iteration stops.
void expect_same(const SpineFit& plain, const SpineFit& other, bool other_person, double width_m,
                 const std::string& what) {
  ASSERT_EQ(plain.levels.size(), other.levels.size()) << what;
  constexpr double rounding_m = 1e-9;
  const double height_error_m = other_person ? 3e-4 : rounding_m;
  const double share_of_sd = other_person ? 0.02 : 1e-6;
  const auto same = [](double a, double b, double error) {
    return (std::isnan(a) && std::isnan(b)) || std::abs(a - b) <= error;
  };
  for (std::size_t k = 0; k < plain.levels.size(); ++k) {
    const SpineLevel& a = plain.levels[k];
    const SpineLevel& b = other.levels[k];
    EXPECT_NEAR(width_m - b.x_m, a.x_m, rounding_m) << what << a.level;
    EXPECT_NEAR(b.y_m, a.y_m, rounding_m) << what << a.level;
    EXPECT_TRUE(same(b.z_m, a.z_m, height_error_m)) << what << a.level;
    EXPECT_TRUE(same(b.sd_m, a.sd_m, height_error_m)) << what << a.level;
  }
  for (const auto& [name, metric] : plain.metrics) {
    ASSERT_TRUE(other.metrics.contains(name)) << what << name;
    const Estimate& there = other.metrics.at(name);
    const double sign = other_person && name == "shoulder_hip_twist_deg" ? -1.0 : 1.0;
    EXPECT_TRUE(same(sign * there.value, metric.value, share_of_sd * metric.sd)) << what << name;
    // A bend's bar comes from draws, which do not mirror.
    const bool drawn = other_person && name == "midline_bend_mm";
    EXPECT_TRUE(same(there.sd, metric.sd, (drawn ? 0.15 : share_of_sd) * metric.sd))
        << what << name;
  }
}

TEST(RealSpines, AMirroredCopyGivesTheMirroredSpine) {
  MATFIT_REAL_RECORDINGS(datasets);
  const Analysed& all = preset_mattresses(datasets);
  std::size_t compared = 0;
  for (std::size_t i = 0; i < all.entries.size(); i += 7) {
    const BoutResult* bout = all.bout(i);
    if (bout == nullptr || bout->spine.levels.empty()) continue;
    ++compared;
    const Posture posture = bout->bout.posture;
    const double width_m = bout->field.geometry.width_m();
    const auto spine = [&](const PressureField& field, Posture lying, const BodyFit& body) {
      return fit_spine(field, lying, body, all.entries[i].subject, all.entries[i].mattress,
                       all.items[i].result->quality.units, known().anthropometry,
                       known().mattresses);
    };
    const auto body = [&](const PressureField& field, Posture lying) {
      return fit_body(field, lying, all.entries[i].subject, known().anthropometry);
    };
    const std::string what = all.entries[i].recording_id + " ";
    const BodyFit lain = body(bout->field, posture);
    const SpineFit plain = spine(bout->field, posture, lain);
    // The same person, written from the other side of the mat.
    PressureField seen = in_a_mirror(bout->field);
    seen.orientation.view = seen.orientation.view == View::below ? View::above : View::below;
    expect_same(plain, spine(seen, posture, body(seen, posture)), false, width_m, what);
    // The person in a mirror.
    const PressureField mirror = in_a_mirror(bout->field);
    expect_same(plain, spine(mirror, mirrored(posture), in_a_mirror(lain, width_m)), true, width_m,
                what);
  }
  EXPECT_GE(compared, 50U);
}

// The landmarks are sought by steps that do not mirror exactly; what comes of it is far below the
// stated error.
TEST(RealSpines, AMirroredMapGivesTheMirroredLandmarksAndSpineWellWithinTheStatedError) {
  MATFIT_REAL_RECORDINGS(datasets);
  const Analysed& all = preset_mattresses(datasets);
  std::vector<double> sds;
  for (std::size_t i = 0; i < all.entries.size(); i += 7) {
    const BoutResult* bout = all.bout(i);
    if (bout == nullptr || bout->spine.levels.empty()) continue;
    const auto spine = [&](const PressureField& field, Posture lying) {
      const BodyFit body = fit_body(field, lying, all.entries[i].subject, known().anthropometry);
      return fit_spine(field, lying, body, all.entries[i].subject, all.entries[i].mattress,
                       all.items[i].result->quality.units, known().anthropometry,
                       known().mattresses);
    };
    const SpineFit plain = spine(bout->field, bout->bout.posture);
    const SpineFit other = spine(in_a_mirror(bout->field), mirrored(bout->bout.posture));
    for (const auto& [name, metric] : plain.metrics) {
      const auto there = other.metrics.find(name);
      if (there == other.metrics.end() || !metric.known()) continue;
      const double sign = name == "shoulder_hip_twist_deg" ? -1.0 : 1.0;
      sds.push_back(std::abs(sign * there->second.value - metric.value) / metric.sd);
    }
  }
  ASSERT_GE(sds.size(), 300U);
  EXPECT_LE(quantile(sds, 0.95), 0.25);
}

}  // namespace
}  // namespace matfit
