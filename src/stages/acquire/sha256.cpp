#include "stages/acquire/sha256.hpp"

#include "types/error.hpp"

#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace matfit {

struct Sha256::Context {
  EVP_MD_CTX* digest = EVP_MD_CTX_new();
  ~Context() { EVP_MD_CTX_free(digest); }
};

Sha256::Sha256() : context_(std::make_unique<Context>()) {
  if (context_->digest == nullptr ||
      EVP_DigestInit_ex(context_->digest, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL has no SHA-256");
  }
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(const void* bytes, std::size_t size) {
  if (EVP_DigestUpdate(context_->digest, bytes, size) != 1) {
    throw std::runtime_error("OpenSSL failed to go on with a SHA-256");
  }
}

std::string Sha256::hex() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int size = 0;
  if (EVP_DigestFinal_ex(context_->digest, sum.data(), &size) != 1) {
    throw std::runtime_error("OpenSSL failed to end a SHA-256");
  }
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < size; ++i) {
    text.push_back(digits[sum[i] >> 4]);
    text.push_back(digits[sum[i] & 15]);
  }
  return text;
}

std::string sha256_of_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw InputError({path.string(), "", "", "a readable file", "check its rights"});
  Sha256 sum;
  std::vector<char> block(std::size_t{1} << 20);
  while (in) {
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    sum.update(block.data(), static_cast<std::size_t>(in.gcount()));
  }
  return sum.hex();
}

}  // namespace matfit
