#pragma once

#include "stages/write/json_node.hpp"
#include "types/recording.hpp"

#include <nlohmann/json.hpp>

namespace matfit {

// The objects "mat", "subject" and "mattress" of a result: what was given. Back with the same
// figures; InputError names the key.
nlohmann::ordered_json json_of(const MatDescription& mat);
nlohmann::ordered_json json_of(const Subject& subject);
nlohmann::ordered_json json_of(const Mattress& mattress);
MatDescription mat_of(const JsonNode& mat);
Subject subject_of(const JsonNode& subject);
Mattress mattress_of(const JsonNode& mattress);

}  // namespace matfit
