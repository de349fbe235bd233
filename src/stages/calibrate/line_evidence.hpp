#pragma once

#include "stages/calibrate/defect_map.hpp"

#include <Eigen/Core>

namespace matfit {

// How the load beside a column speaks for it.
enum class Sides {
  as_read,
  carried_on,  // a side that falls towards the column is taken to fall on, so that the edge of a
               // limb or of a body promises little
};

// What a column's cells should read: the geometric mean of the columns on either side. 0 where that
// cannot be told.
Eigen::ArrayXf expected_between(const DefectMap& map, int column, Sides sides = Sides::carried_on);

// What column `edge` (the first or the last) should read, judged by the four columns inside, where
// these are all loaded and alike; else 0.
Eigen::ArrayXf expected_at_edge(const DefectMap& map, int edge);

// How much of the expected load a stretch of cells reads: least squares over the stretch.
struct StretchGain {
  double gain = 1.0;
  double sd = 1.0;  // that the quiet reading of each cell leaves
  int loaded = 0;   // cells expected to carry more than a light load

  double upper() const { return gain + 2.0 * sd; }
};

// Gains of the stretches from row 0 up to, not including, each row: rows + 1 of them.
class GainsFromStart {
 public:
  GainsFromStart(const Eigen::ArrayXf& reading, const Eigen::ArrayXf& expected, double quiet,
                 double light_load);
  StretchGain up_to(Eigen::Index row) const;

 private:
  Eigen::ArrayXd energy_;
  Eigen::ArrayXd product_;
  Eigen::ArrayXi loaded_;
  double quiet_ = 0.0;
};

StretchGain gain_of(const Eigen::ArrayXf& reading, const Eigen::ArrayXf& expected, double quiet,
                    double light_load);

}  // namespace matfit
