#include "pipeline/recording_summary.hpp"

#include "numeric/statistics.hpp"
#include "stages/fit/fit_body.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr std::size_t most_maps = 6;
constexpr double least_map_s = 30.0;

// Row i holds the share of each old cell in the new cell i.
Eigen::MatrixXd averaging(Eigen::Index from, Eigen::Index to) {
  Eigen::MatrixXd weights = Eigen::MatrixXd::Zero(to, from);
  const double step = static_cast<double>(from) / static_cast<double>(to);
  for (Eigen::Index i = 0; i < to; ++i) {
    const double low = static_cast<double>(i) * step;
    for (Eigen::Index k = 0; k < from; ++k) {
      const double overlap =
          std::min(low + step, static_cast<double>(k + 1)) - std::max(low, static_cast<double>(k));
      weights(i, k) = std::max(0.0, overlap) / step;
    }
  }
  return weights;
}

MapPrint print_of(const Eigen::ArrayXXd& pressure_pa) {
  // Single precision, so that a map read from a results folder gives the same print.
  const Eigen::MatrixXd map = pressure_pa.cast<float>().cast<double>().max(0.0).matrix();
  const Eigen::ArrayXXd small =
      (averaging(map.rows(), print_rows) * map * averaging(map.cols(), print_cols).transpose())
          .array();
  const double highest = small.maxCoeff();
  MapPrint print{};
  if (!(highest > 0.0)) return print;
  for (int r = 0; r < print_rows; ++r) {
    for (int c = 0; c < print_cols; ++c) {
      print[static_cast<std::size_t>(r * print_cols + c)] =
          static_cast<std::uint8_t>(std::lround(255.0 * small(r, c) / highest));
    }
  }
  return print;
}

std::vector<const BoutResult*> longest_bouts(const RecordingResult& result) {
  std::vector<const BoutResult*> bouts;
  for (const BoutResult& bout : result.bouts) {
    if (bout.bout.posture == Posture::empty || bout.field.pressure_pa.size() == 0) continue;
    bouts.push_back(&bout);
  }
  const auto duration_s = [](const BoutResult* b) { return b->bout.end_s - b->bout.start_s; };
  std::stable_sort(bouts.begin(), bouts.end(), [&](const BoutResult* a, const BoutResult* b) {
    return duration_s(a) > duration_s(b);
  });
  std::size_t kept = std::min<std::size_t>(1, bouts.size());
  while (kept < std::min(most_maps, bouts.size()) && duration_s(bouts[kept]) >= least_map_s) ++kept;
  bouts.resize(kept);
  return bouts;
}

std::optional<double> head_to_heel_m(const BoutResult& bout, const Anthropometry& known) {
  if (bout.bout.posture != Posture::supine) return std::nullopt;
  FitBodyOptions blind;
  blind.pitch_relative_sd = 0.3;  // leaves the body's scale to the map
  const BodyFit fit = fit_body(bout.field, bout.bout.posture, std::nullopt, known, blind);
  const auto& head = fit.at(Landmark::head);
  if (fit.status != FitStatus::converged || !head) return std::nullopt;
  std::optional<double> longest_m;
  for (const Landmark heel : {Landmark::left_heel, Landmark::right_heel}) {
    if (!fit.at(heel)) continue;
    const double length_m = (fit.at(heel)->position_m - head->position_m).norm();
    longest_m = std::max(longest_m.value_or(0.0), length_m);
  }
  return longest_m;
}

}  // namespace

RecordingSummary summarise_recording(const RecordingResult& result, const Anthropometry& known) {
  RecordingSummary out;
  out.recording_id = result.recording_id;
  out.subject_id = result.subject_id;
  out.mattress_id = result.mattress_id;
  out.input_sha256 = result.input_sha256;
  const MatGeometry& g = result.mat.geometry;
  out.mat = fmt::format("{} {} x {} of {:.2f} x {:.2f} mm, {}", result.mat.model, g.rows, g.cols,
                        1e3 * g.row_pitch_m, 1e3 * g.col_pitch_m, result.quality.units.given);
  out.absolute = result.quality.units.absolute;
  if (result.subject) {
    out.stature_m = result.subject->stature_m;
    out.mass_kg = result.subject->mass_kg;
  }
  const double pa_per_reading =
      out.absolute ? 1.0 : result.quality.units.scale_to_mmhg * pa_per_mmhg;
  std::array<std::vector<double>, load_exponents.size()> loads;
  for (const BoutResult* bout : longest_bouts(result)) {
    out.maps.push_back(print_of(bout->field.pressure_pa));
    if (!is_lying(bout->bout.posture)) continue;
    const Eigen::ArrayXXd reading = bout->field.pressure_pa.max(0.0) / pa_per_reading;
    for (std::size_t e = 0; e < loads.size(); ++e) {
      loads[e].push_back(reading.pow(load_exponents[e]).sum() * g.cell_area_m2());
    }
    const std::optional<double> length_m = head_to_heel_m(*bout, known);
    if (length_m) out.length_m = std::max(out.length_m.value_or(0.0), *length_m);
  }
  if (!loads.front().empty() && pa_per_reading > 0.0) {
    out.loads.emplace();
    for (std::size_t e = 0; e < loads.size(); ++e) (*out.loads)[e] = median(loads[e]);
  }
  return out;
}

}  // namespace matfit
