#pragma once

#include "stages/calibrate/defect_map.hpp"

#include <Eigen/Core>

#include <optional>

namespace matfit {

// How a column reads beside those about it: ln(reading / expectation) of its upper quartile. Where
// legs part, or at the waist, most cells of a sound column may read little, but the others do not;
// of an attenuated column all cells read little.
struct LineLevel {
  double level = 0.0;
  int loaded = 0;  // cells expected to carry more than a light load
};

// Levels of a map's columns. A cell is expected to read the geometric mean of those on either side:
// less where these fall towards it, as at a limb's edge, and less what they read too much
// themselves, since beside a bright column a sound one is not weak. Cells count by how well their
// neighbours foretell them. Absent under four loaded cells.
class LineLevels {
 public:
  explicit LineLevels(const DefectMap& map);

  std::optional<LineLevel> of(int column) const;
  // The higher of two columns side by side, `first` and the next, expected from those outside.
  std::optional<LineLevel> of_pair(int first) const;

 private:
  bool known(int row, int column) const;
  float step(int row, int from, int to) const;
  float carried_on(int row, int from, int to, float share) const;
  float weight(float expected, float across, float steps) const;
  double excess(int beside, int outward) const;

  const DefectMap& map_;
  DefectMap::Readings log_;
  float light_ = 0.0F;
};

}  // namespace matfit
