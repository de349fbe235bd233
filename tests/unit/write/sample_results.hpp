#pragma once

#include "types/result.hpp"

#include <string>
#include <vector>

namespace matfit::test {

// A made-up result with every part filled in: one person lying still in one posture on a 64 x 32
// mat. Landmarks, spine and hotspots agree with the map.
RecordingResult sample_result(const std::string& recording_id, const std::string& subject_id,
                              const std::string& mattress_id, Posture posture,
                              const Orientation& orientation = {HeadEnd::first_row, View::above,
                                                                false, 1.0});

// Two persons on two mattresses, a night with an empty stretch, a single frame without a known
// mattress, and one referral.
std::vector<RecordingResult> sample_study();

}  // namespace matfit::test
