#include "types/time_gaps.hpp"

#include "numeric/statistics.hpp"

#include <utility>

namespace matfit {

double frame_interval_s(const std::vector<double>& time_s) {
  if (time_s.size() < 2) return 1.0;
  std::vector<double> steps(time_s.size() - 1);
  for (std::size_t i = 0; i + 1 < time_s.size(); ++i) steps[i] = time_s[i + 1] - time_s[i];
  return median(std::move(steps));
}

std::vector<TimeGap> gaps_in(const std::vector<double>& time_s, const GapLimits& limits) {
  const double interval_s = frame_interval_s(time_s);
  std::vector<TimeGap> gaps;
  for (std::size_t i = 1; i < time_s.size(); ++i) {
    const double step_s = time_s[i] - time_s[i - 1];
    if (step_s > limits.intervals * interval_s && step_s > limits.seconds) {
      gaps.push_back({i, step_s - interval_s});
    }
  }
  return gaps;
}

}  // namespace matfit
