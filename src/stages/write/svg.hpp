#pragma once

#include <string>
#include <utility>
#include <vector>

namespace matfit {

// An SVG picture for the pages. All style is in presentation attributes, which every browser and
// PDF printer keeps; texts and attribute values are escaped.
class Svg {
 public:
  using Attributes = std::vector<std::pair<const char*, std::string>>;

  // `label` is what a screen reader says in the picture's place.
  Svg(double left, double top, double width, double height, const std::string& label);

  void element(const char* name, const Attributes& attributes);
  void text(double x, double y, const std::string& content, const Attributes& attributes = {});
  void open(const char* name, const Attributes& attributes);
  void close(const char* name);

  std::string finished() const;

 private:
  void tag(const char* name, const Attributes& attributes, const char* end);

  std::string body_;
};

// A coordinate with one decimal at most.
std::string coordinate(double value);

// "x,y x,y ..." for polyline and polygon.
std::string point_list(const std::vector<std::pair<double, double>>& points);

std::string escaped(const std::string& text);

}  // namespace matfit
