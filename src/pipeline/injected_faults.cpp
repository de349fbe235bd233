#include "pipeline/injected_faults.hpp"

#include "numeric/statistics.hpp"
#include "pipeline/injected_cross_talk.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace matfit {

namespace {

using Marks = Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>;

constexpr double loaded_share = 0.05;
constexpr double least_line_share = 0.25;
constexpr int least_cells = 4;
constexpr double lowest_hot = 8.4;
constexpr double highest_hot = 25.0;

double top_of(const Eigen::ArrayXXd& load, double least) {
  std::vector<double> loaded;
  for (const double v : load.reshaped()) {
    if (v > least) loaded.push_back(v);
  }
  return loaded.empty() ? 0.0 : quantile(std::move(loaded), 0.99);
}

// Stretches of columns; rows are the columns of the transposed map.
struct Stretch {
  int first_line = 0;
  int lines = 1;
  int first = 0;
  int length = 0;
};

struct LineShape {
  int width = 1;
  bool half = false;
  bool outer = false;
};

LineShape shape_of(FaultKind kind) {
  switch (kind) {
    case FaultKind::dead_half_column:
    case FaultKind::dead_half_row: return {1, true, false};
    case FaultKind::two_dead_columns:
    case FaultKind::two_dead_rows: return {2, false, false};
    case FaultKind::dead_outer_column:
    case FaultKind::dead_outer_row: return {1, false, true};
    default: return {};
  }
}

bool concerns_rows(FaultKind kind) {
  return kind == FaultKind::dead_row || kind == FaultKind::dead_half_row ||
         kind == FaultKind::two_dead_rows || kind == FaultKind::dead_outer_row ||
         kind == FaultKind::weak_row;
}

std::vector<Stretch> possible_stretches(const Marks& loaded, const LineShape& shape) {
  const auto length = static_cast<int>(loaded.rows());
  const auto count = static_cast<int>(loaded.cols());
  const auto fullest = loaded.colwise().count().maxCoeff();
  const double least = std::max<double>(least_cells, least_line_share * double(fullest));
  std::vector<Stretch> found;
  const auto try_stretch = [&](const Stretch& s) {
    for (int k = 0; k < s.lines; ++k) {
      const auto cells = loaded.col(s.first_line + k).segment(s.first, s.length).count();
      if (static_cast<double>(cells) < least) return;
    }
    found.push_back(s);
  };
  const int first = shape.outer ? 0 : 1;
  const int step = shape.outer ? count - 1 : 1;
  const int end = shape.outer ? count : count - shape.width;
  for (int line = first; line < end; line += step) {
    if (shape.half) {
      try_stretch({line, 1, 0, length / 2});
      try_stretch({line, 1, length / 2, length - length / 2});
    } else {
      try_stretch({line, shape.width, 0, length});
    }
  }
  return found;
}

}  // namespace

std::string_view name_of(FaultKind kind) {
  constexpr std::array<std::string_view, fault_kind_count> names = {
      "dead column",   "dead row",          "dead half column", "dead half row", "two dead columns",
      "two dead rows", "dead outer column", "dead outer row",   "weak column",   "weak row",
      "hot cell",      "dead cell",         "bridged columns",  "bridged rows",  "leaking columns",
      "leaking rows",  "stepped columns",   "stepped rows"};
  return names[static_cast<std::size_t>(kind)];
}

Marks loaded_area(const Eigen::ArrayXXd& load, double least) {
  return load > std::max(least, loaded_share * top_of(load, least));
}

std::vector<InjectedFault> possible_faults(FaultKind kind, const Eigen::ArrayXXd& load,
                                           double least, Random& random) {
  const Marks loaded = loaded_area(load, least);
  if (is_of_lines_together(kind)) return possible_faults_of_lines(kind, loaded, random);
  std::vector<InjectedFault> faults;
  if (kind == FaultKind::hot_cell || kind == FaultKind::dead_cell) {
    const double top = top_of(load, least);
    for (int r = 0; r < loaded.rows(); ++r) {
      for (int c = 0; c < loaded.cols(); ++c) {
        if (!loaded(r, c)) continue;
        const bool hot = kind == FaultKind::hot_cell;
        faults.push_back(
            {kind, r, 1, c, 1, 0.0, hot ? top * random.uniform(lowest_hot, highest_hot) : 0.0});
      }
    }
    return faults;
  }
  const bool rows = concerns_rows(kind);
  const bool weak = kind == FaultKind::weak_column || kind == FaultKind::weak_row;
  constexpr int last_gain = static_cast<int>(weak_gains.size()) - 1;
  for (const Stretch& s :
       possible_stretches(rows ? Marks(loaded.transpose()) : loaded, shape_of(kind))) {
    const double gain =
        weak ? weak_gains[static_cast<std::size_t>(random.integer(0, last_gain))] : 0.0;
    if (rows) {
      faults.push_back({kind, s.first_line, s.lines, s.first, s.length, gain, 0.0});
    } else {
      faults.push_back({kind, s.first, s.length, s.first_line, s.lines, gain, 0.0});
    }
  }
  return faults;
}

FrameBlock with_fault(const FrameBlock& frames, const MatGeometry& geometry, bool whole_numbers,
                      const RawSignal& signal, const InjectedFault& fault, Random& random) {
  if (is_of_lines_together(fault.kind)) {
    return with_fault_of_lines(frames, geometry, whole_numbers, signal.background, fault);
  }
  FrameBlock out = frames;
  for (Eigen::Index t = 0; t < out.rows(); ++t) {
    for (int r = fault.first_row; r < fault.first_row + fault.rows; ++r) {
      for (int c = fault.first_col; c < fault.first_col + fault.cols; ++c) {
        float& reading = out(t, Eigen::Index{r} * geometry.cols + c);
        const double kept = fault.gain * (reading - signal.background);
        const double noise = (1.0 - fault.gain) * signal.noise * random.normal();
        const double value = signal.background + fault.stuck_at + kept + noise;
        reading = static_cast<float>(std::max(0.0, whole_numbers ? std::round(value) : value));
      }
    }
  }
  return out;
}

bool is_found(const InjectedFault& fault, const Marks& repaired, const Marks& loaded) {
  const auto at = [&](const Marks& map) {
    return map.block(fault.first_row, fault.first_col, fault.rows, fault.cols);
  };
  const auto both = (at(repaired) && at(loaded)).count();
  return 10 * both >= 9 * at(loaded).count();
}

}  // namespace matfit
