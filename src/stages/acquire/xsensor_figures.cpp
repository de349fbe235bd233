#include "stages/acquire/xsensor_figures.hpp"

#include "stages/acquire/limits.hpp"
#include "stages/acquire/unit_text.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace matfit {

namespace {

// Rounding and a software that works in more digits than it prints.
constexpr double relative_tolerance = 0.01;

// The figure in the cells' unit; absent where the two cannot be compared.
std::optional<double> in_unit_of_cells(const PrintedFigure& figure, const std::string& units) {
  if (figure.unit.empty() || figure.unit == units) return figure.value;
  const auto from = pressure_scale_of(figure.unit);
  const auto to = pressure_scale_of(units);
  if (!from || !to || from->unit != to->unit) return std::nullopt;
  return figure.value * from->factor / to->factor;
}

bool agree(double found, double printed, double place) {
  return std::abs(found - printed) <= relative_tolerance * std::abs(printed) + place;
}

}  // namespace

void XsensorFigures::check(const XsensorBlock& block, const std::vector<float>& cells,
                           const std::string& file) {
  const float peak = *std::max_element(cells.begin(), cells.end());
  if (block.peak) {
    const auto printed = in_unit_of_cells(*block.peak, units_);
    if (printed && !agree(peak, *printed, block.peak->place)) {
      throw InputError({file, "the cells below line " + std::to_string(block.line),
                        "a highest cell of " + number_text(peak),
                        "the Peak Pressure " + number_text(*printed) + " printed above them",
                        "the frame is damaged: export the recording again"});
    }
  }
  if (!block.average) return;
  const auto printed = in_unit_of_cells(*block.average, units_);
  if (!printed) return;
  double sum = 0.0;
  double loaded = 0.0;
  for (const float cell : cells) {
    sum += cell;
    loaded += cell > 0.0F ? 1.0 : 0.0;
  }
  const double over_loaded = loaded > 0.0 ? sum / loaded : 0.0;
  const double over_all = sum / static_cast<double>(cells.size());
  if (agree(over_loaded, *printed, block.average->place) ||
      agree(over_all, *printed, block.average->place)) {
    return;
  }
  if (other_averages_++ == 0) first_other_line_ = block.line;
}

void XsensorFigures::note(Recording& recording) const {
  if (other_averages_ == 0) return;
  recording.notes.push_back("The printed Average Pressure is not that of the cells in " +
                            std::to_string(other_averages_) + " frames, first above line " +
                            std::to_string(first_other_line_) + ".");
}

void note_threshold(double threshold, double factor, const std::string& units,
                    Recording& recording) {
  if (threshold <= 0.0) return;
  recording.mat.zero_below = threshold * factor;
  recording.notes.push_back("The software set cells below its Threshold of " +
                            number_text(threshold) + " " + units + " to 0.");
}

}  // namespace matfit
