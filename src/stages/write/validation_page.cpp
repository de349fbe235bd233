#include "stages/write/validation_page.hpp"

#include "stages/write/page_text.hpp"

namespace matfit {

namespace {

PageList texts(std::vector<std::string>::const_iterator first,
               std::vector<std::string>::const_iterator last) {
  return text_list(std::vector<std::string>(first, last));
}

PageData table_view(const ValidationTable& table) {
  PageData view;
  view.set("caption", table.caption);
  view.set("first_column", table.columns.front());
  view.set("columns", PageData(texts(table.columns.begin() + 1, table.columns.end())));
  PageList rows;
  for (const std::vector<std::string>& cells : table.rows) {
    PageData row;
    row.set("name", cells.front());
    row.set("cells", PageData(texts(cells.begin() + 1, cells.end())));
    rows.push_back(row);
  }
  view.set("rows", PageData(rows));
  return view;
}

PageData section_view(const ValidationSection& section) {
  PageData view;
  view.set("title", section.title);
  view.set("notes", PageData(text_list(section.notes)));
  PageList tables;
  for (const ValidationTable& table : section.tables) tables.push_back(table_view(table));
  view.set("tables", PageData(tables));
  PageList figures;
  for (const ValidationFigure& figure : section.figures) {
    if (figure.svg.empty()) continue;
    PageData shown;
    shown.set("svg", figure.svg);
    shown.set("caption", figure.caption);
    figures.push_back(shown);
  }
  set_list(view, "figures", figures);
  view.set("trio", flag(figures.size() == 3));
  return view;
}

}  // namespace

std::string validation_page(const ValidationReport& report, const std::string& version) {
  const Phrases phrases("en");
  PageData view;
  view.set("window_title", report.title);
  view.set("title", report.title);
  view.set("subtitle", report.subtitle);
  PageList facts;
  for (const auto& [name, value] : report.facts) facts.push_back(wide_fact(name, value));
  view.set("facts", PageData(facts));
  PageList sections;
  for (const ValidationSection& section : report.sections) {
    sections.push_back(section_view(section));
  }
  view.set("sections", PageData(sections));
  return page_text("validation.html", view, version, phrases);
}

}  // namespace matfit
