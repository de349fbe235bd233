#include "cli/people_text.hpp"

#include "numeric/statistics.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <utility>

namespace matfit {

namespace {

std::string mass_error(const std::optional<double>& told_kg, const std::optional<double>& mass_kg) {
  return told_kg && mass_kg ? fmt::format("{:+.1f}", *told_kg - *mass_kg) : "-";
}

// Of the people who have both, in kg.
std::string median_error(const std::vector<KeptOutResponse>& rows,
                         std::optional<double> KeptOutResponse::*told_kg) {
  std::vector<double> errors;
  for (const KeptOutResponse& row : rows) {
    if (row.mass_kg && row.*told_kg) errors.push_back(std::abs(*(row.*told_kg) - *row.mass_kg));
  }
  return errors.empty() ? "-" : fmt::format("{:.1f}", median(std::move(errors)));
}

std::string relative(const std::optional<double>& error) {
  return error ? fmt::format("{:.1f}", 100.0 * *error) : "-";
}

std::string used(const PeopleMaps& maps) {
  std::string text =
      fmt::format("recordings  {} of {} people, {} lies; response from {} flat lies\n",
                  maps.recordings, people_in(maps.all).size(), maps.all.size(), maps.flat.size());
  std::map<std::string, std::size_t> reasons;
  for (const auto* list : {&maps.not_flat, &maps.left_out}) {
    for (const std::string& line : *list) ++reasons[line.substr(line.find(": ") + 2)];
  }
  const std::size_t not_flat = maps.not_flat.size();
  if (not_flat > 0 || !maps.left_out.empty()) {
    text += fmt::format("left out    {} of the response only, {} of everything:\n", not_flat,
                        maps.left_out.size());
  }
  for (const auto& [reason, count] : reasons) text += fmt::format("  {:>4}  {}\n", count, reason);
  return text;
}

std::string pressures_of(const PeopleResponse& response) {
  std::string text;
  for (const ResponseError& error : response.error) {
    text += fmt::format("  {:>9.0f} {:>12.0f}\n", error.reading, 100.0 * error.relative_sd);
  }
  return text;
}

std::string response_text(const PeopleResponse& response) {
  std::string text = "\nRESPONSE\n";
  if (response.kept_out.empty()) return text + "  not learned: " + response.reason + "\n";
  text += fmt::format(
      "  {} law; exponent {:.3f} at a reading of {:.0f}, sd {:.3f} (people {:.3f}, "
      "weighing of postures {:.3f})\n",
      name_of(response.family), response.exponent.value, response.middle_reading,
      response.exponent.sd, response.people_sd, response.weighing_sd);
  if (response.exponent_from_masses.known()) {
    text += fmt::format("  from the masses alone: {:.2f} (95 % {:.2f} to {:.2f})\n",
                        response.exponent_from_masses.value, response.exponent_from_masses.ci95_low,
                        response.exponent_from_masses.ci95_high);
  }
  text += fmt::format("\n  {:<16} {:>5} {:>9} {:>18} {:>8} {:>15}\n", "person kept out", "lies",
                      "exponent", "posture_scatter_%", "mass_kg", "mass_error_kg");
  for (const KeptOutResponse& row : response.kept_out) {
    text += fmt::format(
        "  {:<16} {:>5} {:>9.3f} {:>9.1f} -> {:>5.1f} {:>8} {:>6} -> {:>5}\n", row.person, row.maps,
        row.exponent, 100.0 * row.scatter_before, 100.0 * row.scatter_after,
        row.mass_kg ? fmt::format("{:.0f}", *row.mass_kg) : "-",
        mass_error(row.mass_before_kg, row.mass_kg), mass_error(row.mass_after_kg, row.mass_kg));
  }
  text += fmt::format("  {:<16} {:>5} {:>9} {:>9.1f} -> {:>5.1f} {:>8} {:>5}% -> {:>4}%\n",
                      "root mean square", "", "", 100.0 * response.scatter_before,
                      100.0 * response.scatter_after, "", relative(response.mass_error_before),
                      relative(response.mass_error_after));
  text += fmt::format("  {:<48} {:>16} -> {:>5}\n", "median size of the masses' errors, kg",
                      median_error(response.kept_out, &KeptOutResponse::mass_before_kg),
                      median_error(response.kept_out, &KeptOutResponse::mass_after_kg));
  text += fmt::format("  {}: {}\n", response.learned ? "learned" : "not learned", response.reason);
  if (response.learned) {
    text += fmt::format("\n  {:>9} {:>12}\n", "reading", "pressure_sd_%") + pressures_of(response);
  }
  return text;
}

std::string pattern_text(const FixedPatternProof& pattern) {
  std::string text = "\nGAINS\n";
  if (pattern.halves_correlation.known()) {
    text += fmt::format(
        "  correlation of two halves of the people {:.2f} (95 % {:.2f} to {:.2f}; "
        "{} halvings, {} cells or more)\n",
        pattern.halves_correlation.value, pattern.halves_correlation.ci95_low,
        pattern.halves_correlation.ci95_high, pattern.halvings, pattern.compared_cells);
  }
  if (!pattern.kept_out.empty()) {
    text += fmt::format("\n  {:<16} {:>5} {:>17}\n", "person kept out", "lies", "roughness");
    for (const KeptOutRoughness& row : pattern.kept_out) {
      text += fmt::format("  {:<16} {:>5} {:>7.3f} -> {:>6.3f}\n", row.person, row.maps, row.before,
                          row.after);
    }
    text += fmt::format("  {:<16} {:>5} {:>7.3f} -> {:>6.3f}\n", "median of lies", "",
                        pattern.roughness_before, pattern.roughness_after);
  }
  std::string decision;
  switch (pattern.decision) {
    case PatternDecision::not_enough:
      decision = "not enough people or cells, nothing changed";
      break;
    case PatternDecision::does_not_repeat: decision = "does not repeat, nothing changed"; break;
    case PatternDecision::repeats: decision = "repeats, gains kept"; break;
  }
  return text + fmt::format("  {}: {}\n", decision, pattern.reason);
}

std::string creep_text(const CreepProof& creep) {
  std::string text = "\nCREEP\n";
  const double percent_per_decade = 100.0 * std::log(10.0);
  if (!creep.kept_out.empty()) {
    text += fmt::format("  {:<16} {:>5} {:>19}\n", "person kept out", "lies", "%_per_decade");
    for (const KeptOutCreep& row : creep.kept_out) {
      text += fmt::format("  {:<16} {:>5} {:>8.1f} -> {:>7.1f}\n", row.person, row.trials,
                          percent_per_decade * row.rate, percent_per_decade * row.left);
    }
    text +=
        fmt::format("  {:<16} {:>5} {:>8.1f} -> {:>7.1f}\n", "root mean square", "",
                    percent_per_decade * creep.rate_before, percent_per_decade * creep.rate_after);
  }
  return text + fmt::format("  {}: {}\n", creep.learned ? "learned" : "not learned", creep.reason);
}

}  // namespace

std::string people_text(const PeopleMaps& maps, const LearnedMat& learned) {
  return used(maps) + response_text(learned.response) + pattern_text(learned.pattern) +
         creep_text(learned.creep);
}

}  // namespace matfit
