#pragma once

#include "stages/fit/body_template.hpp"

#include "types/mat_geometry.hpp"

#include <Eigen/Core>

#include <cstddef>
#include <vector>

namespace matfit {

// Which parts of a template surely lie on the mat: a knee or a foot may be off it.
enum class ExpectedParts { all, without_legs_that_may_be_raised };

// The nodes of a body that lies straight in the middle of a mat, as the template expects it.
std::vector<Eigen::Vector2d> resting_nodes(const BodyTemplate& body, const MatGeometry& mat);

// The same trunk with straight legs.
std::vector<Eigen::Vector2d> with_legs_at_rest(const BodyTemplate& body,
                                               std::vector<Eigen::Vector2d> nodes);

// The load that the template puts on each cell of the mat, highest first.
std::vector<double> expected_loads(const BodyTemplate& body,
                                   const std::vector<Eigen::Vector2d>& nodes,
                                   const MatGeometry& mat, ExpectedParts parts);

// Each load on so many times as many cells; the lowest fall off the mat.
std::vector<double> on_more_cells(const std::vector<double>& loads, std::size_t times);

// The cells of a map from the highest reading down; those not above 0 are left out.
struct ReadingOrder {
  explicit ReadingOrder(const Eigen::ArrayXXd& readings);  // [rows x cols]

  Eigen::Index rows = 0;
  Eigen::Index cols = 0;
  std::vector<Eigen::Index> cells;
  std::vector<std::size_t> ends;  // in cells, of each run of equal readings
};

// Readings as loads [rows x cols]: the highest reading takes the highest load expected, and so on.
// Only the readings' order counts, so that any rising response of the mat gives the same answer.
// Equal readings share the mean of their loads; those not above 0 have none.
Eigen::ArrayXXd loads_in_order(const ReadingOrder& order, const std::vector<double>& expected);

}  // namespace matfit
