#pragma once

#include "types/result.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace matfit {

// A result as the contract's document, schema "matfit-result" version 1. Values are rounded where
// they enter: pressures, lengths, areas and angles to 0.01 of mmHg, mm, cm2 and degrees, places and
// times to 0.001 of mm and s, probabilities and shares to 0.0001, scores to 0.01. What is not known
// is null, what was not found is absent.
nlohmann::ordered_json json_from_result(const RecordingResult& result);

// The inverse, without the maps (empty). `file` is for messages. Throws InputError naming the key.
RecordingResult result_from_json(const nlohmann::ordered_json& document, const std::string& file);

// The result as a reader of the stored files would get it: every number rounded as there, maps in
// single precision. Applying it twice changes nothing.
RecordingResult as_stored(const RecordingResult& result);

}  // namespace matfit
