#include "stages/write/inspection.hpp"

#include "stages/write/heat_map.hpp"
#include "stages/write/inspection_figures.hpp"
#include "stages/write/page_text.hpp"
#include "stages/write/whole_file.hpp"

namespace matfit {

void write_inspection_page(const Inspection& inspection, const std::string& version,
                           const std::filesystem::path& path) {
  const Phrases phrases("en");
  PageData view;
  view.set("window_title",
           phrases.fill("inspection.window_title", {{"recording", inspection.recording_id}}));
  view.set("subtitle",
           phrases.fill("inspection.subtitle", {{"recording", inspection.recording_id}}));
  const std::string grade(name_of(inspection.quality.grade));
  view.set("grade", grade);
  view.set("reasons_title", phrases.fill("inspection.reasons_title", {{"grade", grade}}));
  view.set("grade_word", phrases.at("quality." + grade));
  set_list(view, "reasons", quality_reasons_view(inspection.quality, phrases));
  PageList facts;
  for (const auto& [label, text] : inspection.facts) facts.push_back(fact(label, text));
  set_list(view, "facts", facts);
  if (inspection.mean.pressure_pa.size() > 0) {
    const ShownUnit unit = shown_unit(inspection.quality.units, phrases);
    const double highest = inspection.mean.pressure_pa.maxCoeff() / unit.pa;
    const MapScale scale = {round_scale(highest) * unit.pa, unit};
    set_text(view, "map", cell_map_figure(inspection, scale, phrases));
    view.set("legend", legend_figure(scale, phrases));
  } else {
    set_text(view, "map", "");
  }
  set_text(view, "load", load_figure(inspection, phrases));
  write_whole_file(path, page_text("inspection.html", view, version, phrases));
}

}  // namespace matfit
