#include "stages/calibrate/time_figures.hpp"

#include "types/time_gaps.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace matfit {

namespace {

std::string time_text(double time_s) {
  if (time_s < 120.0) return fmt::format("{:.0f} s", time_s);
  if (time_s < 7200.0) return fmt::format("{:.0f} min", time_s / 60.0);
  return fmt::format("{:.1f} h", time_s / 3600.0);
}

}  // namespace

QualityFigures time_figures(const std::vector<double>& time_s) {
  const std::vector<TimeGap> gaps = gaps_in(time_s);
  double longest_s = 0.0;
  double all_s = 0.0;
  for (const TimeGap& gap : gaps) {
    longest_s = std::max(longest_s, gap.length_s);
    all_s += gap.length_s;
  }
  std::string lengths = time_text(all_s);
  if (gaps.size() > 1) lengths += fmt::format(" in all, the longest {}", time_text(longest_s));
  const double span_s = gaps.empty() ? 1.0 : time_s.back() - time_s.front();
  return {{"time_gaps", {static_cast<double>(gaps.size()), lengths}},
          {"time_gap_share", {all_s / span_s, fmt::format("{} of {}", gaps.size(), lengths)}}};
}

}  // namespace matfit
