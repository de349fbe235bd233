#include "stages/learn/learn_response_from_people.hpp"

#include "numeric/random.hpp"
#include "numeric/statistics.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <tuple>
#include <utility>

namespace matfit {

namespace {

using Eigen::ArrayXd;
using Eigen::ArrayXXd;
using Eigen::Index;

constexpr Weighing weighing = {0.75, 0.25};
constexpr std::array<Weighing, 2> other_weighings = {Weighing{0.5, 0.0}, Weighing{1.0, 0.5}};

std::vector<std::size_t> drawn_people(Random& random, std::size_t people) {
  std::vector<std::size_t> drawn(people);
  for (std::size_t& p : drawn) {
    p = static_cast<std::size_t>(random.integer(0, static_cast<int>(people) - 1));
  }
  return drawn;
}

struct ExponentError {
  double people_sd = 0.0;
  double weighing_sd = 0.0;
  double share_of_draws = 0.0;  // in which there was an answer
};

ExponentError exponent_error(const FamilyFit& fit, const PeopleEvidence& evidence,
                             const PeopleResponseOptions& options) {
  const auto exponent_at = [&](double place) {
    return local_exponent(fit.loads.family, parameter_at(fit.loads, place),
                          evidence.middle_reading);
  };
  Random random(options.seed);
  std::vector<double> drawn;
  for (int draw = 0; draw < options.draws; ++draw) {
    const auto place = turning_place(fit.covariation, drawn_people(random, evidence.people.size()));
    if (place) drawn.push_back(exponent_at(*place));
  }
  std::vector<double> weighed = {exponent_at(fit.place)};
  for (const Weighing& other : other_weighings) {
    const auto place = turning_place(covariation(fit.loads, concentrations(evidence.maps, other)),
                                     everybody(evidence.people.size()));
    if (place) weighed.push_back(exponent_at(*place));
  }
  ExponentError error;
  error.share_of_draws = static_cast<double>(drawn.size()) / options.draws;
  error.people_sd = drawn.empty() ? 0.0 : standard_deviation(drawn);
  error.weighing_sd = standard_deviation(weighed);
  return error;
}

// From people's mean loads and masses alone.
Estimate exponent_from_masses(const FamilyFit& fit, const PeopleEvidence& evidence,
                              const PeopleResponseOptions& options) {
  std::vector<std::size_t> weighed;
  for (std::size_t p = 0; p < evidence.people.size(); ++p) {
    if (evidence.mass_kg[p]) weighed.push_back(p);
  }
  if (weighed.size() < options.least_people) return {};
  std::vector<std::vector<double>> log_kg;  // of each parameter, of each person with a mass
  for (Index k = 0; k < fit.loads.log_load.rows(); ++k) {
    const std::vector<double> means =
        mean_per_person(fit.loads.log_load.row(k).transpose(), fit.loads.person, fit.loads.people);
    log_kg.emplace_back();
    for (const std::size_t p : weighed) {
      log_kg.back().push_back(std::log(*evidence.mass_kg[p]) - means[p]);
    }
  }
  const auto best_exponent = [&](const std::vector<std::size_t>& people) {
    std::size_t best = 0;
    double least = 0.0;
    for (std::size_t k = 0; k < log_kg.size(); ++k) {
      std::vector<double> values;
      for (const std::size_t p : people) values.push_back(log_kg[k][p]);
      const double scatter = standard_deviation(values);
      if (k == 0 || scatter < least) {
        least = scatter;
        best = k;
      }
    }
    return local_exponent(fit.loads.family, fit.loads.parameters[best], evidence.middle_reading);
  };
  Random random(options.seed);
  std::vector<double> drawn;
  for (int draw = 0; draw < options.draws; ++draw) {
    drawn.push_back(best_exponent(drawn_people(random, weighed.size())));
  }
  return {best_exponent(everybody(weighed.size())), standard_deviation(drawn),
          quantile(drawn, 0.025), quantile(drawn, 0.975)};
}

// The reading under which lies a hundredth of the load, and the highest of any frame.
std::pair<double, double> range_of(const PeopleEvidence& evidence, const FamilyFit& fit) {
  double highest = 0.0;
  std::vector<double> readings;
  double load = 0.0;
  const auto response_at = [&](double reading) {
    return response(fit.loads.family, fit.parameter(), reading);
  };
  for (std::size_t m = 0; m < evidence.maps.size(); ++m) {
    const ArrayXXd& map = evidence.maps[m].reading;
    highest = std::max({highest, map.maxCoeff(), evidence.maps[m].highest_reading});
    for (Index i = 0; i < map.size(); ++i) {
      if (!(map(i) > 0.0)) continue;
      readings.push_back(map(i));
      load += response_at(map(i));
    }
  }
  std::sort(readings.begin(), readings.end());
  double below = 0.0;
  std::size_t i = 0;
  while (i + 1 < readings.size() && below < 0.01 * load) below += response_at(readings[i++]);
  return {readings[i], highest};
}

double factor_pa(const FamilyFit& fit, const PeopleEvidence& evidence, double cell_area_m2,
                 double reference_mass_kg) {
  const std::vector<double> means =
      mean_per_person(log_loads_at(fit.loads, fit.place), fit.loads.person, fit.loads.people);
  const double log_kg =
      log_kg_per_load(means, evidence).value_or(std::log(reference_mass_kg) - mean(means));
  return std::exp(log_kg) * standard_gravity_m_per_s2 / cell_area_m2;
}

// The other family's pressures where both give the people the same mean load.
std::function<double(double)> other_pressure(const FamilyFit& fit, const FamilyFit& other,
                                             double factor) {
  const double difference =
      (log_loads_at(fit.loads, fit.place) - log_loads_at(other.loads, other.place)).mean();
  return [&other, scale = factor * std::exp(difference)](double reading) {
    return scale * response(other.loads.family, other.parameter(), reading);
  };
}

std::vector<ResponseError> errors_of(const PeopleResponse& learned, const FamilyFit& fit,
                                     const std::optional<FamilyFit>& other,
                                     double weight_on_mat_sd) {
  constexpr int entries = 12;
  const double everywhere = std::hypot(weight_on_mat_sd, learned.scatter_after);
  std::vector<ResponseError> errors;
  for (int i = 0; i < entries; ++i) {
    const double reading =
        learned.lowest_reading *
        std::pow(learned.highest_reading / learned.lowest_reading, i / (entries - 1.0));
    const double tilt = learned.exponent.sd * std::log(reading / learned.middle_reading);
    double of_family = 0.0;
    if (other) {
      const double here = learned.factor_pa * response(learned.family, learned.parameter, reading);
      of_family = 0.5 * std::log(other_pressure(fit, *other, learned.factor_pa)(reading) / here);
    }
    errors.push_back({reading, std::hypot(everywhere, tilt, of_family), 0.0});
  }
  return errors;
}

std::optional<double> mass_error(const std::vector<KeptOutResponse>& kept_out,
                                 std::optional<double> KeptOutResponse::*told_kg) {
  std::vector<double> errors;
  for (const KeptOutResponse& row : kept_out) {
    if (row.mass_kg && row.*told_kg) errors.push_back(*(row.*told_kg) / *row.mass_kg - 1.0);
  }
  if (errors.empty()) return std::nullopt;
  return root_mean_square(errors);
}

// Fills in all that the better of the families says.
void describe(const FamilyFit& fit, const std::optional<FamilyFit>& other,
              const PeopleEvidence& evidence, const PeopleResponseOptions& options,
              PeopleResponse& learned) {
  learned.family = fit.loads.family;
  learned.parameter = fit.parameter();
  learned.middle_reading = evidence.middle_reading;
  learned.kept_out = fit.kept_out;
  std::vector<double> before;
  for (const KeptOutResponse& row : fit.kept_out) before.push_back(row.scatter_before);
  learned.scatter_before = root_mean_square(before);
  learned.scatter_after = fit.scatter_after;
  if (other) learned.other_family_scatter = other->scatter_after;
  learned.mass_error_before = mass_error(fit.kept_out, &KeptOutResponse::mass_before_kg);
  learned.mass_error_after = mass_error(fit.kept_out, &KeptOutResponse::mass_after_kg);
  const ExponentError error = exponent_error(fit, evidence, options);
  learned.people_sd = error.people_sd;
  learned.weighing_sd = error.weighing_sd;
  learned.exponent = gaussian_estimate(
      local_exponent(fit.loads.family, learned.parameter, evidence.middle_reading),
      std::hypot(error.people_sd, error.weighing_sd));
  learned.exponent_from_masses = exponent_from_masses(fit, evidence, options);

  constexpr double least_share_of_draws = 0.95;
  if (error.share_of_draws < least_share_of_draws || learned.exponent.sd > options.largest_sd) {
    learned.reason = fmt::format(
        "the exponent is known to {:.2f} only, and {:.0f} % of the draws of people give one",
        learned.exponent.sd, 100.0 * error.share_of_draws);
  } else if (learned.scatter_after > 1.1 * learned.scatter_before) {
    learned.reason = fmt::format(
        "loads of a kept-out person would vary by {:.1f} % over postures instead of {:.1f} %",
        100.0 * learned.scatter_after, 100.0 * learned.scatter_before);
  } else {
    learned.learned = true;
    learned.reason =
        fmt::format("loads of a kept-out person vary by {:.1f} % over postures instead of {:.1f} %",
                    100.0 * learned.scatter_after, 100.0 * learned.scatter_before);
  }
}

}  // namespace

PeopleResponse learn_response_from_people(const std::vector<PersonMap>& maps, double cell_area_m2,
                                          double reference_mass_kg,
                                          const PeopleResponseOptions& options) {
  PeopleResponse learned;
  const PeopleEvidence evidence = people_evidence(maps, options.least_maps);
  if (evidence.people.size() < options.least_people) {
    learned.reason = fmt::format("{} people with {} lies or more; at least {} are needed",
                                 evidence.people.size(), options.least_maps, options.least_people);
    return learned;
  }
  std::optional<FamilyFit> fit = fit_family(ResponseFamily::power, evidence, weighing);
  std::optional<FamilyFit> other = fit_family(ResponseFamily::logarithm, evidence, weighing);
  if (!fit || (other && other->scatter_after < fit->scatter_after)) std::swap(fit, other);
  if (!fit) {
    learned.reason =
        "no curve makes the loads independent of how much a posture concentrates them: the "
        "postures differ too little";
    return learned;
  }
  describe(*fit, other, evidence, options, learned);
  learned.factor_pa = factor_pa(*fit, evidence, cell_area_m2, reference_mass_kg);
  std::tie(learned.lowest_reading, learned.highest_reading) = range_of(evidence, *fit);
  learned.curve =
      curve_of(learned.family, learned.parameter, learned.factor_pa, learned.highest_reading);
  learned.error = errors_of(learned, *fit, other, options.weight_on_mat_sd);
  return learned;
}

}  // namespace matfit
