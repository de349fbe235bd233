#pragma once

#include "stages/indent/indenter_cycles.hpp"

#include <vector>

namespace matfit {

// A branch of an indenter test from contact on, over depth under the surface.
struct Loading {
  std::vector<double> depth_m;
  std::vector<double> pressure_pa;
  double deepest_m = 0.0;
};

// Readings at or above the surface are left out. `area_m2`: the indenter's.
Loading from_contact(const IndenterBranch& branch, const IndenterContact& contact, double area_m2);

// The integral of pressure over depth, in J/m2.
double work(const Loading& branch);

// Means over the loadings at 24 even depths, monotone and strictly rising from there; the errors
// are those of the scatter between loadings and of the readings about a line.
std::vector<MeasuredCurvePoint> mean_curve(const std::vector<Loading>& loadings);

}  // namespace matfit
