#include "stages/hotspots/find_hotspots.hpp"

#include "numeric/statistics.hpp"
#include "stages/hotspots/contact.hpp"
#include "stages/hotspots/peak_position.hpp"
#include "stages/hotspots/peak_pressure_index.hpp"
#include "stages/hotspots/peaks.hpp"
#include "stages/hotspots/site_names.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

namespace matfit {

namespace {

struct Found {
  Hotspot hotspot;
  double over_mean = 0.0;  // smoothed peak over the mean of the loaded cells
  PeakPressureIndex index;
};

// Steepest change of pressure from a cell among `cells` to one of its eight neighbours marked in
// `own`, Pa/m.
double steepest_gradient(const PressureField& field, const CellMask& own,
                         const std::vector<Eigen::Index>& cells) {
  const MatGeometry& g = field.geometry;
  double steepest = 0.0;
  for (const Eigen::Index i : cells) {
    const auto r = static_cast<int>(i) / g.cols;
    const auto c = static_cast<int>(i) % g.cols;
    for (int y = std::max(r - 1, 0); y <= std::min(r + 1, g.rows - 1); ++y) {
      for (int x = std::max(c - 1, 0); x <= std::min(c + 1, g.cols - 1); ++x) {
        const double apart_m = std::hypot((y - r) * g.row_pitch_m, (x - c) * g.col_pitch_m);
        if (apart_m == 0.0 || !own(y, x) || field.repaired(y, x) || field.repaired(r, c)) continue;
        const double change_pa = std::abs(field.pressure_pa(y, x) - field.pressure_pa(r, c));
        steepest = std::max(steepest, change_pa / apart_m);
      }
    }
  }
  return steepest;
}

// The highest sound cell among `cells` within `reach_m` of `peak`; -1 where all are repaired.
Eigen::Index highest_sound(const PressureField& field, const std::vector<Eigen::Index>& cells,
                           const Peak& peak, double reach_m) {
  const MatGeometry& g = field.geometry;
  const auto pressure = [&](Eigen::Index i) { return field.pressure_pa(i / g.cols, i % g.cols); };
  Eigen::Index best = -1;
  for (const Eigen::Index i : cells) {
    const auto row = static_cast<int>(i) / g.cols;
    const auto col = static_cast<int>(i) % g.cols;
    const double apart_m =
        std::hypot((row - peak.row) * g.row_pitch_m, (col - peak.col) * g.col_pitch_m);
    if (field.repaired(row, col) || apart_m > reach_m) continue;
    if (best < 0 || pressure(i) > pressure(best)) best = i;
  }
  return best;
}

double mean_above(const Eigen::ArrayXXd& map, double floor) {
  const double count = static_cast<double>((map > floor).count());
  return (map > floor).select(map, 0.0).sum() / std::max(count, 1.0);
}

std::vector<Found> peaks_of(const PressureField& field, const HotspotOptions& options) {
  const MatGeometry& g = field.geometry;
  const Eigen::ArrayXXd smooth = smoothed(field, options.smoothing_m);
  const double floor = contact_threshold_pa(field, options);
  const Relief relief = find_peaks(smooth, floor);
  const Eigen::ArrayXXi basin = basins_of_prominent(relief, options.least_prominence);
  // Smoothing moves a maximum by about its width; further off lies another contact.
  const double reach_m =
      std::max(2.0 * options.smoothing_m, std::max(g.row_pitch_m, g.col_pitch_m));
  const double mean_pa = mean_above(field.pressure_pa, floor);
  std::vector<Found> found;
  for (std::size_t k = 0; k < relief.peaks.size(); ++k) {
    const Peak& peak = relief.peaks[k];
    if (peak.height < options.least_over_mean * mean_pa) break;
    const auto label = static_cast<int>(k);
    if (basin(peak.row, peak.col) != label) continue;  // not prominent
    const CellMask own = basin == label || basin < 0;
    const std::vector<Eigen::Index> cells =
        connected_above((basin == label).select(smooth, 0.0), peak.row, peak.col,
                        peak.height - 0.5 * peak.prominence);
    const Eigen::Index top = highest_sound(field, cells, peak, reach_m);
    if (top < 0) continue;
    const auto row = static_cast<int>(top) / g.cols;
    const auto col = static_cast<int>(top) % g.cols;
    Found f;
    f.over_mean = peak.height / mean_pa;
    f.index = peak_pressure_index(field, own, row, col, options.index_area_low_m2,
                                  options.index_area_high_m2);
    const PeakPosition place = place_peak(field, peak.row, peak.col, 2.0 * options.smoothing_m);
    f.hotspot.position_m = place.position_m;
    f.hotspot.sd_m = place.sd_m;
    f.hotspot.peak_pa = field.pressure_pa(row, col);
    f.hotspot.ppi_pa = f.index.mean_pa;
    f.hotspot.ppi_area_m2 = f.index.area_m2;
    f.hotspot.area_m2 = static_cast<double>(cells.size()) * g.cell_area_m2();
    f.hotspot.gradient_pa_per_m = steepest_gradient(field, own, cells);
    found.push_back(std::move(f));
  }
  return found;
}

std::vector<std::string> sites_of(const std::vector<Found>& found, Posture posture,
                                  const BodyFit& body, const HotspotOptions& options) {
  std::vector<PeakPosition> places;
  for (const Found& f : found) places.push_back({f.hotspot.position_m, f.hotspot.sd_m, true});
  return site_names(places, posture, body, options);
}

double mean_over(const PeakPressureIndex& index, const FrameBlock& block, Eigen::Index frame) {
  double sum = 0.0;
  double weight = 0.0;
  for (const auto& [cell, share] : index.cells) {
    sum += share * block(frame, cell);
    weight += share;
  }
  return sum / weight;
}

// The longest that a frame may count; unlimited where there is but one.
double longest_frame_s(const PressureSeries& series, double intervals) {
  std::vector<double> interval_s;
  for (std::size_t i = 1; i < series.time_s.size(); ++i) {
    interval_s.push_back(series.time_s[i] - series.time_s[i - 1]);
  }
  if (interval_s.empty()) return std::numeric_limits<double>::infinity();
  return intervals * median(std::move(interval_s));
}

void add_doses(std::vector<Found>& found, const PressureSeries& series, const PostureBout& bout,
               const HotspotOptions& options) {
  const double threshold_pa = options.dose_threshold_pa;
  const double longest_s = longest_frame_s(series, options.longest_frame_intervals);
  std::vector<double> pressure_pa(found.size(), 0.0);  // of the last valid frame
  bool any_valid = false;
  const auto add_block = [&](std::size_t first, const FrameBlock& block) {
    for (Eigen::Index k = 0; k < block.rows(); ++k) {
      const std::size_t i = first + static_cast<std::size_t>(k);
      if (series.valid[i] != 0) {
        for (std::size_t h = 0; h < found.size(); ++h) {
          pressure_pa[h] = mean_over(found[h].index, block, k);
        }
        any_valid = true;
      }
      const double end_s = i + 1 < bout.last_frame ? series.time_s[i + 1] : bout.end_s;
      const double lasts_s = std::clamp(end_s - series.time_s[i], 0.0, longest_s);
      if (!any_valid) continue;
      for (std::size_t h = 0; h < found.size(); ++h) {
        if (!(pressure_pa[h] > threshold_pa)) continue;
        found[h].hotspot.dose_pa_s += (pressure_pa[h] - threshold_pa) * lasts_s;
        found[h].hotspot.duration_s += lasts_s;
      }
    }
  };
  visit_frames(*series.frames_pa, bout.first_frame, bout.last_frame, add_block);
}

}  // namespace

std::vector<Hotspot> find_hotspots(const PressureSeries& series, const PostureBout& bout,
                                   const PressureField& field, const BodyFit& body,
                                   const HotspotOptions& options) {
  std::vector<Found> found = peaks_of(field, options);
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return a.hotspot.peak_pa > b.hotspot.peak_pa;
  });
  const std::vector<std::string> sites = sites_of(found, bout.posture, body, options);
  std::vector<Found> kept;
  for (std::size_t i = 0; i < found.size(); ++i) {
    found[i].hotspot.site = sites[i];
    const bool named = sites[i] != unnamed_site;
    if (!named && found[i].over_mean < options.least_unnamed_over_mean) continue;
    if (static_cast<int>(kept.size()) < options.most_hotspots) kept.push_back(std::move(found[i]));
  }
  add_doses(kept, series, bout, options);
  std::vector<Hotspot> hotspots;
  for (Found& f : kept) hotspots.push_back(std::move(f.hotspot));
  return hotspots;
}

}  // namespace matfit
