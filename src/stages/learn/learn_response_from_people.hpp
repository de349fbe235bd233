#pragma once

#include "stages/learn/people_maps.hpp"
#include "stages/learn/response_family.hpp"
#include "stages/learn/response_of_family.hpp"
#include "types/estimate.hpp"
#include "types/mat_profile.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

struct PeopleResponseOptions {
  std::size_t least_people = 4;
  std::size_t least_maps = 3;       // of a person, to count
  double largest_sd = 0.15;         // of the exponent; a worse one is no answer
  double weight_on_mat_sd = 0.072;  // relative, of a whole body's load; Gao, Sci Rep 2024 14:15238
  int draws = 400;                  // of people, for the error
  std::uint64_t seed = 1;
};

struct PeopleResponse {
  bool learned = false;
  std::string reason;  // why not, or what speaks for it
  ResponseFamily family = ResponseFamily::power;
  double parameter = 1.0;
  // d ln p / d ln reading at the middle reading. Its sd joins the scatter over resampled people and
  // that over three ways to weigh the postures.
  Estimate exponent;
  double people_sd = 0.0;
  double weighing_sd = 0.0;
  // The exponent that makes the people's mean loads fit their masses best, from the masses alone;
  // not known() where fewer than least_people have one.
  Estimate exponent_from_masses;
  double middle_reading = 0.0;  // geometric mean of the readings, weighted by the load they bear
  std::vector<KeptOutResponse> kept_out;
  double scatter_before = 0.0;  // root mean square over the people kept out
  double scatter_after = 0.0;
  double other_family_scatter = 0.0;        // of the family that was not chosen
  std::optional<double> mass_error_before;  // relative, root mean square over people kept out
  std::optional<double> mass_error_after;
  double factor_pa = 0.0;  // of the curve: from the masses, else from a reference mass
  double lowest_reading = 0.0;
  double highest_reading = 0.0;  // of any frame
  ResponseCurve curve;
  std::vector<ResponseError> error;
};

// The response from people of whom each weighs the same in every posture. A posture that
// concentrates the load makes a reading's sum grow where the response flattens too little and
// shrink where it flattens too much: the curve is the one whose loads do not go with concentration
// within a person. Least scatter alone would not do: any noise is least when every loaded cell
// counts the same. Concentration is ln-mean reading weighted by reading^0.75 less that by
// reading^0.25, so that a common gain cancels. `cell_area_m2` and the masses, where known, or
// `reference_mass_kg` set the factor. Deterministic.
PeopleResponse learn_response_from_people(const std::vector<PersonMap>& maps, double cell_area_m2,
                                          double reference_mass_kg,
                                          const PeopleResponseOptions& options = {});

}  // namespace matfit
