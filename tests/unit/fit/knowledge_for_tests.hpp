#pragma once

#include "stages/fit/anthropometry.hpp"
#include "stages/fit/mattress_mechanics.hpp"
#include "support/datasets.hpp"

namespace matfit::test {

inline const Anthropometry& anthropometry() {
  static const Anthropometry known =
      load_anthropometry(project_folder() / "calibration" / "anthropometry.toml");
  return known;
}

inline const MattressPresets& mattress_presets() {
  static const MattressPresets presets =
      load_mattress_presets(project_folder() / "calibration" / "mattress_presets.toml");
  return presets;
}

}  // namespace matfit::test
