#pragma once

#include "stages/classify/bouts.hpp"
#include "stages/classify/contact.hpp"
#include "stages/classify/posture_model.hpp"
#include "stages/classify/stillness.hpp"
#include "types/bout.hpp"
#include "types/posture.hpp"
#include "types/pressure_series.hpp"

#include <vector>

namespace matfit {

struct ClassifyOptions {
  ContactRules contact;
  StillnessOptions stillness;
  BoutOptions bouts;
  // Postures that the recording itself states, one a frame or empty. They never decide a posture;
  // they only tell a view from above from one from below, which pressure cannot.
  std::vector<Posture> labels;
  // Evidence that the labels must give for a view, in nats: 20 to 1, the usual line of doubt.
  double least_view_log_odds = 3.0;
};

// Posture over time. Frames that are not valid are skipped; a series without a valid frame has no
// bouts. An unknown head end is inferred from the bodies; an unknown view only from the labels:
// it stays unknown where they say too little, and left and right then share their probability
// evenly, while the posture's name reads the map as seen from above. Reads the series once; memory
// does not grow with its frames. Throws std::invalid_argument for a model without networks or
// labels of another length.
PostureTimeline classify(const PressureSeries& series, const PostureModel& model,
                         const ClassifyOptions& options = {});

}  // namespace matfit
