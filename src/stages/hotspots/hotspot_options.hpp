#pragma once

#include "types/units.hpp"

namespace matfit {

struct HotspotOptions {
  // A cell counts as loaded above this and above three standard deviations of an unloaded cell.
  // 5 mmHg is the lowest reading that mat software commonly counts as contact; convention.
  double contact_threshold_pa = 5.0 * pa_per_mmhg;

  // Maxima are sought on the map smoothed by a Gaussian of this width, about half of a bony
  // prominence's, so that the cells of an air mattress are no hotspots.
  double smoothing_m = 0.020;
  double least_prominence = 0.15;  // of the smoothed peak, over the saddle to a higher one
  // A maximum counts when its smoothed peak is this many times the mean over the loaded cells; one
  // that is at no known site must stand out more. Convention.
  double least_over_mean = 0.8;
  double least_unnamed_over_mean = 1.3;
  int most_hotspots = 16;

  // Peak pressure index: the highest mean over a connected area within these bounds.
  double index_area_low_m2 = 9.0e-4;
  double index_area_high_m2 = 10.0e-4;

  // Dose and duration count what lies above this. 32 mmHg (Landis, Heart 1930 15:209) is kept only
  // because published doses use it: as a limit of harm it is unsupported.
  double dose_threshold_pa = 32.0 * pa_per_mmhg;

  // A frame counts for no longer than this many times the recording's usual (median) interval: one
  // late or lost frame is bridged, over a longer gap nobody knows how the person lay.
  double longest_frame_intervals = 3.0;

  // How far from its middle the trunk carries load: half the bideltoid breadth lying on back or
  // front, half the chest's or buttocks' depth on the side, of a heavy adult (ANSUR II, 95th
  // percentile of men: 0.56 m, 0.30 m), the depth with 1 cm for the error of the middle.
  double half_breadth_on_back_m = 0.28;
  double half_depth_on_side_m = 0.16;
  // Half a thigh's breadth (ANSUR II, thigh circumference of men 0.63 m, as a circle).
  double half_breadth_of_thigh_m = 0.10;

  // A hotspot has a landmark's name when it lies within this many standard deviations of it, of
  // landmark and anatomical spread together.
  double name_gate_sd = 2.5;
};

}  // namespace matfit
