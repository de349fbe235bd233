#include "stages/classify/gradient_features.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace matfit {

namespace {

constexpr float clip = 0.4F;

}  // namespace

int gradient_feature_count(int rows, int cols) {
  return (rows / gradient_cell_px) * (cols / gradient_cell_px) * (gradient_orientations + 1);
}

Eigen::VectorXf gradient_features(const cv::Mat1f& image) {
  const int cell_rows = image.rows / gradient_cell_px;
  const int cell_cols = image.cols / gradient_cell_px;
  const int cells = cell_rows * cell_cols;
  std::vector<float> histogram(static_cast<std::size_t>(cells * gradient_orientations), 0.0F);
  std::vector<float> level(static_cast<std::size_t>(cells), 0.0F);

  const auto at = [&](int r, int c) {
    return image(std::clamp(r, 0, image.rows - 1), std::clamp(c, 0, image.cols - 1));
  };
  constexpr float turn = 2.0F * 3.14159265F;
  for (int r = 0; r < image.rows; ++r) {
    for (int c = 0; c < image.cols; ++c) {
      level[static_cast<std::size_t>((r / gradient_cell_px) * cell_cols + c / gradient_cell_px)] +=
          image(r, c) / static_cast<float>(gradient_cell_px * gradient_cell_px);
      const float dx = at(r, c + 1) - at(r, c - 1);
      const float dy = at(r + 1, c) - at(r - 1, c);
      const float size = std::sqrt(dx * dx + dy * dy);
      if (size <= 1e-6F) continue;
      float angle = std::atan2(dy, dx);
      if (angle < 0.0F) angle += turn;
      const float bin = angle / turn * gradient_orientations;
      const int bin0 = static_cast<int>(bin) % gradient_orientations;
      const int bin1 = (bin0 + 1) % gradient_orientations;
      const float to1 = bin - std::floor(bin);
      const float cr = (static_cast<float>(r) + 0.5F) / gradient_cell_px - 0.5F;
      const float cc = (static_cast<float>(c) + 0.5F) / gradient_cell_px - 0.5F;
      const int r0 = static_cast<int>(std::floor(cr));
      const int c0 = static_cast<int>(std::floor(cc));
      const float fr = cr - static_cast<float>(r0);
      const float fc = cc - static_cast<float>(c0);
      for (int i = 0; i < 2; ++i) {
        for (int j = 0; j < 2; ++j) {
          const int rr = r0 + i;
          const int kc = c0 + j;
          if (rr < 0 || rr >= cell_rows || kc < 0 || kc >= cell_cols) continue;
          const float share = (i == 0 ? 1.0F - fr : fr) * (j == 0 ? 1.0F - fc : fc) * size;
          const auto base = static_cast<std::size_t>((rr * cell_cols + kc) * gradient_orientations);
          histogram[base + static_cast<std::size_t>(bin0)] += share * (1.0F - to1);
          histogram[base + static_cast<std::size_t>(bin1)] += share * to1;
        }
      }
    }
  }

  std::vector<float> energy(static_cast<std::size_t>(cells), 0.0F);
  float total = 0.0F;
  for (int k = 0; k < cells; ++k) {
    for (int b = 0; b < gradient_orientations; ++b) {
      const float v = histogram[static_cast<std::size_t>(k * gradient_orientations + b)];
      energy[static_cast<std::size_t>(k)] += v * v;
    }
    total += energy[static_cast<std::size_t>(k)];
  }
  // Cells far from any edge must not be blown up to full length by their own normalisation.
  const float floor = 0.1F * total / static_cast<float>(cells) + 1e-6F;
  Eigen::VectorXf features(cells * (gradient_orientations + 1));
  Eigen::Index out = 0;
  for (int r = 0; r < cell_rows; ++r) {
    for (int c = 0; c < cell_cols; ++c) {
      float around = 0.0F;
      float weight = 0.0F;
      for (int i = -1; i <= 1; ++i) {
        for (int j = -1; j <= 1; ++j) {
          if (r + i < 0 || r + i >= cell_rows || c + j < 0 || c + j >= cell_cols) continue;
          around += energy[static_cast<std::size_t>((r + i) * cell_cols + c + j)];
          weight += 1.0F;
        }
      }
      const float norm = 1.0F / std::sqrt(around / weight + floor);
      for (int b = 0; b < gradient_orientations; ++b) {
        const float v =
            histogram[static_cast<std::size_t>((r * cell_cols + c) * gradient_orientations + b)];
        features[out++] = std::min(v * norm, clip * 2.5F);
      }
    }
  }
  for (const float v : level) features[out++] = v;
  return features;
}

}  // namespace matfit
