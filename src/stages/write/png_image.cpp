#include "stages/write/png_image.hpp"

#include <openssl/evp.h>
#include <png.h>

#include <stdexcept>

namespace matfit {

std::vector<std::uint8_t> png_bytes(const IndexedImage& image, const ColorTable& colors) {
  png_image header{};
  header.version = PNG_IMAGE_VERSION;
  header.width = static_cast<png_uint_32>(image.width);
  header.height = static_cast<png_uint_32>(image.height);
  header.format = PNG_FORMAT_RGB_COLORMAP;
  header.colormap_entries = static_cast<png_uint_32>(colors.size());
  png_alloc_size_t size = 0;
  std::vector<std::uint8_t> bytes;
  // The first call, without a place to write to, says how many bytes there will be.
  for (int call = 0; call < 2; ++call) {
    if (png_image_write_to_memory(&header, call == 0 ? nullptr : bytes.data(), &size, 0,
                                  image.indices.data(), 0, colors.data()) == 0) {
      throw std::runtime_error(std::string("cannot make a PNG: ") + header.message);
    }
    bytes.resize(size);
  }
  return bytes;
}

std::string png_data_uri(const IndexedImage& image, const ColorTable& colors) {
  const std::vector<std::uint8_t> png = png_bytes(image, colors);
  std::string base64(4 * ((png.size() + 2) / 3) + 1, '\0');  // EVP ends it with a NUL
  const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(base64.data()), png.data(),
                                     static_cast<int>(png.size()));
  base64.resize(static_cast<std::size_t>(length));
  return "data:image/png;base64," + base64;
}

}  // namespace matfit
