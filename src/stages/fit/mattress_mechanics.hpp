#pragma once

#include "stages/fit/anthropometry.hpp"

#include "numeric/monotone_cubic.hpp"
#include "types/mattress.hpp"
#include "types/spine.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <vector>

namespace matfit {

// Flesh between skin and bone: a thickness, and the modulus at which it begins to yield.
struct SoftTissue {
  double thickness_m = 0.0;
  double modulus_pa = 0.0;
};

// Where the trunk rests.
struct TrunkTissue {
  SoftTissue shoulder, thorax, waist, hip;
};

// How mattresses and flesh yield where nothing better is stated; sources stand in calibration/.
struct MattressPresets {
  std::vector<double> firmness_step;      // retail scale, increasing
  std::vector<double> ild25_pressure_pa;  // under the 203 mm disc at 25 % strain
  double support_factor = 0.0;            // ILD65 / ILD25
  double preset_relative_sd = 0.0;
  Normal unstated_thickness_m;
  double curve_relative_sd = 0.0;        // where the test states none
  double least_curve_relative_sd = 0.0;  // however little one test scatters
  double indenter_relative_sd = 0.0;     // of what is taken off for its rim
  double decay_length_m = 0.0;           // of a slab `decay_thickness_m` thick; grows with its root
  double decay_thickness_m = 0.0;
  double decay_relative_sd = 0.0;
  double stated_shear_relative_sd = 0.0;
  double densification_strain = 0.0;
  double bottoming_strain = 0.0;
  TrunkTissue tissue_on_side, tissue_on_back, tissue_on_front;
  double tissue_relative_sd = 0.0;           // of the whole body's softness
  double tissue_regional_relative_sd = 0.0;  // of each region's, beside that
  double unstated_scale_relative_sd = 0.0;
};

// Throws UsageError that names file, line, key and what was expected.
MattressPresets load_mattress_presets(const std::filesystem::path& path);

// A mattress as uniform pressure over indentation, with its side-wise coupling and what is unsure.
class MattressResponse {
 public:
  // The same reading of the same mattress, had it been stiffer and its coupling stronger by those
  // factors. What an indenter reads comes partly from the coupling: with more of it, less is left
  // for the uniform pressure.
  MattressResponse varied(double stiffness, double shear) const;

  SpineBasis basis() const { return basis_; }
  double thickness_m() const { return thickness_m_; }
  double shear_n_per_m() const { return shear_n_per_m_; }
  double stiffness_relative_sd() const { return stiffness_relative_sd_; }
  double shear_relative_sd() const { return shear_relative_sd_; }
  double bottoming_indentation_m() const { return bottoming_indentation_m_; }

  // Rises from 0 at 0; below 0 goes on as a straight line, so that it can be inverted everywhere.
  double pressure_pa(double indentation_m) const;
  double stiffness_pa_per_m(double indentation_m) const;

 private:
  friend std::optional<MattressResponse> mattress_response(const std::optional<Mattress>&,
                                                           const MattressPresets&);
  MattressResponse(std::vector<CurvePoint> reading, double indenter_radius_m, double shear_n_per_m,
                   double room_m, double densification_strain);

  MonotoneCubic curve_;
  std::vector<CurvePoint> reading_;
  double indenter_radius_m_ = 0.0;  // 0: uniform pressure
  double room_m_ = 0.0;
  double densification_strain_ = 0.0;
  SpineBasis basis_ = SpineBasis::none;
  double thickness_m_ = 0.0;
  double shear_n_per_m_ = 0.0;
  double stiffness_relative_sd_ = 0.0;
  double shear_relative_sd_ = 0.0;
  double bottoming_indentation_m_ = 0.0;
};

// From the measured curve, else from firmness; absent where neither is stated. Throws
// std::invalid_argument for a curve that does not increase or a firmness off the scale.
std::optional<MattressResponse> mattress_response(const std::optional<Mattress>& mattress,
                                                  const MattressPresets& presets);

// Compression of the flesh under a pressure: thickness * p / (p + modulus), never all of it.
double tissue_compression_m(const SoftTissue& tissue, double pressure_pa);

}  // namespace matfit
