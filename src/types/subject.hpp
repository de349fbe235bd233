#pragma once

#include "types/posture.hpp"

#include <optional>
#include <string>
#include <vector>

namespace matfit {

enum class Sex { female, male };

// A person under a pseudonymous id, as stated in the study folder or the recording.
struct Subject {
  std::string id;
  std::optional<Sex> sex;
  std::optional<double> age_years;
  std::optional<double> stature_m;
  std::optional<double> mass_kg;
  std::optional<double> shoulder_breadth_m;  // biacromial
  std::optional<double> waist_breadth_m;
  std::optional<double> hip_breadth_m;
  std::optional<Posture> usual_position;
  std::optional<bool> pregnant;
  std::vector<std::string> pain_sites;  // "lower_back", "neck", "upper_back", "hip", "legs", ...
  std::string pain_pattern;
  std::vector<std::string> symptoms;
  std::optional<double> pillow_height_m;
};

}  // namespace matfit
