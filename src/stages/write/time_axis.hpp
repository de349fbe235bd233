#pragma once

namespace matfit {

// How a time axis is numbered: at most seven ticks of a round step, in the unit that suits.
struct TimeAxis {
  double unit_s;
  double step;           // in that unit
  const char* unit_key;  // of the phrase that names the unit
};

TimeAxis time_axis(double duration_s);

}  // namespace matfit
