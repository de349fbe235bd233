#include "stages/write/quality_words.hpp"

#include "stages/write/number_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr std::size_t most_listed = 12;

// The first dozen, then how many more.
template <typename Item, typename Text>
std::string listed(const std::vector<Item>& items, const Phrases& phrases, const Text& text_of) {
  std::string text;
  for (std::size_t i = 0; i < std::min(most_listed, items.size()); ++i) {
    text += (i == 0 ? "" : ", ") + text_of(items[i]);
  }
  if (items.size() > most_listed) {
    text += phrases.fill("defect.more", {{"count", fmt::format("{}", items.size() - most_listed)}});
  }
  return text;
}

std::string part_text(const LinePart& part, const Phrases& phrases) {
  return phrases.fill(part.is_row ? "defect.row_part" : "defect.column_part",
                      {{"line", fmt::format("{}", part.line)},
                       {"first", fmt::format("{}", part.first)},
                       {"last", fmt::format("{}", part.last - 1)}});
}

// "8.9 ± 1.2"
std::string percent_text(const Estimate& estimate) {
  return page_number(100.0 * estimate.value, 1) + "\u00a0±\u00a0" +
         page_number(100.0 * estimate.sd, 1);
}

}  // namespace

std::string parts_text(const std::vector<ResultPart>& parts, const Phrases& phrases) {
  std::string text;
  for (const ResultPart part : parts) {
    text += (text.empty() ? "" : ", ") + phrases.at("part." + std::string(name_of(part)));
  }
  return text;
}

std::string defects_text(const Quality& q, const Phrases& phrases) {
  std::string text;
  const auto add = [&](const char* noun, const std::string& list) {
    if (list.empty()) return;
    text += (text.empty() ? "" : "; ") + phrases.fill(noun, {{"list", list}});
  };
  const auto lines = [&](const std::vector<int>& numbers) {
    return listed(numbers, phrases, [](int line) { return fmt::format("{}", line); });
  };
  const auto cells = [&](const std::vector<std::array<int, 2>>& places) {
    return listed(places, phrases, [](const std::array<int, 2>& cell) {
      return fmt::format("({}, {})", cell[0], cell[1]);
    });
  };
  add("defect.dead_columns", lines(q.dead_cols));
  add("defect.dead_rows", lines(q.dead_rows));
  add("defect.dead_parts", listed(q.dead_parts, phrases,
                                  [&](const LinePart& part) { return part_text(part, phrases); }));
  add("defect.weak_columns", lines(q.weak_cols));
  add("defect.weak_rows", lines(q.weak_rows));
  add("defect.stuck_columns", lines(q.hot_cols));
  add("defect.stuck_rows", lines(q.hot_rows));
  add("defect.dead_cells", cells(q.dead_cells));
  add("defect.hot_cells", cells(q.hot_cells));
  return text;
}

std::string cross_talk_text(const Quality& q, const Phrases& phrases) {
  std::string text;
  const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
  for (const BridgedLines& lines : q.bridged) {
    add(phrases.fill(lines.rows ? "cross_talk.rows" : "cross_talk.columns",
                     {{"first_line", fmt::format("{}", lines.first_line)},
                      {"last_line", fmt::format("{}", lines.last_line - 1)},
                      {"first", fmt::format("{}", lines.first)},
                      {"last", fmt::format("{}", lines.last - 1)},
                      {"percent", page_number(100.0 * lines.load_share, 0)}}));
  }
  for (const Leakage& leak : q.leakage) {
    add(phrases.fill(leak.along_rows ? "cross_talk.along_rows" : "cross_talk.along_columns",
                     {{"percent", page_number(100.0 * leak.share, 0)}}));
  }
  return text;
}

std::string gain_steps_text(const Quality& q, const Phrases& phrases) {
  std::string text;
  for (const GainStep& step : q.gain_steps) {
    text += (text.empty() ? "" : "; ") +
            phrases.fill(step.between_rows ? "gain_step.rows" : "gain_step.columns",
                         {{"line", fmt::format("{}", step.line)},
                          {"factor", page_number(step.factor, 2)},
                          {"sd", page_number(step.factor * step.relative_sd, 2)}});
  }
  return text;
}

std::string invalid_frames_text(const Quality& q, const Phrases& phrases) {
  if (q.invalid_frames == 0) return {};
  return fmt::format(
      "{}: {}", q.invalid_frames, listed(q.invalid, phrases, [&](const InvalidFrame& frame) {
        return fmt::format("{} {}", frame.frame, phrases.word("frame_fault", frame.reason));
      }));
}

std::string repeated_frames_text(const Quality& q, const Phrases& phrases) {
  if (!q.repeated) return phrases.at("repeated.unknown");
  if (q.repeated->count == 0) return phrases.at("repeated.none");
  return phrases.fill("repeated.some", {{"count", fmt::format("{}", q.repeated->count)},
                                        {"longest", duration_text(q.repeated->longest_s)}});
}

std::string load_course_text(const CreepFigures& creep, const Phrases& phrases) {
  const std::string text = phrases.fill("load_course." + std::string(name_of(creep.kind)),
                                        {{"load", percent_text(creep.rate_per_decade)},
                                         {"contact", percent_text(creep.spread_per_decade)}});
  return creep.compensated ? text + "; " + phrases.at("load_course.compensated") : text;
}

std::string readable_text(const CreepFigures& creep, double duration_s, const Phrases& phrases) {
  if (!creep.readable_from_s) return phrases.at("readable.unknown");
  if (*creep.readable_from_s <= 0.0) return phrases.at("readable.start");
  const bool reached = *creep.readable_from_s <= duration_s;
  return phrases.fill(reached ? "readable.from" : "readable.not_reached",
                      {{"time", duration_text(*creep.readable_from_s)}});
}

std::string gaps_text(const std::vector<TimeGap>& gaps, const std::vector<double>& time_s,
                      const Phrases& phrases) {
  if (gaps.empty()) return phrases.at("gaps.none");
  double all_s = 0.0;
  for (const TimeGap& gap : gaps) all_s += gap.length_s;
  const TimeGap& longest =
      *std::max_element(gaps.begin(), gaps.end(),
                        [](const TimeGap& a, const TimeGap& b) { return a.length_s < b.length_s; });
  return phrases.fill(gaps.size() == 1 ? "gaps.one" : "gaps.many",
                      {{"count", fmt::format("{}", gaps.size())},
                       {"all", duration_text(all_s)},
                       {"longest", duration_text(longest.length_s)},
                       {"after", duration_text(time_s[longest.first_frame - 1] - time_s.front())}});
}

const QualityReason* main_reason(const Quality& quality) {
  if (quality.grade == Grade::a) return nullptr;
  for (const QualityReason& reason : quality.reasons) {
    if (reason.cap == quality.grade) return &reason;
  }
  return nullptr;
}

}  // namespace matfit
