#pragma once

#include "stages/write/json_node.hpp"
#include "types/mat_geometry.hpp"
#include "types/quality.hpp"

#include <nlohmann/json.hpp>

#include <vector>

namespace matfit {

// The object "quality" of a result and of an inspection, which holds the orientation too. Rows,
// columns and frames are counted from 0; "first" and "last" of a dead part are its end cells.
nlohmann::ordered_json json_of(const Quality& quality, const Orientation& orientation);

// The inverses. What older results do not hold stays empty. InputError names the key.
Quality quality_of(const JsonNode& quality);
Orientation orientation_of(const JsonNode& orientation);

nlohmann::ordered_json json_of(const std::vector<ResultPart>& parts);
std::vector<ResultPart> result_parts_of(const JsonNode& parts);

}  // namespace matfit
