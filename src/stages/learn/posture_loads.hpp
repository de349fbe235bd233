#pragma once

#include "stages/learn/people_maps.hpp"
#include "stages/learn/response_family.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <optional>
#include <vector>

namespace matfit {

// How concentration of a map is measured: difference of the mean ln readings, weighted by
// reading^high and reading^low.
struct Weighing {
  double high = 0.75;
  double low = 0.25;
};

// ln of the sum of the response over each map, for each parameter tried, from which curves of any
// choice of people follow without going back to the maps.
struct PostureLoads {
  ResponseFamily family = ResponseFamily::power;
  std::vector<double> parameters;   // rising
  Eigen::ArrayXXd log_load;         // parameters x maps
  std::vector<std::size_t> person;  // of each map
  std::size_t people = 0;
};

PostureLoads posture_loads(const std::vector<PersonMap>& maps, ResponseFamily family,
                           double typical_reading);

// One a map.
Eigen::ArrayXd concentrations(const std::vector<PersonMap>& maps, const Weighing& weighing);

// parameters x people: sum over a person's maps of (concentration - its mean) * (ln load - mean).
Eigen::ArrayXXd covariation(const PostureLoads& loads, const Eigen::ArrayXd& concentration);

// Place among the parameters, between two of them by its fraction, where the covariation summed
// over the picked people turns from negative to positive; the highest such. Absent: none.
std::optional<double> turning_place(const Eigen::ArrayXXd& covariation,
                                    const std::vector<std::size_t>& picked_people);

// Interpolated at such a place.
double parameter_at(const PostureLoads& loads, double place);
Eigen::ArrayXd log_loads_at(const PostureLoads& loads, double place);

}  // namespace matfit
