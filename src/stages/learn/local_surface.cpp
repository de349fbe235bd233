#include "stages/learn/local_surface.hpp"

#include "numeric/statistics.hpp"

#include <Eigen/Cholesky>

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace matfit {

namespace {

using Eigen::ArrayXXd;
using Eigen::Index;

Index inside(Index i, Index size) { return std::clamp<Index>(i, 0, size - 1); }

double mean_loaded(const ArrayXXd& map) {
  const double loaded = static_cast<double>((map > 0.0).count());
  return loaded > 0.0 ? map.max(0.0).sum() / loaded : 0.0;
}

constexpr Index reach = 2;
using Kernel = Eigen::Array<double, 2 * reach + 1, 2 * reach + 1>;

// What each neighbour adds to the value at the middle of the quadratic surface that fits all of
// them best, weighted by a Gaussian of 1.2 cells.
Kernel quadratic_through_neighbours() {
  constexpr double sd = 1.2;
  constexpr Index cells = (2 * reach + 1) * (2 * reach + 1);
  Eigen::Matrix<double, cells, 6> terms;
  Eigen::Matrix<double, cells, 1> weight;
  for (Index k = 0; k < cells; ++k) {
    const auto x = static_cast<double>(k / (2 * reach + 1) - reach);
    const auto y = static_cast<double>(k % (2 * reach + 1) - reach);
    terms.row(k) << 1.0, x, y, x * x, x * y, y * y;
    weight(k) = x == 0.0 && y == 0.0 ? 0.0 : std::exp(-0.5 * (x * x + y * y) / (sd * sd));
  }
  const Eigen::Matrix<double, 6, 6> normal = terms.transpose() * weight.asDiagonal() * terms;
  const Eigen::Matrix<double, 6, 1> at_middle = normal.ldlt().solve(Eigen::VectorXd::Unit(6, 0));
  const Eigen::Matrix<double, cells, 1> share = weight.cwiseProduct(terms * at_middle);
  return Eigen::Map<const Kernel>(share.data());
}

std::vector<double> gaussian_weights(double sd) {
  const int span = static_cast<int>(std::ceil(3.0 * sd));
  std::vector<double> weights;
  for (int i = -span; i <= span; ++i) weights.push_back(std::exp(-0.5 * i * i / (sd * sd)));
  return weights;
}

ArrayXXd blurred_along_rows(const ArrayXXd& map, const std::vector<double>& weights) {
  const auto span = static_cast<Index>(weights.size() / 2);
  ArrayXXd out = ArrayXXd::Zero(map.rows(), map.cols());
  for (Index r = 0; r < map.rows(); ++r) {
    for (Index i = -span; i <= span; ++i) {
      if (r + i < 0 || r + i >= map.rows()) continue;
      out.row(r) += weights[static_cast<std::size_t>(i + span)] * map.row(r + i);
    }
  }
  return out;
}

ArrayXXd blurred(const ArrayXXd& map, const std::vector<double>& weights) {
  const ArrayXXd along = blurred_along_rows(map, weights).transpose();
  return blurred_along_rows(along, weights).transpose();
}

}  // namespace

ArrayXXd median_of_neighbourhood(const ArrayXXd& map) {
  ArrayXXd out(map.rows(), map.cols());
  std::array<double, 9> values{};
  for (Index c = 0; c < map.cols(); ++c) {
    for (Index r = 0; r < map.rows(); ++r) {
      std::size_t n = 0;
      for (Index i = -1; i <= 1; ++i) {
        for (Index j = -1; j <= 1; ++j) {
          values[n++] = map(inside(r + i, map.rows()), inside(c + j, map.cols()));
        }
      }
      std::nth_element(values.begin(), values.begin() + 4, values.end());
      out(r, c) = values[4];
    }
  }
  return out;
}

ArrayXXd expected_from_neighbours(const ArrayXXd& map) {
  static const Kernel weights = quadratic_through_neighbours();
  const ArrayXXd root = map.max(0.0).sqrt();
  ArrayXXd out(map.rows(), map.cols());
  for (Index c = 0; c < map.cols(); ++c) {
    for (Index r = 0; r < map.rows(); ++r) {
      double value = 0.0;
      for (Index j = -reach; j <= reach; ++j) {
        for (Index i = -reach; i <= reach; ++i) {
          value += weights(i + reach, j + reach) *
                   root(inside(r + i, map.rows()), inside(c + j, map.cols()));
        }
      }
      out(r, c) = value > 0.0 ? value * value : 0.0;
    }
  }
  return out;
}

CellMarks well_loaded(const ArrayXXd& map, double share) {
  return median_of_neighbourhood(map) > share * mean_loaded(map);
}

ArrayXXd blurred_within(const ArrayXXd& map, const CellMarks& marked, double sd) {
  const std::vector<double> weights = gaussian_weights(sd);
  const ArrayXXd inside_weight = blurred(marked.cast<double>(), weights);
  const ArrayXXd sum = blurred(marked.select(map, 0.0), weights);
  return marked.select(sum / inside_weight.max(1e-12), 0.0);
}

double roughness(const ArrayXXd& reading, const ArrayXXd& gain) {
  constexpr std::size_t least_cells = 10;
  const CellMarks marked = well_loaded(reading, 1.0);
  const ArrayXXd map = gain.size() == 0 ? reading : ArrayXXd(reading / gain);
  const ArrayXXd surface = median_of_neighbourhood(map);
  std::vector<double> logs;
  for (Index c = 0; c < map.cols(); ++c) {
    for (Index r = 0; r < map.rows(); ++r) {
      if (!marked(r, c) || !(map(r, c) > 0.0) || !(surface(r, c) > 0.0)) continue;
      logs.push_back(std::log(map(r, c) / surface(r, c)));
    }
  }
  return logs.size() < least_cells ? 0.0 : robust_sd(logs);
}

}  // namespace matfit
