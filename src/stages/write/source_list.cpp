#include "stages/write/source_list.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace matfit {

namespace {

// Place in the list, appended where it is new.
std::size_t place_in(std::vector<std::string>& list, const std::string& text) {
  const auto found = std::find(list.begin(), list.end(), text);
  if (found != list.end()) return static_cast<std::size_t>(found - list.begin());
  list.push_back(text);
  return list.size() - 1;
}

struct Said {
  const Advice* advice;
  std::vector<std::pair<std::string, std::string>> texts;  // text, mattress it was first said of
};

}  // namespace

std::string SourceList::cite(const std::string& sources) {
  const std::string separator = "; ";
  std::vector<std::size_t> numbers;
  for (std::size_t start = 0; start < sources.size();) {
    const std::size_t end = std::min(sources.find(separator, start), sources.size());
    numbers.push_back(place_in(sources_, sources.substr(start, end - start)) + 1);
    start = end + separator.size();
  }
  std::sort(numbers.begin(), numbers.end());
  return fmt::format("{}", fmt::join(numbers, ", "));
}

std::string SourceList::grade(const std::string& evidence) {
  if (evidence.empty()) return {};
  place_in(grades_, evidence);
  return evidence.substr(0, evidence.find(" ("));
}

PageData SourceList::view() const {
  PageData view;
  PageList sources;
  for (const std::string& source : sources_) sources.emplace_back(source);
  std::vector<std::string> sorted = grades_;
  std::sort(sorted.begin(), sorted.end());
  PageList grades;
  for (const std::string& grade : sorted) grades.emplace_back(grade);
  set_list(view, "sources", sources);
  set_list(view, "grades", grades);
  return view;
}

PageList advice_view(const std::vector<const RecordingResult*>& recordings,
                     std::vector<Advice> RecordingResult::*advice, SourceList& sources,
                     const Phrases& phrases) {
  std::vector<Said> rules;
  for (const RecordingResult* r : recordings) {
    for (const Advice& a : r->*advice) {
      auto rule = std::find_if(rules.begin(), rules.end(),
                               [&](const Said& said) { return said.advice->rule == a.rule; });
      if (rule == rules.end()) rule = rules.insert(rules.end(), {&a, {}});
      const bool new_text = std::none_of(rule->texts.begin(), rule->texts.end(),
                                         [&](const auto& said) { return said.first == a.text; });
      if (new_text) rule->texts.emplace_back(a.text, mattress_title(*r, phrases));
    }
  }
  PageList list;
  for (const Said& rule : rules) {
    PageList texts;
    for (const auto& [text, mattress] : rule.texts) {
      PageData view;
      view.set("text", text);
      set_text(view, "where",
               rule.texts.size() > 1 ? phrases.fill("recording.on", {{"mattress", mattress}}) : "");
      texts.push_back(view);
    }
    PageData view;
    view.set("rule", rule.advice->rule);
    view.set("texts", PageData(texts));
    set_text(view, "source", sources.cite(rule.advice->source));
    set_text(view, "evidence", sources.grade(rule.advice->evidence));
    list.push_back(view);
  }
  return list;
}

}  // namespace matfit
