#pragma once

#include <vector>

namespace matfit {

// Piecewise cubic through points with increasing x that does not overshoot monotone data
// (Fritsch & Carlson, SIAM J Numer Anal 1980 17:238). Beyond the ends it goes on as a straight
// line.
class MonotoneCubic {
 public:
  // At least two points, x strictly increasing; else std::invalid_argument.
  MonotoneCubic(std::vector<double> x, std::vector<double> y);

  double value(double x) const;
  double slope(double x) const;
  double front_x() const { return x_.front(); }
  double back_x() const { return x_.back(); }

 private:
  std::size_t interval(double x) const;

  std::vector<double> x_;
  std::vector<double> y_;
  std::vector<double> slope_;
};

}  // namespace matfit
