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

// The spine's height over its length, head to the left, with its 95 % band and the neutral or
// straight line. Empty without heights.
struct SpineFigure {
  std::string svg;
  std::string scale_note;  // how much heights are enlarged; empty where they are not
};
SpineFigure spine_figure(const SpineFit& spine, const Phrases& phrases);

// One lane a posture over the time of the recording. Empty for a single moment.
std::string timeline_figure(const RecordingResult& result, const Phrases& phrases);

// A part of the fit on its scale 0..100: dot and 95 % interval; an empty track where not known.
std::string axis_figure(const std::string& name, const Estimate& part, const Phrases& phrases);

}  // namespace matfit
