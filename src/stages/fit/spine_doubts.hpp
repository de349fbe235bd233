#pragma once

#include "types/posture.hpp"
#include "types/roll.hpp"
#include "types/spine.hpp"

#include <filesystem>
#include <optional>

namespace matfit {

// From when on a lie is none for which a spine's heights can be judged; sources stand in
// calibration/.
struct LyingLimits {
  double low_roll_rad = 0.0;  // what a low and a steep roll stand for
  double steep_roll_rad = 0.0;
  double hip_load_perhaps_raised = 0.0;  // hip_load_ratio(); beyond it perhaps, beyond the next
  double hip_load_raised = 0.0;          // surely not that of a level lie
  double bend_rad = 0.0;                 // of the trunk against the thighs, where it may be raised
  double lordosis_per_bend = 0.0;        // loss of lordosis angle over that bend
};

// Throws UsageError that names file, line, key and what was expected.
LyingLimits load_lying_limits(const std::filesystem::path& path);

// Whether the frontal or sagittal plane stands upright on a flat bed is no result of the fit but
// taken for granted by it. Where the map says otherwise, the doubt is named and what it touches is
// widened by what a roll or bend of that size does, or withheld where nothing is left of it:
// rolled bodies keep heights with the spine's own curves, as the mat's plane shows them, as an
// error turned upright; a load as on a raised bed takes heights and changes of lordosis away.
SpineFit with_doubts(SpineFit fit, Posture posture, const std::optional<RollEstimate>& roll,
                     std::optional<double> hip_load, const LyingLimits& limits);

}  // namespace matfit
