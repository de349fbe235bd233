#include "stages/calibrate/profile_file.hpp"

#include "types/error.hpp"
#include "types/response_curve.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <initializer_list>
#include <limits>
#include <sstream>
#include <utility>

namespace matfit {

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* format_name = "matfit-mat-profile";
constexpr int format_version = 1;
constexpr double no_limit = std::numeric_limits<double>::max();
constexpr double smallest = std::numeric_limits<double>::min();

// A value of the file and where it stands.
class Entry {
 public:
  Entry(const Json& value, const std::string& file, std::string place)
      : value_(value), file_(file), place_(std::move(place)) {}

  [[noreturn]] void refuse(const std::string& expected) const {
    constexpr std::size_t most = 60;
    throw InputError({file_, place_.empty() ? "the document" : "key " + place_,
                      value_.is_structured() ? value_.type_name() : value_.dump().substr(0, most),
                      expected, "make the profile again with matfit calibrate, or mend the file"});
  }

  Entry at(const char* key) const {
    if (!value_.contains(key)) refuse(fmt::format("a key '{}' in it", key));
    return {value_[key], file_, place_.empty() ? key : place_ + "." + key};
  }

  // An object with these keys and no others.
  void require_keys(std::initializer_list<const char*> keys) const {
    if (!value_.is_object()) refuse("an object");
    for (const auto& [key, item] : value_.items()) {
      const bool known =
          std::any_of(keys.begin(), keys.end(), [&key = key](const char* k) { return key == k; });
      if (!known) {
        Entry(item, file_, place_.empty() ? key : place_ + "." + key)
            .refuse(fmt::format("one of the keys {}", fmt::join(keys, ", ")));
      }
    }
    for (const char* key : keys) at(key);
  }

  bool is_null() const { return value_.is_null(); }

  double number(double low = -no_limit, double high = no_limit) const {
    if (!value_.is_number()) refuse("a number");
    const double value = value_.get<double>();
    if (!(value >= low && value <= high)) {
      refuse(low == smallest && high == no_limit
                 ? "a number over 0"
                 : fmt::format("a number from {} to {}", low, high));
    }
    return value;
  }

  int whole(int low, int high) const {
    if (!value_.is_number_integer()) refuse("a whole number");
    return static_cast<int>(number(low, high));
  }

  bool truth() const {
    if (!value_.is_boolean()) refuse("true or false");
    return value_.get<bool>();
  }

  std::string text() const {
    if (!value_.is_string()) refuse("a text");
    return value_.get<std::string>();
  }

  std::vector<Entry> items() const {
    if (!value_.is_array()) refuse("a list");
    std::vector<Entry> out;
    out.reserve(value_.size());
    for (std::size_t i = 0; i < value_.size(); ++i) {
      out.emplace_back(value_[i], file_, fmt::format("{}[{}]", place_, i));
    }
    return out;
  }

  std::vector<double> numbers(double low) const {
    std::vector<double> out;
    for (const Entry& item : items()) out.push_back(item.number(low));
    return out;
  }

 private:
  const Json& value_;
  const std::string& file_;
  std::string place_;
};

// --- writing -------------------------------------------------------------------------------------

Json json_of(const ResponseCurve& curve) {
  Json out = {{"kind", name_of(curve.kind)}};
  if (curve.kind == ResponseKind::monotone_cubic) {
    out["reading"] = curve.reading;
    out["pressure_pa"] = curve.pressure_pa;
  } else {
    out["factor"] = curve.factor;
    if (curve.kind == ResponseKind::power) out["exponent"] = curve.exponent;
  }
  return out;
}

Json json_of(const Eigen::ArrayXXd& map) {
  Json rows = Json::array();
  for (Eigen::Index r = 0; r < map.rows(); ++r) {
    Json row = Json::array();
    for (Eigen::Index c = 0; c < map.cols(); ++c) row.push_back(map(r, c));
    rows.push_back(std::move(row));
  }
  return rows;
}

// A list with one item a line, so that a profile can be looked through and compared.
std::string listed(const Json& list) {
  std::string text = "[";
  for (std::size_t i = 0; i < list.size(); ++i) {
    text += (i == 0 ? "\n    " : ",\n    ") + list[i].dump();
  }
  return text + (list.empty() ? "]" : "\n  ]");
}

// --- reading -------------------------------------------------------------------------------------

ResponseCurve curve_from(const Entry& entry) {
  ResponseCurve curve;
  const auto kind = response_kind_named(entry.at("kind").text());
  if (!kind) entry.at("kind").refuse("linear, power or monotone_cubic");
  curve.kind = *kind;
  switch (curve.kind) {
    case ResponseKind::linear: entry.require_keys({"kind", "factor"}); break;
    case ResponseKind::power: entry.require_keys({"kind", "factor", "exponent"}); break;
    case ResponseKind::monotone_cubic:
      entry.require_keys({"kind", "reading", "pressure_pa"});
      break;
  }
  if (curve.kind != ResponseKind::monotone_cubic) {
    curve.factor = entry.at("factor").number(smallest);
    if (curve.kind == ResponseKind::power) curve.exponent = entry.at("exponent").number(smallest);
    return curve;
  }
  curve.reading = entry.at("reading").numbers(0.0);
  curve.pressure_pa = entry.at("pressure_pa").numbers(0.0);
  if (curve.pressure_pa.size() != curve.reading.size()) {
    entry.at("pressure_pa")
        .refuse(fmt::format("{} numbers, as in 'reading'", curve.reading.size()));
  }
  try {
    static_cast<void>(Response(curve));
  } catch (const std::invalid_argument&) {
    entry.refuse("knots from (0, 0) that rise strictly in reading and pressure_pa");
  }
  return curve;
}

Eigen::ArrayXXd map_from(const Entry& entry, int rows, int cols, double low) {
  const std::vector<Entry> lines = entry.items();
  if (lines.empty()) return {};
  if (lines.size() != static_cast<std::size_t>(rows)) {
    entry.refuse(fmt::format("{} rows, or none", rows));
  }
  Eigen::ArrayXXd map(rows, cols);
  for (int r = 0; r < rows; ++r) {
    const std::vector<double> line = lines[static_cast<std::size_t>(r)].numbers(low);
    if (line.size() != static_cast<std::size_t>(cols)) {
      lines[static_cast<std::size_t>(r)].refuse(fmt::format("{} numbers", cols));
    }
    for (int c = 0; c < cols; ++c) map(r, c) = line[static_cast<std::size_t>(c)];
  }
  return map;
}

std::vector<ResponseError> error_from(const Entry& entry) {
  std::vector<ResponseError> out;
  for (const Entry& item : entry.items()) {
    item.require_keys({"reading", "relative_sd", "cell_relative_sd"});
    ResponseError error;
    error.reading = item.at("reading").number(out.empty() ? 0.0 : out.back().reading);
    error.relative_sd = item.at("relative_sd").number(0.0);
    error.cell_relative_sd = item.at("cell_relative_sd").number(0.0, error.relative_sd);
    out.push_back(error);
  }
  return out;
}

std::optional<CreepLaw> creep_from(const Entry& entry) {
  if (entry.is_null()) return std::nullopt;
  entry.require_keys({"rate_per_log_second", "rate_sd", "reference_s"});
  return CreepLaw{entry.at("rate_per_log_second").number(), entry.at("rate_sd").number(0.0),
                  entry.at("reference_s").number(smallest)};
}

std::vector<CellCalibration> status_from(const Entry& entry, std::size_t cells) {
  std::vector<CellCalibration> out;
  for (const Entry& item : entry.items()) {
    const std::string name = item.text();
    bool found = false;
    for (const CellCalibration status :
         {CellCalibration::own, CellCalibration::common, CellCalibration::no_response}) {
      if (name_of(status) != name) continue;
      out.push_back(status);
      found = true;
    }
    if (!found) item.refuse("own, common or no_response");
  }
  if (!out.empty() && out.size() != cells) entry.refuse(fmt::format("{} words, or none", cells));
  return out;
}

Json parsed(const std::filesystem::path& path) {
  const std::string file = path.string();
  std::ifstream in(path, std::ios::binary);
  if (!in) {
    throw InputError({file, "", "", "a readable mat profile", "check the path of the profile"});
  }
  std::stringstream text;
  text << in.rdbuf();
  try {
    return Json::parse(text.str());
  } catch (const Json::parse_error& fault) {
    const std::string read = text.str().substr(0, fault.byte);
    throw InputError({file, fmt::format("line {}", 1 + std::count(read.begin(), read.end(), '\n')),
                      "", "a JSON document", "make the profile again with matfit calibrate"});
  } catch (const Json::out_of_range&) {
    throw InputError({file, "", "a number beyond double", "numbers that fit double",
                      "make the profile again with matfit calibrate"});
  }
}

}  // namespace

std::string profile_json(const MatProfile& profile) {
  Json curves = Json::array();
  for (const ResponseCurve& curve : profile.cell_curves) curves.push_back(json_of(curve));
  Json errors = Json::array();
  for (const ResponseError& e : profile.error) {
    errors.push_back({{"reading", e.reading},
                      {"relative_sd", e.relative_sd},
                      {"cell_relative_sd", e.cell_relative_sd}});
  }
  Json status = Json::array();
  for (const CellCalibration s : profile.cell_status) status.push_back(name_of(s));
  Json creep;
  if (profile.creep) {
    creep = {{"rate_per_log_second", profile.creep->rate_per_log_second},
             {"rate_sd", profile.creep->rate_sd},
             {"reference_s", profile.creep->reference_s}};
  }
  std::string text = "{\n";
  const auto add = [&text](const char* key, const std::string& value) {
    text += fmt::format("{}  \"{}\": {}", text.size() > 2 ? ",\n" : "", key, value);
  };
  add("format", Json(format_name).dump());
  add("format_version", Json(format_version).dump());
  add("id", Json(profile.id).dump());
  add("model", Json(profile.model).dump());
  add("basis", Json(profile.basis).dump());
  add("source", Json(profile.source).dump());
  add("unit", Json(name_of(profile.unit)).dump());
  add("rows", Json(profile.rows).dump());
  add("cols", Json(profile.cols).dump());
  add("absolute", Json(profile.absolute).dump());
  add("lowest_reading", Json(profile.lowest_reading).dump());
  add("highest_reading", Json(profile.highest_reading).dump());
  add("response", json_of(profile.response).dump());
  add("error", listed(errors));
  add("creep", creep.dump());
  add("gain", listed(json_of(profile.gain)));
  add("background", listed(json_of(profile.background)));
  add("cell_status", status.dump());
  add("cell_curves", listed(curves));
  return text + "\n}\n";
}

MatProfile read_profile(const std::filesystem::path& path) {
  const Json document = parsed(path);
  const std::string file = path.string();
  const Entry root(document, file, "");
  root.require_keys({"format", "format_version", "id", "model", "basis", "source", "unit", "rows",
                     "cols", "absolute", "lowest_reading", "highest_reading", "response", "error",
                     "creep", "gain", "background", "cell_status", "cell_curves"});
  if (root.at("format").text() != format_name) root.at("format").refuse(format_name);
  root.at("format_version").whole(format_version, format_version);
  MatProfile profile;
  profile.id = root.at("id").text();
  profile.model = root.at("model").text();
  profile.basis = root.at("basis").text();
  profile.source = root.at("source").text();
  const auto unit = pressure_unit_named(root.at("unit").text());
  if (!unit) root.at("unit").refuse("raw, mmHg or kPa");
  profile.unit = *unit;
  constexpr int most_lines = 4096;
  profile.rows = root.at("rows").whole(1, most_lines);
  profile.cols = root.at("cols").whole(1, most_lines);
  const auto cells =
      static_cast<std::size_t>(profile.rows) * static_cast<std::size_t>(profile.cols);
  profile.absolute = root.at("absolute").truth();
  profile.lowest_reading = root.at("lowest_reading").number(0.0);
  profile.highest_reading = root.at("highest_reading").number(smallest);
  if (!(profile.highest_reading > profile.lowest_reading)) {
    root.at("highest_reading").refuse("more than 'lowest_reading'");
  }
  profile.response = curve_from(root.at("response"));
  profile.error = error_from(root.at("error"));
  profile.creep = creep_from(root.at("creep"));
  profile.gain = map_from(root.at("gain"), profile.rows, profile.cols, smallest);
  profile.background = map_from(root.at("background"), profile.rows, profile.cols, -no_limit);
  profile.cell_status = status_from(root.at("cell_status"), cells);
  for (const Entry& item : root.at("cell_curves").items()) {
    profile.cell_curves.push_back(curve_from(item));
  }
  if (!profile.cell_curves.empty() && profile.cell_curves.size() != cells) {
    root.at("cell_curves").refuse(fmt::format("{} curves, or none", cells));
  }
  return profile;
}

}  // namespace matfit
