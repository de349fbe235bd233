#pragma once

#include "types/mat_profile.hpp"

#include <string_view>
#include <vector>

namespace matfit {

// Rising curves with one parameter that bends them, without a scale: what recordings of people can
// tell of a response. The larger the parameter, the less the curve flattens.
//   power      reading^parameter
//   logarithm  ln(1 + reading / parameter)
enum class ResponseFamily { power, logarithm };

std::string_view name_of(ResponseFamily family);

double response(ResponseFamily family, double parameter, double reading);

// d ln(response) / d ln(reading): 1 where the response is linear.
double local_exponent(ResponseFamily family, double parameter, double reading);

// Parameters to try, rising; `typical_reading` is the scale of the logarithm's.
std::vector<double> parameters_of(ResponseFamily family, double typical_reading);

// factor * response as a profile keeps it: a power law, or a monotone cubic whose knots reach
// `highest_reading`.
ResponseCurve curve_of(ResponseFamily family, double parameter, double factor,
                       double highest_reading);

}  // namespace matfit
