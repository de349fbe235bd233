#include "pipeline/night_truth.hpp"

#include "synthetic/night_frames.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>

namespace matfit {

namespace {

constexpr double steps_hz = 10.0;

// Each lie as its mean, on a mat that neither adds nor hides anything.
std::shared_ptr<const NightMaterial> at_rest(const NightMaterial& material) {
  auto quiet = std::make_shared<NightMaterial>();
  quiet->geometry = material.geometry;
  for (const StillLie& lie : material.lies) {
    quiet->lies.push_back(
        {lie.id, lie.posture, lie.load.colwise().mean().replicate(2, 1).max(0.0F)});
  }
  return quiet;
}

NightPlan without_breath(NightPlan plan) {
  plan.request.sample_rate_hz = steps_hz;
  plan.breathing_depth = 0.0;
  plan.creep_per_decade = 0.0;
  return plan;
}

// Of what is going on from start_s to end_s.
std::optional<BodyMovement> visible_part(double start_s, double end_s, const NightFrames& night,
                                         const VisibleMovement& visible) {
  const auto lag = static_cast<Eigen::Index>(std::lround(visible.lag_s * steps_hz));
  const double from_s = std::max(0.0, start_s - visible.lag_s);
  const auto first = static_cast<std::size_t>(from_s * steps_hz);
  const auto last =
      std::min(night.size(), static_cast<std::size_t>((end_s + visible.lag_s) * steps_hz) + 1);
  const FrameBlock frames = night.read(first, last - first);
  std::optional<BodyMovement> seen;
  for (Eigen::Index i = lag; i < frames.rows(); ++i) {
    const float change = (frames.row(i) - frames.row(i - lag)).abs().sum();
    if (static_cast<double>(change / frames.row(i).sum()) < visible.least_change) continue;
    const double time_s = static_cast<double>(first + static_cast<std::size_t>(i)) / steps_hz;
    if (!seen) seen = {time_s, 0.0};
    seen->duration_s = time_s + 1.0 / steps_hz - seen->start_s;
  }
  return seen;
}

}  // namespace

std::vector<BodyMovement> movements_of(const NightMaterial& material, const NightPlan& plan,
                                       const VisibleMovement& visible) {
  std::vector<BodyMovement> movements;
  const NightFrames night(at_rest(material), without_breath(plan));
  const auto add = [&](double start_s, double end_s) {
    if (const auto seen = visible_part(start_s, end_s, night, visible)) movements.push_back(*seen);
  };
  for (const NightPeriod& period : plan.periods) {
    if (is_lying(period.posture) && period.settled_s > period.start_s) {
      add(period.start_s, period.settled_s);
    }
  }
  for (const SmallMovement& movement : plan.movements) add(movement.start_s, movement.end_s);
  std::sort(movements.begin(), movements.end(),
            [](const BodyMovement& a, const BodyMovement& b) { return a.start_s < b.start_s; });
  return movements;
}

}  // namespace matfit
