#include "stages/write/time_axis.hpp"

#include <initializer_list>

namespace matfit {

TimeAxis time_axis(double duration_s) {
  const TimeAxis base = duration_s < 180.0    ? TimeAxis{1.0, 0.0, "timeline.axis_s"}
                        : duration_s < 7200.0 ? TimeAxis{60.0, 0.0, "timeline.axis_min"}
                                              : TimeAxis{3600.0, 0.0, "timeline.axis_h"};
  for (const double step : {1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0}) {
    if (duration_s / base.unit_s / step <= 6.0) return {base.unit_s, step, base.unit_key};
  }
  return {base.unit_s, 120.0, base.unit_key};
}

}  // namespace matfit
