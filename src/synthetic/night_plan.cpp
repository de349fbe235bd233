#include "synthetic/night_plan.hpp"

#include "numeric/random.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>
#include <stdexcept>

namespace matfit {

namespace {

constexpr double shortest_stretch_s = 300.0;
constexpr double longest_stretch_s = 5400.0;
constexpr double share_of_shifts_within_posture = 0.15;

// Short stretches are more frequent than long ones.
double stretch_length_s(Random& random) {
  return shortest_stretch_s *
         std::pow(longest_stretch_s / shortest_stretch_s, random.uniform(0.0, 1.0));
}

int cells_of(double length_m, double pitch_m) {
  return static_cast<int>(std::lround(length_m / pitch_m));
}

// Along the mat's length or its width, whichever the draw says; the body stays on the mat.
void move_away(NightPeriod& period, const NightPeriod& before, const MatGeometry& mat,
               Random& random) {
  const double step_m = random.uniform(0.08, 0.14);
  const auto farther = [](int was, int step) { return was > 0 ? was - step : was + step; };
  if (random.chance(0.5)) {
    period.rows_moved = farther(before.rows_moved, cells_of(step_m, mat.row_pitch_m));
  } else {
    period.cols_moved = farther(before.cols_moved, cells_of(step_m, mat.col_pitch_m));
  }
}

std::size_t other_lie(const NightMaterial& material, std::optional<Posture> not_in,
                      Random& random) {
  std::vector<std::size_t> choices;
  for (std::size_t i = 0; i < material.lies.size(); ++i) {
    if (!not_in || material.lies[i].posture != *not_in) choices.push_back(i);
  }
  if (choices.empty()) throw std::invalid_argument("a night needs lies of two postures");
  return choices[static_cast<std::size_t>(random.integer(0, static_cast<int>(choices.size()) - 1))];
}

class NightWriter {
 public:
  NightWriter(const NightMaterial& material, NightPlan& plan, Random& random)
      : material_(material), plan_(plan), random_(random) {}

  // The time at which the next movement begins.
  double time_s() const { return plan_.periods.empty() ? 0.0 : plan_.periods.back().end_s; }

  void lie(double length_s) {
    NightPeriod period = begun(length_s);
    const NightPeriod* before = plan_.periods.empty() ? nullptr : &plan_.periods.back();
    const bool was_lying = before != nullptr && is_lying(before->posture);
    if (was_lying && random_.chance(share_of_shifts_within_posture)) {
      period.lie = before->lie;
      period.rows_moved = before->rows_moved;
      period.cols_moved = before->cols_moved;
      move_away(period, *before, material_.geometry, random_);
    } else {
      period.lie = other_lie(
          material_, was_lying ? std::optional<Posture>(before->posture) : std::nullopt, random_);
      period.rows_moved = random_.integer(-1, 1);
      period.cols_moved = random_.integer(-1, 1);
    }
    period.posture = material_.lies[period.lie].posture;
    period.first_frame_of_lie = static_cast<std::size_t>(random_.integer(0, 1000));
    plan_.periods.push_back(period);
  }

  void stay(Posture posture, double length_s) {
    NightPeriod period = begun(length_s);
    period.posture = posture;
    plan_.periods.push_back(period);
  }

 private:
  NightPeriod begun(double length_s) {
    NightPeriod period;
    period.start_s = time_s();
    period.settled_s = period.start_s;
    if (!plan_.periods.empty()) period.settled_s += random_.uniform(1.0, 5.0);
    period.end_s = period.start_s + length_s;
    period.push_force = random_.uniform(0.5, 1.0);
    period.lifted = random_.uniform(0.2, 0.6);
    return period;
  }

  const NightMaterial& material_;
  NightPlan& plan_;
  Random& random_;
};

// A place with little of the body's load about it: an arm, a leg, the head.
bool place_limb(SmallMovement& movement, const NightPeriod& period, const NightMaterial& material,
                Random& random) {
  const MatGeometry& mat = material.geometry;
  const Eigen::ArrayXf load = material.lies[period.lie].load.colwise().mean().transpose().max(0.0F);
  const double total = load.sum();
  constexpr double heaviest_limb = 0.12;
  constexpr double lightest_limb = 0.01;
  for (int attempt = 0; attempt < 200; ++attempt) {
    const int row = random.integer(0, mat.rows - 1);
    const int col = random.integer(0, mat.cols - 1);
    double about = 0.0;
    for (int r = 0; r < mat.rows; ++r) {
      for (int c = 0; c < mat.cols; ++c) {
        const double dy = (r - row) * mat.row_pitch_m;
        const double dx = (c - col) * mat.col_pitch_m;
        about += static_cast<double>(load(r * mat.cols + c)) *
                 std::exp(-(dx * dx + dy * dy) / (2.0 * movement.radius_m * movement.radius_m));
      }
    }
    if (about < lightest_limb * total || about > heaviest_limb * total) continue;
    movement.row = row + period.rows_moved;
    movement.col = col + period.cols_moved;
    return true;
  }
  return false;
}

void add_small_movements(NightPlan& plan, const NightMaterial& material, Random& random) {
  const double per_hour = random.uniform(3.0, 12.0);
  const MatGeometry& mat = material.geometry;
  for (std::size_t i = 0; i < plan.periods.size(); ++i) {
    const NightPeriod& period = plan.periods[i];
    if (!is_lying(period.posture)) continue;
    // Not within half a minute of a turn: they would be part of it.
    double time_s = period.settled_s + 30.0;
    while (true) {
      time_s += -std::log(1.0 - random.uniform()) * 3600.0 / per_hour;
      if (time_s > period.end_s - 30.0) break;
      SmallMovement movement;
      movement.period = i;
      movement.start_s = time_s;
      movement.end_s = time_s += random.uniform(0.8, 4.0);
      movement.kind = static_cast<SmallMovement::Kind>(random.integer(0, 2));
      movement.depth = random.uniform(0.05, 0.15);
      movement.radius_m = random.uniform(0.06, 0.09);
      const int sign = random.chance(0.5) ? 1 : -1;
      movement.rows_moved = sign * cells_of(random.uniform(0.0, 0.10), mat.row_pitch_m);
      movement.cols_moved = cells_of(random.uniform(-0.10, 0.10), mat.col_pitch_m);
      if (movement.kind != SmallMovement::Kind::stirred &&
          !place_limb(movement, period, material, random)) {
        movement.kind = SmallMovement::Kind::stirred;
      }
      plan.movements.push_back(movement);
      time_s += 10.0;
    }
  }
}

}  // namespace

NightPlan random_night(const NightMaterial& material, const NightRequest& request) {
  if (material.lies.size() < 2) throw std::invalid_argument("a night needs two lies or more");
  Random random(request.seed);
  NightPlan plan;
  plan.request = request;
  plan.breathing_hz = random.uniform(0.2, 0.3);
  plan.breathing_depth = random.uniform(0.01, 0.04);
  plan.creep_per_decade = random.uniform(0.01, 0.05);
  NightWriter night(material, plan, random);
  const double leaves_s = request.duration_s * random.uniform(0.3, 0.7);
  bool left = false;
  while (night.time_s() < request.duration_s) {
    if (!left && night.time_s() > leaves_s) {
      left = true;
      night.stay(Posture::sitting, random.uniform(10.0, 30.0));
      night.stay(Posture::empty, random.uniform(120.0, 1200.0));
      night.stay(Posture::sitting, random.uniform(10.0, 30.0));
    }
    night.lie(stretch_length_s(random));
  }
  NightPeriod& last = plan.periods.back();
  last.end_s = request.duration_s;
  if (last.end_s < last.settled_s + 60.0 && plan.periods.size() > 1) {
    plan.periods.pop_back();
    plan.periods.back().end_s = request.duration_s;
  }
  add_small_movements(plan, material, random);
  return plan;
}

}  // namespace matfit
