#include "stages/calibrate/frame_statistics.hpp"

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

struct Moments {
  double sum = 0.0;
  double sum_of_squares = 0.0;
};

double correlation(const Moments& a, const Moments& b, double product, double count) {
  const double covariance = product - a.sum * b.sum / count;
  const double variance_a = a.sum_of_squares - a.sum * a.sum / count;
  const double variance_b = b.sum_of_squares - b.sum * b.sum / count;
  // Rounding leaves a constant frame a variance of this order.
  const double least = 1e-12;
  if (!(variance_a > least * a.sum_of_squares) || !(variance_b > least * b.sum_of_squares)) {
    return nan;
  }
  return covariance / std::sqrt(variance_a * variance_b);
}

// True for a value whose high byte holds what looks like the low byte of a small number: exchanged,
// it would be below 16 * 256 with a leading byte under 16. One value in sixteen does by chance.
bool looks_swapped(float value) { return (static_cast<unsigned>(value) & 0xffU) < 16U; }

FrameStatistics statistics_of(float* cells, Eigen::Index count, bool whole_numbers,
                              Moments& moments) {
  FrameStatistics out;
  out.minimum = std::numeric_limits<double>::infinity();
  out.maximum = -std::numeric_limits<double>::infinity();
  for (Eigen::Index i = 0; i < count; ++i) {
    if (!std::isfinite(cells[i])) {
      ++out.not_finite;
      cells[i] = 0.0F;
    }
    const float v = cells[i];
    out.minimum = std::min(out.minimum, static_cast<double>(v));
    out.maximum = std::max(out.maximum, static_cast<double>(v));
    moments.sum += v;
    moments.sum_of_squares += static_cast<double>(v) * v;
    if (whole_numbers && v >= 256.0F) {
      ++out.large;
      out.swap_like += looks_swapped(v) ? 1 : 0;
      out.multiples_of_256 += (static_cast<unsigned>(v) & 0xffU) == 0U ? 1 : 0;
    }
  }
  out.sum = moments.sum;
  return out;
}

}  // namespace

double likeness(const Eigen::Ref<const Eigen::ArrayXf>& a,
                const Eigen::Ref<const Eigen::ArrayXf>& b) {
  const Moments of_a{a.cast<double>().sum(), a.cast<double>().square().sum()};
  const Moments of_b{b.cast<double>().sum(), b.cast<double>().square().sum()};
  return correlation(of_a, of_b, (a.cast<double>() * b.cast<double>()).sum(),
                     static_cast<double>(a.size()));
}

std::vector<FrameStatistics> frame_statistics(const Recording& recording) {
  std::vector<FrameStatistics> all;
  all.reserve(recording.size());
  Eigen::ArrayXf previous;
  Moments previous_moments;
  visit_frames(*recording.frames, 0, recording.size(), [&](std::size_t, FrameBlock block) {
    for (Eigen::Index i = 0; i < block.rows(); ++i) {
      float* cells = block.data() + i * block.cols();
      Moments moments;
      FrameStatistics frame = statistics_of(cells, block.cols(), recording.integer_counts, moments);
      const Eigen::Map<const Eigen::ArrayXf> now(cells, block.cols());
      if (previous.size() == now.size()) {
        const double product = (previous.cast<double>() * now.cast<double>()).sum();
        frame.likeness_to_previous =
            correlation(previous_moments, moments, product, static_cast<double>(now.size()));
        frame.changed = static_cast<std::size_t>((previous != now).count());
      }
      previous = now;
      previous_moments = moments;
      all.push_back(frame);
    }
  });
  return all;
}

}  // namespace matfit
