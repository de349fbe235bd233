#pragma once

#include "types/quality.hpp"

#include <string>
#include <vector>

namespace matfit {

// What only a look across the recordings of a study shows.
struct StudyFinding {
  std::string code;    // "duplicate_recording", "person_disagrees", "persons_swapped", ...
  std::string text;    // one sentence with the figures
  std::string effect;  // what it means and what to do
  std::vector<std::string> recording_ids;  // concerned, in input order
  std::vector<std::string> subject_ids;
  std::vector<ResultPart> affects = {};
};

// From calibration/quality.toml, [study].
struct StudyLimits {
  // Likeness of the maps of two recordings from which on they are one: of two people or mattresses,
  // and of one person on one mattress, who may lie the same way twice.
  double copy_likeness = 0.975;
  double same_person_copy_likeness = 0.9975;
  // Standard deviation that honest figures of different people have about a common factor.
  double load_over_mass_sd = 0.10;
  double length_over_stature_sd = 0.025;
  double disagreement_sd = 3.0;  // beyond it a person's figure is called wrong
};

}  // namespace matfit
