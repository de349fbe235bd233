#pragma once

#include "stages/fit/mattress_mechanics.hpp"

#include <array>
#include <vector>

namespace matfit {

// A mattress's curve on an even grid, for many quick looks.
class MattressTable {
 public:
  explicit MattressTable(const MattressResponse& mattress);
  double pressure_pa(double indentation_m) const;  // from 0 to the thickness
  // How steeply the surface comes up beside an edge that holds it down so far, from the first
  // integral of G w'' = P(w).
  double steepest_slope(double indentation_m) const;
  double thickness_m() const { return step_m_ * static_cast<double>(pressure_pa_.size() - 1); }
  double shear_n_per_m() const { return shear_n_per_m_; }
  // Over which an indentation beside a load dies away, sqrt(G / k).
  double decay_length_m() const { return decay_length_m_; }

 private:
  double interpolated(const std::vector<double>& values, double indentation_m) const;

  double step_m_ = 0.0;
  std::vector<double> pressure_pa_;
  std::vector<double> slope_;
  double shear_n_per_m_ = 0.0;
  double decay_length_m_ = 0.0;
};

// A slice of the body that rests on the mattress: the lower half of a superellipse in flesh.
struct BodySection {
  double half_width_m = 0.0;   // across the body
  double half_height_m = 0.0;  // upright
  double flatness = 2.0;       // exponent: 2 is an ellipse, more is flatter below
  SoftTissue tissue;
};

// What a metre of such a slice carries when it is let down from touching.
struct SectionAnswer {
  double load_n_per_m = 0.0;
  double stiffness_n_per_m2 = 0.0;  // of that load over the approach
  double sink_m = 0.0;              // of the mattress's surface, mean over 5 cm to both sides
  double sink_slope = 0.0;          // over the approach
};

// Contact of a section with a mattress whose surface resists shear (Pasternak): within the contact
// the surface follows the flesh, and the contact ends where the section rises more steeply than the
// surface can. Flesh and mattress yield in series.
class SectionLaw {
 public:
  SectionLaw(const BodySection& section, const MattressTable& mattress);
  SectionAnswer at(double approach_m) const;  // nothing below 0; linear beyond the last entry

 private:
  static constexpr int entries = 26;
  static constexpr double step_m = 0.01;
  std::array<double, entries> load_{};
  std::array<double, entries> sink_{};
};

}  // namespace matfit
