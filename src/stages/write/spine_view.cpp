#include "stages/write/comparison.hpp"
#include "stages/write/figures.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/spine_words.hpp"
#include "stages/write/view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tuple>

namespace matfit {

namespace {

constexpr std::array<Posture, 4> card_order = {Posture::supine, Posture::left, Posture::right,
                                               Posture::prone};

// A bout that stands for all of one posture on one mattress.
struct ShownBout {
  const BoutResult* bout = nullptr;
  const RecordingResult* recording = nullptr;
  std::size_t stretches = 0;  // bouts in that posture
};

// Those with a spine first, unpropped before propped, then the longest, then the better recording;
// the first of equals.
auto merit(const BoutResult& bout, const RecordingResult& recording) {
  const bool propped = bout.roll && bout.roll->propped.value_or(false);
  return std::make_tuple(bout.spine.status == FitStatus::converged, !propped,
                         bout.bout.end_s - bout.bout.start_s,
                         -static_cast<int>(recording.quality.grade));
}

ShownBout shown_bout(const RecordingGroup& recordings, Posture posture) {
  ShownBout shown;
  for (const RecordingResult* r : recordings) {
    for (const BoutResult& b : r->bouts) {
      if (b.bout.posture != posture) continue;
      ++shown.stretches;
      if (!shown.bout || merit(b, *r) > merit(*shown.bout, *shown.recording)) {
        shown.bout = &b;
        shown.recording = r;
      }
    }
  }
  return shown;
}

PageData figure_view(const std::string& measure, const Estimate& figure, const Phrases& phrases) {
  const std::string key = "metric." + measure;
  PageData view;
  view.set("name", phrases.at(key + ".name"));
  set_text(view, "meaning", phrases.at(key + ".meaning"));
  view.set("value", page_number(figure.value, 1) + phrases.at(key + ".unit"));
  view.set("interval", interval_text(figure, 1, phrases));
  set_text(view, "gauge", "");
  return view;
}

// Lines come with the data and may be on measures that have no words here.
PageData judged_view(const JudgedFigure& judged, const Phrases& phrases) {
  PageData view;
  if (phrases.has("metric." + judged.measure + ".name")) {
    view = figure_view(judged.measure, judged.figure, phrases);
  } else {
    view.set("name", sentence(judged.label));
    set_text(view, "meaning", "");
    view.set("value", page_number(judged.figure.value, 1));
    view.set("interval", interval_text(judged.figure, 1, phrases));
  }
  set_text(view, "gauge", judged_figure_gauge(judged, phrases));
  return view;
}

// What the sentence rests on; without that, the angles, and what is seen from above.
PageList figures_view(const BoutResult& bout, const Phrases& phrases) {
  PageList list;
  for (const JudgedFigure& judged : bout.fit.alignment_figures) {
    if (judged.figure.known()) list.push_back(judged_view(judged, phrases));
  }
  if (!list.empty()) return list;
  for (const char* name : {"tilt_deg", "thoracolumbar_angle_deg", "lordosis_angle_change_deg",
                           "midline_bend_mm", "shoulder_hip_twist_deg"}) {
    const auto metric = bout.spine.metrics.find(name);
    if (metric == bout.spine.metrics.end() || !metric->second.known()) continue;
    list.push_back(figure_view(name, metric->second, phrases));
  }
  return list;
}

PageData card_view(const ShownBout& shown, const std::string& link, double span_mm,
                   const Phrases& phrases) {
  const BoutResult& bout = *shown.bout;
  const RecordingResult& recording = *shown.recording;
  PageData view;
  view.set("posture", phrases.at("posture." + std::string(name_of(bout.bout.posture))));
  const std::string duration = recording.frames < 2
                                   ? phrases.at("recording.moment")
                                   : duration_text(bout.bout.end_s - bout.bout.start_s);
  view.set("which",
           phrases.fill(shown.stretches == 1 ? "spine_card.only" : "spine_card.longest",
                        {{"time", duration}, {"count", fmt::format("{}", shown.stretches)}}));
  view.set("link", link);
  view.set("recording", recording.recording_id);
  view.set("sentence", spine_sentence(bout, phrases));
  SpineFigure figure;
  if (bout.spine.status == FitStatus::converged) {
    figure = bout.spine.basis == SpineBasis::none
                 ? spine_plane_figure(bout, recording.mat.geometry, recording.orientation, phrases)
                 : spine_figure(bout.spine, phrases, span_mm);
    set_list(view, "figures", figures_view(bout, phrases));
  } else {
    set_list(view, "figures", {});
  }
  set_text(view, "profile", figure.svg);
  set_text(view, "profile_scale", figure.scale_note);
  return view;
}

}  // namespace

PageList spines_view(const std::vector<const RecordingResult*>& recordings,
                     const Phrases& phrases) {
  const std::vector<RecordingGroup> mattresses = grouped_by_mattress(recordings);
  std::vector<std::vector<ShownBout>> shown;
  double span_mm = usual_spine_span_mm;
  for (const RecordingGroup& group : mattresses) {
    shown.emplace_back();
    for (const Posture posture : card_order) {
      const ShownBout one = shown_bout(group, posture);
      if (!one.bout) continue;
      shown.back().push_back(one);
      span_mm = std::max(span_mm, spine_span_mm(one.bout->spine));
    }
  }
  PageList list;
  for (std::size_t i = 0; i < mattresses.size(); ++i) {
    if (shown[i].empty()) continue;
    PageList cards;
    for (const ShownBout& one : shown[i]) {
      const auto at = std::find(recordings.begin(), recordings.end(), one.recording);
      const auto index = static_cast<std::size_t>(at - recordings.begin());
      cards.push_back(card_view(one, "#" + recording_anchor(index), span_mm, phrases));
    }
    PageData view;
    view.set("mattress", mattress_title(*mattresses[i].front(), phrases));
    view.set("cards", PageData(cards));
    list.push_back(view);
  }
  return list;
}

}  // namespace matfit
