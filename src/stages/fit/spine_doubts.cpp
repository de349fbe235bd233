#include "stages/fit/spine_doubts.hpp"

#include "stages/fit/knowledge_file.hpp"
#include "stages/fit/spine_metrics.hpp"

#include "types/spine_names.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <string_view>

namespace matfit {

namespace {

// Places of the levels along and across the line from C7 to S1, as the mat sees them.
struct SeenFromAbove {
  Eigen::VectorXd along_m;
  Eigen::VectorXd across_m;
};

SeenFromAbove seen_from_above(const std::vector<SpineLevel>& levels) {
  const auto place = [](const SpineLevel& l) { return Eigen::Vector2d(l.x_m, l.y_m); };
  const Eigen::Vector2d first = place(levels.front());
  const Eigen::Vector2d down = (place(levels.back()) - first).normalized();
  SeenFromAbove seen{Eigen::VectorXd(levels.size()), Eigen::VectorXd(levels.size())};
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const Eigen::Vector2d from_first = place(levels[i]) - first;
    const auto k = static_cast<Eigen::Index>(i);
    seen.along_m[k] = from_first.dot(down);
    seen.across_m[k] = from_first.dot(Eigen::Vector2d(-down.y(), down.x()));
  }
  return seen;
}

Eigen::Index index_of(std::string_view level) {
  return std::find(spine_level_names.begin(), spine_level_names.end(), level) -
         spine_level_names.begin();
}

// With a further error of standard deviation sd; not below `least`.
void widen(SpineFit& fit, const char* metric, double sd, double least) {
  const auto found = fit.metrics.find(metric);
  if (found == fit.metrics.end() || !found->second.known()) return;
  Estimate& e = found->second;
  constexpr double z = 1.959963984540054;
  e.sd = std::hypot(e.sd, sd);
  e.ci95_low = std::max(least, e.value - std::hypot(e.value - e.ci95_low, z * sd));
  e.ci95_high = e.value + std::hypot(e.ci95_high - e.value, z * sd);
}

void add(SpineFit& fit, SpineDoubt doubt, const std::string& text) {
  fit.doubts.push_back(doubt);
  fit.note += (fit.note.empty() ? "" : "; ") + text;
}

// A body rolled by an angle shows its own curves in height, by the angle's sine.
void widen_by_roll(SpineFit& fit, double mean_square_sine) {
  if (fit.basis == SpineBasis::none || fit.levels.size() != spine_level_names.size()) return;
  const double sine = std::sqrt(mean_square_sine);
  const SeenFromAbove seen = seen_from_above(fit.levels);
  const SideAlignment effect = side_alignment(seen.along_m, sine * seen.across_m, index_of("T12"));
  constexpr double any = -std::numeric_limits<double>::infinity();
  widen(fit, "tilt_deg", effect.tilt_deg, any);
  widen(fit, "thoracolumbar_angle_deg", effect.thoracolumbar_angle_deg, any);
  widen(fit, "rms_deviation_mm", effect.rms_deviation_mm, 0.0);
  widen(fit, "max_deviation_mm", effect.max_deviation_mm, 0.0);
  for (std::size_t i = 0; i < fit.levels.size(); ++i) {
    fit.levels[i].sd_m =
        std::hypot(fit.levels[i].sd_m, sine * seen.across_m[static_cast<Eigen::Index>(i)]);
  }
}

void doubt_roll(SpineFit& fit, const RollEstimate& roll, const LyingLimits& limits) {
  if (roll.propped && !*roll.propped) return;
  const auto chance = [&](Roll r) { return roll.probability[static_cast<std::size_t>(r)]; };
  const auto square = [](double angle_rad) { return std::sin(angle_rad) * std::sin(angle_rad); };
  double mean_square = chance(Roll::low) * square(limits.low_roll_rad) +
                       chance(Roll::steep) * square(limits.steep_roll_rad);
  if (!roll.propped) {
    add(fit, SpineDoubt::body_perhaps_rolled,
        "whether the body leans on a wedge or pillow cannot be told, so that heights and angles "
        "are less sure");
  } else {
    mean_square /= chance(Roll::low) + chance(Roll::steep);
    const std::string degrees =
        roll.roll ? fmt::format(" by {} degrees", name_of(*roll.roll)) : std::string();
    add(fit, SpineDoubt::body_rolled,
        "the body leans on a wedge or pillow" + degrees +
            ", so that the plane in which its spine is judged is not upright");
  }
  widen_by_roll(fit, mean_square);
}

void widen_by_bend(SpineFit& fit, const LyingLimits& limits) {
  if (fit.basis == SpineBasis::none || fit.levels.size() != spine_level_names.size()) return;
  const double loss_deg = limits.bend_rad * limits.lordosis_per_bend * deg_per_rad;
  const SeenFromAbove seen = seen_from_above(fit.levels);
  Eigen::VectorXd neutral(seen.along_m.size());
  for (std::size_t i = 0; i < fit.levels.size(); ++i) {
    neutral[static_cast<Eigen::Index>(i)] = fit.levels[i].neutral_z_m;
  }
  const double angle_deg = lordosis_angle_deg(seen.along_m, neutral, index_of("T12"),
                                              index_of("L2"), index_of("L4"), 1.0);
  const double depth_mm = lordosis_depth_mm(seen.along_m, neutral, index_of("T7"), 1.0);
  constexpr double any = -std::numeric_limits<double>::infinity();
  widen(fit, "lordosis_angle_change_deg", loss_deg, any);
  if (angle_deg > 0.0) {
    // The hollow's depth goes with its angle, and is gone with it.
    widen(fit, "lordosis_depth_change_mm", depth_mm * std::min(1.0, loss_deg / angle_deg), any);
  }
}

void withhold_heights(SpineFit& fit) {
  fit.metrics.erase("lordosis_angle_change_deg");
  fit.metrics.erase("lordosis_depth_change_mm");
  if (fit.basis == SpineBasis::none) return;
  constexpr double unknown = std::numeric_limits<double>::quiet_NaN();
  for (SpineLevel& level : fit.levels) {
    level.z_m = unknown;
    level.sd_m = unknown;
    level.neutral_z_m = unknown;
  }
}

void doubt_level(SpineFit& fit, double hip_load, const LyingLimits& limits) {
  if (!(hip_load > limits.hip_load_perhaps_raised)) return;
  const std::string load =
      fmt::format("hips and thighs bear {:.1f} times what lies above them", hip_load);
  if (hip_load > limits.hip_load_raised) {
    add(fit, SpineDoubt::load_as_raised,
        load +
            ", as with the head of the bed raised or the knees drawn up: heights over a level bed "
            "and the change of lordosis are withheld");
    withhold_heights(fit);
    return;
  }
  add(fit, SpineDoubt::load_perhaps_as_raised,
      load +
          ": the head of the bed may be raised or the knees drawn up, so that the change of "
          "lordosis is less sure");
  widen_by_bend(fit, limits);
}

}  // namespace

LyingLimits load_lying_limits(const std::filesystem::path& path) {
  const KnowledgeFile file(path);
  file.require_format("matfit-lying-limits");
  for (const char* table : {"roll", "raised", "lordosis"}) file.require_source(table);
  LyingLimits limits;
  constexpr double rad_per_deg = pi / 180.0;
  limits.low_roll_rad = file.number("roll.low_deg", 0.0, 90.0) * rad_per_deg;
  limits.steep_roll_rad = file.number("roll.steep_deg", 0.0, 90.0) * rad_per_deg;
  limits.hip_load_perhaps_raised = file.number("raised.hip_load_perhaps", 0.0, 100.0);
  limits.hip_load_raised =
      file.number("raised.hip_load_surely", limits.hip_load_perhaps_raised, 100.0);
  limits.bend_rad = file.number("lordosis.bend_deg", 0.0, 90.0) * rad_per_deg;
  limits.lordosis_per_bend = file.number("lordosis.loss_per_bend", 0.0, 1.0);
  return limits;
}

SpineFit with_doubts(SpineFit fit, Posture posture, const std::optional<RollEstimate>& roll,
                     std::optional<double> hip_load, const LyingLimits& limits) {
  if (fit.levels.empty()) return fit;
  if (is_side(posture) && roll) doubt_roll(fit, *roll, limits);
  if (posture == Posture::supine && hip_load) doubt_level(fit, *hip_load, limits);
  return fit;
}

}  // namespace matfit
