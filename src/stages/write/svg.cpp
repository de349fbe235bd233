#include "stages/write/svg.hpp"

#include "stages/write/number_text.hpp"

#include <fmt/format.h>

namespace matfit {

std::string coordinate(double value) {
  std::string text = fixed_text(value, 1);
  if (text.size() > 2 && text.compare(text.size() - 2, 2, ".0") == 0) text.resize(text.size() - 2);
  return text;
}

std::string point_list(const std::vector<std::pair<double, double>>& points) {
  std::string list;
  for (const auto& [x, y] : points) {
    if (!list.empty()) list += ' ';
    list += coordinate(x) + ',' + coordinate(y);
  }
  return list;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

Svg::Svg(double left, double top, double width, double height, const std::string& label) {
  body_ = fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{} {} {} {}\" role=\"img\" "
      "aria-label=\"{}\" font-family=\"system-ui, 'Segoe UI', Helvetica, Arial, sans-serif\">",
      coordinate(left), coordinate(top), coordinate(width), coordinate(height), escaped(label));
}

void Svg::tag(const char* name, const Attributes& attributes, const char* end) {
  body_ += '<';
  body_ += name;
  for (const auto& [key, value] : attributes) {
    body_ += fmt::format(" {}=\"{}\"", key, escaped(value));
  }
  body_ += end;
}

void Svg::element(const char* name, const Attributes& attributes) { tag(name, attributes, "/>"); }

void Svg::text(double x, double y, const std::string& content, const Attributes& attributes) {
  Attributes all = {{"x", coordinate(x)}, {"y", coordinate(y)}};
  all.insert(all.end(), attributes.begin(), attributes.end());
  tag("text", all, ">");
  body_ += escaped(content) + "</text>";
}

void Svg::open(const char* name, const Attributes& attributes) { tag(name, attributes, ">"); }

void Svg::close(const char* name) { body_ += fmt::format("</{}>", name); }

std::string Svg::finished() const { return body_ + "</svg>"; }

}  // namespace matfit
