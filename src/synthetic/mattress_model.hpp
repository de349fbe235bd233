#pragma once

#include "numeric/monotone_cubic.hpp"
#include "numeric/random.hpp"
#include "synthetic/foam.hpp"
#include "types/mattress.hpp"

#include <Eigen/Core>

#include <optional>
#include <string>
#include <vector>

namespace matfit {

// A stretch of the mattress along its length that is softer or firmer than the rest.
struct MattressZone {
  double from_m = 0.0;  // from the head end
  double to_m = 0.0;
  double factor = 1.0;
};

// A softer layer on top; the layers lie in series.
struct Topper {
  Foam foam;
  double thickness_m = 0.04;  // part of the mattress's
};

// A worn trough: there the unloaded surface lies lower and the foam is softer. A bell along and
// across, in the mat's frame.
struct WornHollow {
  Eigen::Vector2d centre_m{0.0, 0.0};
  Eigen::Vector2d spread_m{0.25, 0.18};
  double depth_m = 0.0;
  double softened_share = 0.0;  // of the foam's pressure, at the centre
};

// What becomes of the slab's side-wise coupling under load.
enum class ShearLaw { falls_with_compression, constant };

// A slab on a rigid base.
struct MattressModel {
  std::string id;
  std::string name;
  Foam foam;
  double thickness_m = 0.18;     // of all layers
  double shear_n_per_m = 120.0;  // side-wise coupling of the uncompressed slab
  double age_years = 0.0;
  std::vector<MattressZone> zones;
  std::optional<Topper> topper;
  std::optional<WornHollow> hollow;
  ShearLaw shear_law = ShearLaw::falls_with_compression;
};

// Pressure of uniform compression by a share of the whole thickness, away from zones and hollow.
class UniformCurve {
 public:
  explicit UniformCurve(const MattressModel& mattress);
  double pressure_pa(double compressed_share) const;

 private:
  Foam foam_;
  std::optional<MonotoneCubic> layered_;  // tabulated, where layers share the compression
};

double stiffness_factor(const MattressModel& mattress, const Eigen::Vector2d& at_m);
// How far the unloaded surface lies below that of a new mattress.
double worn_depth_m(const MattressModel& mattress, const Eigen::Vector2d& at_m);
// The coupling that is left where the slab is compressed by that share, as a share of the whole.
double coupling_left(ShearLaw law, double compressed_share);

enum class Firmness { soft, medium, firm };
MattressModel typical_mattress(Firmness firmness);
// Any foam from very soft to hard, 8 to 30 cm thick, one in four with zones.
MattressModel random_mattress(Random& random);

// The force in lbf on a 203 mm disc that presses the mattress in by a quarter of its thickness: the
// trade's ILD.
double indentation_lbf(const MattressModel& mattress);

// The same mattress with all its pressures multiplied.
void scale_firmness(MattressModel& mattress, double factor);

// The curve that a laboratory would measure in the middle of the mattress: uniform pressure, or a
// rigid indenter, which shears the foam at its rim. Firmness is the curve's place on the retail
// scale.
Mattress measured(const MattressModel& mattress, CurveKind kind);

}  // namespace matfit
