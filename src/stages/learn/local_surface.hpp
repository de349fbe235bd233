#pragma once

#include <Eigen/Core>

namespace matfit {

using CellMarks = Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>;

// Median of each cell and its neighbours, the edge cells repeated outwards.
Eigen::ArrayXXd median_of_neighbourhood(const Eigen::ArrayXXd& map);

// What the neighbours within two cells let expect of a cell: the quadratic surface through their
// square roots, squared; the nearer ones weigh more and the cell itself has no say, so that a
// body's curvature is not taken for a cell's gain. Edge cells are repeated outwards.
Eigen::ArrayXXd expected_from_neighbours(const Eigen::ArrayXXd& map);

// Cells whose neighbourhood's median is above `share` of the mean loaded reading.
CellMarks well_loaded(const Eigen::ArrayXXd& map, double share);

// Local mean of the marked cells with Gaussian weights of this sd, in cells; 0 in the others.
Eigen::ArrayXXd blurred_within(const Eigen::ArrayXXd& map, const CellMarks& marked, double sd);

// Robust standard deviation of ln(cell / median of its 3 x 3), over the cells of the reading as it
// came whose neighbourhood is above the mean loaded reading; after the readings were divided by
// `gain` where it is not empty. 0 where there are fewer than ten such cells.
double roughness(const Eigen::ArrayXXd& reading, const Eigen::ArrayXXd& gain = {});

}  // namespace matfit
