#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>

namespace matfit {

// The SHA-256 of bytes that come in pieces (OpenSSL's EVP).
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(const void* bytes, std::size_t size);
  std::string hex();  // lower-case; ends the sum: call once

 private:
  struct Context;
  std::unique_ptr<Context> context_;
};

// Of a whole file. Throws InputError when it cannot be read.
std::string sha256_of_file(const std::filesystem::path& path);

}  // namespace matfit
