#include "stages/write/page_text.hpp"

#include "stages/write/templates.hpp"

#include <stdexcept>

namespace matfit {

namespace {

std::string template_text(const std::string& name) {
  const auto text = embedded_template(name);
  if (!text) throw std::logic_error("no template '" + name + "'");
  return std::string(*text);
}

std::string rendered(const std::string& name, const PageData& view) {
  kainjow::mustache::mustache page(template_text(name));
  const std::string text = page.render(view);
  if (!page.error_message().empty()) {
    throw std::logic_error("template '" + name + "': " + page.error_message());
  }
  return text;
}

}  // namespace

std::string page_text(const std::string& body_template, PageData view, const std::string& version,
                      const Phrases& phrases) {
  view.set("t", phrases.tree());
  view.set("version", version);
  view.set("made_by", phrases.fill("page.made_by", {{"version", version}}));
  for (const char* part :
       {"overview_table", "recording", "bout", "take_along", "failures", "spines"}) {
    const std::string text = template_text(std::string(part) + ".html");
    view.set(std::string(part) + "_part",
             PageData(kainjow::mustache::partial([text] { return text; })));
  }
  view.set("body", rendered(body_template, view));
  view.set("style", template_text("style.css"));
  return rendered("layout.html", view);
}

}  // namespace matfit
