#pragma once

#include "types/subject.hpp"

#include <array>
#include <filesystem>
#include <vector>

namespace matfit {

// A quantity known as a normal distribution, in the unit of the name that holds it.
struct Normal {
  double mean = 0.0;
  double sd = 0.0;
};

// length = a + b * stature + c * mass, with its standard error of estimate, in metres.
struct BodyRegression {
  double a_m = 0.0;
  double b_per_stature = 0.0;
  double c_m_per_kg = 0.0;
  double standard_error_m = 0.0;
};

struct SegmentMassShare {
  double head, upper_trunk, middle_trunk, lower_trunk;
  double upper_arm, forearm, hand, thigh, shank, foot;  // of one side
};

// Heights above the sole as a fraction of stature.
struct HeightFraction {
  Normal c7, acromion, chest, tenth_rib, waist, iliac_crest, trochanter, buttock, crotch,
      mid_patella, malleolus;
};

struct BreadthRegression {
  BodyRegression biacromial_breadth, bideltoid_breadth, chest_breadth, chest_depth, waist_breadth,
      waist_depth, hip_breadth, buttock_depth, head_breadth;
};

// Where a lying body presses on the mat: heights as a fraction of stature.
struct ContactHeight {
  Normal head, shoulder, waist, pelvis, knee, heel;
};

// Standing heights of the places whose load is marked, as fractions of stature.
struct MarkHeight {
  Normal head, shoulder, waist, pelvis;
};

struct SexAnthropometry {
  Normal stature_m;
  Normal body_mass_index;
  SegmentMassShare mass_share;
  HeightFraction height;
  BreadthRegression breadth;
};

// Proportions of the human body, with their scatter; sources stand in calibration/.
struct Anthropometry {
  std::array<SexAnthropometry, 2> by_sex;  // indexed by Sex
  double body_mass_index_limit = 0.0;      // beyond it the regressions' errors grow
  double error_growth_per_body_mass_index = 0.0;
  double measured_breadth_sd_m = 0.0;
  // Position of each level's vertebra along C7-S1: 0 for C7, 1 for S1; 19 entries.
  std::vector<double> spine_level_share;
  double s1_below_iliac_crest_fraction = 0.0;
  // The back's own curves lying unloaded, towards the belly from the chord thoracic apex - S1: the
  // lumbar hollow, and C7 before the apex.
  Normal lordosis_depth_m;
  Normal kyphosis_depth_m;
  // Vertebral bodies under the skin of the back.
  Normal under_skin_thorax_m, under_skin_waist_m, under_skin_pelvis_m;
  ContactHeight contact_on_back;  // and on the front
  ContactHeight contact_on_side;
  MarkHeight marks_on_back;  // and on the front
  MarkHeight marks_on_side;

  const SexAnthropometry& of(Sex sex) const { return by_sex[static_cast<std::size_t>(sex)]; }
};

inline constexpr std::size_t spine_level_count = 19;  // C7, T1..T12, L1..L5, S1

// Throws UsageError that names file, line, key and what was expected.
Anthropometry load_anthropometry(const std::filesystem::path& path);

}  // namespace matfit
