#include "stages/write/comparison.hpp"
#include "stages/write/map_scales.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/source_list.hpp"
#include "stages/write/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace matfit {

namespace {

struct Part {
  const char* name;
  Estimate ComparisonRow::*estimate;
};

constexpr std::array<Part, 3> parts = {{{"alignment", &ComparisonRow::alignment},
                                        {"pressure_relief", &ComparisonRow::pressure_relief},
                                        {"support", &ComparisonRow::support}}};

std::string grades_text(const RecordingGroup& recordings) {
  std::string text;
  for (const auto& [grade, count] : grade_counts(recordings)) {
    if (!text.empty()) text += ", ";
    text += recordings.size() == 1 ? std::string(name_of(grade))
                                   : fmt::format("{} × {}", count, name_of(grade));
  }
  return text;
}

bool momentary(const RecordingGroup& recordings) {
  return std::all_of(recordings.begin(), recordings.end(),
                     [](const RecordingResult* r) { return r->frames < 2; });
}

// What would make an undecided verdict clearer, most telling first.
std::vector<std::string> helpful(const RecordingGroup& recordings) {
  const auto any = [&](const auto& property) {
    return std::any_of(recordings.begin(), recordings.end(),
                       [&](const RecordingResult* r) { return property(*r); });
  };
  std::vector<std::string> keys;
  if (any([](const RecordingResult& r) {
        return std::none_of(r.bouts.begin(), r.bouts.end(),
                            [](const BoutResult& b) { return is_lying(b.bout.posture); });
      })) {
    keys.emplace_back("help.lying");
  }
  if (any([](const RecordingResult& r) {
        return r.quality.grade == Grade::c || r.quality.grade == Grade::f;
      })) {
    keys.emplace_back("help.quality");
  }
  if (any([](const RecordingResult& r) { return !r.mattress; })) {
    keys.emplace_back("help.mattress");
  } else if (any([](const RecordingResult& r) { return r.mattress->curve.empty(); })) {
    keys.emplace_back("help.curve");
  }
  if (any([](const RecordingResult& r) {
        return !r.subject || !r.subject->stature_m || !r.subject->mass_kg || !r.subject->sex;
      })) {
    keys.emplace_back("help.stature");
  }
  if (any([](const RecordingResult& r) {
        return !r.subject || !r.subject->shoulder_breadth_m || !r.subject->waist_breadth_m ||
               !r.subject->hip_breadth_m;
      })) {
    keys.emplace_back("help.breadths");
  }
  if (any([](const RecordingResult& r) { return !r.quality.units.absolute; })) {
    keys.emplace_back("help.units");
  }
  if (momentary(recordings)) keys.emplace_back("help.longer");
  if (keys.empty()) keys.emplace_back("help.again");
  return keys;
}

std::string based_on_text(const RecordingGroup& recordings, const ComparisonRow& row,
                          const Phrases& phrases) {
  const bool one = recordings.size() == 1;
  const char* key = momentary(recordings)
                        ? one ? "summary.based_on_moment" : "summary.based_on_moments"
                    : one ? "summary.based_on_one"
                          : "summary.based_on_many";
  return phrases.fill(key, {{"count", fmt::format("{}", recordings.size())},
                            {"time", duration_text(row.lying_s)},
                            {"grades", grades_text(recordings)}});
}

PageData mattress_view(const RecordingGroup& recordings, const Phrases& phrases) {
  const ComparisonRow row = row_of(recordings);
  const std::string verdict = "verdict." + std::string(name_of(row.verdict));
  PageData view;
  view.set("name", mattress_title(*recordings.front(), phrases));
  view.set("headline", phrases.at(verdict + ".title"));
  view.set("sentence", phrases.at(verdict + ".text"));
  view.set("score_sentence",
           row.score.known()
               ? phrases.fill("summary.how_sure", {{"value", page_number(row.score.value, 0)},
                                                   {"low", page_number(row.score.ci95_low, 0)},
                                                   {"high", page_number(row.score.ci95_high, 0)}})
               : phrases.at("summary.no_score"));
  view.set("differ", flag(row.verdicts_differ));
  PageList axes;
  for (const Part& part : parts) {
    const Estimate& estimate = row.*part.estimate;
    const std::string key = std::string("axis.") + part.name;
    PageData axis;
    axis.set("name", phrases.at(key));
    axis.set("note", phrases.at(key + "_note"));
    axis.set("figure", axis_figure(phrases.at(key), estimate, phrases));
    axis.set("known", flag(estimate.known()));
    axis.set("value", page_number(estimate.value, 0));
    axis.set("interval", interval_text(estimate, 0, phrases));
    axes.push_back(axis);
  }
  view.set("axes", PageData(axes));
  std::vector<FitReason> reasons;
  for (const RecordingResult* r : recordings) {
    reasons.insert(reasons.end(), r->fit.reasons.begin(), r->fit.reasons.end());
  }
  set_list(view, "why", reasons_view(reasons));
  PageList help;
  if (row.verdict == Verdict::undecided) {
    for (const std::string& key : helpful(recordings)) help.push_back(phrases.at(key));
  }
  set_list(view, "help", help);
  view.set("based_on", based_on_text(recordings, row, phrases));
  return view;
}

PageData comparison_view(const std::vector<RecordingGroup>& mattresses, const Phrases& phrases) {
  PageList columns, rows;
  columns.push_back(phrases.at("overview.score"));
  for (const Part& part : parts) columns.push_back(phrases.at(std::string("axis.") + part.name));
  std::vector<std::pair<Estimate, std::string>> scores;
  for (const RecordingGroup& recordings : mattresses) {
    const ComparisonRow row = row_of(recordings);
    const std::string name = mattress_title(*recordings.front(), phrases);
    if (row.score.known()) scores.emplace_back(row.score, name);
    PageData view;
    view.set("name", name);
    view.set("verdict", verdict_word(row.verdict, phrases));
    PageList cells;
    const auto add = [&](const std::string& label, const Estimate& estimate) {
      PageData cell;
      cell.set("label", label);
      cell.set("value", estimate.known() ? page_number(estimate.value, 0) : "–");
      cell.set("interval", interval_text(estimate, 0, phrases));
      cells.push_back(cell);
    };
    add(phrases.at("overview.score"), row.score);
    for (const Part& part : parts) {
      add(phrases.at(std::string("axis.") + part.name), row.*part.estimate);
    }
    view.set("cells", PageData(cells));
    rows.push_back(view);
  }
  PageData view;
  view.set("columns", PageData(columns));
  view.set("rows", PageData(rows));
  const auto best =
      std::max_element(scores.begin(), scores.end(),
                       [](const auto& a, const auto& b) { return a.first.value < b.first.value; });
  bool apart = scores.size() == mattresses.size();
  for (auto other = scores.begin(); other != scores.end(); ++other) {
    if (other != best) apart = apart && other->first.ci95_high < best->first.ci95_low;
  }
  view.set("statement", apart ? phrases.fill("comparison.apart", {{"best", best->second}})
                              : phrases.at("comparison.overlap"));
  return view;
}

std::string listed(const std::vector<std::string>& words, const std::string& table,
                   const Phrases& phrases) {
  std::string text;
  for (const std::string& word : words) {
    text += (text.empty() ? "" : ", ") + phrases.word(table, word);
  }
  return text;
}

PageData take_along_view(const RecordingGroup& recordings, const Phrases& phrases) {
  PageList stated;
  const auto add = [&](const char* key, const std::string& value) {
    stated.push_back(fact(phrases.at(key), value.empty() ? "–" : value));
  };
  const std::optional<Subject>& subject = recordings.front()->subject;
  if (subject) {
    add("take_along.pain_sites", listed(subject->pain_sites, "pain", phrases));
    add("take_along.pain_pattern", phrases.word("pattern", subject->pain_pattern));
    add("take_along.symptoms", listed(subject->symptoms, "symptom", phrases));
    if (subject->usual_position) {
      add("take_along.usual",
          phrases.at("posture." + std::string(name_of(*subject->usual_position))));
    }
    if (subject->pregnant.value_or(false)) add("take_along.pregnant", phrases.at("take_along.yes"));
  }
  PageList measured;
  for (const RecordingResult* r : recordings) {
    const Movement& m = r->movement;
    PageList facts;
    const std::string shares = shares_text(m, phrases);
    facts.push_back(fact(phrases.at("take_along.positions"),
                         shares.empty() ? postures_text(*r, phrases) : shares));
    if (r->frames > 1) {
      std::string shifts = phrases.fill(
          "take_along.shifts_value",
          {{"shifts", fmt::format("{}", m.shifts)}, {"time", duration_text(r->duration_s)}});
      if (m.shifts_per_h) {
        shifts +=
            " (" +
            phrases.fill("take_along.per_hour", {{"value", page_number(*m.shifts_per_h, 1)}}) + ")";
      }
      facts.push_back(fact(phrases.at("take_along.shifts"), shifts));
      facts.push_back(fact(phrases.at("take_along.still"), duration_text(m.longest_still_s)));
    }
    PageData view;
    view.set("recording", r->recording_id);
    view.set("facts", PageData(facts));
    measured.push_back(view);
  }
  PageData view;
  view.set("stated", PageData(stated));
  view.set("measured", PageData(measured));
  return view;
}

}  // namespace

PageData person_view(const Person& person, const Phrases& phrases) {
  const RecordingGroup& recordings = person.recordings;
  const std::vector<RecordingGroup> mattresses = grouped_by_mattress(recordings);
  PageData view;
  std::string subtitle =
      person.named ? phrases.fill("person.subtitle", {{"person", person.title}})
                   : phrases.fill("person.subtitle_recording", {{"recording", person.title}});
  if (person.named)
    subtitle += " · " + (recordings.size() == 1
                             ? phrases.at("person.recordings_one")
                             : phrases.fill("person.recordings_many",
                                            {{"count", fmt::format("{}", recordings.size())}}));
  if (mattresses.size() > 1) {
    subtitle += " " + phrases.fill("person.mattresses_many",
                                   {{"count", fmt::format("{}", mattresses.size())}});
  }
  view.set("window_title", phrases.fill("person.window_title", {{"person", person.title}}));
  view.set("subtitle", subtitle);
  SourceList sources;
  const PageList referrals = advice_view(recordings, &RecordingResult::referral, sources, phrases);
  if (!referrals.empty()) {
    PageData referral;
    referral.set("items", PageData(referrals));
    view.set("referral", referral);
    view.set("take_along", take_along_view(recordings, phrases));
  }
  PageList mattress_list;
  for (const RecordingGroup& group : mattresses) {
    mattress_list.push_back(mattress_view(group, phrases));
  }
  view.set("mattresses", PageData(mattress_list));
  set_list(view, "spines", spines_view(recordings, phrases));
  if (mattresses.size() > 1) view.set("comparison", comparison_view(mattresses, phrases));
  set_list(view, "advice", advice_view(recordings, &RecordingResult::advice, sources, phrases));
  view.set("cited", sources.view());
  std::vector<std::string> links;
  for (std::size_t i = 0; i < recordings.size(); ++i) links.push_back("#" + recording_anchor(i));
  if (recordings.size() > 1) view.set("overview", overview_view(recordings, links, phrases));
  const MapScales scales(recordings, phrases);
  PageList sections;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    sections.push_back(recording_view(*recordings[i], i, scales.of(*recordings[i]), phrases));
  }
  view.set("recordings", PageData(sections));
  return view;
}

}  // namespace matfit
