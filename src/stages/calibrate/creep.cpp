#include "stages/calibrate/creep.hpp"

#include "types/time_gaps.hpp"

#include <cstddef>

namespace matfit {

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
