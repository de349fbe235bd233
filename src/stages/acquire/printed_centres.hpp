#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace matfit {

// What an export prints of one frame, where it does.
struct PrintedCentre {
  std::optional<double> contact_area_m2;
  std::optional<double> x_m, y_m;  // centre of pressure, from the corner of the first cell
};

// The pitch of a mat from the contact areas and centres of pressure that its software printed of
// each frame: a loaded cell's area and the scales of both axes, which must agree within 2 %.
class PrintedCentres {
 public:
  // `frame`: rows x cols values, row-major.
  void add(std::span<const float> frame, int cols, const PrintedCentre& printed);

  struct Pitch {
    double row_m, col_m;
  };
  // Absent where a figure is missing or they do not agree.
  std::optional<Pitch> pitch() const;

 private:
  struct Scale {  // of a printed length against one in cells, by least squares
    double product = 0.0;
    double square = 0.0;
    void add(double printed_m, double cells);
    double value() const { return product / square; }
  };

  double area_m2_ = 0.0;
  double loaded_cells_ = 0.0;
  Scale along_rows_;
  Scale along_cols_;
};

}  // namespace matfit
