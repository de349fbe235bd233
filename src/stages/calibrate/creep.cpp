#include "stages/calibrate/creep.hpp"

#include "numeric/statistics.hpp"
#include "stages/calibrate/frame_statistics.hpp"
#include "types/time_gaps.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <map>
#include <utility>

namespace matfit {

namespace {

constexpr double least_rate_sd = 1e-4;  // per e-fold; no course is known better

struct Peak {
  double rate = 0.0;
  double sd = 0.0;
};

Peak peak_of(const LogTimeFit& fit) {
  const Estimate rate = fit.rate();
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
  std::map<std::string, std::vector<Peak>> by_person;
  for (const CreepTrial& trial : trials) {
    for (const LyingCourse& course : trial.courses) {
      const LogTimeFit fit = fit_course(course, lead);
      if (fit.known()) by_person[trial.person].push_back(peak_of(fit));
    }
  }
  if (by_person.empty()) return std::nullopt;
  LearnedCreep learned;
  std::vector<Peak> persons;
  for (const auto& [person, rates] : by_person) {
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

std::vector<float> creep_factors(const CreepLaw& law, const Occupation& occupation,
                                 const std::vector<double>& time_s, const LyingCourse* first_course,
                                 const LeadPrior& prior) {
  double lead_s = prior.median_s;
  if (first_course != nullptr) {
    const LogTimeFit fit = fit_course(*first_course, prior);
    if (fit.known()) lead_s = fit.lead_s(law.rate_per_log_second, law.rate_sd);
  }
  const double before_first_s = 0.5 * frame_interval_s(time_s);
  const double at_reference = log_time_factor(law.rate_per_log_second, law.reference_s);
  std::vector<float> factors(time_s.size(), 1.0F);
  bool lying = false;
  bool empty_seen = false;
  double began_s = 0.0;
  for (std::size_t i = 0; i < time_s.size(); ++i) {
    if (occupation.empty[i] != 0) {
      lying = false;
      empty_seen = true;
    }
    if (occupation.loaded[i] != 0 && !lying) {
      lying = true;
      began_s = time_s[i] - (empty_seen ? before_first_s : lead_s);
    }
    if (lying) {
      factors[i] = static_cast<float>(
          log_time_factor(law.rate_per_log_second, time_s[i] - began_s) / at_reference);
    }
  }
  return factors;
}

}  // namespace matfit
