#include "stages/calibrate/frame_comparison.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double largest_kept = 0.999;    // quantile at which wild cells are cut
constexpr Eigen::Index shortest_run = 8;  // loaded cells in reading order

Eigen::ArrayXf compressed(const Eigen::ArrayXf& cells, float ceiling) {
  Eigen::ArrayXf out = cells.max(0.0F).min(ceiling).sqrt();
  out -= out.mean();
  const float norm = std::sqrt(out.square().sum());
  return norm > 0.0F ? Eigen::ArrayXf(out / norm) : out;
}

float ceiling_of(const Eigen::ArrayXf& reference) {
  Eigen::ArrayXf sorted = reference;
  const auto at = sorted.begin() + static_cast<std::ptrdiff_t>(
                                       largest_kept * static_cast<double>(sorted.size() - 1));
  std::nth_element(sorted.begin(), at, sorted.end());
  return *at;
}

}  // namespace

CircularShift best_circular_shift(const Eigen::ArrayXf& frame, const Eigen::ArrayXf& reference) {
  const float ceiling = ceiling_of(reference);
  const Eigen::VectorXf f = compressed(frame, ceiling).matrix();
  const Eigen::VectorXf r = compressed(reference, ceiling).matrix();
  const Eigen::Index n = f.size();
  CircularShift best;
  best.unshifted_likeness = best.likeness = f.dot(r);
  for (Eigen::Index shift = 1; shift < n; ++shift) {
    // f moved on by `shift` cells.
    const float like = f.head(n - shift).dot(r.tail(n - shift)) + f.tail(shift).dot(r.head(shift));
    if (like <= best.likeness) continue;
    best.likeness = like;
    best.cells = static_cast<int>(2 * shift <= n ? shift : shift - n);
  }
  return best;
}

bool is_torn(const Eigen::ArrayXf& frame, const Eigen::ArrayXf& reference, double noise) {
  const auto quiet = static_cast<float>(3.0 * noise);
  const auto loaded = static_cast<float>(8.0 * noise);
  double lost = 0.0;
  double lost_in_runs = 0.0;
  double kept = 0.0;
  double difference = 0.0;
  double run = 0.0;
  Eigen::Index run_length = 0;
  const auto end_run = [&] {
    if (run_length >= shortest_run) lost_in_runs += run;
    run = 0.0;
    run_length = 0;
  };
  for (Eigen::Index c = 0; c < frame.size(); ++c) {
    if (reference[c] < loaded) continue;
    if (frame[c] <= quiet) {
      lost += reference[c];
      run += reference[c];
      ++run_length;
    } else {
      kept += reference[c];
      difference += std::abs(frame[c] - reference[c]);
      end_run();
    }
  }
  end_run();
  return lost_in_runs >= 0.05 * (lost + kept) && lost_in_runs >= 0.9 * lost && kept > 0.0 &&
         difference <= 0.1 * kept;
}

}  // namespace matfit
