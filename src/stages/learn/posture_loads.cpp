#include "stages/learn/posture_loads.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;

// Of the loaded cells.
ArrayXd loaded_log_readings(const ArrayXXd& reading) {
  ArrayXd logs((reading > 0.0).count());
  Index n = 0;
  for (Index i = 0; i < reading.size(); ++i) {
    if (reading(i) > 0.0) logs(n++) = std::log(reading(i));
  }
  return logs;
}

double log_sum(const ArrayXd& log_readings, ResponseFamily family, double parameter) {
  if (family == ResponseFamily::power) return std::log((parameter * log_readings).exp().sum());
  return std::log((log_readings.exp() / parameter).log1p().sum());
}

double weighted_log_mean(const ArrayXd& log_readings, double exponent) {
  const ArrayXd weight = (exponent * log_readings).exp();
  return (weight * log_readings).sum() / weight.sum();
}

}  // namespace

PostureLoads posture_loads(const std::vector<PersonMap>& maps, ResponseFamily family,
                           double typical_reading) {
  PostureLoads loads;
  loads.family = family;
  loads.parameters = parameters_of(family, typical_reading);
  const std::vector<std::string> people = people_in(maps);
  loads.person = person_numbers(maps, people);
  loads.people = people.size();
  loads.log_load.resize(static_cast<Index>(loads.parameters.size()),
                        static_cast<Index>(maps.size()));
  for (Index m = 0; m < loads.log_load.cols(); ++m) {
    const ArrayXd logs = loaded_log_readings(maps[static_cast<std::size_t>(m)].reading);
    for (Index k = 0; k < loads.log_load.rows(); ++k) {
      loads.log_load(k, m) = log_sum(logs, family, loads.parameters[static_cast<std::size_t>(k)]);
    }
  }
  return loads;
}

ArrayXd concentrations(const std::vector<PersonMap>& maps, const Weighing& weighing) {
  ArrayXd out(static_cast<Index>(maps.size()));
  for (Index m = 0; m < out.size(); ++m) {
    const ArrayXd logs = loaded_log_readings(maps[static_cast<std::size_t>(m)].reading);
    out(m) = weighted_log_mean(logs, weighing.high) - weighted_log_mean(logs, weighing.low);
  }
  return out;
}

ArrayXXd covariation(const PostureLoads& loads, const ArrayXd& concentration) {
  ArrayXd mean = ArrayXd::Zero(static_cast<Index>(loads.people));
  ArrayXd maps = ArrayXd::Zero(static_cast<Index>(loads.people));
  for (Index m = 0; m < concentration.size(); ++m) {
    const auto person = static_cast<Index>(loads.person[static_cast<std::size_t>(m)]);
    mean(person) += concentration(m);
    maps(person) += 1.0;
  }
  mean /= maps;
  ArrayXXd out = ArrayXXd::Zero(loads.log_load.rows(), static_cast<Index>(loads.people));
  for (Index m = 0; m < concentration.size(); ++m) {
    const auto person = static_cast<Index>(loads.person[static_cast<std::size_t>(m)]);
    out.col(person) += (concentration(m) - mean(person)) * loads.log_load.col(m);
  }
  return out;
}

std::optional<double> turning_place(const ArrayXXd& covariation,
                                    const std::vector<std::size_t>& picked_people) {
  ArrayXd sum = ArrayXd::Zero(covariation.rows());
  for (const std::size_t person : picked_people) {
    sum += covariation.col(static_cast<Index>(person));
  }
  for (Index k = sum.size() - 1; k > 0; --k) {
    if (!(sum(k - 1) < 0.0 && sum(k) >= 0.0)) continue;
    return static_cast<double>(k - 1) + sum(k - 1) / (sum(k - 1) - sum(k));
  }
  return std::nullopt;
}

double parameter_at(const PostureLoads& loads, double place) {
  const auto below = std::min(static_cast<std::size_t>(place), loads.parameters.size() - 2);
  const double share = place - static_cast<double>(below);
  const double low = loads.parameters[below];
  const double high = loads.parameters[below + 1];
  return low + share * (high - low);
}

ArrayXd log_loads_at(const PostureLoads& loads, double place) {
  const auto below = std::min<Index>(static_cast<Index>(place), loads.log_load.rows() - 2);
  const double share = place - static_cast<double>(below);
  return (1.0 - share) * loads.log_load.row(below).transpose() +
         share * loads.log_load.row(below + 1).transpose();
}

}  // namespace matfit
