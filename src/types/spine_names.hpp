#pragma once

#include <array>
#include <cstddef>

namespace matfit {

// The spine metrics of the contract, in the order of tables and pages; units as their names say.
inline constexpr std::array<const char*, 11> spine_metric_names = {"tilt_deg",
                                                                   "rms_deviation_mm",
                                                                   "max_deviation_mm",
                                                                   "thoracolumbar_angle_deg",
                                                                   "thorax_sink_mm",
                                                                   "lumbar_sink_mm",
                                                                   "pelvis_sink_mm",
                                                                   "lordosis_depth_change_mm",
                                                                   "lordosis_angle_change_deg",
                                                                   "midline_bend_mm",
                                                                   "shoulder_hip_twist_deg"};

// The vertebral levels from head to feet.
inline constexpr std::array<const char*, 19> spine_level_names = {
    "C7",  "T1",  "T2",  "T3", "T4", "T5", "T6", "T7", "T8", "T9",
    "T10", "T11", "T12", "L1", "L2", "L3", "L4", "L5", "S1"};

}  // namespace matfit
