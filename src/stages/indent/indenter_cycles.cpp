#include "stages/indent/indenter_cycles.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace matfit {

namespace {

constexpr double least_turn = 0.05;  // of the travel
constexpr std::size_t least_readings = 5;
constexpr double no_rise = 0.01;         // of the force's range
constexpr double free_travel = 0.03;     // of the travel
constexpr double first_rise_low = 0.01;  // of the force's range
constexpr double first_rise_high = 0.08;

struct Range {
  double low = 0.0;
  double high = 0.0;
  double width() const { return high - low; }
};

template <typename Value>
Range range_of(const IndenterBranch& readings, Value value) {
  Range range{value(readings.front()), value(readings.front())};
  for (const IndenterReading& reading : readings) {
    range.low = std::min(range.low, value(reading));
    range.high = std::max(range.high, value(reading));
  }
  return range;
}

double depth(const IndenterReading& reading) { return reading.depth_m; }
double force(const IndenterReading& reading) { return reading.force_n; }

// First and last reading of each way down or up.
std::vector<std::size_t> turns(const IndenterBranch& readings) {
  const double least = least_turn * range_of(readings, depth).width();
  std::vector<std::size_t> at = {0};
  std::size_t extreme = 0;
  int way = 0;
  for (std::size_t i = 1; i < readings.size(); ++i) {
    const double step = readings[i].depth_m - readings[extreme].depth_m;
    if (way == 0) {
      if (std::abs(step) >= least) {
        way = step > 0.0 ? 1 : -1;
        extreme = i;
      }
    } else if (way * step > 0.0) {
      extreme = i;
    } else if (std::abs(step) >= least) {
      at.push_back(extreme);
      way = -way;
      extreme = i;
    }
  }
  at.push_back(readings.size() - 1);
  return at;
}

// While the indenter rests at its deepest the force falls: the loading ends where it is highest.
IndenterBranch without_dwell(IndenterBranch loading) {
  const Range travel = range_of(loading, depth);
  const auto bottom = std::find_if(loading.begin(), loading.end(), [&](const IndenterReading& r) {
    return r.depth_m > travel.high - least_turn * travel.width();
  });
  const auto highest = std::max_element(
      bottom, loading.end(), [](const auto& a, const auto& b) { return a.force_n < b.force_n; });
  if (highest != loading.end()) loading.erase(highest + 1, loading.end());
  return loading;
}

// Of one reading of force: what second differences of a smooth course leave.
double force_noise(const IndenterBranch& loading) {
  std::vector<double> bends;
  for (std::size_t i = 1; i + 1 < loading.size(); ++i) {
    bends.push_back(
        std::abs(loading[i + 1].force_n - 2.0 * loading[i].force_n + loading[i - 1].force_n));
  }
  // Median of a Gaussian's distance from its mean; the weights 1, -2, 1.
  return median(std::move(bends)) / (0.6745 * std::sqrt(6.0));
}

void add_cycles(const IndenterBranch& readings, std::vector<IndenterCycle>& cycles) {
  const std::vector<std::size_t> at = turns(readings);
  bool goes_on = false;  // an unloading belongs to the loading before it
  for (std::size_t k = 0; k + 1 < at.size(); ++k) {
    const auto begin = readings.begin() + static_cast<std::ptrdiff_t>(at[k]);
    const auto end = readings.begin() + static_cast<std::ptrdiff_t>(at[k + 1]) + 1;
    const bool down = readings[at[k + 1]].depth_m > readings[at[k]].depth_m;
    if (down) {
      cycles.push_back({without_dwell(IndenterBranch(begin, end)), {}});
    } else if (goes_on) {
      cycles.back().unloading.assign(begin, end);
    }
    goes_on = down;
  }
}

}  // namespace

std::vector<IndenterCycle> indenter_cycles(const std::vector<IndenterReading>& readings) {
  std::vector<IndenterCycle> cycles;
  for (auto begin = readings.begin(); begin != readings.end();) {
    const auto end = std::find_if(begin, readings.end(), [begin](const IndenterReading& r) {
      return r.cycle != begin->cycle;
    });
    add_cycles(IndenterBranch(begin, end), cycles);
    begin = end;
  }
  return cycles;
}

std::optional<IndenterContact> find_contact(const IndenterBranch& loading) {
  if (loading.size() < least_readings) return std::nullopt;
  const Range forces = range_of(loading, force);
  const double travel = range_of(loading, depth).width();
  if (!(forces.width() > 0.0) || !(travel > 0.0)) return std::nullopt;
  IndenterContact contact;
  const double noise_n = force_noise(loading);
  std::vector<double> first_forces;
  for (std::size_t i = 0; i < least_readings; ++i) first_forces.push_back(loading[i].force_n);
  const double before_n = median(std::move(first_forces));
  std::vector<double> free_forces;
  std::size_t begin = 0;
  for (; begin < loading.size(); ++begin) {
    const double rise = std::abs(loading[begin].force_n - before_n);
    if (rise > std::max(no_rise * forces.width(), 4.0 * noise_n)) break;
    free_forces.push_back(loading[begin].force_n);
  }
  const std::size_t last_free = begin == 0 ? 0 : begin - 1;
  const double free_m = loading[last_free].depth_m - loading.front().depth_m;
  if (free_forces.size() >= 3 && free_m > free_travel * travel) {
    contact.zero_force_n = median(std::move(free_forces));
  }
  contact.preload_n = loading.front().force_n - contact.zero_force_n;
  const double top = forces.high - contact.zero_force_n;
  double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
  const auto take = [&](const IndenterReading& r) {
    const double f = r.force_n - contact.zero_force_n;
    n += 1.0;
    x += r.depth_m;
    y += f;
    xx += r.depth_m * r.depth_m;
    xy += r.depth_m * f;
  };
  const double low_n = std::max(first_rise_low * top, 4.0 * noise_n);
  const double high_n = low_n + (first_rise_high - first_rise_low) * top;
  std::size_t first_above = loading.size();
  for (std::size_t i = 0; i < loading.size(); ++i) {
    const double f = loading[i].force_n - contact.zero_force_n;
    if (f > low_n) first_above = std::min(first_above, i);
    if (f > low_n && f < high_n) take(loading[i]);
  }
  if (n < 3.0) {
    n = x = y = xx = xy = 0.0;
    for (std::size_t i = first_above; i < std::min(first_above + 3, loading.size()); ++i) {
      take(loading[i]);
    }
  }
  const double slope = (n * xy - x * y) / (n * xx - x * x);
  if (!(slope > 0.0)) return std::nullopt;
  contact.depth_m = x / n - y / n / slope;
  return contact;
}

}  // namespace matfit
