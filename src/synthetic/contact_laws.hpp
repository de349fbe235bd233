#pragma once

#include "synthetic/mattress_model.hpp"
#include "synthetic/posed_body.hpp"

#include <array>

namespace matfit {

// A pressure and how fast it grows with depth.
struct Resistance {
  double pressure_pa = 0.0;
  double slope_pa_per_m = 0.0;
};

// The mattress's uniform compression, tabulated for speed. Beyond 92 % compression it goes on as a
// straight line; above its surface it pulls back, which keeps a relaxation stable.
class FoamTable {
 public:
  explicit FoamTable(const MattressModel& mattress);
  Resistance at(double depth_m) const;

 private:
  static constexpr int bins = 480;
  double thickness_m_;
  std::array<double, bins + 2> value_pa_;
};

Resistance flesh_at(const FleshLayer& flesh, double compression_m);

// A moment and how fast it grows with the angle.
struct Bending {
  double moment_nm = 0.0;
  double slope_nm_per_rad = 0.0;
};

// At that angle from the hinge's rest.
Bending bending_at(const BodyHinge& hinge, double angle_rad);

}  // namespace matfit
