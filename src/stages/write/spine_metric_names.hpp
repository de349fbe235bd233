#pragma once

#include <array>

namespace matfit {

// The spine metrics of the results, in the order of tables and pages.
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

}  // namespace matfit
