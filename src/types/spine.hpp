#pragma once

#include "types/body.hpp"
#include "types/estimate.hpp"

#include <array>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

enum class SpinePlane { frontal, sagittal };
// Where the mattress's stiffness came from; none: heights are not known, only the mat plane is.
enum class SpineBasis { none, preset, curve };

std::string_view name_of(SpinePlane plane);
std::string_view name_of(SpineBasis basis);

// What the fit takes for granted of a lie and the map does not bear out: that a body on its side is
// not rolled onto a wedge or pillow, that a body on its back lies on a level bed.
enum class SpineDoubt { body_rolled, body_perhaps_rolled, load_as_raised, load_perhaps_as_raised };

inline constexpr std::array<SpineDoubt, 4> all_spine_doubts = {
    SpineDoubt::body_rolled, SpineDoubt::body_perhaps_rolled, SpineDoubt::load_as_raised,
    SpineDoubt::load_perhaps_as_raised};

std::string_view name_of(SpineDoubt doubt);
std::optional<SpineDoubt> spine_doubt_named(std::string_view name);

struct SpineLevel {
  std::string level;  // "C7", "T1" .. "T12", "L1" .. "L5", "S1"
  double x_m = 0.0;   // recording frame
  double y_m = 0.0;
  // Height of the spine above the mattress's unloaded surface; NaN without a basis.
  double z_m = std::numeric_limits<double>::quiet_NaN();
  double sd_m =
      std::numeric_limits<double>::quiet_NaN();  // of z_m, or of the lateral place without a basis
  // The person's neutral line at this level, laid best over the spine (side lying: the straight
  // line); as z_m. NaN where it is not known.
  double neutral_z_m = std::numeric_limits<double>::quiet_NaN();
};

// Names and signs of the metrics are those of the results (contract): tilt_deg, rms_deviation_mm,
// ...
struct SpineFit {
  FitStatus status = FitStatus::not_run;
  SpinePlane plane = SpinePlane::sagittal;
  SpineBasis basis = SpineBasis::none;
  std::vector<SpineLevel> levels;  // C7 to S1, head to feet
  std::map<std::string, Estimate> metrics;
  std::string note;
  std::vector<SpineDoubt> doubts;  // each said in the note; what they touch is wider or withheld
};

}  // namespace matfit
