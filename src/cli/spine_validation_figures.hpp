#pragma once

#include "pipeline/spine_scores.hpp"
#include "stages/write/phrases.hpp"

#include <string>
#include <vector>

// The plots of a validation page, mattresses known by their measured curve; each an <svg> element,
// empty where nothing was told.
namespace matfit {

std::string group_name(const SpineGroup& group);

// Root mean square error of the map's estimate and of the simple ways, a row a quantity.
std::string errors_figure(const Spines& spines, const std::vector<std::string>& quantities,
                          const std::string& x_title, const Phrases& phrases);

// What was told over what is true, by posture. Of thousands of values every k-th is drawn.
std::string truth_figure(const Spines& spines, const std::string& quantity, const Phrases& phrases);

// How often intervals of each level hold the truth.
std::string calibration_figure(const Spines& spines, const std::string& quantity,
                               const Phrases& phrases);

// Share of 95 % intervals that hold, a row a group, with what chance alone leaves open.
std::string coverage_figure(const std::vector<SpineGroup>& groups, const std::string& quantity,
                            const Phrases& phrases);

}  // namespace matfit
