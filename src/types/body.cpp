#include "types/body.hpp"

#include <cmath>

namespace matfit {

std::string_view name_of(Landmark landmark) {
  constexpr std::array<std::string_view, landmark_count> names = {
      "head",      "left_shoulder", "right_shoulder", "lumbar",    "pelvis",    "left_hip",
      "right_hip", "left_knee",     "right_knee",     "left_heel", "right_heel"};
  return names[static_cast<std::size_t>(landmark)];
}

std::string_view name_of(FitStatus status) {
  switch (status) {
    case FitStatus::not_run: return "not_run";
    case FitStatus::converged: return "converged";
    case FitStatus::not_converged: return "not_converged";
    case FitStatus::unknown_posture: return "unknown_posture";
    case FitStatus::too_little_contact: return "too_little_contact";
  }
  return "not_run";
}

double LandmarkEstimate::sd_m() const { return std::sqrt(0.5 * covariance_m2.trace()); }

}  // namespace matfit
