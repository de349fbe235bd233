#pragma once

#include <vector>

namespace matfit {

// All take a copy or a const view and leave the order of the caller's values alone; NaN is not
// allowed in. An empty input throws std::invalid_argument.
double mean(const std::vector<double>& values);
double standard_deviation(const std::vector<double>& values);  // n - 1; 0 for one value
double root_mean_square(const std::vector<double>& values);
double median(std::vector<double> values);
// Quantile by linear interpolation between order statistics (Hyndman & Fan 1996, type 7); q in
// 0..1.
double quantile(std::vector<double> values, double q);
// 1.4826 times the median absolute deviation: the standard deviation of Gaussian data.
double robust_sd(const std::vector<double>& values);
// Pearson's, of pairs at the same places; NaN for fewer than two or where either is constant.
// Throws std::invalid_argument for sizes that differ.
double correlation(const std::vector<double>& a, const std::vector<double>& b);
// Standard normal cumulative distribution.
double normal_cdf(double z);

}  // namespace matfit
