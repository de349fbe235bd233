#include "stages/hotspots/contact.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <vector>

namespace matfit {

double contact_threshold_pa(const PressureField& field, const HotspotOptions& options) {
  std::vector<double> noise_pa;
  for (Eigen::Index i = 0; i < field.pressure_pa.size(); ++i) {
    const bool unloaded = field.pressure_pa.data()[i] < options.contact_threshold_pa;
    if (unloaded && !field.repaired.data()[i]) noise_pa.push_back(field.sd_pa.data()[i]);
  }
  const double noise = noise_pa.empty() ? 0.0 : median(std::move(noise_pa));
  return std::max(options.contact_threshold_pa, 3.0 * noise);
}

}  // namespace matfit
