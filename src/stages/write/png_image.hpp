#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace matfit {

using Rgb = std::array<std::uint8_t, 3>;
using ColorTable = std::array<Rgb, 256>;

// A picture of palette indices, row-major.
struct IndexedImage {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> indices;
};

// The picture as a PNG. Throws std::runtime_error when libpng cannot.
std::vector<std::uint8_t> png_bytes(const IndexedImage& image, const ColorTable& colors);

// "data:image/png;base64,..."
std::string png_data_uri(const IndexedImage& image, const ColorTable& colors);

}  // namespace matfit
