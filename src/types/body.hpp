#pragma once

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace matfit {

// Left and right are the person's own.
enum class Landmark : unsigned char {
  head,
  left_shoulder,
  right_shoulder,
  lumbar,
  pelvis,
  left_hip,
  right_hip,
  left_knee,
  right_knee,
  left_heel,
  right_heel,
};

inline constexpr std::size_t landmark_count = 11;

std::string_view name_of(Landmark landmark);

struct LandmarkEstimate {
  Eigen::Vector2d position_m{0.0, 0.0};                     // recording frame: x, y
  Eigen::Matrix2d covariance_m2 = Eigen::Matrix2d::Zero();  // recording frame
  double sd_m() const;                                      // root of half the trace
};

enum class FitStatus { not_run, converged, not_converged, unknown_posture, too_little_contact };

std::string_view name_of(FitStatus status);

struct BodyFit {
  FitStatus status = FitStatus::not_run;
  std::array<std::optional<LandmarkEstimate>, landmark_count> landmarks;  // absent = not found
  double residual = 0.0;  // rms of the weighted residuals; 1 = as the stated noise expects
  int iterations = 0;
  Eigen::Vector2d axis{0.0, 1.0};  // recording frame: unit vector from head to feet along the trunk
  std::string note;

  const std::optional<LandmarkEstimate>& at(Landmark l) const {
    return landmarks[static_cast<std::size_t>(l)];
  }
  std::optional<LandmarkEstimate>& at(Landmark l) { return landmarks[static_cast<std::size_t>(l)]; }
};

}  // namespace matfit
