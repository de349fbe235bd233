#include "stages/calibrate/learn_creep.hpp"

#include "numeric/statistics.hpp"
#include "stages/calibrate/frame_statistics.hpp"
#include "stages/calibrate/occupation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

namespace matfit {

namespace {

constexpr double least_rate_sd = 1e-4;  // per e-fold; no course is known better

struct Peak {
  double rate = 0.0;
  double sd = 0.0;
};

Peak peak_of(const LogTimeFit& fit) {
  const LogTimeRate rate = fit.rate();
  return {rate.value, std::max(rate.sd, least_rate_sd)};
}

struct Pooled {
  double rate = 0.0;
  double sd = 0.0;       // of the pooled rate
  double scatter = 0.0;  // sd of the true rates about it
};

// Random effects. One lone rate is returned as it is.
Pooled pooled(const std::vector<Peak>& rates) {
  double weight = 0.0;
  double weighted = 0.0;
  double squares = 0.0;
  for (const Peak& r : rates) {
    const double w = 1.0 / (r.sd * r.sd);
    weight += w;
    weighted += w * r.rate;
    squares += w * w;
  }
  double spread = 0.0;
  for (const Peak& r : rates) {
    const double z = (r.rate - weighted / weight) / r.sd;
    spread += z * z;
  }
  const double free = static_cast<double>(rates.size()) - 1.0;
  const double scale = weight - squares / weight;
  const double variance = free > 0.0 ? std::max(0.0, (spread - free) / scale) : 0.0;
  weight = weighted = 0.0;
  for (const Peak& r : rates) {
    const double w = 1.0 / (r.sd * r.sd + variance);
    weight += w;
    weighted += w * r.rate;
  }
  return {weighted / weight, 1.0 / std::sqrt(weight), std::sqrt(variance)};
}

using PeaksByPerson = std::map<std::string, std::vector<Peak>>;

PeaksByPerson peaks_of(const std::vector<CreepTrial>& trials, const LeadPrior& lead) {
  PeaksByPerson by_person;
  for (const CreepTrial& trial : trials) {
    for (const LyingCourse& course : trial.courses) {
      const LogTimeFit fit = fit_course(course, lead);
      if (fit.known()) by_person[trial.person].push_back(peak_of(fit));
    }
  }
  return by_person;
}

std::optional<LearnedCreep> law_of(const PeaksByPerson& peaks) {
  if (peaks.empty()) return std::nullopt;
  LearnedCreep learned;
  std::vector<Peak> persons;
  for (const auto& [person, rates] : peaks) {
    const Pooled own = pooled(rates);
    learned.persons.push_back({person, rates.size(), own.rate, own.sd});
    learned.trials += rates.size();
    persons.push_back({own.rate, own.sd});
  }
  const Pooled all = pooled(persons);
  learned.law = {all.rate, std::hypot(all.sd, relative_rate_error * all.rate)};
  learned.between_person_sd = all.scatter;
  return learned;
}

// The age of the load that half of the readings are younger than.
double middle_age_s(const std::vector<CreepTrial>& trials, const LeadPrior& lead) {
  std::vector<double> ages;
  for (const CreepTrial& trial : trials) {
    for (const LyingCourse& course : trial.courses) {
      ages.push_back(0.5 * (course.ended_s - course.began_s) + (course.seen ? 0.0 : lead.median_s));
    }
  }
  return std::max(1.0, median(std::move(ages)));
}

}  // namespace

CreepTrial creep_trial(const Recording& recording, const PressureSeries& series,
                       const std::string& person) {
  const std::vector<FrameStatistics> statistics = frame_statistics(recording);
  Background background;
  background.level = series.quality.raw.background;
  background.noise = series.quality.raw.noise;
  const Occupation who =
      occupation(statistics, series.valid, background, recording.mat.geometry.cells());
  const std::vector<Lying> lyings =
      quiet_runs(*series.frames_pa, series.time_s, statistics, who, series.load_n);
  return {person, courses_of(lyings, series.time_s, series.load_n)};
}

std::optional<LearnedCreep> learn_creep(const std::vector<CreepTrial>& trials,
                                        const LeadPrior& lead) {
  return law_of(peaks_of(trials, lead));
}

CreepProof prove_creep(const std::vector<CreepTrial>& trials, const LeadPrior& lead,
                       const CreepProofOptions& options) {
  CreepProof proof;
  const PeaksByPerson peaks = peaks_of(trials, lead);
  if (peaks.size() < options.least_people) {
    proof.reason = fmt::format("{} people lay still for long enough, {} are needed", peaks.size(),
                               options.least_people);
    return proof;
  }
  const LearnedCreep all = *law_of(peaks);
  double before = 0.0;
  double after = 0.0;
  for (const PersonCreep& person : all.persons) {
    PeaksByPerson others = peaks;
    others.erase(person.person);
    const double left = person.rate - law_of(others)->law.rate_per_log_second;
    proof.kept_out.push_back({person.person, person.trials, person.rate, left});
    before += person.rate * person.rate;
    after += left * left;
  }
  const auto people = static_cast<double>(all.persons.size());
  proof.rate_before = std::sqrt(before / people);
  proof.rate_after = std::sqrt(after / people);
  proof.between_person_sd = all.between_person_sd;
  proof.law = {all.law.rate_per_log_second, std::hypot(all.law.rate_sd, all.between_person_sd),
               middle_age_s(trials, lead)};
  const double per_decade = 100.0 * std::log(10.0);
  const std::string figures = fmt::format(
      "{:.1f} % per decade of time, sd {:.1f} for the next person; people kept out keep {:.0f} % "
      "of their growth",
      per_decade * proof.law.rate_per_log_second, per_decade * proof.law.rate_sd,
      100.0 * proof.rate_after / proof.rate_before);
  proof.learned = proof.law.rate_per_log_second > options.least_significance * proof.law.rate_sd &&
                  proof.rate_after < options.most_left * proof.rate_before;
  proof.reason = (proof.learned ? "people share " : "no rate that people share: ") + figures;
  return proof;
}

}  // namespace matfit
