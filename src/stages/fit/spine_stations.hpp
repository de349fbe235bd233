#pragma once

#include "stages/fit/body_estimate.hpp"
#include "stages/fit/mattress_mechanics.hpp"

#include "types/posture.hpp"

#include <Eigen/Core>

#include <array>

namespace matfit {

// What lies between the spine and the skin below it at one height of the trunk.
struct SkinStation {
  double height_fraction = 0.0;  // of stature, over the sole
  Normal spine_over_skin_m;      // of the unpressed skin
  SoftTissue tissue;
};

// From the shoulders down to the hips; linear between stations and constant beyond.
struct SkinStations {
  static constexpr std::size_t count = 5;
  std::array<SkinStation, count> station;

  Eigen::VectorXd weights(double height_fraction) const;  // of the stations, sum 1
  double spine_over_skin_m(double height_fraction) const;
  // One mode a station: its standard deviation there, falling to nothing at its neighbours.
  Eigen::VectorXd modes_m(double height_fraction) const;
  SoftTissue tissue(double height_fraction) const;
  // How far the skin comes nearer to the spine under a pressure.
  double tissue_compression_m(double height_fraction, double pressure_pa) const;
};

// Of somebody lying in that posture. The side's come from breadths, the front's from depths.
SkinStations skin_stations(Posture posture, const BodyEstimate& person, const Anthropometry& known,
                           const MattressPresets& presets);

}  // namespace matfit
