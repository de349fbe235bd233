#pragma once

#include "stages/learn/learn_fixed_pattern.hpp"
#include "types/estimate.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace matfit {

enum class PatternDecision { not_enough, does_not_repeat, repeats };

std::string_view name_of(PatternDecision decision);

// Mean over one person's maps, the pattern learned from the others.
struct KeptOutRoughness {
  std::string person;
  std::size_t maps = 0;
  double before = 0.0;  // roughness() of the readings as they came
  double after = 0.0;   // divided by the gains
};

struct FixedPatternProof {
  PatternDecision decision = PatternDecision::not_enough;
  std::string reason;  // one clause that says why
  // Correlation of the gains from two halves of the people, mean over the halvings; its sd has the
  // halvings' scatter and the number of cells in it. Not known() where there are too few people.
  Estimate halves_correlation;
  std::size_t halvings = 0;
  std::size_t compared_cells = 0;  // fewest of a halving
  std::vector<KeptOutRoughness> kept_out;
  double roughness_before = 0.0;  // median over all maps
  double roughness_after = 0.0;
};

struct FixedPatternProofOptions {
  FixedPatternOptions fit;
  std::size_t least_people = 4;
  std::size_t least_maps = 12;
  std::size_t least_cells = 200;
  int most_halvings = 10;
  double least_correlation = 0.4;      // of the lower end of its 95 % interval
  double least_fall = 0.05;            // of a kept-out person's roughness, in the mean
  double least_share_of_people = 0.8;  // whose roughness falls
};

// Whether the pattern is the mat's: it repeats between disjoint halves of the people, and dividing
// by what the others showed makes a kept-out person's maps smoother. Deterministic.
FixedPatternProof prove_fixed_pattern(const std::vector<PersonMap>& maps,
                                      const FixedPatternProofOptions& options = {});

}  // namespace matfit
