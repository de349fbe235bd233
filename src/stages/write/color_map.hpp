#pragma once

#include "stages/write/png_image.hpp"

namespace matfit {

// Pressure as colour, from paper white over yellow, orange and red to dark violet. Computed in
// OKLCh (B. Ottosson, "A perceptual color space for image processing", 2020): lightness falls
// linearly with pressure, so that equal steps look equal, also to the colour-blind and in print
// without colour; the hue turns evenly; chroma is what sRGB can show, at most 0.19.
const ColorTable& pressure_colors();

}  // namespace matfit
