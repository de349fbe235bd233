#include "stages/acquire/cell_layout.hpp"

#include "stages/acquire/limits.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>

namespace matfit {

namespace {

// Vendors print positions to a micrometre at best and add up rounded pitches.
constexpr double same_place_m = 30e-6;
constexpr double finest_pitch_m = limits::pitch_mm.low / 1000.0;
constexpr double worst_area_error_allowed = 0.02;
constexpr std::size_t most_grid_cells = std::size_t{1} << 18;

struct Box {
  Eigen::Vector2d low = Eigen::Vector2d::Constant(std::numeric_limits<double>::infinity());
  Eigen::Vector2d high = Eigen::Vector2d::Constant(-std::numeric_limits<double>::infinity());

  void include(const Eigen::Vector2d& point) {
    low = low.cwiseMin(point);
    high = high.cwiseMax(point);
  }
  Eigen::Vector2d size() const { return high - low; }
};

Box box_of(const CellOutline& sensor) {
  Box box;
  for (const Eigen::Vector2d& corner : sensor.corners_m) box.include(corner);
  return box;
}

Box box_of(const std::vector<CellOutline>& sensors) {
  Box box;
  for (const CellOutline& sensor : sensors) {
    for (const Eigen::Vector2d& corner : sensor.corners_m) box.include(corner);
  }
  return box;
}

bool multiple_of(double length, double step, double tolerance) {
  return std::abs(length - std::round(length / step) * step) <= tolerance;
}

// The pitch of a lattice whose cells are the sensors, or nothing.
std::optional<Eigen::Vector2d> lattice_pitch(const std::vector<CellOutline>& sensors,
                                             const Box& mat) {
  const Eigen::Vector2d pitch = box_of(sensors.front()).size();
  for (const CellOutline& sensor : sensors) {
    const Box box = box_of(sensor);
    const Eigen::Vector2d offset = box.low - mat.low;
    for (int axis = 0; axis < 2; ++axis) {
      if (!sensor.upright() || std::abs(box.size()[axis] - pitch[axis]) > same_place_m ||
          !multiple_of(offset[axis], pitch[axis], 0.02 * pitch[axis])) {
        return std::nullopt;
      }
    }
  }
  return pitch;
}

// The largest length of which all edges' distances from the mat's corner are multiples.
std::optional<double> common_measure(const std::vector<CellOutline>& sensors, const Box& mat,
                                     int axis) {
  double measure = 0.0;
  for (const CellOutline& sensor : sensors) {
    if (!sensor.upright()) return std::nullopt;
    const Box box = box_of(sensor);
    for (const double edge : {box.low[axis] - mat.low[axis], box.high[axis] - mat.low[axis]}) {
      double a = std::max(measure, edge);
      double b = std::min(measure, edge);
      while (b > same_place_m) a = std::exchange(b, std::fmod(a, b));
      measure = a;
    }
    if (measure < finest_pitch_m) return std::nullopt;
  }
  // The remainders add up the rounding of the positions: take the pitch from the whole mat.
  return mat.size()[axis] / std::round(mat.size()[axis] / measure);
}

// Whether the point lies in the outline, borders counted once among neighbours.
bool covers(const CellOutline& sensor, const Eigen::Vector2d& point) {
  bool inside = false;
  for (std::size_t i = 0; i < 4; ++i) {
    const Eigen::Vector2d& a = sensor.corners_m[i];
    const Eigen::Vector2d& b = sensor.corners_m[(i + 1) % 4];
    if ((a.y() > point.y()) == (b.y() > point.y())) continue;
    if (point.x() < a.x() + (point.y() - a.y()) / (b.y() - a.y()) * (b.x() - a.x())) {
      inside = !inside;
    }
  }
  return inside;
}

// The grid of that pitch over the whole mat with each cell given to the sensor over its centre.
CellLayout sampled(const std::vector<CellOutline>& sensors, const Box& mat,
                   const Eigen::Vector2d& pitch_m, const std::string& file,
                   const std::string& place) {
  const auto lines = [&](int axis) {
    return static_cast<int>(std::ceil(mat.size()[axis] / pitch_m[axis] - 0.02));
  };
  CellLayout layout;
  layout.geometry = {lines(1), lines(0), pitch_m.y(), pitch_m.x()};
  layout.sensor_of_cell.assign(static_cast<std::size_t>(layout.geometry.cells()), -1);
  for (std::size_t sensor = 0; sensor < sensors.size(); ++sensor) {
    const Box box = box_of(sensors[sensor]);
    const auto line = [&](double offset_m, int axis, int last) {
      return std::clamp(static_cast<int>(offset_m / pitch_m[axis]), 0, last);
    };
    const int first_row = line(mat.high.y() - box.high.y(), 1, layout.geometry.rows - 1);
    const int last_row = line(mat.high.y() - box.low.y(), 1, layout.geometry.rows - 1);
    const int first_col = line(box.low.x() - mat.low.x(), 0, layout.geometry.cols - 1);
    const int last_col = line(box.high.x() - mat.low.x(), 0, layout.geometry.cols - 1);
    int covered = 0;
    int shared = 0;
    int other = -1;
    for (int row = first_row; row <= last_row; ++row) {
      for (int col = first_col; col <= last_col; ++col) {
        const Eigen::Vector2d centre(mat.low.x() + (col + 0.5) * pitch_m.x(),
                                     mat.high.y() - (row + 0.5) * pitch_m.y());
        if (!covers(sensors[sensor], centre)) continue;
        ++covered;
        int& owner =
            layout.sensor_of_cell[static_cast<std::size_t>(row * layout.geometry.cols + col)];
        if (owner >= 0) {
          ++shared;
          other = owner;
        } else {
          owner = static_cast<int>(sensor);
        }
      }
    }
    if (shared > worst_area_error_allowed * covered) {
      throw InputError({file, place,
                        "sensors " + sensors[static_cast<std::size_t>(other)].name + " and " +
                            sensors[sensor].name + ", which lie over each other",
                        "cells side by side", "give the width_mm and height_mm of each cell"});
    }
    const double area_m2 = (covered - shared) * layout.geometry.cell_area_m2();
    layout.worst_area_error =
        std::max(layout.worst_area_error, std::abs(area_m2 / sensors[sensor].area_m2() - 1.0));
  }
  return layout;
}

bool fits(const Box& mat, const Eigen::Vector2d& pitch_m) {
  const Eigen::Array2d lines = mat.size().array() / pitch_m.array();
  return lines.maxCoeff() <= limits::grid_lines.high && lines.prod() <= most_grid_cells;
}

class LaidOutFrames final : public FrameSource {
 public:
  LaidOutFrames(std::shared_ptr<const FrameSource> sensors, std::vector<int> sensor_of_cell)
      : sensors_(std::move(sensors)), sensor_of_cell_(std::move(sensor_of_cell)) {}

  std::size_t size() const override { return sensors_->size(); }

  FrameBlock read(std::size_t first, std::size_t count) const override {
    const FrameBlock values = sensors_->read(first, count);
    FrameBlock frames(values.rows(), static_cast<Eigen::Index>(sensor_of_cell_.size()));
    for (Eigen::Index frame = 0; frame < values.rows(); ++frame) {
      for (std::size_t cell = 0; cell < sensor_of_cell_.size(); ++cell) {
        const int sensor = sensor_of_cell_[cell];
        frames(frame, static_cast<Eigen::Index>(cell)) =
            sensor < 0 ? std::numeric_limits<float>::quiet_NaN() : values(frame, sensor);
      }
    }
    return frames;
  }

 private:
  std::shared_ptr<const FrameSource> sensors_;
  std::vector<int> sensor_of_cell_;
};

}  // namespace

double CellOutline::area_m2() const {
  double twice = 0.0;
  for (std::size_t i = 0; i < 4; ++i) {
    const Eigen::Vector2d& a = corners_m[i];
    const Eigen::Vector2d& b = corners_m[(i + 1) % 4];
    twice += a.x() * b.y() - b.x() * a.y();
  }
  return std::abs(twice) / 2.0;
}

bool CellOutline::upright() const {
  const Eigen::Vector2d size = box_of(*this).size();
  return std::abs(area_m2() - size.prod()) <= same_place_m * size.sum();
}

CellOutline rectangle_around(std::string name, const Eigen::Vector2d& centre_m, double width_m,
                             double height_m) {
  const Eigen::Vector2d half(width_m / 2.0, height_m / 2.0);
  const Eigen::Vector2d across(half.x(), -half.y());
  return {std::move(name),
          {centre_m - half, centre_m + across, centre_m + half, centre_m - across}};
}

std::vector<std::uint8_t> CellLayout::absent() const {
  std::vector<std::uint8_t> absent(sensor_of_cell.size());
  std::transform(sensor_of_cell.begin(), sensor_of_cell.end(), absent.begin(),
                 [](int sensor) { return static_cast<std::uint8_t>(sensor < 0); });
  if (std::find(absent.begin(), absent.end(), 1) == absent.end()) absent.clear();
  return absent;
}

CellLayout lay_out(const std::vector<CellOutline>& sensors, const std::string& file,
                   const std::string& place) {
  if (sensors.empty()) throw InputError({file, place, "none", "the cells of a mat", ""});
  double smallest_m2 = std::numeric_limits<double>::infinity();
  for (const CellOutline& sensor : sensors) {
    const double area_m2 = sensor.area_m2();
    if (!(area_m2 >= finest_pitch_m * finest_pitch_m)) {
      throw InputError({file, place,
                        "sensor " + sensor.name + " of " + number_text(area_m2 * 1e6) + " mm2",
                        "cells with an area", "check the corners of that cell and their unit"});
    }
    smallest_m2 = std::min(smallest_m2, area_m2);
  }
  const Box mat = box_of(sensors);
  if (const auto pitch = lattice_pitch(sensors, mat); pitch && fits(mat, *pitch)) {
    CellLayout layout = sampled(sensors, mat, *pitch, file, place);
    layout.lattice = true;
    return layout;
  }
  const auto measure_x = common_measure(sensors, mat, 0);
  const auto measure_y = common_measure(sensors, mat, 1);
  if (measure_x && measure_y && fits(mat, {*measure_x, *measure_y})) {
    return sampled(sensors, mat, {*measure_x, *measure_y}, file, place);
  }
  for (double pitch_m = std::sqrt(smallest_m2) / 4.0; pitch_m >= finest_pitch_m; pitch_m /= 1.5) {
    const Eigen::Vector2d pitch(pitch_m, pitch_m);
    if (!fits(mat, pitch)) break;
    CellLayout layout = sampled(sensors, mat, pitch, file, place);
    if (layout.worst_area_error <= worst_area_error_allowed) return layout;
  }
  throw InputError({file, place, std::to_string(sensors.size()) + " cells of unequal outlines",
                    "outlines that a grid of at least 0.5 mm reproduces within 2 % of each area",
                    "check the outlines and their unit"});
}

std::shared_ptr<const FrameSource> laid_out(std::shared_ptr<const FrameSource> sensors,
                                            const CellLayout& layout) {
  return std::make_shared<LaidOutFrames>(std::move(sensors), layout.sensor_of_cell);
}

}  // namespace matfit
