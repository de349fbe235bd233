#pragma once

#include "stages/write/phrases.hpp"
#include "types/quality.hpp"
#include "types/time_gaps.hpp"

#include <string>
#include <vector>

// What the calibration found, in words for pages and terminal; phrases without capital and stop.
namespace matfit {

// "alignment, support"; empty for none.
std::string parts_text(const std::vector<ResultPart>& parts, const Phrases& phrases);

// Every defect with its place and cause: "dead columns 9, 24; hot cells (30, 11)". Empty: none.
std::string defects_text(const Quality& quality, const Phrases& phrases);
// Lines that read alike and lines that leak; empty for none.
std::string cross_talk_text(const Quality& quality, const Phrases& phrases);
// Boundaries beyond which lines read a multiple of those before; empty for none.
std::string gain_steps_text(const Quality& quality, const Phrases& phrases);

// "2: 0 start-up, 7 byte-swapped"; empty: none. Long lists end with their number.
std::string invalid_frames_text(const Quality& quality, const Phrases& phrases);

// How many frames repeat the one before, and for how long; "none", or that it cannot be told.
std::string repeated_frames_text(const Quality& quality, const Phrases& phrases);

// What readings do while the person lies still, with rates and their errors.
std::string load_course_text(const CreepFigures& creep, const Phrases& phrases);

// From which moment of the recording on a figure may be read, and whether it lasts until then.
std::string readable_text(const CreepFigures& creep, double duration_s, const Phrases& phrases);

// "none", or how many gaps, how long in all, and where the longest begins.
std::string gaps_text(const std::vector<TimeGap>& gaps, const std::vector<double>& time_s,
                      const Phrases& phrases);

// The reason that holds the grade where it is, the first of several; null: there is none.
const QualityReason* main_reason(const Quality& quality);

}  // namespace matfit
