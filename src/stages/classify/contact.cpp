#include "stages/classify/contact.hpp"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>
#include <vector>

namespace matfit {

namespace {

double loaded_threshold(const Eigen::ArrayXXd& map, double noise, const ContactRules& rules) {
  std::vector<double> positive;
  for (Eigen::Index i = 0; i < map.size(); ++i) {
    if (map(i) > 0.0) positive.push_back(map(i));
  }
  if (positive.empty()) return std::numeric_limits<double>::infinity();
  const auto place = static_cast<std::ptrdiff_t>(0.97 * static_cast<double>(positive.size() - 1));
  std::nth_element(positive.begin(), positive.begin() + place, positive.end());
  return std::max(rules.noise_factor * noise,
                  rules.relative_threshold * positive[static_cast<std::size_t>(place)]);
}

struct Patch {
  int label = 0;
  double area_m2 = 0.0;
  double length_m = 0.0;
  int top = 0;
  int bottom = 0;  // rows, or columns where the body lies along them
};

// Length between the 5 % and the 95 % of a profile's sum, in cells.
double extent_cells(const Eigen::ArrayXd& profile) {
  const double total = profile.sum();
  if (!(total > 0.0)) return 0.0;
  double sum = 0.0;
  double low = 0.0;
  for (Eigen::Index i = 0; i < profile.size(); ++i) {
    const double next = sum + profile[i];
    if (sum < 0.05 * total && next >= 0.05 * total) {
      low = static_cast<double>(i) + (0.05 * total - sum) / profile[i];
    }
    if (sum < 0.95 * total && next >= 0.95 * total) {
      return static_cast<double>(i) + (0.95 * total - sum) / profile[i] - low;
    }
    sum = next;
  }
  return static_cast<double>(profile.size()) - low;
}

std::vector<double> loads_of(const Eigen::ArrayXXd& map, const cv::Mat1i& labels, int label) {
  std::vector<double> loads;
  for (int r = 0; r < labels.rows; ++r) {
    for (int c = 0; c < labels.cols; ++c) {
      if (labels(r, c) == label) loads.push_back(map(r, c));
    }
  }
  return loads;
}

// Share of the smallest rectangle round a patch, askew or not, that the patch fills.
double rectangle_fill(const cv::Mat1i& labels, const Patch& patch, const MatGeometry& geometry) {
  std::vector<cv::Point2f> corners;
  for (int r = 0; r < labels.rows; ++r) {
    for (int c = 0; c < labels.cols; ++c) {
      if (labels(r, c) != patch.label) continue;
      for (const int down : {0, 1}) {
        for (const int right : {0, 1}) {
          corners.emplace_back(static_cast<float>((c + right) * geometry.col_pitch_m),
                               static_cast<float>((r + down) * geometry.row_pitch_m));
        }
      }
    }
  }
  const cv::Size2f size = cv::minAreaRect(corners).size;
  return patch.area_m2 / (static_cast<double>(size.width) * size.height);
}

bool is_thing(const std::vector<double>& loads, double fill, const ContactRules& rules) {
  if (fill < rules.thing_fill) return false;
  const auto count = static_cast<double>(loads.size());
  const double mean = std::accumulate(loads.begin(), loads.end(), 0.0) / count;
  double squares = 0.0;
  for (const double load : loads) squares += (load - mean) * (load - mean);
  return std::sqrt(squares / count) < rules.thing_evenness * mean;
}

bool beside_each_other(const Patch& a, const Patch& b) {
  const int overlap = std::min(a.bottom, b.bottom) - std::max(a.top, b.top);
  const int shorter = std::min(a.bottom - a.top, b.bottom - b.top);
  return overlap > 0 && 2 * overlap > shorter;
}

bool has_two_bodies(std::vector<Patch>& patches, const ContactRules& rules) {
  std::erase_if(patches, [&](const Patch& p) {
    return p.area_m2 < rules.second_body_m2 || p.length_m < rules.second_body_length_m;
  });
  for (std::size_t i = 0; i < patches.size(); ++i) {
    for (std::size_t j = i + 1; j < patches.size(); ++j) {
      if (beside_each_other(patches[i], patches[j])) return true;
    }
  }
  return false;
}

}  // namespace

std::string_view reason_of(ContactKind kind) {
  switch (kind) {
    case ContactKind::sitting: return "compact_contact";
    case ContactKind::several_bodies: return "several_bodies";
    case ContactKind::implausible: return "implausible_contact";
    case ContactKind::empty:
    case ContactKind::body: break;
  }
  return "";
}

Contact contact_of(const Eigen::ArrayXXd& map, const MatGeometry& geometry, double noise,
                   double load_share, const ContactRules& rules) {
  Contact contact;
  const double threshold = loaded_threshold(map, noise, rules);
  cv::Mat1b loaded(geometry.rows, geometry.cols, static_cast<unsigned char>(0));
  for (int r = 0; r < geometry.rows; ++r) {
    for (int c = 0; c < geometry.cols; ++c) loaded(r, c) = map(r, c) > threshold ? 255 : 0;
  }
  cv::Mat1i labels;
  cv::Mat1i statistics;
  cv::Mat1d centroids;
  const int count = cv::connectedComponentsWithStats(loaded, labels, statistics, centroids, 8);
  const double cell_m2 = geometry.cell_area_m2();
  const bool along_rows = geometry.length_m() >= geometry.width_m();
  std::vector<Patch> patches;
  std::vector<char> counts(static_cast<std::size_t>(count), 0);
  for (int k = 1; k < count; ++k) {
    const double area = statistics(k, cv::CC_STAT_AREA) * cell_m2;
    if (area < rules.smallest_patch_m2 && statistics(k, cv::CC_STAT_AREA) < 3) continue;
    counts[static_cast<std::size_t>(k)] = 1;
    contact.area_m2 += area;
    const int top = statistics(k, along_rows ? cv::CC_STAT_TOP : cv::CC_STAT_LEFT);
    const int length = statistics(k, along_rows ? cv::CC_STAT_HEIGHT : cv::CC_STAT_WIDTH);
    patches.push_back({k, area, length * (along_rows ? geometry.row_pitch_m : geometry.col_pitch_m),
                       top, top + length});
  }
  if (contact.area_m2 < rules.smallest_trace_m2 || load_share < rules.empty_load_share) {
    return contact;
  }
  const Patch& main =
      *std::max_element(patches.begin(), patches.end(),
                        [](const Patch& a, const Patch& b) { return a.area_m2 < b.area_m2; });
  const std::vector<double> main_loads = loads_of(map, labels, main.label);
  const double main_load = std::accumulate(main_loads.begin(), main_loads.end(), 0.0);
  if (contact.area_m2 < rules.smallest_contact_m2 ||
      is_thing(main_loads, rectangle_fill(labels, main, geometry), rules)) {
    contact.kind = ContactKind::implausible;
    return contact;
  }
  // Where contact is, not load: a mat whose readings rise steeply with pressure shows nearly all
  // the load of somebody curled up within the length of a seat.
  Eigen::ArrayXXd touched = Eigen::ArrayXXd::Zero(map.rows(), map.cols());
  double body_load = 0.0;
  for (int r = 0; r < geometry.rows; ++r) {
    for (int c = 0; c < geometry.cols; ++c) {
      if (counts[static_cast<std::size_t>(labels(r, c))] == 0) continue;
      touched(r, c) = 1.0;
      body_load += map(r, c);
    }
  }
  contact.length_m = extent_cells(touched.rowwise().sum()) * geometry.row_pitch_m;
  contact.width_m = extent_cells(touched.colwise().sum().transpose()) * geometry.col_pitch_m;
  if (contact.width_m > contact.length_m) std::swap(contact.width_m, contact.length_m);
  if (has_two_bodies(patches, rules)) {
    contact.kind = ContactKind::several_bodies;
  } else if (contact.length_m < rules.shortest_lying_m) {
    const bool seat = contact.area_m2 >= rules.smallest_seat_m2 &&
                      contact.area_m2 < rules.largest_seat_m2 &&
                      main_load >= rules.least_share_of_seat * body_load;
    contact.kind = seat ? ContactKind::sitting : ContactKind::implausible;
  } else {
    contact.kind = ContactKind::body;
  }
  return contact;
}

}  // namespace matfit
