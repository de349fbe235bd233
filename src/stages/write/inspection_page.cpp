#include "stages/write/inspection_page.hpp"

#include "stages/write/heat_map.hpp"
#include "stages/write/inspection_figures.hpp"
#include "stages/write/page_text.hpp"
#include "stages/write/whole_file.hpp"
#include "types/units.hpp"

namespace matfit {

namespace {

PageList reasons_of(const Quality& quality) {
  PageList list;
  for (const QualityReason& reason : quality.reasons) {
    PageData item;
    item.set("code", reason.code);
    item.set("text", sentence(reason.text));
    set_text(item, "effect", sentence(reason.effect));
    list.push_back(item);
  }
  return list;
}

}  // namespace

void write_inspection_page(const Inspection& inspection, const std::string& version,
                           const std::filesystem::path& path) {
  const Phrases phrases("en");
  PageData view;
  view.set("window_title",
           phrases.fill("inspection.window_title", {{"recording", inspection.recording_id}}));
  view.set("subtitle",
           phrases.fill("inspection.subtitle", {{"recording", inspection.recording_id}}));
  const std::string grade(1, static_cast<char>(inspection.quality.grade));
  view.set("grade", grade);
  view.set("reasons_title", phrases.fill("inspection.reasons_title", {{"grade", grade}}));
  view.set("grade_word", phrases.at("quality." + grade));
  set_list(view, "reasons", reasons_of(inspection.quality));
  PageList facts;
  for (const auto& [label, text] : inspection.facts) facts.push_back(fact(label, text));
  set_list(view, "facts", facts);
  if (inspection.mean.pressure_pa.size() > 0) {
    const double full_mmhg = round_scale(inspection.mean.pressure_pa.maxCoeff() / pa_per_mmhg);
    const PressureScale scale = {
        full_mmhg * pa_per_mmhg,
        phrases.at(inspection.mean.absolute ? "unit.absolute" : "unit.relative")};
    set_text(view, "map", cell_map_figure(inspection, scale, phrases));
    view.set("legend", legend_figure(scale, phrases));
  } else {
    set_text(view, "map", "");
  }
  set_text(view, "load", load_figure(inspection, phrases));
  write_whole_file(path, page_text("inspection.html", view, version, phrases));
}

}  // namespace matfit
