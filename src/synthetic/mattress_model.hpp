#pragma once

#include "numeric/random.hpp"
#include "types/mattress.hpp"

#include <string>
#include <vector>

namespace matfit {

// A stretch of the mattress along its length that is softer or firmer than the rest.
struct MattressZone {
  double from_m = 0.0;  // from the head end
  double to_m = 0.0;
  double factor = 1.0;
};

// A foam slab on a rigid base. Uniform compression follows Avalle, Belingardi & Ibba (Int J Impact
// Eng 2007 34:3), e the compressed share of the thickness:
//   p(e) = A (1 - exp(-E e / A)) + B (e / (1 - e))^n
// the first part the cells' buckling with its plateau, the second their closing.
struct MattressModel {
  std::string id;
  std::string name;
  double plateau_pa = 2500.0;     // A
  double modulus_pa = 14000.0;    // E
  double closing_pa = 1500.0;     // B
  double closing_exponent = 1.4;  // n
  double thickness_m = 0.18;
  double shear_n_per_m = 120.0;  // side-wise coupling of the uncompressed slab
  double age_years = 0.0;
  std::vector<MattressZone> zones;
};

double pressure_pa(const MattressModel& mattress, double compressed_share);
double stiffness_factor(const MattressModel& mattress, double y_m);  // of the zones

enum class Firmness { soft, medium, firm };
MattressModel typical_mattress(Firmness firmness);
// Any foam from very soft to hard, 8 to 30 cm thick, one in four with zones.
MattressModel random_mattress(Random& random);

// The force in lbf on a 203 mm disc that presses the mattress in by a quarter of its thickness: the
// trade's ILD.
double indentation_lbf(const MattressModel& mattress);

// The same foam with all its pressures multiplied.
void scale_firmness(MattressModel& mattress, double factor);

// The curve that a laboratory would measure in the middle of the mattress: uniform pressure, or a
// rigid indenter, which shears the foam at its rim. Firmness is the curve's place on the retail
// scale.
Mattress measured(const MattressModel& mattress, CurveKind kind);

}  // namespace matfit
