#pragma once

#include "numeric/log_time_fit.hpp"
#include "stages/calibrate/quiet_runs.hpp"
#include "types/quality.hpp"

#include <vector>

namespace matfit {

// From calibration/quality.toml, [load_course]; rates per decade.
struct LoadCourseLimits {
  double least_rate = 0.02;  // smaller ones are steady; known no better, movement hides them
  double significant_sd = 3.0;
  double least_quiet_s = 20.0;
  double next_minute = 0.02;  // a figure may be read where load and contact change by less
  LeadPrior lead;
};

// Of each frame, NaN where it is not valid.
struct FrameCourse {
  const std::vector<double>& time_s;
  const std::vector<double>& load;
  const std::vector<double>& effective_cells;  // (sum p)^2 / sum p^2
};

// The quantity in steps that are even in the logarithm of time, a run each for the runs of a lying
// whose beginning was seen, or of the longest one whose was not.
struct LyingCourse {
  std::vector<LogTimeRun> runs;
  double began_s = 0.0;  // what the points' time counts from
  double ended_s = 0.0;
  double quiet_s = 0.0;
  bool seen = false;
};

// One each for the lyings with any point.
std::vector<LyingCourse> courses_of(const std::vector<Lying>& lyings,
                                    const std::vector<double>& time_s,
                                    const std::vector<double>& values);

// Of a rate of the load: readings close to the background are cut off as noise, so that their sum
// grows a little faster than each of them.
inline constexpr double relative_rate_error = 0.05;

LogTimeFit fit_course(const LyingCourse& course, const LeadPrior& lead);

// What the longest lying says of creep and settling. A sensor that creeps lets the load grow and
// leaves the map's shape alone, which the effective contact area sees, since it does not know a
// common factor; a body that settles spreads a constant load. A response that is not linear turns
// some spread into load, so a load that grows less than a third as fast as the contact is not
// called creep.
// Its lead is that of the load where the load has a course at all.
CreepFigures load_course(const std::vector<Lying>& lyings, const FrameCourse& frames,
                         const LoadCourseLimits& limits);

// The loads without what the course says of creep, for rules that speak of other changes.
std::vector<double> without_creep(const std::vector<double>& loads,
                                  const std::vector<double>& time_s,
                                  const std::vector<Lying>& lyings, const CreepFigures& creep);

// Relative growth over the minute that follows, `elapsed_s` after lying down.
double growth_in_next_minute(double rate, double elapsed_s);

}  // namespace matfit
