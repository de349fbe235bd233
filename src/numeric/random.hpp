#pragma once

#include <cstdint>
#include <random>

namespace matfit {

// Random numbers that are the same on every platform: the standard fixes mt19937_64 but not the
// distributions, so these are ours.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  std::uint64_t bits() { return engine_(); }
  double uniform() { return static_cast<double>(engine_() >> 11) * 0x1.0p-53; }  // [0, 1)
  double uniform(double low, double high) { return low + (high - low) * uniform(); }
  int integer(int low, int high);  // both ends included
  double normal();                 // mean 0, sd 1 (Box & Muller 1958)
  double normal(double mean, double sd) { return mean + sd * normal(); }
  bool chance(double probability) { return uniform() < probability; }

 private:
  std::mt19937_64 engine_;
};

// A seed for item `index` of a stream, so that items can be made in any order (splitmix64).
std::uint64_t derived_seed(std::uint64_t seed, std::uint64_t index);

}  // namespace matfit
