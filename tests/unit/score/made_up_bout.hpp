#pragma once

#include "stages/score/guidance.hpp"
#include "types/result.hpp"

#include <string>
#include <string_view>

namespace matfit::test {

const Guidance& shipped_guidance();

// A bout on the left side, spine fitted on a measured curve, straight to within a fifth of a
// degree; hips and shoulders press a little over the mean, the waist carries its share.
BoutResult straight_side_bout();

// The same person on the back; sinks even, lordosis as standing.
BoutResult even_back_bout();

// On the stomach, the pelvis `pelvis_lower_mm` deeper than the chest.
BoutResult stomach_bout(double pelvis_lower_mm);

// The same bout lying on the other side: postures, sites and signs across the body change.
BoutResult mirrored_bout(const BoutResult& bout);

// Every pressure of the bout times `factor`, as another unit or gain would show it.
BoutResult scaled_bout(const BoutResult& bout, double factor);

Quality good_quality();     // grade A, absolute units
Quality raw_quality();      // grade B, raw readings
Mattress thick_mattress();  // 0.22 m, three years old

// A recording of these bouts, ten minutes each, assessed bout by bout and as a whole.
RecordingResult assessed_recording(std::vector<BoutResult> bouts, std::optional<Subject> subject);

// By the shipped guidance, of nobody in particular on a thick mattress.
FitAssessment assess(const BoutResult& bout, const Quality& quality = good_quality());

bool cites(const FitAssessment& fit, std::string_view rule);

void set_metric(BoutResult& bout, const std::string& name, double value, double sd);
// The peak pressure index of every hotspot.
void set_ppi(BoutResult& bout, double times_the_mean);

}  // namespace matfit::test
