#pragma once

#include <limits>
#include <vector>

namespace matfit {

// A quantity seen some time after the person lay down.
struct LogTimePoint {
  double elapsed_s = 0.0;  // since lying down, or since the first frame where that was not seen
  double value = 0.0;      // over 0, in any unit
};

// Some runs of one course: each has a level of its own, all share the rate.
using LogTimeRun = std::vector<LogTimePoint>;

// How long a person may have lain before the first frame: log-normal.
struct LeadPrior {
  double median_s = 10.0;
  double factor = 3.0;  // one standard deviation up or down
};

// What the runs say of the rate where the person had lain for `lead_s` before.
struct LogTimeCandidate {
  double lead_s = 0.0;
  double rate = 0.0;
  double rate_sd = 0.0;
  double log_weight = 0.0;  // log of prior times likelihood, up to a constant
};

// NaN where it is not known.
struct LogTimeRate {
  double value = std::numeric_limits<double>::quiet_NaN();
  double sd = std::numeric_limits<double>::quiet_NaN();
};

// value(t) = level (1 + rate ln((t + lead) / 1 s)) fitted robustly. One candidate where the lead is
// known, else one each for leads from under a second to ten minutes; none where there are too few
// points.
struct LogTimeFit {
  std::vector<LogTimeCandidate> candidates;
  double scatter = 0.0;  // relative robust sd of the points about the best candidate

  bool known() const { return !candidates.empty(); }
  const LogTimeCandidate& best() const;
  LogTimeRate rate() const;  // over the candidates, with what the unknown lead leaves open
  // Geometric mean over the candidates, where the rate is known to be this.
  double lead_s(double rate, double rate_sd) const;
};

// `lead` is absent where lying down was seen. Points are in order of time; scatter that follows
// from point to point counts as such. Needs four points more than there are runs.
LogTimeFit fit_log_time(const std::vector<LogTimeRun>& runs, const LeadPrior* lead);

// 1 + rate ln(t / 1 s), from 1 s on.
double log_time_factor(double rate, double elapsed_s);

}  // namespace matfit
