#include "stages/calibrate/line_evidence.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace matfit {

namespace {

constexpr int columns_inside = 4;
constexpr float alike = 0.5F;  // lowest over highest of the columns inside an edge

// A side's reading carried on one cell further in the same proportion; never more than it is.
float carried_on(float near, float far) { return far > near ? near * near / far : near; }

// 0: nothing can be told.
float side(const DefectMap& map, int row, int near, int far, Sides sides) {
  if (near < 0 || near >= map.cols() || map.missing(row, near)) return 0.0F;
  const float reading = std::max(map.reading(row, near), 0.0F);
  if (sides == Sides::as_read || far < 0 || far >= map.cols() || map.missing(row, far)) {
    return reading;
  }
  return carried_on(reading, map.reading(row, far));
}

}  // namespace

Eigen::ArrayXf expected_between(const DefectMap& map, int column, Sides sides) {
  Eigen::ArrayXf expected = Eigen::ArrayXf::Zero(map.rows());
  for (int row = 0; row < map.rows(); ++row) {
    if (map.missing(row, column)) continue;
    const float left = side(map, row, column - 1, column - 2, sides);
    const float right = side(map, row, column + 1, column + 2, sides);
    if (left > 0.0F && right > 0.0F) expected[row] = std::sqrt(left * right);
  }
  return expected;
}

Eigen::ArrayXf expected_at_edge(const DefectMap& map, int edge) {
  Eigen::ArrayXf expected = Eigen::ArrayXf::Zero(map.rows());
  if (map.cols() <= 2 * columns_inside) return expected;
  const int inward = edge == 0 ? 1 : -1;
  for (int row = 0; row < map.rows(); ++row) {
    float lowest = std::numeric_limits<float>::infinity();
    float highest = 0.0F;
    bool known = !map.missing(row, edge);
    for (int k = 1; k <= columns_inside; ++k) {
      known = known && !map.missing(row, edge + k * inward);
      lowest = std::min(lowest, map.reading(row, edge + k * inward));
      highest = std::max(highest, map.reading(row, edge + k * inward));
    }
    if (!known || lowest < map.light_load() || lowest < alike * highest) continue;
    expected[row] =
        carried_on(map.reading(row, edge + inward), map.reading(row, edge + 2 * inward));
  }
  return expected;
}

GainsFromStart::GainsFromStart(const Eigen::ArrayXf& reading, const Eigen::ArrayXf& expected,
                               double quiet, double light_load)
    : energy_(Eigen::ArrayXd::Zero(reading.size() + 1)),
      product_(Eigen::ArrayXd::Zero(reading.size() + 1)),
      loaded_(Eigen::ArrayXi::Zero(reading.size() + 1)),
      quiet_(quiet) {
  for (Eigen::Index i = 0; i < reading.size(); ++i) {
    const double e = expected[i];
    energy_[i + 1] = energy_[i] + e * e;
    product_[i + 1] = product_[i] + e * reading[i];
    loaded_[i + 1] = loaded_[i] + (e > light_load ? 1 : 0);
  }
}

StretchGain GainsFromStart::up_to(Eigen::Index row) const {
  if (!(energy_[row] > 0.0)) return {};
  return {product_[row] / energy_[row], quiet_ / std::sqrt(energy_[row]), loaded_[row]};
}

StretchGain gain_of(const Eigen::ArrayXf& reading, const Eigen::ArrayXf& expected, double quiet,
                    double light_load) {
  return GainsFromStart(reading, expected, quiet, light_load).up_to(reading.size());
}

}  // namespace matfit
