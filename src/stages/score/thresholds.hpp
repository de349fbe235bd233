#pragma once

#include "types/fit_assessment.hpp"
#include "types/posture.hpp"

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace matfit {

enum class Axis : unsigned char { alignment, pressure_relief, support };
inline constexpr std::size_t axis_count = 3;
std::string_view name_of(Axis axis);

// What a figure beyond its `fair` line says for the verdict.
enum class Sign : unsigned char { none, misaligned, sunk, bottomed, pressed, hollow };
inline constexpr std::size_t sign_count = 6;

// A pass line: 100 up to `full`, falling straight through `good` and `fair` to 0 at `zero`; the
// four rise where more is worse and fall where less is worse.
struct PassLine {
  std::string id;
  Axis axis = Axis::alignment;
  std::vector<Posture> postures;
  std::string measure;
  bool magnitude = false;
  bool required = false;
  double full = 0.0, good = 0.0, fair = 0.0, zero = 0.0;
  Sign sign = Sign::none;
  std::string unit;
  std::string label;
  std::string source;
  char evidence = 'D';

  bool applies_to(Posture posture) const;
  bool beyond_fair(double value) const;  // of the value as measured, with its sign
};

enum class Combine { worst, mean };

struct AxisRule {
  Combine combine = Combine::worst;
  double weight = 0.0;  // the three sum to 1
};

// A limit or figure of error, and the sentence for a result that it decided (empty: none).
struct Constant {
  std::string id;
  double value = 0.0;
  std::string reason;
};

// Breadth in mm = a + b stature[m] + c mass[kg], with the standard error of the estimate.
struct ShoulderHeadRegression {
  double a = 0.0, b = 0.0, c = 0.0, see_mm = 0.0;
};

struct PillowGeometry {
  double differential_sink_mm = 0.0;
  double differential_sink_sd_mm = 0.0;
  ShoulderHeadRegression male_biacromial, male_head, female_biacromial, female_head;
};

// calibration/thresholds.toml, in one language.
struct Thresholds {
  double score_at_good = 0.0;
  double score_at_fair = 0.0;
  std::array<AxisRule, axis_count> axes;
  std::vector<PassLine> lines;
  std::map<std::string, Constant, std::less<>> constants;  // by name
  std::map<std::string, std::string, std::less<>> names;   // of axes, postures and verdicts
  PillowGeometry pillow;

  const AxisRule& rule(Axis axis) const { return axes[static_cast<std::size_t>(axis)]; }
  const Constant& constant(std::string_view name) const;  // std::out_of_range: a programming error
  double value(std::string_view name) const { return constant(name).value; }
  double score(const PassLine& line, double value) const;  // 0..100

  const std::string& name(Axis axis) const;
  const std::string& name(Posture posture) const;
  const std::string& name(Verdict verdict) const;
};

}  // namespace matfit
