#pragma once

#include "numeric/random.hpp"
#include "types/pressure_series.hpp"
#include "types/recording.hpp"

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace matfit {

// Faults of a mat that are put into a recording, to see whether they are found.
enum class FaultKind {
  dead_column,
  dead_row,
  dead_half_column,
  dead_half_row,
  two_dead_columns,  // side by side
  two_dead_rows,
  dead_outer_column,  // the first or the last
  dead_outer_row,
  weak_column,  // reads one of weak_gains of what it should
  weak_row,
  hot_cell,
  dead_cell,
  bridged_columns,  // two side by side touch; as the next five in injected_cross_talk.hpp
  bridged_rows,
  leaking_columns,
  leaking_rows,
  stepped_columns,
  stepped_rows,
};

inline constexpr std::size_t fault_kind_count = 18;
inline constexpr std::array<double, 4> weak_gains = {0.1, 0.2, 0.3, 0.4};

std::string_view name_of(FaultKind kind);

// A rectangle of cells that reads `gain` of its load, or one value in all frames; of the last six
// kinds `gain` is how strong the fault is.
struct InjectedFault {
  FaultKind kind = FaultKind::dead_cell;
  int first_row = 0;
  int rows = 1;
  int first_col = 0;
  int cols = 1;
  double gain = 0.0;
  double stuck_at = 0.0;  // over the background, in the recording's unit; 0: not stuck
};

// The loaded area of a map: cells above a twentieth of the 99th percentile of the loaded ones, and
// above `least`.
Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic> loaded_area(const Eigen::ArrayXXd& load,
                                                               double least);

// Every place for a fault of the kind within the loaded area: a cell of it, or a line (a half line,
// each of two lines) with at least a quarter as many loaded cells as the fullest line of that
// direction has. The first and the last line count as outer ones only. Gains and stuck values are
// drawn; a stuck value lies 8.4 to 25 times the 99th percentile, as those of PmatData II do.
std::vector<InjectedFault> possible_faults(FaultKind kind, const Eigen::ArrayXXd& load,
                                           double least, Random& random);

// The frames with the fault: what is lost of the load becomes the reading of an unloaded cell,
// `signal` says which, with its noise; whole numbers stay whole.
FrameBlock with_fault(const FrameBlock& frames, const MatGeometry& geometry, bool whole_numbers,
                      const RawSignal& signal, const InjectedFault& fault, Random& random);

// Whether at least nine tenths of the fault's loaded cells are marked as repaired.
bool is_found(const InjectedFault& fault,
              const Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>& repaired,
              const Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>& loaded);

}  // namespace matfit
