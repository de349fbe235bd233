#pragma once

#include "types/mat_profile.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace matfit {

// Readings over the background at known pressures, by rising pressure, both over 0.
struct ResponsePoints {
  std::vector<double> reading;
  std::vector<double> pressure_pa;

  std::size_t size() const { return reading.size(); }
  bool rises() const;  // strictly, from over 0
  ResponsePoints without(std::size_t point) const;
};

// The curve of a kind through zero that fits the pressures best by least squares (a power law: of
// the logarithms weighted by the pressure squared, which is the same to first order); a monotone
// cubic goes through every point. Absent where the points are too few (1, 2, 2) or do not rise.
std::optional<ResponseCurve> fit_response(ResponseKind kind, const ResponsePoints& points);

}  // namespace matfit
