#pragma once

#include "stages/calibrate/defect_map.hpp"

#include <Eigen/Core>

#include <optional>
#include <vector>

namespace matfit {

// How a column reads beside those about it, over the cells that are expected to carry more than a
// light load: means and shares weigh the cells by how well their neighbours foretell them.
struct LineLevel {
  // Upper quartile of ln(reading / expectation). Where legs part, or at the waist, most cells of a
  // sound column may read little, but the others do not; of an attenuated column all cells do.
  double level = 0.0;
  int loaded = 0;
  double spread = 0.0;  // standard deviation of ln(reading / expectation)
  // Mean of ln(reading / surface), the surface being the cubic through the two columns on either
  // side: a dip that these foretell is a body's.
  double under_surface = 0.0;
  double fall = 0.0;             // mean of how far both sides fall towards the column, in ln
  double across = 0.0;           // mean difference of the two sides, in ln
  double stand_out = 0.0;        // mean of how far both sides rise over those beyond them, in ln
  double next_to_nothing = 0.0;  // share of the cells
};

// Levels of a map's columns. A cell is expected to read the geometric mean of those on either side:
// less where these fall towards it, as at a limb's edge, and less what they read too much
// themselves, since beside a bright column a sound one is not weak. Absent under four loaded cells.
// What is marked as missing in the map later on counts as missing.
class LineLevels {
 public:
  explicit LineLevels(const DefectMap& map);

  const DefectMap& map() const { return map_; }
  std::optional<LineLevel> of(int column) const;
  // The higher of two columns side by side, `first` and the next, expected from those outside.
  struct PairLevel {
    double level = 0.0;
    int loaded = 0;
  };
  std::optional<PairLevel> of_pair(int first) const;

 private:
  // The readings about a cell of a column, in ln; those beyond stand for the sides where unknown.
  struct About {
    float left = 0.0F;
    float right = 0.0F;
    float beyond_left = 0.0F;
    float beyond_right = 0.0F;

    float across() const;
    float fall() const;
    float stand_out() const;
    float carried_on(float share) const;
    float cubic() const;
    float weight(float expected, float light) const;
  };

  bool known(int row, int column) const;
  float beyond(int row, int side, int further) const;
  std::optional<About> about(int row, int column) const;
  double excess(int beside, int outward) const;
  double mean_under_surface(int column, float bright) const;

  const DefectMap& map_;
  DefectMap::Readings log_;
  float light_ = 0.0F;
};

}  // namespace matfit
