#pragma once

#include "types/mattress_curve.hpp"

#include <optional>
#include <vector>

namespace matfit {

// Depth of the indenter below the surface and the force on it, in the order of measuring.
using IndenterBranch = std::vector<IndenterReading>;

// The parts of a test in which the indenter goes down and up again, by the turns of its depth that
// exceed a twentieth of its travel, within the cycles where those are stated.
struct IndenterCycle {
  IndenterBranch loading;
  IndenterBranch unloading;  // empty: not recorded
};
std::vector<IndenterCycle> indenter_cycles(const std::vector<IndenterReading>& readings);

// Where a loading touched the surface and what the indenter reads before.
struct IndenterContact {
  double zero_force_n = 0.0;
  double depth_m = 0.0;
  double preload_n = 0.0;  // over zero, of the first reading
};

// The force before contact, where the loading begins with a stretch of travel without any rise
// (else 0), and the depth at which a straight line through the first rise starts from it. Absent
// for fewer than five readings or no rise.
std::optional<IndenterContact> find_contact(const IndenterBranch& loading);

}  // namespace matfit
