#pragma once

#include "stages/calibrate/background.hpp"
#include "stages/calibrate/defects.hpp"
#include "stages/calibrate/unit_scale.hpp"
#include "types/mat_profile.hpp"
#include "types/pressure_series.hpp"
#include "types/recording.hpp"
#include "types/survey.hpp"

#include <optional>
#include <vector>

namespace matfit {

// InputError where the profile is of another grid or unit than the recording.
void require_same_mat(const MatProfile& profile, const Recording& recording);

// Where no empty frame tells each cell's own background: the pattern that the profile saw, at the
// level that the recording shows.
void take_background_pattern(const MatProfile& profile, const Survey& survey, bool whole_numbers,
                             Background& background);

// Lists the cells that did not follow the load when the profile was made among the dead ones.
void add_cells_without_response(const MatProfile& profile, Defects& defects);

// What a typical loaded cell reads over its background, divided by its gain; absent where none is
// loaded.
std::optional<double> typical_reading(const MatProfile& profile, const Survey& loaded,
                                      const Background& background, double dead_zone);

// Pa for each unit of reading: at a reading, but no lower than the profile's lowest.
double pa_per_reading(const MatProfile& profile, double reading);

// The units of a recording that an absolute profile converts, checked against body weight as a
// stated unit is. `load_n`: median over the loaded frames, 0 where there are none.
UnitScale scale_of_profile(const Recording& recording, double load_n);

// Lets the evidence state the profile's local scale and the error that all its pressures share, at
// what a typical loaded cell reads.
void state_profile(const MatProfile& profile, double reading, UnitScale& scale);

// The part of the profile's error that differs from cell to cell, by rising pressure.
std::vector<RelativeError> cell_errors(const MatProfile& profile);

}  // namespace matfit
