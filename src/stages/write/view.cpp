#include "stages/write/view.hpp"

#include "stages/write/number_text.hpp"
#include "stages/write/pressure_words.hpp"
#include "stages/write/quality_words.hpp"
#include "stages/write/results.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace matfit {

void set_text(PageData& view, const std::string& name, const std::string& text) {
  view.set(name, text);
  view.set("has_" + name, flag(!text.empty()));
}

void set_list(PageData& view, const std::string& name, const PageList& list) {
  view.set("has_" + name, flag(!list.empty()));
  view.set(name, PageData(list));
}

PageList text_list(const std::vector<std::string>& texts) {
  PageList list;
  for (const std::string& text : texts) {
    PageData item;
    item.set("text", text);
    list.push_back(item);
  }
  return list;
}

PageData fact(const std::string& name, const std::string& value, const std::string& note) {
  PageData view;
  view.set("name", name);
  view.set("value", value);
  set_text(view, "note", note);
  view.set("wide", flag(false));
  return view;
}

PageData wide_fact(const std::string& name, const std::string& value) {
  PageData view = fact(name, value);
  view.set("wide", flag(true));
  return view;
}

PageList reasons_view(const std::vector<FitReason>& reasons) {
  PageList list;
  std::set<std::string> said;
  for (const FitReason& reason : reasons) {
    if (!said.insert(reason.text).second) continue;
    PageData view;
    view.set("rule", reason.rule);
    view.set("text", reason.text);
    list.push_back(view);
  }
  return list;
}

std::string interval_text(const Estimate& estimate, int decimals, const Phrases& phrases) {
  if (!estimate.known()) return {};
  return phrases.fill("page.interval", {{"low", page_number(estimate.ci95_low, decimals)},
                                        {"high", page_number(estimate.ci95_high, decimals)}});
}

std::string sentence(const std::string& text) {
  if (text.empty()) return text;
  std::string out = text;
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const bool proper = std::any_of(out.begin(), std::find(out.begin(), out.end(), ' '), is_capital);
  if (!proper && out.front() >= 'a' && out.front() <= 'z') {
    out.front() = static_cast<char>(out.front() - 32);
  }
  if (std::string(".!?:;").find(out.back()) == std::string::npos) out += '.';
  return out;
}

std::string verdict_word(Verdict verdict, const Phrases& phrases) {
  return phrases.at("verdict." + std::string(name_of(verdict)) + ".short");
}

std::string mattress_title(const RecordingResult& result, const Phrases& phrases) {
  if (result.mattress && !result.mattress->name.empty()) {
    const std::string& name = result.mattress->name;
    return result.mattress_id.empty() || result.mattress_id == name
               ? name
               : fmt::format("{} ({})", name, result.mattress_id);
  }
  return result.mattress_id.empty() ? phrases.at("summary.mattress_unnamed") : result.mattress_id;
}

std::string postures_text(const RecordingResult& result, const Phrases& phrases) {
  std::vector<Posture> seen;
  for (const BoutResult& b : result.bouts) {
    const Posture p = b.bout.posture;
    if (is_lying(p) && std::find(seen.begin(), seen.end(), p) == seen.end()) seen.push_back(p);
  }
  if (seen.empty()) return phrases.at("posture_share.unknown");
  std::string text;
  for (const Posture p : seen) {
    if (!text.empty()) text += ", ";
    text += phrases.at("posture_share." + std::string(name_of(p)));
  }
  return text;
}

std::string shares_text(const Movement& m, const Phrases& phrases) {
  const std::array<std::pair<const char*, double>, 4> postures = {{{"supine", m.share_supine},
                                                                   {"left", m.share_left},
                                                                   {"right", m.share_right},
                                                                   {"prone", m.share_prone}}};
  std::string text;
  for (const auto& [name, share] : postures) {
    if (!(share > 0.0)) continue;
    text += fmt::format("{}{}\u00a0{}\u00a0%", text.empty() ? "" : ", ",
                        phrases.at(std::string("posture_share.") + name),
                        page_number(100.0 * share, 0));
  }
  return text;
}

std::vector<Person> persons_of(const std::vector<RecordingResult>& results) {
  std::vector<Person> persons;
  std::set<std::string> files;
  for (const RecordingResult& r : results) {
    const auto known = std::find_if(persons.begin(), persons.end(), [&](const Person& p) {
      return !r.subject_id.empty() && p.recordings.front()->subject_id == r.subject_id;
    });
    if (known != persons.end()) {
      known->recordings.push_back(&r);
      continue;
    }
    const std::string& id = r.subject_id.empty() ? r.recording_id : r.subject_id;
    std::string stem = file_stem(id);
    // A recording without a person may bear a person's id, or the file system ignore case.
    const auto folded = [](std::string name) {
      std::transform(name.begin(), name.end(), name.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      return name;
    };
    while (!files.insert(folded(stem)).second) stem += "-2";
    persons.push_back({id, !r.subject_id.empty(), stem + ".html", {&r}});
  }
  return persons;
}

std::string recording_anchor(std::size_t index) { return fmt::format("recording-{}", index + 1); }

PageList failure_rows(const std::vector<RecordingFailure>& failures) {
  PageList rows;
  for (const RecordingFailure& f : failures) {
    PageData row;
    row.set("recording", f.recording_id);
    row.set("reason", f.message);
    rows.push_back(row);
  }
  return rows;
}

PageList finding_rows(const std::vector<StudyFinding>& findings, const Phrases& phrases) {
  PageList rows;
  for (const StudyFinding& f : findings) {
    PageData row;
    row.set("text", sentence(f.text));
    row.set("effect", sentence(f.effect));
    set_text(row, "affects", parts_text(f.affects, phrases));
    rows.push_back(row);
  }
  return rows;
}

PageData overview_view(const std::vector<const RecordingResult*>& recordings,
                       const std::vector<std::string>& links, const Phrases& phrases) {
  std::set<std::string> mattresses;
  PageList rows;
  for (std::size_t i = 0; i < recordings.size(); ++i) {
    const RecordingResult& r = *recordings[i];
    mattresses.insert(r.mattress_id);
    const std::string grade(name_of(r.quality.grade));
    PageData row;
    row.set("link", links[i]);
    row.set("recording", r.recording_id);
    row.set("mattress", mattress_title(r, phrases));
    row.set("posture", postures_text(r, phrases));
    row.set("time", r.frames < 2 ? phrases.at("recording.moment") : duration_text(r.duration_s));
    row.set("pressures", pressure_basis_text(r, phrases));
    row.set("grade", grade);
    row.set("grade_word", phrases.at("quality." + grade));
    row.set("verdict", verdict_word(r.fit.verdict, phrases));
    row.set("score", r.fit.score.known() ? page_number(r.fit.score.value, 0) : "–");
    row.set("interval", interval_text(r.fit.score, 0, phrases));
    rows.push_back(row);
  }
  PageData view;
  view.set("show_mattress", flag(mattresses.size() > 1));
  view.set("overview_rows", PageData(rows));
  return view;
}

}  // namespace matfit
