#pragma once

#include "pipeline/injected_faults.hpp"
#include "types/quality.hpp"

#include <Eigen/Core>

#include <vector>

namespace matfit {

// Whether the fault is one of bridged or leaking lines or a step of gain, which loses no cell.
bool is_of_lines_together(FaultKind kind);

// Two lines side by side with at least 14 cells loaded in both; for leakage the whole map; for a
// step every boundary with at least six cells loaded in three lines on either side. `gain`, drawn:
//   bridged   the share of their difference that the two lines keep, 0 or 0.2
//   leaking   the share of a line's mean that each of its cells takes on, 0.05, 0.1 or 0.2
//   stepped   the factor of the lines from `first_row` or `first_col` on, 2 or 3
std::vector<InjectedFault> possible_faults_of_lines(
    FaultKind kind, const Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>& loaded,
    Random& random);

// The frames with the fault; whole numbers stay whole.
FrameBlock with_fault_of_lines(const FrameBlock& frames, const MatGeometry& geometry,
                               bool whole_numbers, double background, const InjectedFault& fault);

// Whether the recording's quality names the fault: of bridged lines both, of a step its boundary
// and whether it rises.
bool is_named(const InjectedFault& fault, const Quality& quality);

}  // namespace matfit
