#include "stages/fit/section_law.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr int columns = 12;  // from the middle of a section to its side
constexpr double widest_share = 0.98;
constexpr double sink_reach_m = 0.05;
constexpr int grid = 96;

struct Column {
  double offset_m;
  double rise_m;  // over the lowest point
  double slope;
};

std::array<Column, columns> columns_of(const BodySection& s) {
  std::array<Column, columns> out{};
  for (int i = 0; i < columns; ++i) {
    const double u = widest_share * i / (columns - 1);
    const double un = std::pow(u, s.flatness);
    const double root = std::pow(1.0 - un, 1.0 / s.flatness);
    const double slope = u > 0.0
                             ? s.half_height_m / s.half_width_m * std::pow(u, s.flatness - 1.0) *
                                   std::pow(1.0 - un, 1.0 / s.flatness - 1.0)
                             : 0.0;
    out[static_cast<std::size_t>(i)] = {u * s.half_width_m, s.half_height_m * (1.0 - root), slope};
  }
  return out;
}

// Indentation and pressure by how far flesh and mattress yield together, on an even grid.
struct SeriesTable {
  double step_m;
  std::array<double, grid> indentation_m;

  double indentation(double yield_m) const {
    const double place = std::clamp(yield_m / step_m, 0.0, grid - 1.001);
    const auto i = static_cast<std::size_t>(place);
    const double u = place - static_cast<double>(i);
    return (1.0 - u) * indentation_m[i] + u * indentation_m[i + 1];
  }
};

SeriesTable series_of(const MattressTable& mattress, const SoftTissue& tissue) {
  SeriesTable table{};
  table.step_m = (mattress.thickness_m() + tissue.thickness_m) / (grid - 1);
  double yield_before = 0.0;
  double w_before = 0.0;
  std::size_t next = 1;
  const double step_m = mattress.thickness_m() / (2.0 * grid);
  for (int k = 1; k <= 2 * grid && next < grid; ++k) {
    const double w = k * step_m;
    const double yield = w + tissue_compression_m(tissue, mattress.pressure_pa(w));
    while (next < grid && static_cast<double>(next) * table.step_m <= yield) {
      const double u =
          (static_cast<double>(next) * table.step_m - yield_before) / (yield - yield_before);
      table.indentation_m[next++] = w_before + u * (w - w_before);
    }
    yield_before = yield;
    w_before = w;
  }
  while (next < grid) table.indentation_m[next++] = mattress.thickness_m();
  return table;
}

}  // namespace

MattressTable::MattressTable(const MattressResponse& mattress)
    : shear_n_per_m_(mattress.shear_n_per_m()) {
  constexpr int steps = 128;
  constexpr double least_shear = 1e-3;
  double work = 0.0;  // of the pressure, per area
  step_m_ = 0.97 * mattress.thickness_m() / steps;
  for (int i = 0; i <= steps; ++i) {
    pressure_pa_.push_back(mattress.pressure_pa(step_m_ * i));
    if (i > 0) work += 0.5 * step_m_ * (pressure_pa_.back() + pressure_pa_.end()[-2]);
    slope_.push_back(std::sqrt(2.0 * work / std::max(shear_n_per_m_, least_shear)));
  }
  const double quarter_m = 0.25 * mattress.thickness_m();
  const double foundation = mattress.pressure_pa(quarter_m) / quarter_m;
  decay_length_m_ = std::sqrt(shear_n_per_m_ / foundation);
}

double MattressTable::interpolated(const std::vector<double>& values, double indentation_m) const {
  const double place = std::max(0.0, indentation_m / step_m_);
  const auto i = std::min(static_cast<std::size_t>(place), values.size() - 2);
  const double u = place - static_cast<double>(i);
  return (1.0 - u) * values[i] + u * values[i + 1];
}

double MattressTable::pressure_pa(double indentation_m) const {
  return interpolated(pressure_pa_, indentation_m);
}

double MattressTable::steepest_slope(double indentation_m) const {
  return interpolated(slope_, indentation_m);
}

SectionLaw::SectionLaw(const BodySection& section, const MattressTable& mattress) {
  const SeriesTable series = series_of(mattress, section.tissue);
  const std::array<Column, columns> at = columns_of(section);
  const double width_m = at[1].offset_m - at[0].offset_m;
  for (int j = 1; j < entries; ++j) {
    const double approach_m = j * step_m;
    const auto indentation = [&](const Column& c) {
      return approach_m > c.rise_m ? series.indentation(approach_m - c.rise_m) : 0.0;
    };
    // How much more steeply the surface could rise there than the section does.
    const auto room = [&](const Column& c, double w) {
      return mattress.steepest_slope(w) - c.slope;
    };
    double load = 0.0;
    double edge_w = indentation(at[0]);
    double edge_m = 0.0;
    for (std::size_t i = 1; i < columns; ++i) {
      const double w_before = indentation(at[i - 1]);
      const double w = indentation(at[i]);
      const double before = room(at[i - 1], w_before);
      const double here = room(at[i], w);
      const double reach = here >= 0.0 ? 1.0 : std::max(0.0, before / (before - here));
      edge_w = w_before + reach * (w - w_before);
      edge_m = at[i - 1].offset_m + reach * width_m;
      load +=
          0.5 * reach * width_m * (mattress.pressure_pa(w_before) + mattress.pressure_pa(edge_w));
      if (reach < 1.0) break;
    }
    // The surface beside the contact hangs on its edge.
    const double edge_slope = mattress.steepest_slope(edge_w);
    load += mattress.shear_n_per_m() * edge_slope;
    const double decay_m = edge_slope > 0.0 ? edge_w / edge_slope : mattress.decay_length_m();
    double sink = 0.0;
    double sink_width = 0.0;
    for (std::size_t i = 0; i < columns && at[i].offset_m <= sink_reach_m; ++i) {
      const double share = i == 0 ? 0.5 : 1.0;
      sink += share * (at[i].offset_m <= edge_m
                           ? indentation(at[i])
                           : edge_w * std::exp(-(at[i].offset_m - edge_m) / decay_m));
      sink_width += share;
    }
    load_[static_cast<std::size_t>(j)] = 2.0 * load;
    sink_[static_cast<std::size_t>(j)] = sink / sink_width;
  }
}

SectionAnswer SectionLaw::at(double approach_m) const {
  if (!(approach_m > 0.0)) return {};
  const double place = approach_m / step_m;
  const auto i = std::min<std::size_t>(static_cast<std::size_t>(place), entries - 2);
  const double u = place - static_cast<double>(i);
  const double load_slope = (load_[i + 1] - load_[i]) / step_m;
  const double sink_slope = (sink_[i + 1] - sink_[i]) / step_m;
  return {load_[i] + u * step_m * load_slope, load_slope, sink_[i] + u * step_m * sink_slope,
          sink_slope};
}

}  // namespace matfit
