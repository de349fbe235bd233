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

double compressed_likeness(const Eigen::ArrayXf& a, const Eigen::ArrayXf& b) {
  const float ceiling = ceiling_of(b);
  return (compressed(a, ceiling) * compressed(b, ceiling)).sum();
}

HalfShifts best_half_shifts(const Eigen::ArrayXf& frame, const Eigen::ArrayXf& reference) {
  const float ceiling = ceiling_of(reference);
  const Eigen::VectorXf f = compressed(frame, ceiling).matrix();
  const Eigen::VectorXf r = compressed(reference, ceiling).matrix();
  const Eigen::Index n = f.size();
  const Eigen::Index half = n / 2;
  Eigen::VectorXf twice(2 * n);
  twice << r, r;
  HalfShifts best;
  best.unshifted_likeness = f.dot(r);
  double in_first = -1.0;
  double in_second = -1.0;
  const auto centred = [n](Eigen::Index shift) {
    return static_cast<int>(2 * shift <= n ? shift : shift - n);
  };
  for (Eigen::Index shift = 0; shift < n; ++shift) {
    const double first = f.head(half).dot(twice.segment(shift, half));
    const double second = f.tail(n - half).dot(twice.segment(shift + half, n - half));
    if (first > in_first) {
      in_first = first;
      best.first = centred(shift);
    }
    if (second > in_second) {
      in_second = second;
      best.second = centred(shift);
    }
  }
  best.likeness = in_first + in_second;
  return best;
}

bool is_of_two(const Eigen::ArrayXf& frame, const Eigen::ArrayXf& reference) {
  constexpr double least_part = 1.0 / 6.0;
  constexpr double most_load_ratio = 2.0;
  constexpr double same = 0.98;
  constexpr double other = 0.75;
  const float ceiling = ceiling_of(reference);
  const Eigen::ArrayXd f = frame.max(0.0F).min(ceiling).sqrt().cast<double>();
  const Eigen::ArrayXd r = reference.max(0.0F).min(ceiling).sqrt().cast<double>();
  // Of roots: their squares are loads.
  const double all_f = f.square().sum();
  const double all_r = r.square().sum();
  const double all_product = (f * r).sum();
  double load_f = 0.0;
  double load_r = 0.0;
  double product = 0.0;
  const auto alike = [](double p, double a, double b) {
    return a > 0.0 && b > 0.0 ? p / std::sqrt(a * b) : 0.0;
  };
  const auto like_load = [](double a, double b) {
    return a < most_load_ratio * b && b < most_load_ratio * a;
  };
  for (Eigen::Index c = 0; c < f.size(); ++c) {
    load_f += f[c] * f[c];
    load_r += r[c] * r[c];
    product += f[c] * r[c];
    if (load_r < least_part * all_r || load_r > (1.0 - least_part) * all_r) continue;
    const double before = alike(product, load_f, load_r);
    const double after = alike(all_product - product, all_f - load_f, all_r - load_r);
    if (before >= same && after <= other && like_load(all_f - load_f, all_r - load_r)) return true;
    if (after >= same && before <= other && like_load(load_f, load_r)) return true;
  }
  return false;
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
