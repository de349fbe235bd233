#include "types/mat_geometry.hpp"

#include <array>
#include <utility>

namespace matfit {

namespace {

constexpr std::array<std::pair<HeadEnd, std::string_view>, 5> head_end_names = {{
    {HeadEnd::unknown, "unknown"},
    {HeadEnd::first_row, "first_row"},
    {HeadEnd::last_row, "last_row"},
    {HeadEnd::first_col, "first_col"},
    {HeadEnd::last_col, "last_col"},
}};

constexpr std::array<std::pair<View, std::string_view>, 3> view_names = {{
    {View::unknown, "unknown"},
    {View::above, "above"},
    {View::below, "below"},
}};

constexpr std::array<std::pair<ViewSource, std::string_view>, 3> view_source_names = {{
    {ViewSource::unknown, "unknown"},
    {ViewSource::given, "given"},
    {ViewSource::labels, "labels"},
}};

bool along_columns(const Orientation& o) {
  return o.head_end == HeadEnd::first_col || o.head_end == HeadEnd::last_col;
}

// The body frame is the recording's frame after: transpose where the body lies along the columns,
// then reversal of rows and of columns. A turn keeps the view, a transpose or a single reversal
// mirrors it, so the columns are reversed exactly when that makes the view "above".
struct Reordering {
  bool transpose;
  bool reverse_rows;  // after the transpose
  bool reverse_cols;  // after the transpose
};

Reordering reordering(const Orientation& o) {
  const bool transpose = along_columns(o);
  const bool reverse_rows = o.head_end == HeadEnd::last_row || o.head_end == HeadEnd::last_col;
  const bool mirrored = (transpose != reverse_rows) != (o.view == View::below);
  return {transpose, reverse_rows, mirrored};
}

}  // namespace

std::string_view name_of(HeadEnd head_end) {
  return head_end_names[static_cast<std::size_t>(head_end)].second;
}

std::string_view name_of(View view) { return view_names[static_cast<std::size_t>(view)].second; }

std::optional<HeadEnd> head_end_named(std::string_view name) {
  for (const auto& [value, text] : head_end_names) {
    if (text == name) return value;
  }
  return std::nullopt;
}

std::optional<View> view_named(std::string_view name) {
  for (const auto& [value, text] : view_names) {
    if (text == name) return value;
  }
  return std::nullopt;
}

std::string_view name_of(ViewSource source) {
  return view_source_names[static_cast<std::size_t>(source)].second;
}

std::optional<ViewSource> view_source_named(std::string_view name) {
  for (const auto& [value, text] : view_source_names) {
    if (text == name) return value;
  }
  return std::nullopt;
}

MatGeometry canonical_geometry(const MatGeometry& g, const Orientation& orientation) {
  if (!along_columns(orientation)) return g;
  return {g.cols, g.rows, g.col_pitch_m, g.row_pitch_m};
}

Eigen::ArrayXXd canonical_from_recording(const Eigen::ArrayXXd& map,
                                         const Orientation& orientation) {
  const Reordering r = reordering(orientation);
  Eigen::ArrayXXd out = r.transpose ? Eigen::ArrayXXd(map.transpose()) : map;
  if (r.reverse_rows) out = out.colwise().reverse().eval();
  if (r.reverse_cols) out = out.rowwise().reverse().eval();
  return out;
}

Eigen::ArrayXXd recording_from_canonical(const Eigen::ArrayXXd& map,
                                         const Orientation& orientation) {
  const Reordering r = reordering(orientation);
  Eigen::ArrayXXd out = map;
  if (r.reverse_rows) out = out.colwise().reverse().eval();
  if (r.reverse_cols) out = out.rowwise().reverse().eval();
  if (r.transpose) out = out.transpose().eval();
  return out;
}

Eigen::Vector2d canonical_from_recording(const Eigen::Vector2d& point_m,
                                         const MatGeometry& recording,
                                         const Orientation& orientation) {
  const Reordering r = reordering(orientation);
  const MatGeometry g = canonical_geometry(recording, orientation);
  Eigen::Vector2d p = point_m;
  if (r.transpose) std::swap(p.x(), p.y());
  if (r.reverse_rows) p.y() = g.length_m() - p.y();
  if (r.reverse_cols) p.x() = g.width_m() - p.x();
  return p;
}

Eigen::Vector2d recording_from_canonical(const Eigen::Vector2d& point_m,
                                         const MatGeometry& recording,
                                         const Orientation& orientation) {
  const Reordering r = reordering(orientation);
  const MatGeometry g = canonical_geometry(recording, orientation);
  Eigen::Vector2d p = point_m;
  if (r.reverse_rows) p.y() = g.length_m() - p.y();
  if (r.reverse_cols) p.x() = g.width_m() - p.x();
  if (r.transpose) std::swap(p.x(), p.y());
  return p;
}

}  // namespace matfit
