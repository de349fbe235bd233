#include "numeric/monotone_cubic.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace matfit {

MonotoneCubic::MonotoneCubic(std::vector<double> x, std::vector<double> y)
    : x_(std::move(x)), y_(std::move(y)), slope_(x_.size()) {
  const std::size_t n = x_.size();
  if (n < 2 || y_.size() != n)
    throw std::invalid_argument("monotone cubic needs two points or more");
  std::vector<double> secant(n - 1);
  for (std::size_t i = 0; i + 1 < n; ++i) {
    if (!(x_[i + 1] > x_[i])) throw std::invalid_argument("monotone cubic needs increasing x");
    secant[i] = (y_[i + 1] - y_[i]) / (x_[i + 1] - x_[i]);
  }
  slope_.front() = secant.front();
  slope_.back() = secant.back();
  for (std::size_t i = 1; i + 1 < n; ++i) {
    slope_[i] = secant[i - 1] * secant[i] > 0.0 ? 0.5 * (secant[i - 1] + secant[i]) : 0.0;
  }
  for (std::size_t i = 0; i + 1 < n; ++i) {
    if (secant[i] == 0.0) {
      slope_[i] = slope_[i + 1] = 0.0;
      continue;
    }
    const double a = slope_[i] / secant[i];
    const double b = slope_[i + 1] / secant[i];
    const double radius = std::hypot(a, b);
    if (radius > 3.0) {
      slope_[i] = 3.0 / radius * a * secant[i];
      slope_[i + 1] = 3.0 / radius * b * secant[i];
    }
  }
}

std::size_t MonotoneCubic::interval(double x) const {
  const auto after = std::upper_bound(x_.begin(), x_.end(), x);
  const auto i = static_cast<std::size_t>(std::max<std::ptrdiff_t>(after - x_.begin() - 1, 0));
  return std::min(i, x_.size() - 2);
}

double MonotoneCubic::value(double x) const {
  if (x < x_.front()) return y_.front() + slope_.front() * (x - x_.front());
  if (x > x_.back()) return y_.back() + slope_.back() * (x - x_.back());
  const std::size_t i = interval(x);
  const double h = x_[i + 1] - x_[i];
  const double t = (x - x_[i]) / h;
  const double u = 1.0 - t;
  return u * u * (1.0 + 2.0 * t) * y_[i] + t * t * (3.0 - 2.0 * t) * y_[i + 1] +
         h * t * u * (u * slope_[i] - t * slope_[i + 1]);
}

double MonotoneCubic::slope(double x) const {
  if (x < x_.front()) return slope_.front();
  if (x > x_.back()) return slope_.back();
  const std::size_t i = interval(x);
  const double h = x_[i + 1] - x_[i];
  const double t = (x - x_[i]) / h;
  const double secant = (y_[i + 1] - y_[i]) / h;
  return 6.0 * t * (1.0 - t) * secant + (1.0 - 4.0 * t + 3.0 * t * t) * slope_[i] +
         (3.0 * t * t - 2.0 * t) * slope_[i + 1];
}

}  // namespace matfit
