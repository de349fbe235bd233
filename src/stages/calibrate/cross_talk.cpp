#include "stages/calibrate/cross_talk.hpp"

#include "stages/calibrate/bridged_lines.hpp"
#include "stages/calibrate/defect_map.hpp"
#include "stages/calibrate/leakage.hpp"

namespace matfit {

CrossTalk find_cross_talk(const DefectEvidence& evidence, const Defects& defects) {
  const DefectMap map = sound_map(evidence, defects);
  return {find_bridged_lines(map), find_leakage(map)};
}

}  // namespace matfit
