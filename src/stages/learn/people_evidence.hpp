#pragma once

#include "stages/learn/people_maps.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// What people's loads have to say of a response: those who lay often enough, in order of name.
struct PeopleEvidence {
  std::vector<PersonMap> maps;
  std::vector<std::string> people;
  std::vector<std::optional<double>> mass_kg;  // of each person
  // Geometric mean of the loaded readings, weighted by their square roots; 0 without people.
  double middle_reading = 0.0;
};

// People with fewer maps say nothing of their own scatter and do not count.
PeopleEvidence people_evidence(const std::vector<PersonMap>& maps, std::size_t least_maps);

// The place of each person in `people`.
std::vector<std::size_t> everybody(std::size_t people);

// What one person's maps have; `person_of_map` says whose each is.
std::vector<double> of_person(const Eigen::ArrayXd& per_map,
                              const std::vector<std::size_t>& person_of_map, std::size_t person);
std::vector<double> mean_per_person(const Eigen::ArrayXd& per_map,
                                    const std::vector<std::size_t>& person_of_map,
                                    std::size_t people);

// Mean over the people with a mass, without one of them, of ln mass - mean ln load.
std::optional<double> log_kg_per_load(const std::vector<double>& mean_log_load,
                                      const PeopleEvidence& evidence,
                                      std::optional<std::size_t> without = std::nullopt);

}  // namespace matfit
