#pragma once

#include "stages/write/phrases.hpp"
#include "stages/write/pressure_words.hpp"
#include "types/result.hpp"

#include <string>
#include <vector>

// The pictures of a report page, each a self-contained <svg> element.
namespace matfit {

// The colours of a map and its numbers: all maps of one unit share a scale, so that they compare.
struct MapScale {
  double full_pa = 1.0;  // takes the last colour
  ShownUnit unit;
};

// The mean map from above, head end up, with landmarks and their 95 % ellipses, the spine in the
// plane and the numbered hotspots. Empty where the bout has no map.
std::string map_figure(const BoutResult& bout, const MapScale& scale, const Phrases& phrases);

// The colour scale with its numbers.
std::string legend_figure(const MapScale& scale, const Phrases& phrases);

// A spine's course, head to the left, with its 95 % band.
struct SpineFigure {
  std::string svg;
  std::string scale_note;  // how much it is enlarged across its length; empty where it is not
};

// Height over the length, with the neutral or straight line. Empty without heights. Figures that
// span the same heights compare: at least `least_span_mm`, more where the spine needs it.
inline constexpr double usual_spine_span_mm = 60.0;
SpineFigure spine_figure(const SpineFit& spine, const Phrases& phrases,
                         double least_span_mm = usual_spine_span_mm);
// What a spine's figure needs; 0 without heights.
double spine_span_mm(const SpineFit& spine);

// Seen from above, with the straight line from C7 to S1: what is known without heights. Empty
// without levels, and where the band is that of the heights.
SpineFigure spine_plane_figure(const BoutResult& bout, const MatGeometry& geometry,
                               const Orientation& orientation, const Phrases& phrases);

// A figure with its 95 % interval on a scale that shows the lines of good and fair.
std::string judged_figure_gauge(const JudgedFigure& judged, const Phrases& phrases);

// One lane a posture over the time of the recording. Empty for a single moment.
std::string timeline_figure(const RecordingResult& result, const Phrases& phrases);

// A part of the fit on its scale 0..100: dot and 95 % interval; an empty track where not known.
std::string axis_figure(const std::string& name, const Estimate& part, const Phrases& phrases);

}  // namespace matfit
