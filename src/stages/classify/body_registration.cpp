#include "stages/classify/body_registration.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace matfit {

namespace {

float quantile_of(std::vector<float>& values, double q) {
  const auto place = static_cast<std::ptrdiff_t>(q * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + place, values.end());
  return values[static_cast<std::size_t>(place)];
}

// Background off, loaded range to 0..1, compressed: the resistive mats' response differs by an
// unknown power law, and the logarithm-like compression keeps limbs visible beside the pelvis.
cv::Mat1f compressed(const Eigen::ArrayXXd& map, const RegistrationOptions& options) {
  cv::Mat1f image(static_cast<int>(map.rows()), static_cast<int>(map.cols()));
  std::vector<float> values;
  values.reserve(static_cast<std::size_t>(map.size()));
  for (int r = 0; r < image.rows; ++r) {
    for (int c = 0; c < image.cols; ++c) {
      image(r, c) = static_cast<float>(std::max(map(r, c), 0.0));
      values.push_back(image(r, c));
    }
  }
  const float background = quantile_of(values, options.background_quantile);
  values.erase(
      std::remove_if(values.begin(), values.end(), [&](float v) { return v <= background; }),
      values.end());
  if (values.empty()) return cv::Mat1f::zeros(image.size());
  const float full = quantile_of(values, options.full_scale_quantile) - background;
  if (!(full > 0.0F)) return cv::Mat1f::zeros(image.size());
  const auto exponent = static_cast<float>(options.compression_exponent);
  for (float& v : image) v = std::pow(std::clamp((v - background) / full, 0.0F, 1.0F), exponent);
  return image;
}

cv::Mat1f on_square_cells(const cv::Mat1f& image, const MatGeometry& geometry) {
  const int rows =
      std::max(4, static_cast<int>(std::lround(geometry.length_m() / registered_cell_m)));
  const int cols =
      std::max(4, static_cast<int>(std::lround(geometry.width_m() / registered_cell_m)));
  const bool shrinks = rows < image.rows || cols < image.cols;
  cv::Mat1f square;
  cv::resize(image, square, cv::Size(cols, rows), 0, 0,
             shrinks ? cv::INTER_AREA : cv::INTER_LINEAR);
  return square;
}

struct Axis {
  double centre_x = 0.0;  // cells of the square grid
  double centre_y = 0.0;
  double slope = 0.0;  // columns a row
};

// Weighted line through the rows' centres, twice: the second time only what lies near the first
// line counts, so that a bent leg or an outstretched arm pulls less.
Axis body_axis(const cv::Mat1f& image, double largest_slope) {
  Axis axis;
  constexpr double half_width_cells = 0.30 / registered_cell_m;
  for (int pass = 0; pass < 3; ++pass) {
    double w = 0, wx = 0, wy = 0, wyy = 0, wxy = 0;
    for (int r = 0; r < image.rows; ++r) {
      for (int c = 0; c < image.cols; ++c) {
        const double load = image(r, c);
        if (load <= 0.0) continue;
        if (pass > 0) {
          const double off = c - axis.centre_x - axis.slope * (r - axis.centre_y);
          if (std::abs(off) > half_width_cells) continue;
        }
        w += load;
        wx += load * c;
        wy += load * r;
        wyy += load * r * r;
        wxy += load * r * c;
      }
    }
    if (!(w > 0.0)) return {0.5 * (image.cols - 1), 0.5 * (image.rows - 1), 0.0};
    axis.centre_x = wx / w;
    axis.centre_y = wy / w;
    const double variance = wyy / w - axis.centre_y * axis.centre_y;
    const double covariance = wxy / w - axis.centre_x * axis.centre_y;
    axis.slope = variance > 1.0 ? covariance / variance : 0.0;
    axis.slope = std::clamp(axis.slope, -largest_slope, largest_slope);
  }
  return axis;
}

}  // namespace

RegisteredBody register_body(const Eigen::ArrayXXd& map, const MatGeometry& geometry,
                             const RegistrationOptions& options) {
  cv::Mat1f square = on_square_cells(compressed(map, options), geometry);
  if (options.smoothing_m > 0.0) {
    cv::GaussianBlur(square, square, cv::Size(0, 0), options.smoothing_m / registered_cell_m, 0.0,
                     cv::BORDER_REPLICATE);
  }
  const Axis axis = body_axis(square, std::tan(options.largest_tilt_rad));
  const double tilt = std::atan(axis.slope);

  // Destination cell -> source cell: turn about the body's centre.
  const double cosine = std::cos(tilt);
  const double sine = std::sin(tilt);
  const double mid_x = 0.5 * (registered_cols - 1);
  const double mid_y = 0.5 * (registered_rows - 1);
  const cv::Matx23d source_from_registered(cosine, sine,
                                           axis.centre_x - cosine * mid_x - sine * mid_y, -sine,
                                           cosine, axis.centre_y + sine * mid_x - cosine * mid_y);
  RegisteredBody body;
  cv::warpAffine(square, body.image, source_from_registered,
                 cv::Size(registered_cols, registered_rows),
                 cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_CONSTANT, 0.0);
  body.tilt_rad = tilt;
  body.centre_x_m = (axis.centre_x + 0.5) * registered_cell_m;
  body.centre_y_m = (axis.centre_y + 0.5) * registered_cell_m;
  return body;
}

}  // namespace matfit
