#pragma once

#include "stages/score/thresholds.hpp"
#include "types/estimate.hpp"
#include "types/mattress.hpp"
#include "types/quality.hpp"
#include "types/result.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace matfit {

// How a measure's error is distributed about its value. split_normal: as often above as below, each
// side normal with its own sd, so that an interval that is not even about the value is kept.
enum class Spread { split_normal, log_normal };

struct Measure {
  double value = 0.0;
  double sd = 0.0;  // split_normal: below the value, in its unit; log_normal: of the logarithm
  double response_sd = 0.0;  // log_normal: a further error that all ratios of the mat share
  Spread spread = Spread::split_normal;
  std::string error;      // measures with the same one err together; empty: by itself
  double sd_above = 0.0;  // split_normal: above the value
  double widening = 1.0;  // of all errors, for a doubtful recording; not of the interval

  // The measure at standard normal draws of its own error and of the mat's response.
  double at(double own, double response) const;
  // Value and 95 % interval as sentences quote them: those of the figure itself.
  Estimate quoted() const;
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
