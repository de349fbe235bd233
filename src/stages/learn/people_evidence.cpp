#include "stages/learn/people_evidence.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace matfit {

using Eigen::ArrayXd;
using Eigen::Index;

namespace {

double middle_of(const std::vector<PersonMap>& maps) {
  double sum = 0.0;
  double weight = 0.0;
  for (const PersonMap& map : maps) {
    for (Index i = 0; i < map.reading.size(); ++i) {
      const double reading = map.reading(i);
      if (!(reading > 0.0)) continue;
      sum += std::sqrt(reading) * std::log(reading);
      weight += std::sqrt(reading);
    }
  }
  return std::exp(sum / weight);
}

std::vector<PersonMap> of_people_with_enough(const std::vector<PersonMap>& maps,
                                             std::size_t least_maps) {
  std::vector<std::string> enough;
  for (const std::string& person : people_in(maps)) {
    if (of_people(maps, {person}).size() >= least_maps) enough.push_back(person);
  }
  return of_people(maps, enough);
}

std::vector<std::optional<double>> masses_of(const std::vector<PersonMap>& maps,
                                             const std::vector<std::string>& people) {
  std::vector<std::optional<double>> masses;
  for (const std::string& person : people) {
    masses.push_back(std::find_if(maps.begin(), maps.end(), [&](const PersonMap& m) {
                       return m.person == person;
                     })->mass_kg);
  }
  return masses;
}

}  // namespace

PeopleEvidence people_evidence(const std::vector<PersonMap>& maps, std::size_t least_maps) {
  PeopleEvidence evidence;
  evidence.maps = of_people_with_enough(maps, least_maps);
  evidence.people = people_in(evidence.maps);
  if (evidence.people.empty()) return evidence;
  evidence.mass_kg = masses_of(evidence.maps, evidence.people);
  evidence.middle_reading = middle_of(evidence.maps);
  return evidence;
}

std::vector<std::size_t> everybody(std::size_t people) {
  std::vector<std::size_t> all(people);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

std::vector<double> of_person(const ArrayXd& per_map, const std::vector<std::size_t>& person_of_map,
                              std::size_t person) {
  std::vector<double> values;
  for (Index m = 0; m < per_map.size(); ++m) {
    if (person_of_map[static_cast<std::size_t>(m)] == person) values.push_back(per_map(m));
  }
  return values;
}

std::vector<double> mean_per_person(const ArrayXd& per_map,
                                    const std::vector<std::size_t>& person_of_map,
                                    std::size_t people) {
  std::vector<double> means;
  for (std::size_t p = 0; p < people; ++p)
    means.push_back(mean(of_person(per_map, person_of_map, p)));
  return means;
}

std::optional<double> log_kg_per_load(const std::vector<double>& mean_log_load,
                                      const PeopleEvidence& evidence,
                                      std::optional<std::size_t> without) {
  std::vector<double> logs;
  for (std::size_t p = 0; p < mean_log_load.size(); ++p) {
    if (p == without || !evidence.mass_kg[p]) continue;
    logs.push_back(std::log(*evidence.mass_kg[p]) - mean_log_load[p]);
  }
  if (logs.empty()) return std::nullopt;
  return mean(logs);
}

}  // namespace matfit
