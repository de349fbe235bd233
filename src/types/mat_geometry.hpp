#pragma once

#include <Eigen/Core>

#include <optional>
#include <string>
#include <string_view>

namespace matfit {

// A mat is rows x cols cells, stored row-major in the recording's own order.
struct MatGeometry {
  int rows = 0;
  int cols = 0;
  double row_pitch_m = 0.0;  // distance between the centres of neighbouring rows
  double col_pitch_m = 0.0;

  int cells() const { return rows * cols; }
  double cell_area_m2() const { return row_pitch_m * col_pitch_m; }
  double length_m() const { return rows * row_pitch_m; }
  double width_m() const { return cols * col_pitch_m; }
};

enum class HeadEnd { unknown, first_row, last_row, first_col, last_col };
// below: columns run mirrored to a view from above.
enum class View { unknown, above, below };
// Who told the view. Pressure alone cannot: a body and its mirror image press alike.
enum class ViewSource { unknown, given, labels };

std::string_view name_of(HeadEnd head_end);
std::string_view name_of(View view);
std::string_view name_of(ViewSource source);
std::optional<HeadEnd> head_end_named(std::string_view name);
std::optional<View> view_named(std::string_view name);
std::optional<ViewSource> view_source_named(std::string_view name);

struct Orientation {
  HeadEnd head_end = HeadEnd::unknown;
  View view = View::unknown;
  bool inferred = false;    // any of the two was inferred from the pressure or the labels
  double confidence = 0.0;  // 0..1, that both are right; 1 when both were given
  // Its two factors; 0.5 for a view that nothing tells.
  double head_end_confidence = 1.0;
  double view_confidence = 1.0;
  ViewSource view_source = ViewSource::given;

  bool known() const { return head_end != HeadEnd::unknown && view != View::unknown; }
};

// The body frame ("canonical"): row 0 at the head end, seen from above, so that a person on the
// back has the right arm at low columns, and one on the left side faces high columns.
// An unknown head end counts as first_row and an unknown view as above.
MatGeometry canonical_geometry(const MatGeometry& recording, const Orientation& orientation);

// Cell values in the recording's order -> in the body frame, and back. Shapes: rows x cols.
Eigen::ArrayXXd canonical_from_recording(const Eigen::ArrayXXd& map,
                                         const Orientation& orientation);
Eigen::ArrayXXd recording_from_canonical(const Eigen::ArrayXXd& map,
                                         const Orientation& orientation);

// Points (x along the columns' index, y along the rows' index, metres from the corner of cell
// (0, 0), x = (column + 0.5) * col_pitch_m).
Eigen::Vector2d canonical_from_recording(const Eigen::Vector2d& point_m,
                                         const MatGeometry& recording,
                                         const Orientation& orientation);
Eigen::Vector2d recording_from_canonical(const Eigen::Vector2d& point_m,
                                         const MatGeometry& recording,
                                         const Orientation& orientation);

}  // namespace matfit
