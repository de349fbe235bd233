#pragma once

#include "synthetic/settle.hpp"
#include "synthetic/simulate.hpp"

#include <map>
#include <string>
#include <vector>

namespace matfit {

// The vertebrae C7 to S1 of a settled body.
std::vector<TrueSpineLevel> true_spine(const PosedBody& body, const Settled& settled);

// The contract's metrics from the true curve, sampled every 5 mm, and from the true indentation.
// Definitions stand beside each in the source file.
std::map<std::string, double> true_metrics(const PosedBody& body, Posture posture,
                                           const Settled& settled, const FineGrid& grid);

}  // namespace matfit
