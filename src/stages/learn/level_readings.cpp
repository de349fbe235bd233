#include "stages/learn/level_readings.hpp"

#include "numeric/statistics.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

namespace matfit {

namespace {

constexpr double one_level = 1.05;         // pressures within this factor
constexpr double unloaded_share = 0.05;    // of the range of all frame sums
constexpr std::size_t least_unloaded = 3;  // frames
constexpr double cell_loaded_share = 0.2;  // of what cells under the load read
constexpr double area_slack = 0.15;
constexpr int least_cells = 4;
constexpr double worth_a_note = 0.05;
constexpr double nan = std::numeric_limits<double>::quiet_NaN();

[[noreturn]] void refuse(const KnownLoad& load, const std::string& value,
                         const std::string& expected, const std::string& remedy) {
  throw InputError({load.file, load.place, value, expected, remedy});
}

bool is_zero(const LoadedRecording& item) {
  return item.load.pressure_pa && *item.load.pressure_pa == 0.0;
}

void require_one_mat(const std::vector<LoadedRecording>& recordings) {
  const Recording& first = recordings.front().recording;
  const MatGeometry& g = first.mat.geometry;
  for (const LoadedRecording& item : recordings) {
    const MatGeometry& other = item.recording.mat.geometry;
    if (other.rows != g.rows || other.cols != g.cols) {
      refuse(item.load, fmt::format("{} x {} cells", other.rows, other.cols),
             fmt::format("{} x {}, as in {}", g.rows, g.cols, first.path),
             "calibrate one mat at a time");
    }
    if (item.recording.unit != first.unit) {
      refuse(item.load, fmt::format("values in {}", name_of(item.recording.unit)),
             fmt::format("{}, as in {}", name_of(first.unit), first.path),
             "record all levels in one unit");
    }
    if (item.recording.size() == 0) {
      refuse(item.load, "no frame", "at least one", "record this level again");
    }
  }
}

// --- background ----------------------------------------------------------------------------------

Eigen::ArrayXd mean_of(const std::vector<Eigen::ArrayXd>& maps) {
  Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(maps.front().size());
  for (const Eigen::ArrayXd& map : maps) sum += map;
  return sum / static_cast<double>(maps.size());
}

double finite_sum(const Eigen::ArrayXd& map) { return map.isFinite().select(map, 0.0).sum(); }

Eigen::ArrayXd background_of(const std::vector<LoadedRecording>& recordings,
                             const std::vector<std::vector<double>>& sums, const std::string& table,
                             std::vector<std::string>& notes) {
  std::vector<Eigen::ArrayXd> empty;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    if (!is_zero(recordings[i])) continue;
    empty.push_back(cell_midmeans(recordings[i].recording,
                                  std::vector<std::uint8_t>(recordings[i].recording.size(), 1)));
  }
  if (!empty.empty()) {
    notes.push_back(fmt::format(
        "What an empty mat reads was taken from {} without load.",
        empty.size() == 1 ? "the recording" : fmt::format("{} recordings", empty.size())));
    return mean_of(empty);
  }
  double lowest = std::numeric_limits<double>::infinity();
  double highest = -lowest;
  for (const std::vector<double>& of_one : sums) {
    lowest = std::min(lowest, *std::min_element(of_one.begin(), of_one.end()));
    highest = std::max(highest, *std::max_element(of_one.begin(), of_one.end()));
  }
  const double limit = lowest + unloaded_share * (highest - lowest);
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const std::vector<std::uint8_t> marks = frames_between(sums[i], lowest, limit);
    const auto count = static_cast<std::size_t>(std::count(marks.begin(), marks.end(), 1));
    // A recording that never rises from there is a low level, not an empty mat.
    if (count < least_unloaded || 2 * count > marks.size()) continue;
    empty.push_back(cell_midmeans(recordings[i].recording, marks));
  }
  if (empty.empty()) {
    throw InputError({table, "", "no recording without load and no unloaded frames",
                      "what an empty mat reads",
                      "add a line with pressure_mmhg 0, or begin each recording unloaded"});
  }
  notes.push_back(
      fmt::format("What an empty mat reads was taken from the unloaded frames of {} recording{}.",
                  empty.size(), empty.size() == 1 ? "" : "s"));
  return mean_of(empty);
}

// --- loaded cells --------------------------------------------------------------------------------

std::vector<bool> loaded_cells(const Eigen::ArrayXd& reading) {
  constexpr std::size_t hot_cells = 4;  // that may read higher than any load
  std::vector<double> falling;
  for (const double v : reading) {
    if (v > 0.0) falling.push_back(v);
  }
  std::sort(falling.begin(), falling.end(), std::greater<>());
  std::vector<double> high;
  for (const double v : falling) {
    if (v > 0.5 * falling[std::min(hot_cells, falling.size() - 1)]) high.push_back(v);
  }
  const double limit = high.empty() ? 0.0 : cell_loaded_share * median(std::move(high));
  std::vector<bool> loaded;
  for (const double v : reading) loaded.push_back(v > limit);
  return loaded;
}

std::vector<bool> inner_cells(const std::vector<bool>& loaded, const MatGeometry& g) {
  std::vector<bool> inner = loaded;
  for (int r = 0; r < g.rows; ++r) {
    for (int c = 0; c < g.cols; ++c) {
      for (int i = std::max(0, r - 1); i <= std::min(g.rows - 1, r + 1); ++i) {
        for (int j = std::max(0, c - 1); j <= std::min(g.cols - 1, c + 1); ++j) {
          if (!loaded[static_cast<std::size_t>(i * g.cols + j)]) {
            inner[static_cast<std::size_t>(r * g.cols + c)] = false;
          }
        }
      }
    }
  }
  return inner;
}

// Pressure under a mass and the cells that it surely covers.
void place_mass(const LoadedRecording& item, LevelReading& level) {
  const MatGeometry& g = item.recording.mat.geometry;
  const double cell_m2 = g.cell_area_m2();
  const double force_n = *item.load.mass_kg * standard_gravity_m_per_s2;
  if (!item.load.area_m2) {
    level.under_it.assign(static_cast<std::size_t>(g.cells()), true);
    const double present = static_cast<double>(level.reading.isFinite().count());
    level.pressure_pa = force_n / (present * cell_m2);
    return;
  }
  level.pressure_pa = force_n / *item.load.area_m2;
  const std::vector<bool> loaded = loaded_cells(level.reading);
  level.under_it = inner_cells(loaded, g);
  const auto outer = static_cast<double>(std::count(loaded.begin(), loaded.end(), true));
  const auto inner =
      static_cast<double>(std::count(level.under_it.begin(), level.under_it.end(), true));
  const bool fits = inner * cell_m2 <= (1.0 + area_slack) * *item.load.area_m2 &&
                    outer * cell_m2 >= (1.0 - area_slack) * *item.load.area_m2;
  if (!fits || inner < least_cells) {
    constexpr double cm2_per_m2 = 1e4;
    refuse(item.load, fmt::format("{:.0f} cm2", cm2_per_m2 * *item.load.area_m2),
           fmt::format("the area of the loaded cells, {:.0f} to {:.0f} cm2, and {} cells within it",
                       cm2_per_m2 * inner * cell_m2, cm2_per_m2 * outer * cell_m2, least_cells),
           "check area_cm2 and the cell pitch; use a load that lies flat on many cells");
  }
}

LevelReading level_of(const LoadedRecording& item, std::size_t source,
                      const std::vector<double>& sums, const Eigen::ArrayXd& background) {
  LevelReading level;
  level.source = source;
  const auto part = steady_part(item.recording, sums, finite_sum(background));
  if (!part) {
    refuse(item.load, "no frame above the empty mat", "a recording of the load",
           "check that the right recording is named");
  }
  level.part = *part;
  std::vector<std::uint8_t> usable(item.recording.size(), 0);
  std::fill(usable.begin() + static_cast<std::ptrdiff_t>(part->first),
            usable.begin() + static_cast<std::ptrdiff_t>(part->last), 1);
  level.reading = cell_midmeans(item.recording, usable) - background;
  if (item.load.pressure_pa) {
    level.pressure_pa = *item.load.pressure_pa;
    level.under_it.assign(static_cast<std::size_t>(level.reading.size()), true);
  } else {
    place_mass(item, level);
  }
  return level;
}

// --- levels --------------------------------------------------------------------------------------

void gather_levels(LevelReadings& out) {
  std::stable_sort(out.recordings.begin(), out.recordings.end(),
                   [](const auto& a, const auto& b) { return a.pressure_pa < b.pressure_pa; });
  double first_pa = 0.0;
  for (LevelReading& reading : out.recordings) {
    if (out.pressure_pa.empty() || reading.pressure_pa > one_level * first_pa) {
      first_pa = reading.pressure_pa;
      out.pressure_pa.push_back(0.0);
    }
    reading.level = out.pressure_pa.size() - 1;
  }
  const auto levels = static_cast<Eigen::Index>(out.pressure_pa.size());
  const Eigen::Index cells = out.background.size();
  out.reading = Eigen::ArrayXXd::Zero(levels, cells);
  Eigen::ArrayXXd count = Eigen::ArrayXXd::Zero(levels, cells);
  std::vector<double> recordings_at(out.pressure_pa.size(), 0.0);
  for (const LevelReading& reading : out.recordings) {
    const auto l = static_cast<Eigen::Index>(reading.level);
    out.pressure_pa[reading.level] += reading.pressure_pa;
    recordings_at[reading.level] += 1.0;
    for (Eigen::Index c = 0; c < cells; ++c) {
      if (!reading.under_it[static_cast<std::size_t>(c)] || !std::isfinite(reading.reading[c])) {
        continue;
      }
      out.reading(l, c) += reading.reading[c];
      count(l, c) += 1.0;
    }
  }
  for (std::size_t l = 0; l < out.pressure_pa.size(); ++l) out.pressure_pa[l] /= recordings_at[l];
  out.reading = (count > 0.0).select(out.reading / count, nan);
}

void note_drift(LevelReadings& out) {
  double worst = 0.0;
  for (const LevelReading& level : out.recordings) {
    if (std::abs(level.part.drift) > std::abs(worst)) worst = level.part.drift;
  }
  out.notes.push_back(fmt::format(
      "Of each recording the later half of its loaded time was used; within it the load changed by "
      "{:.1f} % at most.",
      100.0 * std::abs(worst)));
  if (std::abs(worst) > worth_a_note) {
    out.notes.push_back(
        "That is more than 5 %: the levels had not settled. Hold each for longer, or expect the "
        "profile to be off by as much.");
  }
}

}  // namespace

LevelReadings read_levels(const std::vector<LoadedRecording>& recordings,
                          const std::string& table) {
  if (recordings.empty()) {
    throw InputError({table, "", "no recordings", "three levels or more", "add a line for each"});
  }
  require_one_mat(recordings);
  std::vector<std::vector<double>> sums;
  sums.reserve(recordings.size());
  for (const LoadedRecording& item : recordings) sums.push_back(frame_sums(item.recording));
  LevelReadings out;
  out.background = background_of(recordings, sums, table, out.notes);
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    if (is_zero(recordings[i])) continue;
    out.recordings.push_back(level_of(recordings[i], i, sums[i], out.background));
  }
  if (out.recordings.empty()) {
    throw InputError({table, "", "only recordings without load", "three levels or more",
                      "add recordings under known loads"});
  }
  gather_levels(out);
  note_drift(out);
  return out;
}

}  // namespace matfit
