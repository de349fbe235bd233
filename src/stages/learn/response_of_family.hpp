#pragma once

#include "stages/learn/people_evidence.hpp"
#include "stages/learn/posture_loads.hpp"
#include "stages/learn/response_family.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

// How one person's loads agree, with the response and the scale taken from the others.
struct KeptOutResponse {
  std::string person;
  std::size_t maps = 0;
  double exponent = 0.0;        // of the others, at the middle reading
  double scatter_before = 0.0;  // relative sd of the load over the postures, readings as they are
  double scatter_after = 0.0;
  std::optional<double> mass_kg;
  std::optional<double> mass_before_kg;  // as the load tells it
  std::optional<double> mass_after_kg;
};

// A family's curve from all people, and how it does for each person kept out.
struct FamilyFit {
  PostureLoads loads;
  Eigen::ArrayXXd covariation;
  double place = 0.0;
  std::vector<KeptOutResponse> kept_out;
  double scatter_after = 0.0;

  double parameter() const { return parameter_at(loads, place); }
};

// Absent where no curve of the family makes the loads independent of how much a posture
// concentrates them, `weighing` saying how concentration is taken.
std::optional<FamilyFit> fit_family(ResponseFamily family, const PeopleEvidence& evidence,
                                    const Weighing& weighing);

}  // namespace matfit
