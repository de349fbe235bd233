#pragma once

#include <vector>

namespace matfit {

// The non-decreasing values nearest to the given ones by least squares (pool adjacent violators;
// Barlow et al. 1972). `weights`: one a value, over 0; empty: all alike.
std::vector<double> isotonic_regression(const std::vector<double>& values,
                                        const std::vector<double>& weights = {});

}  // namespace matfit
