#pragma once

#include "stages/fit/anthropometry.hpp"
#include "stages/fit/mattress_mechanics.hpp"

#include "types/body.hpp"
#include "types/mattress.hpp"
#include "types/posture.hpp"
#include "types/pressure_series.hpp"
#include "types/quality.hpp"
#include "types/spine.hpp"
#include "types/subject.hpp"

#include <cstdint>
#include <optional>

namespace matfit {

struct FitSpineOptions {
  int draws = 256;  // of the posterior, for metrics that are not linear
  std::uint64_t seed = 20170216;
};

// C7 to S1 in the mat's plane from landmarks and load, and in height where the mattress is known:
// as the trunk would lie on it (trunk_model.hpp) under the sinkage that the map shows; maximum a
// posteriori with its covariance. `units` states how far the pressures may be off. Metrics are the
// contract's, in the units of their names; a metric that the posture or the data cannot give is
// left out. Postures that are not lying give unknown_posture, a body without shoulders and pelvis
// too_little_contact, both without numbers.
SpineFit fit_spine(const PressureField& field, Posture posture, const BodyFit& body,
                   const std::optional<Subject>& subject, const std::optional<Mattress>& mattress,
                   const UnitEvidence& units, const Anthropometry& known,
                   const MattressPresets& presets, const FitSpineOptions& options = {});

}  // namespace matfit
