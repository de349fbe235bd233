#pragma once

#include "stages/write/figures.hpp"
#include "stages/write/phrases.hpp"
#include "types/result.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

// One scale for all maps of a page whose pressures rest on the same grounds and are shown in the
// same unit, so that pictures compare. A single cell above it takes the last colour.
class MapScales {
 public:
  MapScales(const std::vector<const RecordingResult*>& recordings, const Phrases& phrases);

  MapScale of(const RecordingResult& recording) const;

 private:
  using Kind = std::pair<std::string, bool>;  // unit and whether it is absolute
  Kind kind_of(const RecordingResult& recording) const;

  const Phrases& phrases_;
  std::map<Kind, double> full_;  // in that unit
};

}  // namespace matfit
