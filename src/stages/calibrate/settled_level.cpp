#include "stages/calibrate/settled_level.hpp"

#include "numeric/statistics.hpp"
#include "stages/calibrate/survey.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace matfit {

namespace {

constexpr std::size_t frames_per_read = 64;
constexpr std::size_t most_frames = 128;  // that are averaged
constexpr double loaded_share = 0.5;      // of the load's 90th percentile
constexpr double least_creep_s = 20.0;
constexpr std::size_t least_creep_frames = 10;

// Least squares of load = a + b ln(t): b over the load at one second.
std::optional<double> log_time_rate(const std::vector<double>& age_s,
                                    const std::vector<double>& load) {
  double n = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0;
  for (std::size_t i = 0; i < load.size(); ++i) {
    const double log_age = std::log(age_s[i]);
    n += 1.0;
    x += log_age;
    y += load[i];
    xx += log_age * log_age;
    xy += log_age * load[i];
  }
  const double spread = n * xx - x * x;
  if (n < static_cast<double>(least_creep_frames) || !(spread > 0.0)) return std::nullopt;
  const double slope = (n * xy - x * y) / spread;
  const double at_one_second = (y - slope * x) / n;
  if (!(at_one_second > 0.0)) return std::nullopt;
  return slope / at_one_second;
}

void add_creep(SteadyPart& part, std::size_t start, const Recording& recording,
               const std::vector<double>& load) {
  if (start == 0 || recording.time_source == "assumed") return;
  // The load came on between two frames.
  const double zero_s = 0.5 * (recording.time_s[start - 1] + recording.time_s[start]);
  const double length_s = recording.time_s[part.last - 1] - zero_s;
  if (length_s < least_creep_s) return;
  const double settled_after_s = std::max(2.0, 0.05 * length_s);
  std::vector<double> ages, loads;
  for (std::size_t i = start; i < part.last; ++i) {
    const double age_s = recording.time_s[i] - zero_s;
    if (age_s < settled_after_s) continue;
    ages.push_back(age_s);
    loads.push_back(load[i]);
  }
  part.creep_per_log_second = log_time_rate(ages, loads);
  if (part.creep_per_log_second) {
    part.age_s = 0.5 * (recording.time_s[part.first] + recording.time_s[part.last - 1]) - zero_s;
  }
}

}  // namespace

std::vector<double> frame_sums(const Recording& recording) {
  std::vector<double> sums;
  sums.reserve(recording.size());
  for (std::size_t first = 0; first < recording.size(); first += frames_per_read) {
    const std::size_t count = std::min(frames_per_read, recording.size() - first);
    const FrameBlock block = recording.frames->read(first, count);
    for (Eigen::Index i = 0; i < block.rows(); ++i) {
      const auto row = block.row(i).cast<double>();
      sums.push_back(row.isFinite().select(row, 0.0).sum());
    }
  }
  return sums;
}

std::vector<std::uint8_t> frames_between(const std::vector<double>& sums, double low, double high) {
  std::vector<std::uint8_t> marks;
  marks.reserve(sums.size());
  for (const double sum : sums) marks.push_back(sum >= low && sum <= high ? 1 : 0);
  return marks;
}

Eigen::ArrayXd cell_midmeans(const Recording& recording, const std::vector<std::uint8_t>& usable) {
  const Survey survey = survey_frames(recording, usable, most_frames);
  Eigen::ArrayXd means(survey.frames.cols());
  std::vector<float> values;
  for (Eigen::Index c = 0; c < survey.frames.cols(); ++c) {
    values.clear();
    for (Eigen::Index t = 0; t < survey.frames.rows(); ++t) {
      if (std::isfinite(survey.frames(t, c))) values.push_back(survey.frames(t, c));
    }
    std::sort(values.begin(), values.end());
    const std::size_t cut = values.size() / 4;
    double sum = 0.0;
    for (std::size_t i = cut; i < values.size() - cut; ++i) sum += values[i];
    means[c] = values.empty() ? std::numeric_limits<double>::quiet_NaN()
                              : sum / static_cast<double>(values.size() - 2 * cut);
  }
  return means;
}

std::optional<SteadyPart> steady_part(const Recording& recording, const std::vector<double>& sums,
                                      double unloaded) {
  std::vector<double> load = sums;
  for (double& value : load) value -= unloaded;
  const double least = loaded_share * quantile(load, 0.9);
  if (!(least > 0.0)) return std::nullopt;
  std::size_t best_start = 0, best_end = 0;
  for (std::size_t i = 0; i < load.size();) {
    std::size_t end = i;
    while (end < load.size() && load[end] > least) ++end;
    if (end - i > best_end - best_start) {
      best_start = i;
      best_end = end;
    }
    i = std::max(end, i + 1);
  }
  const std::size_t length = best_end - best_start;
  if (length == 0) return std::nullopt;
  SteadyPart part;
  part.first = length < 4 ? best_start : best_start + length / 2;
  part.last = best_end;
  const std::size_t third = (part.last - part.first) / 3;
  if (third > 0) {
    const auto mean_of = [&load](std::size_t from, std::size_t to) {
      return mean({load.begin() + static_cast<std::ptrdiff_t>(from),
                   load.begin() + static_cast<std::ptrdiff_t>(to)});
    };
    part.drift =
        mean_of(part.last - third, part.last) / mean_of(part.first, part.first + third) - 1.0;
  }
  add_creep(part, best_start, recording, load);
  return part;
}

}  // namespace matfit
