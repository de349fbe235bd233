#pragma once

#include "stages/acquire/read_recording.hpp"
#include "types/recording.hpp"

#include <string>

namespace matfit {

// Lets pitch, orientation, unit and times of `options` win over those that the reader found, notes
// where each came from, and makes up times of one frame a second, marked as assumed, where neither
// says. InputError, naming the options to give, where a pitch is still missing or out of range.
void settle_statements(const ReadOptions& options, Recording& recording);

// The unit of the values of a file that states one, in its own words ("PSI"), at `place`: sets unit
// and unit_source of `recording` and gives the factor that turns the file's values into it. Where
// the user gives a unit, the values are taken to be in it. InputError where neither says.
double settle_unit(const ReadOptions& options, const std::string& stated, const std::string& place,
                   Recording& recording);

// InputError where several frames have neither times nor a rate from the user.
void require_rate(const ReadOptions& options, const Recording& recording);

// InputError unless these are the rows and columns of a mat.
void require_grid_within_limits(double rows, double cols, const std::string& file,
                                const std::string& place);

// The grid that the user gave; InputError naming the options where one is missing or too large.
void require_grid(const ReadOptions& options, const std::string& file, MatGeometry& geometry);

// InputError where the user's rows or columns are not the file's.
void require_same_grid(const ReadOptions& options, const std::string& file,
                       const MatGeometry& geometry);

// Times of `frames` frames at a fixed rate, from 0.
std::vector<double> regular_times(std::size_t frames, double sample_rate_hz);

}  // namespace matfit
