#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace matfit {

// Which way the load had changed to its level: what a mat reads differs by its hysteresis.
enum class LoadDirection : unsigned char { unstated, up, down };

std::string_view name_of(LoadDirection direction);
std::optional<LoadDirection> load_direction_named(std::string_view name);

// What was put on a mat to calibrate it: a uniform pressure, or a mass over an area.
struct KnownLoad {
  std::optional<double> pressure_pa;  // over the whole mat; 0: nothing on it
  std::optional<double> mass_kg;
  std::optional<double> area_m2;  // under the mass; absent: the whole mat
  LoadDirection direction = LoadDirection::unstated;
  std::string file;   // where this was stated, for errors
  std::string place;  // "line 3"
};

}  // namespace matfit
