#include "synthetic/contact_laws.hpp"

#include <algorithm>

namespace matfit {
namespace {

constexpr double last_share = 0.92;

}  // namespace

FoamTable::FoamTable(const MattressModel& mattress) : thickness_m_(mattress.thickness_m) {
  for (int i = 0; i < bins + 2; ++i) {
    value_pa_[static_cast<std::size_t>(i)] = pressure_pa(mattress, last_share * i / bins);
  }
}

Resistance FoamTable::at(double depth_m) const {
  const double bin_m = last_share * thickness_m_ / bins;
  if (depth_m <= 0.0) {
    const double slope = value_pa_[1] / bin_m;
    return {slope * depth_m, slope};
  }
  const double place = std::min(depth_m / bin_m, static_cast<double>(bins));
  const auto i = static_cast<std::size_t>(place);
  const double step = value_pa_[i + 1] - value_pa_[i];
  const double slope = step / bin_m;
  const double beyond_m = std::max(0.0, depth_m - last_share * thickness_m_);
  return {value_pa_[i] + (place - static_cast<double>(i)) * step + slope * beyond_m, slope};
}

}  // namespace matfit
