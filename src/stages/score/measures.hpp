#pragma once

#include "stages/score/thresholds.hpp"
#include "types/mattress.hpp"
#include "types/quality.hpp"
#include "types/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace matfit {

// How a measure's error is distributed about its value.
enum class Spread { gaussian, log_normal };

struct Measure {
  double value = 0.0;
  double sd = 0.0;           // gaussian: in the measure's unit; log_normal: of the logarithm
  double response_sd = 0.0;  // log_normal: a further error that all ratios of the mat share
  Spread spread = Spread::gaussian;
  std::string error;  // measures with the same one err together; empty: by itself

  // The measure at standard normal draws of its own error and of the mat's response.
  double at(double own, double response) const;
};

// By name, as pass lines name them; what is not known is not in it.
using Measures = std::map<std::string, Measure, std::less<>>;

// Figures of a bout with their errors. Spine metrics come in only where `spine_usable`;
// SITE_concentration = PPI over mean pressure, SITE_load_percent = share of the mat's load on 10
// cm2 at that PPI: both without unit, so that a scale cancels.
Measures measures_of(const BoutResult& bout, const Quality& quality,
                     const std::optional<Mattress>& mattress, bool spine_usable,
                     const Thresholds& thresholds);

}  // namespace matfit
