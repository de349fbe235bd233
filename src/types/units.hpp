#pragma once

// Conversion factors between the SI units used inside and the units of readers, writers and pages.
// 1 mmHg = 133.322387415 Pa (BIPM, SI Brochure 8th edition, table 8).
namespace matfit {

inline constexpr double pa_per_mmhg = 133.322387415;
inline constexpr double pa_per_kpa = 1000.0;
inline constexpr double pa_per_psi = 6894.757293168;
inline constexpr double standard_gravity_m_per_s2 = 9.80665;  // CGPM 1901
inline constexpr double m_per_mm = 1e-3;
inline constexpr double mm_per_m = 1e3;
inline constexpr double m_per_inch = 0.0254;
inline constexpr double pi = 3.14159265358979323846;
inline constexpr double deg_per_rad = 180.0 / pi;

}  // namespace matfit
