#include "numeric/random.hpp"

#include <cmath>

namespace matfit {

int Random::integer(int low, int high) {
  return low + static_cast<int>(uniform() * static_cast<double>(high - low + 1));
}

double Random::normal() {
  constexpr double two_pi = 6.28318530717958647692;
  const double u = 1.0 - uniform();  // (0, 1]: the logarithm stays finite
  const double v = uniform();
  return std::sqrt(-2.0 * std::log(u)) * std::cos(two_pi * v);
}

std::uint64_t derived_seed(std::uint64_t seed, std::uint64_t index) {
  std::uint64_t z = seed + 0x9e3779b97f4a7c15ULL * (index + 1);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

}  // namespace matfit
