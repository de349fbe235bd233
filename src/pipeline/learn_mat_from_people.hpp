#pragma once

#include "pipeline/people_maps_of_study.hpp"
#include "stages/calibrate/learn_creep.hpp"
#include "stages/learn/fixed_pattern_proof.hpp"
#include "stages/learn/learn_response_from_people.hpp"
#include "types/mat_profile.hpp"

#include <string>
#include <vector>

namespace matfit {

struct LearnMatOptions {
  FixedPatternProofOptions pattern;
  PeopleResponseOptions response;
  CreepProofOptions creep;
  std::string id;  // of the profile
};

// What ordinary recordings of people tell of a mat, and how each part was shown on people kept out.
struct LearnedMat {
  MatProfile profile;  // nothing but the mat's shape where neither part was learned
  FixedPatternProof pattern;
  PeopleResponse response;
  CreepProof creep;

  bool changes_anything() const {
    return pattern.decision == PatternDecision::repeats || response.learned || creep.learned;
  }
};

// The mat's fixed pattern first, then its response from the readings divided by it, and the creep
// of its readings. Each stays out of the profile unless kept-out people show that it holds. Masses
// set the curve's factor; the profile is not absolute, as people's own loads differ more than a
// known weight does.
LearnedMat learn_mat_from_people(const PeopleMaps& maps, const CalibrationKnowledge& known,
                                 const LearnMatOptions& options);

}  // namespace matfit
