#pragma once

#include "stages/write/json_node.hpp"
#include "stages/write/number_text.hpp"
#include "types/units.hpp"

#include <nlohmann/json.hpp>

#include <cmath>
#include <optional>
#include <string>

// Numbers and texts as the documents hold them, and back. Not finite and absent are null.
namespace matfit {

inline nlohmann::ordered_json number(double value, int decimals) {
  if (!std::isfinite(value)) return nullptr;
  return rounded(value, decimals);
}

inline nlohmann::ordered_json optional_number(const std::optional<double>& value, int decimals) {
  return value ? number(*value, decimals) : nlohmann::ordered_json(nullptr);
}

inline nlohmann::ordered_json mmhg(double pa) { return number(pa / pa_per_mmhg, 2); }

inline nlohmann::ordered_json optional_mmhg(const std::optional<double>& pa) {
  return pa ? mmhg(*pa) : nlohmann::ordered_json(nullptr);
}

template <typename T>
void set_if(nlohmann::ordered_json& object, const char* key, const std::optional<T>& value,
            double factor = 1.0, int decimals = 3) {
  if (value) object[key] = number(static_cast<double>(*value) * factor, decimals);
}

inline void set_if(nlohmann::ordered_json& object, const char* key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}

inline double number_of(const JsonNode& node, const char* key) { return node.at(key).number(); }

inline double mm_of(const JsonNode& node, const char* key) {
  return number_of(node, key) * m_per_mm;
}

inline double pa_of(const JsonNode& node, const char* key) {
  return number_of(node, key) * pa_per_mmhg;
}

inline std::optional<double> optional_pa_of(const JsonNode& node, const char* key) {
  const std::optional<double> value = node.at(key).optional_number();
  if (!value) return std::nullopt;
  return *value * pa_per_mmhg;
}

// Of a key that may be left out.
inline std::string text_or_empty(const JsonNode& node, const char* key) {
  return node.has(key) ? node.at(key).text() : std::string();
}

inline std::optional<double> optional_of(const JsonNode& node, const char* key,
                                         double factor = 1.0) {
  if (!node.has(key)) return std::nullopt;
  return node.at(key).number() * factor;
}

}  // namespace matfit
