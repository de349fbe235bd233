#pragma once

#include "stages/calibrate/defects.hpp"

#include <Eigen/Core>

namespace matfit {

// What the search for defects knows of a mat under load, in the recording's unit. The same search
// finds rows as columns of the transposed map.
struct DefectMap {
  using Readings = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  using Marks = Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

  Readings reading;    // median of the loaded frames over the background
  Readings highest;    // of any loaded frame over the background; empty: as `reading`
  Marks missing;       // not there, never finite, or known as defective: no evidence
  float quiet = 0.0F;  // what a cell without load may read by noise and the mat's own coarseness
  float top = 0.0F;    // 99th percentile of the loaded cells

  int rows() const { return static_cast<int>(reading.rows()); }
  int cols() const { return static_cast<int>(reading.cols()); }
  // Less says nothing of a neighbour.
  float light_load() const;
  DefectMap transposed() const;
};

DefectMap defect_map(const DefectEvidence& evidence);
// The same with all defective cells missing.
DefectMap sound_map(const DefectEvidence& evidence, const Defects& defects);

}  // namespace matfit
