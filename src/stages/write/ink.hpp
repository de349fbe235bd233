#pragma once

// Colours of the pictures; the style sheet names the same ones. On white all texts reach a contrast
// of 4.5 : 1 at least (WCAG 2.1, 1.4.3).
namespace matfit::ink {

inline constexpr char text[] = "#1b2733";
inline constexpr char muted[] = "#55616d";
inline constexpr char line[] = "#c9d0d6";
inline constexpr char faint[] = "#eef1f3";
inline constexpr char accent[] = "#0b5f6b";
inline constexpr char band[] = "#a9d2d6";
inline constexpr char zone_good[] = "#d3e8d6";
inline constexpr char zone_fair[] = "#f3e6bd";
inline constexpr char zone_poor[] = "#f0d3c7";
inline constexpr char spine[] = "#0a3d8f";
inline constexpr char warning[] = "#8a3b12";
inline constexpr char other[] = "#7a5c00";
inline constexpr char paper[] = "#ffffff";

}  // namespace matfit::ink
