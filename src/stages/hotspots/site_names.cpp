#include "stages/hotspots/site_names.hpp"

#include <Eigen/LU>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

struct Site {
  const char* name;
  Landmark landmark;
  double spread_m;  // of the peak about the landmark, along each axis: soft tissue and definition
};

// Spreads: the landmark is a joint's or bone's centre, the peak lies where its load is carried;
// convention, about half the part's size.
std::vector<Site> sites_of(Posture posture) {
  const Site head{"head", Landmark::head, 0.05};
  const Site lumbar{"lumbar", Landmark::lumbar, 0.04};
  const Site left_shoulder{"left_shoulder", Landmark::left_shoulder, 0.05};
  const Site right_shoulder{"right_shoulder", Landmark::right_shoulder, 0.05};
  const Site left_hip{"left_hip", Landmark::left_hip, 0.05};
  const Site right_hip{"right_hip", Landmark::right_hip, 0.05};
  const Site left_knee{"left_knee", Landmark::left_knee, 0.05};
  const Site right_knee{"right_knee", Landmark::right_knee, 0.05};
  const Site left_heel{"left_heel", Landmark::left_heel, 0.05};
  const Site right_heel{"right_heel", Landmark::right_heel, 0.05};
  switch (posture) {
    case Posture::supine:
      return {
          head,     left_shoulder, right_shoulder, lumbar,    {"sacrum", Landmark::pelvis, 0.05},
          left_hip, right_hip,     left_heel,      right_heel};
    case Posture::prone:
      return {head,     left_shoulder, right_shoulder, {"pelvis", Landmark::pelvis, 0.05},
              left_hip, right_hip,     left_knee,      right_knee};
    case Posture::left:
      return {head, left_shoulder, lumbar, left_hip, left_knee, right_knee, left_heel, right_heel};
    case Posture::right:
      return {head,      right_shoulder, lumbar,    right_hip,
              left_knee, right_knee,     left_heel, right_heel};
    default: return {};
  }
}

struct Pairing {
  double distance_sd;
  std::size_t peak;
  std::size_t site;
};

}  // namespace

std::vector<std::string> site_names(const std::vector<PeakPosition>& peaks, Posture posture,
                                    const BodyFit& body, const HotspotOptions& options) {
  std::vector<std::string> names(peaks.size(), unnamed_site);
  const bool fitted =
      body.status == FitStatus::converged || body.status == FitStatus::not_converged;
  if (!fitted) return names;
  const std::vector<Site> sites = sites_of(posture);
  std::vector<Pairing> pairings;
  for (std::size_t s = 0; s < sites.size(); ++s) {
    const auto& landmark = body.at(sites[s].landmark);
    if (!landmark) continue;
    for (std::size_t p = 0; p < peaks.size(); ++p) {
      const double spread = sites[s].spread_m;
      const double own = peaks[p].sd_m;
      const Eigen::Matrix2d covariance =
          landmark->covariance_m2 + (spread * spread + own * own) * Eigen::Matrix2d::Identity();
      const Eigen::Vector2d offset = peaks[p].position_m - landmark->position_m;
      const double distance = std::sqrt(offset.dot(covariance.inverse() * offset));
      if (distance <= options.name_gate_sd) pairings.push_back({distance, p, s});
    }
  }
  std::stable_sort(pairings.begin(), pairings.end(), [](const Pairing& a, const Pairing& b) {
    return a.distance_sd < b.distance_sd;
  });
  std::vector<bool> site_used(sites.size(), false);
  for (const Pairing& pairing : pairings) {
    if (site_used[pairing.site] || names[pairing.peak] != unnamed_site) continue;
    names[pairing.peak] = sites[pairing.site].name;
    site_used[pairing.site] = true;
  }
  return names;
}

}  // namespace matfit
