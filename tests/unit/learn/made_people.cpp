#include "made_people.hpp"

#include "numeric/random.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <cmath>

namespace matfit::test {

namespace {

constexpr int rows = 48;
constexpr int cols = 24;
// Reading at which a cell bears a kilopascal.
constexpr double reading_at_kpa = 60.0;

// Pressures of one lie, Pa, that bear `weight_n`. `breadth` is the mounds' radius in cells.
Eigen::ArrayXXd lie(double weight_n, double breadth, Random& random) {
  constexpr int mounds = 7;
  Eigen::ArrayXXd pressure = Eigen::ArrayXXd::Zero(rows, cols);
  for (int mound = 0; mound < mounds; ++mound) {
    const double row = 6.0 + 6.0 * mound + random.uniform(-2.0, 2.0);
    const double col = random.uniform(8.0, 16.0);
    const double height = random.uniform(0.5, 2.0);
    for (int c = 0; c < cols; ++c) {
      for (int r = 0; r < rows; ++r) {
        const double across = (c - col) / (1.6 * breadth);
        const double along = (r - row) / breadth;
        pressure(r, c) += height * std::exp(-0.5 * (across * across + along * along));
      }
    }
  }
  pressure = (pressure < 0.03 * pressure.maxCoeff()).select(0.0, pressure);
  return pressure * weight_n / (pressure.sum() * made_cell_area_m2);
}

}  // namespace

Eigen::ArrayXXd made_log_gain(const MadePeople& made) {
  Random random(derived_seed(made.seed, 1000));
  Eigen::ArrayXXd gain(rows, cols);
  for (Eigen::Index i = 0; i < gain.size(); ++i) gain(i) = random.normal(0.0, made.gain_sd);
  return gain;
}

std::vector<PersonMap> made_people(const MadePeople& made) {
  const Eigen::ArrayXXd gain = made_log_gain(made).exp();
  std::vector<PersonMap> maps;
  for (int person = 0; person < made.people; ++person) {
    Random random(derived_seed(made.seed, static_cast<std::uint64_t>(person)));
    const double mass_kg = random.uniform(50.0, 110.0);
    for (int posture = 0; posture < made.postures; ++posture) {
      PersonMap map;
      map.person = fmt::format("P{}", person);
      map.recording_id = fmt::format("P{}_{}", person, posture);
      map.mass_kg = mass_kg;
      map.posture = posture % 2 == 0 ? Posture::supine : Posture::left;
      const double breadth = posture % 2 == 0 ? random.uniform(2.4, 3.4) : random.uniform(1.5, 2.2);
      const double weight_n =
          mass_kg * standard_gravity_m_per_s2 * std::exp(random.normal(0.0, made.weight_sd));
      map.reading = lie(weight_n, breadth, random);
      for (Eigen::Index i = 0; i < map.reading.size(); ++i) {
        const double reading =
            reading_at_kpa * std::pow(map.reading(i) / pa_per_kpa, 1.0 / made.exponent);
        map.reading(i) = gain(i) * reading * std::exp(random.normal(0.0, made.passing_sd));
      }
      maps.push_back(std::move(map));
    }
  }
  return maps;
}

}  // namespace matfit::test
