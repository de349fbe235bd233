#include "pipeline/injected_cross_talk.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace matfit {

namespace {

using Marks = Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>;
using Map = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr int least_bridged_cells = 14;
constexpr int step_lines = 3;
constexpr int least_step_cells = 6;

bool concerns_rows(FaultKind kind) {
  return kind == FaultKind::bridged_rows || kind == FaultKind::leaking_rows ||
         kind == FaultKind::stepped_rows;
}

bool leaks(FaultKind kind) {
  return kind == FaultKind::leaking_rows || kind == FaultKind::leaking_columns;
}

bool bridges(FaultKind kind) {
  return kind == FaultKind::bridged_rows || kind == FaultKind::bridged_columns;
}

double drawn_strength(FaultKind kind, Random& random) {
  if (bridges(kind)) return random.integer(0, 1) == 0 ? 0.0 : 0.2;
  constexpr std::array<double, 3> leaked = {0.05, 0.1, 0.2};
  if (leaks(kind)) return leaked[static_cast<std::size_t>(random.integer(0, 2))];
  return random.integer(0, 1) == 0 ? 2.0 : 3.0;
}

// How many cells along the columns [first, first + count) are loaded in all of them.
Eigen::Index loaded_in_all(const Marks& loaded, int first, int count) {
  return loaded.middleCols(first, count).rowwise().all().count();
}

// Columns of the turned map are its rows.
void change(FaultKind kind, double strength, float background, const InjectedFault& fault,
            Map& map) {
  const auto s = static_cast<float>(strength);
  if (leaks(kind)) {
    const auto mean = map.colwise().mean().eval();
    map = (1.0F - s) * map;
    map.rowwise() += s * mean;
    return;
  }
  const bool rows = concerns_rows(kind);
  const int first = rows ? fault.first_row : fault.first_col;
  if (bridges(kind)) {
    auto pair = map.middleCols(first, 2);
    const auto mean = pair.rowwise().mean().eval();
    pair = (s * pair).eval();
    pair.colwise() += (1.0F - s) * mean;
    return;
  }
  auto beyond = map.rightCols(map.cols() - first);
  beyond = (background + s * (beyond - background)).eval();
}

}  // namespace

bool is_of_lines_together(FaultKind kind) {
  return bridges(kind) || leaks(kind) || kind == FaultKind::stepped_rows ||
         kind == FaultKind::stepped_columns;
}

std::vector<InjectedFault> possible_faults_of_lines(FaultKind kind, const Marks& loaded,
                                                    Random& random) {
  const bool rows = concerns_rows(kind);
  const Marks lines = rows ? Marks(loaded.transpose()) : loaded;
  const auto length = static_cast<int>(lines.rows());
  const auto count = static_cast<int>(lines.cols());
  std::vector<InjectedFault> faults;
  const auto add = [&](int first, int width) {
    const double strength = drawn_strength(kind, random);
    faults.push_back(rows ? InjectedFault{kind, first, width, 0, length, strength, 0.0}
                          : InjectedFault{kind, 0, length, first, width, strength, 0.0});
  };
  if (leaks(kind)) {
    add(0, count);
  } else if (bridges(kind)) {
    for (int line = 1; line + 2 < count; ++line) {
      if (loaded_in_all(lines, line, 2) >= least_bridged_cells) add(line, 2);
    }
  } else {
    for (int line = step_lines; line + step_lines <= count; ++line) {
      const auto cells = loaded_in_all(lines, line - step_lines, 2 * step_lines);
      if (cells >= least_step_cells) add(line, count - line);
    }
  }
  return faults;
}

FrameBlock with_fault_of_lines(const FrameBlock& frames, const MatGeometry& geometry,
                               bool whole_numbers, double background, const InjectedFault& fault) {
  FrameBlock out = frames;
  const bool turned = concerns_rows(fault.kind);
  for (Eigen::Index t = 0; t < out.rows(); ++t) {
    Eigen::Map<Map> frame(out.row(t).data(), geometry.rows, geometry.cols);
    Map map = turned ? Map(frame.transpose()) : Map(frame);
    change(fault.kind, fault.gain, static_cast<float>(background), fault, map);
    if (whole_numbers) map = map.round();
    map = map.max(0.0F);
    if (turned) {
      frame = map.transpose();
    } else {
      frame = map;
    }
  }
  return out;
}

bool is_named(const InjectedFault& fault, const Quality& quality) {
  const bool rows = concerns_rows(fault.kind);
  const int first = rows ? fault.first_row : fault.first_col;
  if (bridges(fault.kind)) {
    return std::any_of(quality.bridged.begin(), quality.bridged.end(), [&](const auto& lines) {
      return lines.rows == rows && lines.first_line <= first && lines.last_line >= first + 2;
    });
  }
  if (leaks(fault.kind)) {
    return std::any_of(quality.leakage.begin(), quality.leakage.end(),
                       [&](const Leakage& leakage) { return leakage.along_rows == rows; });
  }
  return std::any_of(quality.gain_steps.begin(), quality.gain_steps.end(),
                     [&](const GainStep& step) {
                       return step.between_rows == rows && step.line == first &&
                              (step.factor > 1.0) == (fault.gain > 1.0);
                     });
}

}  // namespace matfit
