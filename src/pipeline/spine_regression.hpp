#pragma once

#include "pipeline/spine_quantities.hpp"
#include "types/mattress.hpp"
#include "types/posture.hpp"
#include "types/subject.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <vector>

namespace matfit {

// What is known of a case without any map, and what is true of it.
struct CaseWithoutMap {
  std::size_t person = 0;  // cases of one person are never on both sides of a split
  Posture posture = Posture::unknown;
  Eigen::RowVectorXd predictors;
  SpineValues truth;
};

// Of the stated curve: logarithms of its pressures at five strains and indentations at four
// pressures, thickness and kind; of the person: stature, body mass index and sex. Stature, mass and
// sex must be stated, and a curve; else std::invalid_argument.
Eigen::RowVectorXd predictors_without_map(const Subject& subject, const Mattress& mattress);

// What a regression without any map says of each case, in their order: fitted on the people of the
// other tenths, by posture (left and right in one, as no value changes its sign from side to side),
// on the predictors, their squares and products, with a ridge by cross-validation; whichever of
// straight and curved regression left out errs less on those people is taken, value by value.
// Values that too few people have are left out.
std::vector<SpineValues> regression_without_map(const std::vector<CaseWithoutMap>& cases);

}  // namespace matfit
