#include "stages/calibrate/load_course.hpp"

#include "numeric/statistics.hpp"
#include "types/time_gaps.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {

namespace {

constexpr double minute_s = 60.0;
constexpr double decade = 2.302585092994046;  // ln 10

// Points even in the logarithm of the time since some seconds before `began_s`: early ones hold
// single frames, late ones minutes.
LogTimeRun points_of(const QuietRun& run, double began_s, const std::vector<double>& time_s,
                     const std::vector<double>& values) {
  constexpr double points_per_e_fold = 12.0;
  constexpr double smallest_time_s = 5.0;
  LogTimeRun points;
  std::vector<double> in_step;
  double sum_s = 0.0;
  long step = -1;
  const auto flush = [&] {
    if (in_step.empty()) return;
    points.push_back({sum_s / static_cast<double>(in_step.size()), median(in_step)});
    in_step.clear();
    sum_s = 0.0;
  };
  for (std::size_t i = run.first; i < run.last; ++i) {
    if (!(values[i] > 0.0)) continue;
    const double elapsed_s = time_s[i] - began_s;
    const auto now = static_cast<long>(points_per_e_fold * std::log(elapsed_s + smallest_time_s));
    if (now != step) flush();
    step = now;
    in_step.push_back(values[i]);
    sum_s += elapsed_s;
  }
  flush();
  return points;
}

LyingCourse later_by(LyingCourse course, double lead_s) {
  for (LogTimeRun& run : course.runs) {
    for (LogTimePoint& point : run) point.elapsed_s += lead_s;
  }
  course.seen = true;
  return course;
}

struct Component {
  double rate = 0.0;  // per e-fold
  Estimate per_decade;
  bool real = false;    // a trend, whatever the lead
  bool hidden = false;  // one that matters could not have been seen
};

Component component_of(const LogTimeFit& fit, const LoadCourseLimits& limits) {
  const LogTimeRate rate = fit.rate();
  Component out;
  out.rate = rate.value;
  out.per_decade = gaussian_estimate(
      decade * rate.value, decade * std::hypot(rate.sd, relative_rate_error * rate.value));
  const LogTimeCandidate& best = fit.best();
  const double trend_sd = decade * best.rate_sd;
  const double trend = decade * std::abs(best.rate);
  out.real = trend > limits.least_rate && trend > limits.significant_sd * trend_sd;
  out.hidden = !out.real && trend_sd > limits.least_rate;
  return out;
}

LoadCourse kind_of(const Component& load, const Component& spread) {
  const bool creeps = load.real && load.per_decade.value > std::abs(spread.per_decade.value) / 3.0;
  const bool settles = spread.real && spread.per_decade.value > 0.0;
  if (creeps && settles) return LoadCourse::creep_and_settling;
  if (creeps) return LoadCourse::creep;
  if (load.hidden || spread.hidden) return LoadCourse::moving;
  if (settles) return LoadCourse::settling;
  // A load that falls, or that gathers, is what someone does who moves slowly.
  return load.real || spread.real ? LoadCourse::moving : LoadCourse::steady;
}

// From how long after lying down on the next minute changes little enough.
double steady_after_s(double rate, double limit) {
  double low = 0.0;
  double high = 1.0;
  while (std::abs(growth_in_next_minute(rate, high)) > limit) high *= 2.0;
  for (int k = 0; k < 50; ++k) {
    const double middle = 0.5 * (low + high);
    (std::abs(growth_in_next_minute(rate, middle)) > limit ? low : high) = middle;
  }
  return high;
}

}  // namespace

LogTimeFit fit_course(const LyingCourse& course, const LeadPrior& lead) {
  return fit_log_time(course.runs, course.seen ? nullptr : &lead);
}

double growth_in_next_minute(double rate, double elapsed_s) {
  return log_time_factor(rate, elapsed_s + minute_s) / log_time_factor(rate, elapsed_s) - 1.0;
}

std::vector<LyingCourse> courses_of(const std::vector<Lying>& lyings,
                                    const std::vector<double>& time_s,
                                    const std::vector<double>& values) {
  const double interval_s = frame_interval_s(time_s);
  std::vector<LyingCourse> courses;
  for (const Lying& lying : lyings) {
    LyingCourse course;
    course.seen = lying.seen;
    // Somebody seen to lie down did so between two frames.
    course.began_s = lying.began_s - (lying.seen ? 0.5 * interval_s : 0.0);
    for (const QuietRun& run : lying.runs) {
      LogTimeRun points = points_of(run, course.began_s, time_s, values);
      if (points.empty()) continue;
      course.runs.push_back(std::move(points));
      course.quiet_s += time_s[run.last - 1] - time_s[run.first] + interval_s;
      course.ended_s = time_s[run.last - 1];
    }
    if (!course.runs.empty()) courses.push_back(std::move(course));
  }
  return courses;
}

CreepFigures load_course(const std::vector<Lying>& lyings, const FrameCourse& frames,
                         const LoadCourseLimits& limits) {
  CreepFigures out;
  const std::vector<LyingCourse> loads = courses_of(lyings, frames.time_s, frames.load);
  if (loads.empty()) return out;
  const auto longest = static_cast<std::size_t>(
      std::max_element(loads.begin(), loads.end(),
                       [](const auto& a, const auto& b) { return a.quiet_s < b.quiet_s; }) -
      loads.begin());
  const LyingCourse& course = loads[longest];
  if (course.quiet_s < limits.least_quiet_s) return out;
  const LogTimeFit load_fit = fit_course(course, limits.lead);
  if (!load_fit.known()) return out;
  const Component load = component_of(load_fit, limits);
  const double lead_s = course.seen ? 0.0 : load_fit.best().lead_s;
  LyingCourse spreading = courses_of(lyings, frames.time_s, frames.effective_cells)[longest];
  if (load.real) spreading = later_by(std::move(spreading), lead_s);
  const LogTimeFit spread_fit = fit_course(spreading, limits.lead);
  if (!spread_fit.known()) return out;
  const Component spread = component_of(spread_fit, limits);
  out.rate_per_decade = load.per_decade;
  out.spread_per_decade = spread.per_decade;
  out.kind = kind_of(load, spread);
  out.lying_since_s = course.began_s - lead_s;
  if (out.kind == LoadCourse::moving) return out;
  const double ended_after_s = course.ended_s - *out.lying_since_s;
  double readable_after_s = 0.0;
  if (load.real) {
    out.load_growth_at_end = growth_in_next_minute(load.rate, ended_after_s);
    readable_after_s = steady_after_s(load.rate, limits.next_minute);
  }
  if (spread.real) {
    out.contact_growth_at_end = growth_in_next_minute(spread.rate, ended_after_s);
    readable_after_s = std::max(readable_after_s, steady_after_s(spread.rate, limits.next_minute));
  }
  out.readable_from_s = std::max(frames.time_s.front(), *out.lying_since_s + readable_after_s);
  return out;
}

std::vector<double> without_creep(const std::vector<double>& loads,
                                  const std::vector<double>& time_s,
                                  const std::vector<Lying>& lyings, const CreepFigures& creep) {
  std::vector<double> out = loads;
  const bool creeps =
      creep.kind == LoadCourse::creep || creep.kind == LoadCourse::creep_and_settling;
  if (!creeps || lyings.empty()) return out;
  const double rate = creep.rate_per_decade.value / decade;
  std::size_t k = 0;
  for (std::size_t i = 0; i < out.size(); ++i) {
    while (k + 1 < lyings.size() && time_s[i] >= lyings[k + 1].began_s) ++k;
    const double since_s = std::min(lyings[k].began_s, *creep.lying_since_s);
    out[i] /= log_time_factor(rate, time_s[i] - (k == 0 ? since_s : lyings[k].began_s));
  }
  return out;
}

}  // namespace matfit
