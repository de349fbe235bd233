#include "pipeline/night_materials.hpp"

#include "numeric/random.hpp"
#include "numeric/statistics.hpp"
#include "pipeline/parallel_outcomes.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "synthetic/study_plan.hpp"
#include "types/time_gaps.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace matfit {

namespace {

struct FrameRun {
  std::size_t first = 0;
  std::size_t last = 0;  // one past the end
  std::size_t size() const { return last - first; }
};

// sum |P - the frame before| over sum P, of frames and neighbours that are both valid; NaN
// elsewhere.
std::vector<double> changes_of(const PressureSeries& series) {
  std::vector<double> changes(series.size(), std::nan(""));
  Eigen::ArrayXf before;
  visit_frames(*series.frames_pa, 0, series.size(), [&](std::size_t first, const FrameBlock& b) {
    for (Eigen::Index k = 0; k < b.rows(); ++k) {
      const std::size_t i = first + static_cast<std::size_t>(k);
      const Eigen::ArrayXf now = b.row(k).transpose();
      if (i > 0 && series.valid[i - 1] != 0 && series.valid[i] != 0) {
        changes[i] = static_cast<double>((now - before).abs().sum() / now.sum());
      }
      before = now;
    }
  });
  return changes;
}

FrameRun longest_still_run(const Recording& recording, const PressureSeries& series,
                           const NightMaterialOptions& options) {
  std::vector<double> loads = valid_loads_n(series);
  if (loads.empty()) return {};
  const double usual_n = median(std::move(loads));
  const std::vector<double> changes = changes_of(series);
  std::vector<double> known_changes;
  std::copy_if(changes.begin(), changes.end(), std::back_inserter(known_changes),
               [](double change) { return std::isfinite(change); });
  if (known_changes.empty()) return {};
  const double largest_change = options.most_change * quantile(std::move(known_changes), 0.25);
  FrameRun longest;
  FrameRun run;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const bool wanted = series.valid[i] != 0 && is_lying(recording.labels[i]) &&
                        std::abs(series.load_n[i] - usual_n) <= options.load_tolerance * usual_n;
    const bool goes_on = wanted && run.size() > 0 &&
                         recording.labels[i] == recording.labels[run.first] &&
                         changes[i] <= largest_change;
    if (!goes_on) run = {i, i};
    if (wanted) run.last = i + 1;
    if (run.size() > longest.size()) longest = run;
  }
  return longest;
}

// One recording's still lie, with what is common to a person's recordings.
struct FoundLie {
  StillLie lie;
  Recording like;
  double background = 0.0;
  double noise = 0.0;
};

Recording without_frames(const Recording& recording) {
  Recording like;
  like.mat = recording.mat;
  like.unit = recording.unit;
  like.unit_source = recording.unit_source;
  like.integer_counts = recording.integer_counts;
  like.subject = recording.subject;
  like.mattress = recording.mattress;
  return like;
}

std::optional<FoundLie> still_lie(const StudyEntry& entry, const CalibrationKnowledge& known,
                                  const NightMaterialOptions& options) {
  const Recording recording = read_entry(entry);
  if (recording.labels.empty()) return std::nullopt;
  const PressureSeries series = calibrate(recording, known);
  const FrameRun run = longest_still_run(recording, series, options);
  if (run.size() < options.least_frames) return std::nullopt;
  FoundLie found;
  found.background = series.quality.raw.background;
  found.noise = series.quality.raw.noise;
  found.lie.id = entry.recording_id;
  found.lie.posture = recording.labels[run.first];
  found.lie.load = recording.frames->read(run.first, run.size()) -
                   static_cast<float>(series.quality.raw.background);
  found.lie.sample_rate_hz = 1.0 / frame_interval_s(recording.time_s);
  found.lie.load = found.lie.load.isFinite().select(found.lie.load, 0.0F);
  found.like = without_frames(recording);
  return found;
}

// Recordings that can stand in one night.
using SourceKey = std::tuple<std::string, std::string, int, int>;

SourceKey key_of(const StudyEntry& entry, const FoundLie& found) {
  return {person_of(entry), entry.mattress_id, found.like.mat.geometry.rows,
          found.like.mat.geometry.cols};
}

}  // namespace

NightSources recorded_night_sources(const std::vector<StudyEntry>& entries,
                                    const CalibrationKnowledge& known,
                                    const NightMaterialOptions& options) {
  auto found =
      outcomes_in_parallel(entries.size(), options.jobs, "reading", options.progress,
                           [&](std::size_t i) { return still_lie(entries[i], known, options); });

  NightSources sources;
  std::map<SourceKey, std::vector<FoundLie>> by_person;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!found[i].value) {
      sources.left_out.push_back(entries[i].recording_id + ": " + found[i].failure);
      continue;
    }
    std::optional<FoundLie>& lie = *found[i].value;
    if (!lie) {
      sources.left_out.push_back(
          fmt::format("{}: no {} valid frames of one labelled posture, lying still",
                      entries[i].recording_id, options.least_frames));
      continue;
    }
    by_person[key_of(entries[i], *lie)].push_back(std::move(*lie));
  }
  for (auto& [key, lies] : by_person) {
    std::set<Posture> postures;
    std::vector<double> backgrounds;
    std::vector<double> noises;
    for (const FoundLie& f : lies) {
      postures.insert(f.lie.posture);
      backgrounds.push_back(f.background);
      noises.push_back(f.noise);
    }
    if (postures.size() < 2) {
      sources.left_out.push_back(std::get<0>(key) + ": lies in one posture only");
      continue;
    }
    auto material = std::make_shared<NightMaterial>();
    PersonNights person;
    person.person = std::get<0>(key);
    person.like = std::move(lies.front().like);
    material->geometry = person.like.mat.geometry;
    material->whole_numbers = person.like.integer_counts;
    material->background = median(std::move(backgrounds));
    material->noise = median(std::move(noises));
    for (FoundLie& f : lies) material->lies.push_back(std::move(f.lie));
    person.material = std::move(material);
    sources.people.push_back(std::move(person));
  }
  return sources;
}

PersonNights synthetic_night_source(std::size_t index, std::uint64_t seed) {
  constexpr std::array<Posture, 4> postures = {Posture::supine, Posture::prone, Posture::left,
                                               Posture::right};
  constexpr int poses_per_posture = 2;
  constexpr double seconds_per_pose = 40.0;
  Random random(derived_seed(seed, index));
  RecordingPlan plan;
  plan.body = random_body(random);
  plan.mattress = random_mattress(random);
  MatGeometry mat;
  mat.rows = random.integer(40, 80);
  mat.cols = random.integer(20, 44);
  mat.row_pitch_m = random.uniform(1.85, 2.05) / mat.rows;
  mat.col_pitch_m = random.uniform(0.76, 1.00) / mat.cols;
  plan.sensor = everyday_sensor(mat, random);
  plan.sensor.creep_per_decade = 0.0;  // creep and breath are the night's own
  plan.breathing_depth = 0.0;
  plan.sample_rate_hz = 1.0;

  auto material = std::make_shared<NightMaterial>();
  PersonNights person;
  person.person = fmt::format("sleeper {}", index + 1);
  person.synthetic = true;
  for (const Posture posture : postures) {
    for (int i = 0; i < poses_per_posture; ++i) {
      plan.timeline = {{posture, seconds_per_pose, random_pose(posture, random)}};
      plan.seed = random.bits();
      const Recording lying = simulate_recording(plan).recording;
      material->lies.push_back({fmt::format("{} {}", name_of(posture), i + 1), posture,
                                lying.frames->read(0, lying.size()), plan.sample_rate_hz});
      if (material->lies.size() == 1) person.like = without_frames(lying);
    }
  }
  person.like.subject = subject_of(plan.body, person.person);
  material->geometry = person.like.mat.geometry;
  material->noise = plan.sensor.noise;
  material->threshold = plan.sensor.threshold;
  material->whole_numbers = person.like.integer_counts;
  person.material = std::move(material);
  return person;
}

}  // namespace matfit
