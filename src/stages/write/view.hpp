#pragma once

#include "stages/write/figures.hpp"
#include "stages/write/phrases.hpp"
#include "stages/write/results.hpp"
#include "types/result.hpp"

#include <kainjow/mustache.hpp>

#include <string>
#include <vector>

// What the templates are filled with.
namespace matfit {

using PageData = kainjow::mustache::data;
using PageList = kainjow::mustache::list;

inline PageData flag(bool value) {
  return value ? PageData::type::bool_true : PageData::type::bool_false;
}

// Sets `name` and has_`name`, so that a template can leave out what is empty.
void set_text(PageData& view, const std::string& name, const std::string& text);
void set_list(PageData& view, const std::string& name, const PageList& list);

// {"text"} each.
PageList text_list(const std::vector<std::string>& texts);

// {"name", "value", and "note" where it is not empty}
PageData fact(const std::string& name, const std::string& value, const std::string& note = {});
// The same over the whole width, for a list.
PageData wide_fact(const std::string& name, const std::string& value);

PageList reasons_view(const std::vector<FitReason>& reasons);

// "66 to 88"; empty where not known.
std::string interval_text(const Estimate& estimate, int decimals, const Phrases& phrases);
// With a capital and a full stop, for texts that come with the data; "mmHg" stays as it is.
std::string sentence(const std::string& text);
std::string verdict_word(Verdict verdict, const Phrases& phrases);
std::string mattress_title(const RecordingResult& result, const Phrases& phrases);
// "back, left side": each lying posture once, in order of time.
std::string postures_text(const RecordingResult& result, const Phrases& phrases);

// "back 34 %, left side 66 %": shares of the time lying; empty where nobody lay.
std::string shares_text(const Movement& movement, const Phrases& phrases);

// One person's recordings: one page. A recording without a person stands for itself.
struct Person {
  std::string title;  // subject id, or the recording's
  bool named = true;  // false: nobody said whose recording it is
  std::string file;   // name in reports/
  std::vector<const RecordingResult*> recordings;
};

// In the order of their first recording.
std::vector<Person> persons_of(const std::vector<RecordingResult>& results);

PageList failure_rows(const std::vector<RecordingFailure>& failures);
PageList finding_rows(const std::vector<StudyFinding>& findings, const Phrases& phrases);

// Rows of overview_table.html. `page` stands before each link's #anchor.
PageData overview_view(const std::vector<const RecordingResult*>& recordings,
                       const std::vector<std::string>& links, const Phrases& phrases);

std::string recording_anchor(std::size_t index);  // of a person's page

// The reasons of a grade: "code", "cap", "text", "effect" and "affects" in words.
PageList quality_reasons_view(const Quality& quality, const Phrases& phrases);
// Grade, reasons and what the calibration found.
void set_quality(PageData& view, const RecordingResult& result, const Phrases& phrases);

PageData recording_view(const RecordingResult& result, std::size_t index, const MapScale& scale,
                        const Phrases& phrases);
// How one person's spine lies: for each mattress a card for each posture, of the bout that shows it
// best.
PageList spines_view(const std::vector<const RecordingResult*>& recordings, const Phrases& phrases);
PageData person_view(const Person& person, const Phrases& phrases);
PageData index_view(const std::vector<Person>& persons, const std::vector<RecordingResult>& results,
                    const std::vector<RecordingFailure>& failures, const PageOptions& options,
                    const Phrases& phrases);

}  // namespace matfit
