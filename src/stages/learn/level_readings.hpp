#pragma once

#include "stages/learn/settled_level.hpp"
#include "types/known_load.hpp"
#include "types/recording.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace matfit {

struct LoadedRecording {
  KnownLoad load;
  Recording recording;
};

// What one recording shows of its load.
struct LevelReading {
  std::size_t source = 0;  // of the recordings given
  std::size_t level = 0;   // of LevelReadings::pressure_pa
  double pressure_pa = 0.0;
  SteadyPart part;
  Eigen::ArrayXd reading;      // a cell each, over its background
  std::vector<bool> under_it;  // the cells that the load surely covers
};

struct LevelReadings {
  Eigen::ArrayXd background;             // a cell each, unloaded
  std::vector<double> pressure_pa;       // the levels, rising; their recordings' mean
  std::vector<LevelReading> recordings;  // by pressure, then in the order given
  Eigen::ArrayXXd reading;               // levels x cells: mean of the recordings; NaN: none
  std::vector<std::string> notes;

  double highest_pa() const { return pressure_pa.back(); }
};

// Background, steady part and loaded cells of each recording; recordings whose pressures differ by
// less than a twentieth are one level. A mass on an area counts as even pressure there, and only
// cells whose eight neighbours carry load too count as under it. InputError naming the table's line
// where recordings do not belong together, nothing shows what an empty mat reads, a load cannot be
// seen or its area is not that of the loaded cells; `table` stands for the list of loads in errors.
LevelReadings read_levels(const std::vector<LoadedRecording>& recordings, const std::string& table);

}  // namespace matfit
