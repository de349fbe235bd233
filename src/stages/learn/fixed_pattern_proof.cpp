#include "stages/learn/fixed_pattern_proof.hpp"

#include "numeric/random.hpp"
#include "numeric/statistics.hpp"
#include "stages/learn/local_surface.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

namespace matfit {

namespace {

constexpr std::uint64_t halvings_seed = 1;

// Different ways to part people in two halves; a half and its complement are one way.
std::vector<std::vector<std::string>> halves_of(const std::vector<std::string>& people,
                                                int most_halvings) {
  Random random(halvings_seed);
  std::set<std::vector<std::string>> seen;
  std::vector<std::vector<std::string>> halves;
  for (int attempt = 0; attempt < 20 * most_halvings; ++attempt) {
    if (halves.size() == static_cast<std::size_t>(most_halvings)) break;
    std::vector<std::string> order = people;
    for (std::size_t i = order.size() - 1; i > 0; --i) {
      std::swap(order[i], order[static_cast<std::size_t>(random.integer(0, static_cast<int>(i)))]);
    }
    const auto middle = order.begin() + static_cast<std::ptrdiff_t>(order.size() / 2);
    std::vector<std::string> half(order.begin(), middle);
    std::vector<std::string> other(middle, order.end());
    std::sort(half.begin(), half.end());
    std::sort(other.begin(), other.end());
    if (!seen.insert(std::min(half, other)).second) continue;
    halves.push_back(std::move(half));
  }
  return halves;
}

struct Agreement {
  double correlation = 0.0;
  std::size_t cells = 0;
};

Agreement agreement_of(const FixedPattern& a, const FixedPattern& b, int least_people) {
  const CellMarks both = a.people >= least_people && b.people >= least_people;
  const auto n = static_cast<double>(both.count());
  if (n < 3.0) return {};
  const auto centred = [&](const Eigen::ArrayXXd& map) {
    const Eigen::ArrayXXd kept = both.select(map, 0.0);
    return Eigen::ArrayXXd(both.select(kept - kept.sum() / n, 0.0));
  };
  const Eigen::ArrayXXd x = centred(a.log_gain);
  const Eigen::ArrayXXd y = centred(b.log_gain);
  const double scale = std::sqrt(x.square().sum() * y.square().sum());
  return {scale > 0.0 ? (x * y).sum() / scale : 0.0, static_cast<std::size_t>(both.count())};
}

void compare_halves(const std::vector<PersonMap>& maps, const std::vector<std::string>& people,
                    const FixedPatternProofOptions& options, FixedPatternProof& proof) {
  std::vector<double> correlations;
  proof.compared_cells = static_cast<std::size_t>(maps.front().reading.size());
  for (const auto& half : halves_of(people, options.most_halvings)) {
    std::vector<std::string> rest;
    std::set_difference(people.begin(), people.end(), half.begin(), half.end(),
                        std::back_inserter(rest));
    const Agreement agreement = agreement_of(fit_fixed_pattern(of_people(maps, half), options.fit),
                                             fit_fixed_pattern(of_people(maps, rest), options.fit),
                                             options.fit.least_people);
    correlations.push_back(agreement.correlation);
    proof.compared_cells = std::min(proof.compared_cells, agreement.cells);
  }
  proof.halvings = correlations.size();
  const double r = mean(correlations);
  const double of_cells =
      (1.0 - r * r) / std::sqrt(std::max(static_cast<double>(proof.compared_cells), 1.0));
  proof.halves_correlation =
      gaussian_estimate(r, std::hypot(standard_deviation(correlations), of_cells));
}

void keep_people_out(const std::vector<PersonMap>& maps, const std::vector<std::string>& people,
                     const FixedPatternProofOptions& options, FixedPatternProof& proof) {
  std::vector<double> all_before;
  std::vector<double> all_after;
  for (const std::string& person : people) {
    const Eigen::ArrayXXd gain =
        fit_fixed_pattern(without_person(maps, person), options.fit).gain();
    std::vector<double> before;
    std::vector<double> after;
    for (const PersonMap& map : maps) {
      if (map.person != person) continue;
      before.push_back(roughness(map.reading));
      after.push_back(roughness(map.reading, gain));
    }
    proof.kept_out.push_back({person, before.size(), mean(before), mean(after)});
    all_before.insert(all_before.end(), before.begin(), before.end());
    all_after.insert(all_after.end(), after.begin(), after.end());
  }
  proof.roughness_before = median(std::move(all_before));
  proof.roughness_after = median(std::move(all_after));
}

// Mean fall of a kept-out person's roughness, and the share of people in whom it falls.
std::pair<double, double> fall_of(const std::vector<KeptOutRoughness>& kept_out) {
  double fall = 0.0;
  double fell = 0.0;
  for (const KeptOutRoughness& person : kept_out) {
    if (person.before > 0.0) fall += 1.0 - person.after / person.before;
    fell += person.after < person.before ? 1.0 : 0.0;
  }
  const auto people = static_cast<double>(kept_out.size());
  return {fall / people, fell / people};
}

}  // namespace

std::string_view name_of(PatternDecision decision) {
  switch (decision) {
    case PatternDecision::not_enough: return "not_enough";
    case PatternDecision::does_not_repeat: return "does_not_repeat";
    case PatternDecision::repeats: break;
  }
  return "repeats";
}

FixedPatternProof prove_fixed_pattern(const std::vector<PersonMap>& maps,
                                      const FixedPatternProofOptions& options) {
  FixedPatternProof proof;
  const std::vector<std::string> people = people_in(maps);
  if (people.size() < options.least_people || maps.size() < options.least_maps) {
    proof.reason = fmt::format("{} people in {} maps; at least {} in {} are needed", people.size(),
                               maps.size(), options.least_people, options.least_maps);
    return proof;
  }
  compare_halves(maps, people, options, proof);
  if (proof.compared_cells < options.least_cells) {
    proof.reason =
        fmt::format("only {} cells were loaded by {} people in either half; {} are needed",
                    proof.compared_cells, options.fit.least_people, options.least_cells);
    return proof;
  }
  keep_people_out(maps, people, options, proof);
  const auto [fall, fell] = fall_of(proof.kept_out);
  proof.decision = PatternDecision::does_not_repeat;
  if (!(proof.halves_correlation.ci95_low >= options.least_correlation)) {
    proof.reason = fmt::format(
        "gains from two halves of the people correlate by {:.2f} (95 % {:.2f} to {:.2f}), under "
        "the {:.2f} asked of the lower end",
        proof.halves_correlation.value, proof.halves_correlation.ci95_low,
        proof.halves_correlation.ci95_high, options.least_correlation);
  } else if (!(fall >= options.least_fall) || !(fell >= options.least_share_of_people)) {
    proof.reason = fmt::format(
        "dividing by it changes a kept-out person's roughness by {:+.0f} % in the mean and lowers "
        "it in {:.0f} % of the people; {:.0f} % lower in {:.0f} % of them is asked",
        -100.0 * fall, 100.0 * fell, 100.0 * options.least_fall,
        100.0 * options.least_share_of_people);
  } else {
    proof.decision = PatternDecision::repeats;
    proof.reason = fmt::format(
        "gains from two halves of the people correlate by {:.2f} (95 % {:.2f} to {:.2f}), and "
        "kept-out people get {:.0f} % smoother",
        proof.halves_correlation.value, proof.halves_correlation.ci95_low,
        proof.halves_correlation.ci95_high, 100.0 * fall);
  }
  return proof;
}

}  // namespace matfit
