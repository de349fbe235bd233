#include "stages/write/comparison.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace matfit {

namespace {

std::string count_text(std::size_t count) { return fmt::format("{}", count); }

std::string grades_text(const RecordingGroup& recordings) {
  std::string text;
  for (const auto& [grade, count] : grade_counts(recordings)) {
    text += fmt::format("{}{} × {}", text.empty() ? "" : ", ", count, name_of(grade));
  }
  return text;
}

PageList person_rows(const Person& person, const Phrases& phrases) {
  const bool refer = std::any_of(person.recordings.begin(), person.recordings.end(),
                                 [](const RecordingResult* r) { return !r->referral.empty(); });
  PageList rows;
  for (const RecordingGroup& recordings : grouped_by_mattress(person.recordings)) {
    const ComparisonRow row = row_of(recordings);
    PageData view;
    view.set("link", "reports/" + person.file);
    view.set("person", person.named ? person.title
                                    : phrases.fill("index.unnamed", {{"recording", person.title}}));
    view.set("refer", flag(refer && rows.empty()));
    view.set("mattress", mattress_title(*recordings.front(), phrases));
    view.set("recordings", count_text(recordings.size()));
    view.set("grades", grades_text(recordings));
    view.set("verdict", verdict_word(row.verdict, phrases));
    view.set("score", row.score.known() ? page_number(row.score.value, 0) : "–");
    view.set("interval", interval_text(row.score, 0, phrases));
    rows.push_back(view);
  }
  return rows;
}

}  // namespace

PageData index_view(const std::vector<Person>& persons, const std::vector<RecordingResult>& results,
                    const std::vector<RecordingFailure>& failures, const PageOptions& options,
                    const Phrases& phrases) {
  PageData view;
  const std::string heading = options.study.empty() ? phrases.at("index.title") : options.study;
  view.set("title", heading);
  view.set("window_title", heading);
  std::set<std::string> mattresses;
  for (const RecordingResult& r : results) {
    if (!r.mattress_id.empty()) mattresses.insert(r.mattress_id);
  }
  PageList tiles = {fact(phrases.at("index.persons_count"), count_text(persons.size())),
                    fact(phrases.at("index.recordings_count"), count_text(results.size())),
                    fact(phrases.at("index.mattresses_count"), count_text(mattresses.size())),
                    fact(phrases.at("index.failures_count"), count_text(failures.size()))};
  view.set("tiles", PageData(tiles));
  PageList rows;
  RecordingGroup recordings;
  std::vector<std::string> links;
  for (const Person& person : persons) {
    for (const PageData& row : person_rows(person, phrases)) rows.push_back(row);
    for (std::size_t i = 0; i < person.recordings.size(); ++i) {
      recordings.push_back(person.recordings[i]);
      links.push_back("reports/" + person.file + "#" + recording_anchor(i));
    }
  }
  set_list(view, "persons", rows);
  if (!recordings.empty()) view.set("overview", overview_view(recordings, links, phrases));
  view.set("failures_title", phrases.at("index.failures"));
  set_list(view, "failures", failure_rows(failures));
  set_list(view, "findings", finding_rows(options.findings, phrases));
  return view;
}

}  // namespace matfit
