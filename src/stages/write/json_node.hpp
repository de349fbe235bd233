#pragma once

#include "types/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace matfit {

// A value of the document together with where it stands, so that a fault names file and key.
class JsonNode {
 public:
  JsonNode(const nlohmann::ordered_json& value, const std::string& file, std::string place)
      : value_(value), file_(file), place_(std::move(place)) {}

  JsonNode at(const std::string& key) const {
    if (!value_.is_object() || !value_.contains(key)) fail(key, "", "this key");
    return {value_[key], file_, place_.empty() ? key : place_ + "." + key};
  }

  bool is_null() const { return value_.is_null(); }

  bool has(const char* key) const { return value_.is_object() && value_.contains(key); }

  std::vector<JsonNode> items() const {
    if (!value_.is_array()) fail("", value_.type_name(), "a list");
    std::vector<JsonNode> out;
    for (std::size_t i = 0; i < value_.size(); ++i) {
      out.emplace_back(value_[i], file_, fmt::format("{}[{}]", place_, i));
    }
    return out;
  }

  std::vector<std::pair<std::string, JsonNode>> entries() const {
    if (!value_.is_object()) fail("", value_.type_name(), "an object");
    std::vector<std::pair<std::string, JsonNode>> out;
    for (const auto& [key, item] : value_.items()) {
      out.emplace_back(key, JsonNode(item, file_, place_ + "." + key));
    }
    return out;
  }

  // null is NaN
  double number() const {
    if (value_.is_null()) return std::numeric_limits<double>::quiet_NaN();
    if (!value_.is_number()) fail("", value_.type_name(), "a number or null");
    return value_.get<double>();
  }

  std::optional<double> optional_number() const {
    if (value_.is_null()) return std::nullopt;
    return number();
  }

  template <typename T>
  T as(const char* expected) const {
    try {
      return value_.get<T>();
    } catch (const nlohmann::json::exception&) {
      fail("", value_.dump(), expected);
    }
  }

  std::string text() const { return as<std::string>("a text"); }
  int integer() const { return as<int>("a whole number"); }
  std::size_t count() const { return as<std::size_t>("a whole number"); }
  bool truth() const { return as<bool>("true or false"); }

  template <typename T>
  T named(std::optional<T> (*parse)(std::string_view), const char* expected) const {
    const std::optional<T> value = parse(text());
    if (!value) fail("", text(), expected);
    return *value;
  }

  [[noreturn]] void fail(const std::string& key, const std::string& value,
                         const std::string& expected) const {
    throw InputError({file_, "key " + (key.empty() ? place_ : (place_ + "." + key)), value,
                      expected, "analyse the recording again"});
  }

 private:
  const nlohmann::ordered_json& value_;
  const std::string& file_;
  std::string place_;
};

}  // namespace matfit
