#include "stages/learn/response_of_family.hpp"

#include "numeric/statistics.hpp"

#include <cmath>
#include <tuple>
#include <utility>

namespace matfit {

using Eigen::ArrayXd;
using Eigen::Index;

namespace {

// Scatter and mass of one person from ln loads of all.
std::pair<double, std::optional<double>> told_of(std::size_t person, const ArrayXd& log_loads,
                                                 const PostureLoads& loads,
                                                 const PeopleEvidence& evidence) {
  const std::vector<double> means = mean_per_person(log_loads, loads.person, loads.people);
  std::optional<double> mass_kg;
  if (const auto scale = log_kg_per_load(means, evidence, person)) {
    mass_kg = std::exp(*scale + means[person]);
  }
  return {standard_deviation(of_person(log_loads, loads.person, person)), mass_kg};
}

ArrayXd linear_log_loads(const std::vector<PersonMap>& maps) {
  ArrayXd out(static_cast<Index>(maps.size()));
  for (Index m = 0; m < out.size(); ++m) {
    out(m) = std::log(maps[static_cast<std::size_t>(m)].reading.max(0.0).sum());
  }
  return out;
}

}  // namespace

std::optional<FamilyFit> fit_family(ResponseFamily family, const PeopleEvidence& evidence,
                                    const Weighing& weighing) {
  FamilyFit fit;
  fit.loads = posture_loads(evidence.maps, family, evidence.middle_reading);
  fit.covariation = covariation(fit.loads, concentrations(evidence.maps, weighing));
  const std::vector<std::size_t> all = everybody(evidence.people.size());
  const auto place = turning_place(fit.covariation, all);
  if (!place) return std::nullopt;
  fit.place = *place;
  const ArrayXd linear = linear_log_loads(evidence.maps);
  std::vector<double> scatter;
  for (const std::size_t person : all) {
    std::vector<std::size_t> others = all;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(person));
    const auto others_place = turning_place(fit.covariation, others);
    if (!others_place) return std::nullopt;
    KeptOutResponse row;
    row.person = evidence.people[person];
    row.maps = of_person(linear, fit.loads.person, person).size();
    row.exponent =
        local_exponent(family, parameter_at(fit.loads, *others_place), evidence.middle_reading);
    row.mass_kg = evidence.mass_kg[person];
    std::tie(row.scatter_before, row.mass_before_kg) = told_of(person, linear, fit.loads, evidence);
    std::tie(row.scatter_after, row.mass_after_kg) =
        told_of(person, log_loads_at(fit.loads, *others_place), fit.loads, evidence);
    scatter.push_back(row.scatter_after);
    fit.kept_out.push_back(std::move(row));
  }
  fit.scatter_after = root_mean_square(scatter);
  return fit;
}

}  // namespace matfit
