#include "stages/calibrate/defect_map.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace matfit {

namespace {

constexpr double top_quantile = 0.99;
// Mats with hardly any noise still read light loads as none: a 400th of the top.
constexpr float coarseness = 1.0F / 400.0F;
constexpr double least_over_noise = 12.0;  // of a cell that counts for the top

float top_of(const DefectMap& map, double noise) {
  std::vector<double> loaded;
  for (const float v : map.reading.reshaped()) {
    if (v > least_over_noise * noise) loaded.push_back(v);
  }
  return loaded.empty() ? 0.0F : static_cast<float>(quantile(std::move(loaded), top_quantile));
}

}  // namespace

float DefectMap::light_load() const { return std::max(8.0F * quiet, 0.03F * top); }

DefectMap DefectMap::transposed() const {
  DefectMap out = *this;
  out.reading = reading.transpose().eval();
  out.highest = highest.transpose().eval();
  out.missing = missing.transpose().eval();
  return out;
}

DefectMap defect_map(const DefectEvidence& evidence) {
  const MatGeometry& g = evidence.geometry;
  DefectMap map;
  map.reading.setZero(g.rows, g.cols);
  map.highest.setZero(g.rows, g.cols);
  map.missing.setConstant(g.rows, g.cols, false);
  const Eigen::ArrayXf& median = evidence.loaded->median;
  const FrameBlock& frames = evidence.loaded->frames;
  for (Eigen::Index c = 0; c < median.size(); ++c) {
    const bool absent = !evidence.absent.empty() && evidence.absent[std::size_t(c)] != 0;
    const bool there = !absent && std::isfinite(median[c]);
    map.missing(c / g.cols, c % g.cols) = !there;
    if (!there) continue;
    map.reading(c / g.cols, c % g.cols) = median[c] - evidence.background[c];
    map.highest(c / g.cols, c % g.cols) =
        frames.col(c).maxCoeff<Eigen::PropagateNumbers>() - evidence.background[c];
  }
  map.top = top_of(map, evidence.noise);
  map.quiet = std::max(static_cast<float>(evidence.noise), coarseness * map.top);
  return map;
}

DefectMap sound_map(const DefectEvidence& evidence, const Defects& defects) {
  DefectMap map = defect_map(evidence);
  const std::vector<std::uint8_t> defective = defects.mask(evidence.geometry, evidence.absent);
  for (std::size_t i = 0; i < defective.size(); ++i) {
    if (defective[i] == 0) continue;
    map.missing.data()[i] = true;
    map.reading.data()[i] = 0.0F;
  }
  return map;
}

}  // namespace matfit
