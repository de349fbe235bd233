#include "stages/write/color_map.hpp"
#include "stages/write/heat_map.hpp"
#include "stages/write/ink.hpp"
#include "stages/write/inspection_figures.hpp"
#include "stages/write/svg.hpp"
#include "types/cell_marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

namespace matfit {

namespace {

// Millimetres of the mat, with a picture about 100 units wide whatever its size.
struct Grid {
  MatGeometry geometry;
  double unit;  // one hundredth of the picture's larger side

  double width() const { return 1e3 * geometry.width_m(); }
  double length() const { return 1e3 * geometry.length_m(); }
  double x(double col) const { return 1e3 * col * geometry.col_pitch_m; }
  double y(double row) const { return 1e3 * row * geometry.row_pitch_m; }
  std::string size(double units) const { return coordinate(units * unit); }
};

std::string cells_image(const Inspection& inspection, double full_pa) {
  const MatGeometry& g = inspection.mean.geometry;
  IndexedImage image{g.cols, g.rows, {}};
  for (int row = 0; row < g.rows; ++row) {
    for (int col = 0; col < g.cols; ++col) {
      const double share = std::clamp(inspection.mean.pressure_pa(row, col) / full_pa, 0.0, 1.0);
      image.indices.push_back(static_cast<std::uint8_t>(std::lround(255.0 * share)));
    }
  }
  return png_data_uri(image, pressure_colors());
}

void line(Svg& svg, const Grid& grid, std::array<double, 2> from, std::array<double, 2> to,
          const char* color) {
  svg.element("line", {{"x1", coordinate(from[0])},
                       {"y1", coordinate(from[1])},
                       {"x2", coordinate(to[0])},
                       {"y2", coordinate(to[1])},
                       {"stroke", color},
                       {"stroke-width", grid.size(0.35)}});
}

struct CellBox {
  double left, top, right, bottom;
};

// One line from corner to corner for a weak cell, two for a dead one.
void strike(Svg& svg, const Grid& grid, const CellBox& box, CellMark mark) {
  line(svg, grid, {box.left, box.bottom}, {box.right, box.top}, ink::spine);
  if (mark == CellMark::dead) {
    line(svg, grid, {box.left, box.top}, {box.right, box.bottom}, ink::spine);
  }
}

// Between its upper and its lower edge, for a cell whose line touches the next one.
void bridge(Svg& svg, const Grid& grid, const CellBox& box) {
  const double middle = 0.5 * (box.top + box.bottom);
  line(svg, grid, {box.left, middle}, {box.right, middle}, ink::spine);
}

void ring(Svg& svg, const Grid& grid, const CellBox& box) {
  svg.element("ellipse", {{"cx", coordinate(0.5 * (box.left + box.right))},
                          {"cy", coordinate(0.5 * (box.top + box.bottom))},
                          {"rx", coordinate(0.7 * (box.right - box.left))},
                          {"ry", coordinate(0.7 * (box.bottom - box.top))},
                          {"fill", "none"},
                          {"stroke", ink::spine},
                          {"stroke-width", grid.size(0.5)}});
}

void draw_defects(Svg& svg, const Grid& grid, const Quality& quality) {
  const CellMarks marks = cell_marks(quality, grid.geometry);
  for (int row = 0; row < grid.geometry.rows; ++row) {
    for (int col = 0; col < grid.geometry.cols; ++col) {
      const CellBox box = {grid.x(col), grid.y(row), grid.x(col + 1), grid.y(row + 1)};
      if (marks(row, col) == CellMark::hot) {
        ring(svg, grid, box);
      } else if (marks(row, col) == CellMark::bridged) {
        bridge(svg, grid, box);
      } else if (marks(row, col) != CellMark::sound) {
        strike(svg, grid, box, marks(row, col));
      }
    }
  }
}

void draw_absent(Svg& svg, const Grid& grid, const std::vector<std::uint8_t>& absent) {
  for (std::size_t i = 0; i < absent.size(); ++i) {
    if (absent[i] == 0) continue;
    const int cell = static_cast<int>(i);
    svg.element("rect", {{"x", coordinate(grid.x(cell % grid.geometry.cols))},
                         {"y", coordinate(grid.y(cell / grid.geometry.cols))},
                         {"width", coordinate(grid.x(1))},
                         {"height", coordinate(grid.y(1))},
                         {"fill", ink::line}});
  }
}

void draw_numbers(Svg& svg, const Grid& grid, const Phrases& phrases) {
  constexpr int about = 8;  // numbers along each edge
  const auto step = [](int lines) {
    for (const int candidate : {1, 2, 5, 10, 20, 50, 100, 200, 500}) {
      if (lines / candidate <= about) return candidate;
    }
    return 1000;
  };
  const auto number = [&](double x, double y, const std::string& text, const char* anchor) {
    svg.text(x, y, text,
             {{"font-size", grid.size(2.1)}, {"fill", ink::muted}, {"text-anchor", anchor}});
  };
  for (int col = 0; col < grid.geometry.cols; col += step(grid.geometry.cols)) {
    number(grid.x(col + 0.5), -1.0 * grid.unit, fmt::format("{}", col), "middle");
  }
  for (int row = 0; row < grid.geometry.rows; row += step(grid.geometry.rows)) {
    number(-1.0 * grid.unit, grid.y(row + 0.5) + 0.7 * grid.unit, fmt::format("{}", row), "end");
  }
  number(0.5 * grid.width(), -4.0 * grid.unit, phrases.at("inspection.columns"), "middle");
  number(-1.0 * grid.unit, -1.0 * grid.unit, phrases.at("inspection.rows"), "end");
}

}  // namespace

std::string cell_map_figure(const Inspection& inspection, const MapScale& scale,
                            const Phrases& phrases) {
  if (inspection.mean.pressure_pa.size() == 0) return {};
  const MatGeometry& g = inspection.mean.geometry;
  const Grid grid{g, 10.0 * std::max(g.width_m(), g.length_m())};
  const double margin = 8.0 * grid.unit;
  Svg svg(-margin, -margin, grid.width() + margin + grid.unit, grid.length() + margin + grid.unit,
          phrases.fill("inspection.map_aria",
                       {{"rows", fmt::format("{}", g.rows)}, {"cols", fmt::format("{}", g.cols)}}));
  svg.element("image", {{"x", "0"},
                        {"y", "0"},
                        {"width", coordinate(grid.width())},
                        {"height", coordinate(grid.length())},
                        {"preserveAspectRatio", "none"},
                        {"image-rendering", "pixelated"},
                        {"href", cells_image(inspection, scale.full_pa)}});
  draw_absent(svg, grid, inspection.absent);
  draw_defects(svg, grid, inspection.quality);
  svg.element("rect", {{"x", "0"},
                       {"y", "0"},
                       {"width", coordinate(grid.width())},
                       {"height", coordinate(grid.length())},
                       {"fill", "none"},
                       {"stroke", ink::muted},
                       {"stroke-width", grid.size(0.2)}});
  draw_numbers(svg, grid, phrases);
  return svg.finished();
}

}  // namespace matfit
