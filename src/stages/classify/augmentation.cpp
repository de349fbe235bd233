#include "stages/classify/augmentation.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr double pi = 3.14159265358979323846;

cv::Mat1f image_of(const Eigen::ArrayXXd& map) {
  cv::Mat1f image(static_cast<int>(map.rows()), static_cast<int>(map.cols()));
  for (int r = 0; r < image.rows; ++r) {
    for (int c = 0; c < image.cols; ++c) image(r, c) = static_cast<float>(map(r, c));
  }
  return image;
}

Eigen::ArrayXXd map_of(const cv::Mat1f& image) {
  Eigen::ArrayXXd map(image.rows, image.cols);
  for (int r = 0; r < image.rows; ++r) {
    for (int c = 0; c < image.cols; ++c) map(r, c) = image(r, c);
  }
  return map;
}

void move(cv::Mat1f& image, const MatGeometry& geometry, Random& random,
          const AugmentationOptions& options) {
  double turn = random.normal(0.0, options.turn_sd_rad);
  if (random.chance(options.askew_chance)) {
    turn = random.uniform(-options.largest_askew_rad, options.largest_askew_rad);
  }
  double side_m = options.shift_m;
  if (random.chance(options.edge_chance)) side_m = options.largest_edge_shift_m;
  const double shift_x = random.uniform(-side_m, side_m) / geometry.col_pitch_m;
  const double shift_y = random.uniform(-options.shift_m, options.shift_m) / geometry.row_pitch_m;
  const double aspect = geometry.row_pitch_m / geometry.col_pitch_m;
  const double mid_x = 0.5 * (image.cols - 1);
  const double mid_y = 0.5 * (image.rows - 1);
  const double cosine = std::cos(turn);
  const double sine = std::sin(turn);
  const cv::Matx23d inverse(cosine, sine * aspect,
                            mid_x - cosine * (mid_x + shift_x) - sine * aspect * (mid_y + shift_y),
                            -sine / aspect, cosine,
                            mid_y + sine / aspect * (mid_x + shift_x) - cosine * (mid_y + shift_y));
  cv::Mat1f moved;
  cv::warpAffine(image, moved, inverse, image.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                 cv::BORDER_CONSTANT, 0.0);
  image = moved;
}

// The body's shape seen through another response: gamma, coupling, gains that differ by cell.
void change_response(cv::Mat1f& image, Random& random, const AugmentationOptions& options) {
  double top = 0.0;
  cv::minMaxLoc(image, nullptr, &top);
  if (!(top > 0.0)) return;
  const auto gamma = static_cast<float>(std::exp(random.normal(0.0, options.gamma_log_sd)));
  const auto scale = static_cast<float>(1.0 / top);
  for (float& v : image) v = std::pow(std::max(v * scale, 0.0F), gamma);
  if (random.chance(0.6)) {
    cv::GaussianBlur(image, image, cv::Size(0, 0), random.uniform(0.3, 1.2),
                     random.uniform(0.3, 1.2), cv::BORDER_REPLICATE);
  }
  const double gain_sd = random.uniform(0.0, 0.25);
  const double noise = random.uniform(0.0, 0.02);
  for (float& v : image) {
    v *= static_cast<float>(std::exp(random.normal(0.0, gain_sd)));
    v = std::max(0.0F, v + static_cast<float>(random.normal(0.0, noise)));
  }
}

// Inflated cells across the bed carry the body on their crests and smear it sideways.
void add_bands(cv::Mat1f& image, const MatGeometry& geometry, Random& random) {
  const double period = random.uniform(0.07, 0.24) / geometry.row_pitch_m;
  const double phase = random.uniform(0.0, 2.0 * pi);
  const double depth = random.uniform(0.2, 0.9);
  const double smear = random.uniform(0.5, 2.5);
  cv::Mat1f smeared;
  cv::GaussianBlur(image, smeared, cv::Size(0, 0), smear, 0.4, cv::BORDER_REPLICATE);
  const auto mix = static_cast<float>(random.uniform(0.0, 0.5));
  for (int r = 0; r < image.rows; ++r) {
    const auto crest =
        static_cast<float>(1.0 - depth * 0.5 * (1.0 + std::cos(2.0 * pi * r / period + phase)));
    for (int c = 0; c < image.cols; ++c) {
      image(r, c) = ((1.0F - mix) * image(r, c) + mix * smeared(r, c)) * crest;
    }
  }
}

// A mattress over the mat, or a stiff cover: what presses at one place shows around it too.
void add_halo(cv::Mat1f& image, const MatGeometry& geometry, Random& random) {
  const double core_m = random.uniform(0.010, 0.050);
  const double halo_m = random.uniform(0.05, 0.20);
  const auto share = static_cast<float>(random.uniform(0.1, 0.6));
  cv::Mat1f core;
  cv::Mat1f halo;
  cv::GaussianBlur(image, core, cv::Size(0, 0), core_m / geometry.col_pitch_m,
                   core_m / geometry.row_pitch_m, cv::BORDER_REPLICATE);
  cv::GaussianBlur(image, halo, cv::Size(0, 0), halo_m / geometry.col_pitch_m,
                   halo_m / geometry.row_pitch_m, cv::BORDER_CONSTANT);
  cv::addWeighted(core, 1.0F - share, halo, share, 0.0, image);
}

// Every cell of a line reads a share of the line's mean too.
void add_leakage(cv::Mat1f& image, Random& random) {
  const auto by_row = static_cast<float>(random.uniform(0.0, 0.3));
  const auto by_col = static_cast<float>(random.chance(0.3) ? random.uniform(0.0, 0.2) : 0.0);
  cv::Mat1f rows;
  cv::Mat1f cols;
  cv::reduce(image, rows, 1, cv::REDUCE_AVG);
  cv::reduce(image, cols, 0, cv::REDUCE_AVG);
  for (int r = 0; r < image.rows; ++r) {
    for (int c = 0; c < image.cols; ++c) {
      image(r, c) += by_row * rows(r, 0) + by_col * cols(0, c);
    }
  }
}

void take_parts_off(cv::Mat1f& image, Random& random) {
  const int which = random.integer(0, 2);
  if (which == 0) {
    const int rows = random.integer(1, std::max(1, image.rows / 6));
    image.rowRange(0, rows) = 0.0F;
  } else if (which == 1) {
    const int rows = random.integer(1, std::max(1, image.rows / 4));
    image.rowRange(image.rows - rows, image.rows) = 0.0F;
  } else {
    const int cols = random.integer(1, std::max(1, image.cols / 6));
    if (random.chance(0.5)) {
      image.colRange(0, cols) = 0.0F;
    } else {
      image.colRange(image.cols - cols, image.cols) = 0.0F;
    }
  }
}

void damage(cv::Mat1f& image, Random& random, const AugmentationOptions& options) {
  if (random.chance(options.dead_line_chance)) {
    const int lines = random.integer(1, 3);
    for (int i = 0; i < lines; ++i) {
      if (random.chance(0.5)) {
        image.row(random.integer(0, image.rows - 1)) = 0.0F;
      } else {
        image.col(random.integer(0, image.cols - 1)) = 0.0F;
      }
    }
  }
  if (random.chance(options.hot_cell_chance)) {
    const int cells = random.integer(1, 4);
    for (int i = 0; i < cells; ++i) {
      image(random.integer(0, image.rows - 1), random.integer(0, image.cols - 1)) =
          static_cast<float>(random.uniform(0.5, 1.5));
    }
  }
}

// Fewer and larger cells, which sense all of their area or only a spot in their middle.
void coarsen(cv::Mat1f& image, MatGeometry& geometry, Random& random,
             const AugmentationOptions& options) {
  const auto fewer = [&](int cells, double pitch_m, double largest_pitch_m) {
    const double coarse_m =
        pitch_m * std::pow(std::max(1.0, largest_pitch_m / pitch_m), random.uniform());
    return std::max(8, static_cast<int>(std::lround(cells * pitch_m / coarse_m)));
  };
  const cv::Size size(
      std::min(image.cols, fewer(image.cols, geometry.col_pitch_m, options.largest_col_pitch_m)),
      std::min(image.rows, fewer(image.rows, geometry.row_pitch_m, options.largest_row_pitch_m)));
  cv::Mat1f coarse;
  cv::resize(image, coarse, size, 0, 0,
             random.chance(options.spot_chance) ? cv::INTER_LINEAR : cv::INTER_AREA);
  geometry.row_pitch_m *= static_cast<double>(image.rows) / coarse.rows;
  geometry.col_pitch_m *= static_cast<double>(image.cols) / coarse.cols;
  geometry.rows = coarse.rows;
  geometry.cols = coarse.cols;
  image = coarse;
}

// Simple electronics: readings that end early, begin late or go in few steps.
void limit_range(cv::Mat1f& image, Random& random) {
  double top = 0.0;
  cv::minMaxLoc(image, nullptr, &top);
  if (!(top > 0.0)) return;
  if (random.chance(0.5)) {
    cv::min(image, random.uniform(0.35, 0.9) * top, image);
  }
  if (random.chance(0.5)) {
    cv::threshold(image, image, random.uniform(0.02, 0.15) * top, 0.0, cv::THRESH_TOZERO);
  }
  if (random.chance(0.5)) {
    const auto step = static_cast<float>(top / random.integer(6, 60));
    for (float& v : image) v = step * std::round(v / step);
  }
}

}  // namespace

LabelledMap augmented(const LabelledMap& sample, Random& random,
                      const AugmentationOptions& options) {
  LabelledMap out = sample;
  cv::Mat1f image = image_of(sample.pressure);
  if (random.chance(options.mirror_chance)) {
    cv::flip(image, image, 1);
    out.posture = mirrored(out.posture);
  }
  move(image, out.geometry, random, options);
  out.geometry.row_pitch_m *= std::exp(random.normal(0.0, options.pitch_scale_sd));
  out.geometry.col_pitch_m *= std::exp(random.normal(0.0, options.pitch_scale_sd));
  change_response(image, random, options);
  if (random.chance(options.halo_chance)) add_halo(image, out.geometry, random);
  if (random.chance(options.leak_chance)) add_leakage(image, random);
  if (random.chance(options.band_chance)) add_bands(image, out.geometry, random);
  if (random.chance(options.coarse_chance)) coarsen(image, out.geometry, random, options);
  if (random.chance(options.limited_chance)) limit_range(image, random);
  if (random.chance(options.partial_chance)) take_parts_off(image, random);
  damage(image, random, options);
  out.pressure = map_of(image);
  return out;
}

}  // namespace matfit
