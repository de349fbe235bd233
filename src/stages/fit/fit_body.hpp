#pragma once

#include "stages/fit/anthropometry.hpp"

#include "types/body.hpp"
#include "types/posture.hpp"
#include "types/pressure_series.hpp"
#include "types/subject.hpp"

#include <optional>

namespace matfit {

struct FitBodyOptions {
  double pitch_relative_sd = 0.03;  // of the mat's cell pitch, where its documents leave it open
  int max_iterations = 150;
};

// Landmarks of the lying body, found by least squares of a body template (soft capsules of pressure
// under anthropometric priors), in the recording's frame. On a side only the limbs below are named.
// Postures that are not lying give status unknown_posture and no landmark. Throws
// std::invalid_argument when field.pressure_pa does not have the geometry's shape.
BodyFit fit_body(const PressureField& field, Posture posture, const std::optional<Subject>& subject,
                 const Anthropometry& known, const FitBodyOptions& options = {});

}  // namespace matfit
