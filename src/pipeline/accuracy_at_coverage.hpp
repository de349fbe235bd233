#pragma once

#include <vector>

namespace matfit {

// Frames that share one answer's confidence, and how many of them it got right.
struct JudgedFrames {
  double confidence = 0.0;
  double frames = 0.0;
  double right = 0.0;
};

struct CoveragePoint {
  double coverage = 0.0;          // share of frames kept, the most confident ones
  double frames = 0.0;            // so many
  double accuracy = 0.0;          // share of them that is right
  double least_confidence = 0.0;  // of the frames kept
};

// How right the most confident answers are (El-Yaniv & Wiener, JMLR 2010 11:1605), at each coverage
// in (0, 1], else std::invalid_argument. Of frames with equal confidence each counts with the same
// share, so that their order does not matter. Empty without frames.
std::vector<CoveragePoint> accuracy_at_coverage(std::vector<JudgedFrames> answers,
                                                const std::vector<double>& coverages);

}  // namespace matfit
