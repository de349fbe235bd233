#include "stages/learn/settled_level.hpp"

#include "numeric/log_time_fit.hpp"
#include "numeric/statistics.hpp"
#include "types/survey.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace matfit {

namespace {

constexpr std::size_t most_frames = 128;  // that are averaged
constexpr double loaded_share = 0.5;      // of the load's 90th percentile
constexpr double least_creep_s = 20.0;
constexpr std::size_t least_creep_frames = 10;

void add_creep(SteadyPart& part, std::size_t start, const Recording& recording,
               const std::vector<double>& load) {
  if (start == 0 || recording.time_source == "assumed") return;
  // The load came on between two frames.
  const double zero_s = 0.5 * (recording.time_s[start - 1] + recording.time_s[start]);
  const double length_s = recording.time_s[part.last - 1] - zero_s;
  if (length_s < least_creep_s) return;
  const double settled_after_s = std::max(2.0, 0.05 * length_s);
  LogTimeRun run;
  for (std::size_t i = start; i < part.last; ++i) {
    const double age_s = recording.time_s[i] - zero_s;
    if (age_s < settled_after_s) continue;
    if (load[i] > 0.0) run.push_back({age_s, load[i]});
  }
  if (run.size() < least_creep_frames) return;
  const LogTimeFit fit = fit_log_time({run}, nullptr);
  if (fit.known()) {
    part.creep_per_log_second = fit.rate().value;
    part.age_s = 0.5 * (recording.time_s[part.first] + recording.time_s[part.last - 1]) - zero_s;
  }
}

}  // namespace

std::vector<double> frame_sums(const Recording& recording) {
  std::vector<double> sums;
  sums.reserve(recording.size());
  visit_frames(*recording.frames, 0, recording.size(), [&](std::size_t, const FrameBlock& block) {
    for (Eigen::Index i = 0; i < block.rows(); ++i) {
      double sum = 0.0;
      for (const float value : block.row(i)) sum += std::isfinite(value) ? value : 0.0F;
      sums.push_back(sum);
    }
  });
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
