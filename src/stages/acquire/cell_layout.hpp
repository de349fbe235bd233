#pragma once

#include "types/mat_geometry.hpp"
#include "types/recording.hpp"

#include <Eigen/Core>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace matfit {

// Where one sensor of a mat lies: its corners in turn, x to the right and y upwards, metres.
struct CellOutline {
  std::string name;
  std::array<Eigen::Vector2d, 4> corners_m;

  double area_m2() const;
  bool upright() const;  // a rectangle along the axes
};

// A rectangle along the axes.
CellOutline rectangle_around(std::string name, const Eigen::Vector2d& centre_m, double width_m,
                             double height_m);

// The cells of a mat on a grid of equal cells. Rows run downwards from the highest y and columns to
// the right, as the vendors' software shows the mat.
struct CellLayout {
  MatGeometry geometry;
  std::vector<int> sensor_of_cell;  // row-major; -1: none lies there
  // The cells are alike and stand in rows and columns: each is one cell of the grid. Otherwise the
  // grid is finer, and each sensor's pressure fills the grid's cells that it covers.
  bool lattice = false;
  double worst_area_error = 0.0;  // of a sensor's area on the grid, relative to its own

  std::vector<std::uint8_t> absent() const;  // as MatDescription.absent
};

// Sensors of any quadrilateral outline; a grid is found on which the area of each, and so its
// force, is kept within 2 %: exactly where the outlines are rectangles with a common measure of
// 0.5 mm or more, and by sampling otherwise. InputError names the sensors that lie over each other
// or have no area, and outlines for which there is no such grid within a mat's limits.
CellLayout lay_out(const std::vector<CellOutline>& sensors, const std::string& file,
                   const std::string& place);

// Frames of sensors -> frames of the layout's grid, NaN where no sensor lies.
std::shared_ptr<const FrameSource> laid_out(std::shared_ptr<const FrameSource> sensors,
                                            const CellLayout& layout);

}  // namespace matfit
