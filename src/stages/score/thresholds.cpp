#include "stages/score/thresholds.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace matfit {

std::string_view name_of(Axis axis) {
  constexpr std::array<std::string_view, axis_count> names = {"alignment", "pressure_relief",
                                                              "support"};
  return names[static_cast<std::size_t>(axis)];
}

bool PassLine::applies_to(Posture posture) const {
  return std::find(postures.begin(), postures.end(), posture) != postures.end();
}

bool PassLine::beyond_fair(double value) const {
  const double x = magnitude ? std::abs(value) : value;
  return zero > full ? x > fair : x < fair;
}

const Constant& Thresholds::constant(std::string_view name) const {
  const auto found = constants.find(name);
  if (found == constants.end()) throw std::out_of_range("no constant " + std::string(name));
  return found->second;
}

double Thresholds::score(const PassLine& line, double value) const {
  const double direction = line.zero > line.full ? 1.0 : -1.0;
  const double x = direction * (line.magnitude ? std::abs(value) : value);
  const std::array<double, 4> at = {direction * line.full, direction * line.good,
                                    direction * line.fair, direction * line.zero};
  const std::array<double, 4> points = {100.0, score_at_good, score_at_fair, 0.0};
  if (x <= at.front()) return points.front();
  for (std::size_t i = 1; i < at.size(); ++i) {
    if (x > at[i]) continue;
    return points[i - 1] + (points[i] - points[i - 1]) * (x - at[i - 1]) / (at[i] - at[i - 1]);
  }
  return 0.0;
}

const std::string& Thresholds::name(Axis axis) const { return names.find(name_of(axis))->second; }

const std::string& Thresholds::name(Posture posture) const {
  // The verdict "right" has the plain key.
  return names.find(posture == Posture::right ? "right_side" : name_of(posture))->second;
}

const std::string& Thresholds::name(Verdict verdict) const {
  return names.find(name_of(verdict))->second;
}

}  // namespace matfit
