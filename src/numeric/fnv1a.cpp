#include "numeric/fnv1a.hpp"

namespace matfit {

namespace {

template <typename Hash>
Hash fnv1a(std::string_view bytes, Hash hash, Hash prime) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * prime;
  return hash;
}

}  // namespace

std::uint64_t fnv1a_64(std::string_view bytes) {
  return fnv1a<std::uint64_t>(bytes, 14695981039346656037ULL, 1099511628211ULL);
}

std::uint32_t fnv1a_32(std::string_view bytes) {
  return fnv1a<std::uint32_t>(bytes, 2166136261U, 16777619U);
}

}  // namespace matfit
