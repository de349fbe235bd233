#pragma once

#include "pipeline/learn_mat_from_people.hpp"

#include <string>

namespace matfit {

// Tables for stdout: what was used, response and gains with their errors on people kept out, and
// what was decided.
std::string people_text(const PeopleMaps& maps, const LearnedMat& learned);

}  // namespace matfit
