#include "stages/write/number_text.hpp"
#include "stages/write/pressure_words.hpp"
#include "stages/write/quality_words.hpp"
#include "stages/write/view.hpp"

namespace matfit {

namespace {

std::string percent(double share) { return page_number(100.0 * share, 0); }

std::string orientation_text(const RecordingResult& r, const Phrases& phrases) {
  const Orientation& o = r.orientation;
  const std::string head_end = r.mat.head_end != HeadEnd::unknown
                                   ? phrases.at("recording.head_end_given")
                                   : phrases.fill("recording.head_end_inferred",
                                                  {{"confidence", percent(o.head_end_confidence)}});
  if (o.view_source != ViewSource::labels) {
    return head_end + " " + phrases.at("recording.view_" + std::string(name_of(o.view_source)));
  }
  return head_end + " " +
         phrases.fill("recording.view_labels", {{"confidence", percent(o.view_confidence)}});
}

}  // namespace

PageList quality_reasons_view(const Quality& quality, const Phrases& phrases) {
  PageList list;
  for (const QualityReason& reason : quality.reasons) {
    PageData item;
    item.set("code", reason.code);
    item.set("cap", std::string(name_of(reason.cap)));
    item.set("text", sentence(reason.text));
    set_text(item, "effect", sentence(reason.effect));
    set_text(item, "affects", parts_text(reason.affects, phrases));
    list.push_back(item);
  }
  return list;
}

void set_quality(PageData& view, const RecordingResult& r, const Phrases& phrases) {
  const Quality& quality = r.quality;
  const std::string grade(name_of(quality.grade));
  view.set("grade", grade);
  view.set("grade_word", phrases.at("quality." + grade));
  set_list(view, "reasons", quality_reasons_view(quality, phrases));
  PageList facts;
  const auto add = [&](const char* label, const std::string& text) {
    if (!text.empty()) facts.push_back(wide_fact(phrases.at(label), text));
  };
  add("fact.pressures", sentence(pressure_note(r, phrases)));
  if (quality.load_over_weight) {
    add("fact.load_over_weight",
        phrases.fill("quality.load", {{"percent", percent(*quality.load_over_weight)}}));
  }
  add("fact.orientation", orientation_text(r, phrases));
  if (r.frames > 1) {
    add("fact.course", sentence(load_course_text(quality.creep, phrases)));
    add("fact.readable", sentence(readable_text(quality.creep, r.duration_s, phrases)));
  }
  add("fact.defects", sentence(defects_text(quality, phrases)));
  add("fact.cross_talk", sentence(cross_talk_text(quality, phrases)));
  add("fact.gain_steps", sentence(gain_steps_text(quality, phrases)));
  add("fact.invalid", sentence(invalid_frames_text(quality, phrases)));
  for (const std::string& note : r.notes) add("fact.note", sentence(note));
  set_list(view, "quality_facts", facts);
}

}  // namespace matfit
