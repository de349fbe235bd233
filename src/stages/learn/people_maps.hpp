#pragma once

#include "types/posture.hpp"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <vector>

namespace matfit {

// One person lying in one place and posture, as the mat read it.
struct PersonMap {
  std::string recording_id;
  std::string person;
  std::optional<double> mass_kg;
  Posture posture = Posture::unknown;
  Eigen::ArrayXXd reading;       // rows x cols, over the background, 0 where unloaded
  double highest_reading = 0.0;  // of any single frame, over the background
};

// Everybody in the maps once, in order of name.
std::vector<std::string> people_in(const std::vector<PersonMap>& maps);
// Of each map, the place of its person in `people`.
std::vector<std::size_t> person_numbers(const std::vector<PersonMap>& maps,
                                        const std::vector<std::string>& people);
std::vector<PersonMap> without_person(const std::vector<PersonMap>& maps,
                                      const std::string& person);
std::vector<PersonMap> of_people(const std::vector<PersonMap>& maps,
                                 const std::vector<std::string>& people);

}  // namespace matfit
