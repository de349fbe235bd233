#include "pipeline/finding_codes.hpp"
#include "pipeline/person_agreement.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

namespace matfit {

namespace {

struct Stated {
  double mass_sds = 0.0;
  double stature_sds = 0.0;
  double squares() const { return mass_sds * mass_sds + stature_sds * stature_sds; }
};

double sds_of(const std::optional<StatedAgainstSeen>& figure) { return figure ? figure->sds : 0.0; }

// How far the figure would be off under another person's statement.
double sds_with(const std::optional<StatedAgainstSeen>& figure,
                const std::optional<StatedAgainstSeen>& other) {
  if (!figure || !other) return sds_of(figure);
  const double log_sd = figure->seen.sd / figure->seen.value;
  return std::log(figure->seen.value / other->stated) / log_sd;
}

Stated own(const PersonAgreement& person) {
  return {sds_of(person.mass_kg), sds_of(person.stature_m)};
}

Stated with_figures_of(const PersonAgreement& person, const PersonAgreement& other) {
  return {sds_with(person.mass_kg, other.mass_kg), sds_with(person.stature_m, other.stature_m)};
}

bool disagrees(const PersonAgreement& person, const StudyLimits& limits) {
  return std::abs(sds_of(person.mass_kg)) > limits.disagreement_sd ||
         std::abs(sds_of(person.stature_m)) > limits.disagreement_sd;
}

std::vector<std::string> ids_of(const std::vector<std::size_t>& recordings,
                                const std::vector<RecordingSummary>& summaries) {
  std::vector<std::string> ids;
  for (const std::size_t i : recordings) ids.push_back(summaries[i].recording_id);
  return ids;
}

StudyFinding finding_of(const PersonAgreement& person,
                        const std::vector<RecordingSummary>& summaries, const StudyLimits& limits) {
  std::string text;
  const auto add = [&](const char* what, const StatedAgainstSeen& figure, double scale,
                       const char* unit) {
    text += fmt::format(
        "{}{} stated as {:.0f} {}, but by {} beside the other people's it is {:.0f} "
        "+/- {:.0f} {}",
        text.empty() ? "" : "; ", what, scale * figure.stated, unit,
        std::string(what) == "mass" ? "the load" : "the length on the mat",
        scale * figure.seen.value, scale * figure.seen.sd, unit);
  };
  if (std::abs(sds_of(person.mass_kg)) > limits.disagreement_sd) {
    add("mass", *person.mass_kg, 1.0, "kg");
  }
  if (std::abs(sds_of(person.stature_m)) > limits.disagreement_sd) {
    add("stature", *person.stature_m, 100.0, "cm");
  }
  return {finding_code::person_disagrees,
          fmt::format("person {}: {}", person.subject_id, text),
          "",
          ids_of(person.recordings, summaries),
          {person.subject_id}};
}

struct Exchange {
  std::size_t first = 0;  // of a mat's persons
  std::size_t second = 0;
  double before = 0.0;  // sum of squared deviations of the two persons' figures
  double after = 0.0;
};

std::optional<Exchange> exchange_of(const std::vector<PersonAgreement>& persons, std::size_t i,
                                    std::size_t j, const StudyLimits& limits) {
  const PersonAgreement& a = persons[i];
  const PersonAgreement& b = persons[j];
  if (!disagrees(a, limits) && !disagrees(b, limits)) return std::nullopt;
  const Exchange out{i, j, own(a).squares() + own(b).squares(),
                     with_figures_of(a, b).squares() + with_figures_of(b, a).squares()};
  const double decisive = limits.disagreement_sd * limits.disagreement_sd;
  // Four figures that are right have 4 in the mean and rarely over 9.
  if (!(out.before - out.after > decisive) || !(out.after < 9.0)) return std::nullopt;
  return out;
}

// The likeliest first; nobody is exchanged twice.
std::vector<Exchange> exchanges_among(const std::vector<PersonAgreement>& persons,
                                      const StudyLimits& limits) {
  std::vector<Exchange> all;
  for (std::size_t i = 0; i < persons.size(); ++i) {
    for (std::size_t j = i + 1; j < persons.size(); ++j) {
      if (const auto found = exchange_of(persons, i, j, limits)) all.push_back(*found);
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Exchange& a, const Exchange& b) { return a.after < b.after; });
  std::vector<Exchange> kept;
  for (const Exchange& e : all) {
    const bool taken = std::any_of(kept.begin(), kept.end(), [&](const Exchange& k) {
      return k.first == e.first || k.first == e.second || k.second == e.first ||
             k.second == e.second;
    });
    if (!taken) kept.push_back(e);
  }
  return kept;
}

StudyFinding finding_of(const Exchange& exchange, const std::vector<PersonAgreement>& persons,
                        const std::vector<RecordingSummary>& summaries) {
  const PersonAgreement& a = persons[exchange.first];
  const PersonAgreement& b = persons[exchange.second];
  std::vector<std::size_t> recordings = a.recordings;
  recordings.insert(recordings.end(), b.recordings.begin(), b.recordings.end());
  return {finding_code::persons_swapped,
          fmt::format("persons {} and {} fit the mat with each other's mass and stature, not with "
                      "their own (sum of squared deviations {:.0f}, exchanged {:.0f})",
                      a.subject_id, b.subject_id, exchange.before, exchange.after),
          "",
          ids_of(recordings, summaries),
          {a.subject_id, b.subject_id}};
}

void add_study(std::vector<StudyFinding>& findings, const MatAgreement& mat,
               const std::optional<StudyAgreement>& agreement, const char* code,
               const std::string& stated, const std::string& seen, const StudyLimits& limits) {
  if (!agreement || agreement->people < 5) return;
  // A robust standard deviation of n values is itself known to about 0.83 / sqrt(n - 1).
  const double by_chance =
      1.0 + limits.disagreement_sd * 0.83 / std::sqrt(static_cast<double>(agreement->people - 1));
  if (!(agreement->scatter > by_chance * agreement->expected)) return;
  std::vector<std::string> subjects;
  for (const PersonAgreement& person : mat.persons) subjects.push_back(person.subject_id);
  findings.push_back(
      {code,
       fmt::format("{} and {} of {} people scatter by {:.1f} % about a common factor, where {:.1f} "
                   "% is usual; their rank correlation is {:.2f}",
                   stated, seen, agreement->people, 100.0 * agreement->scatter,
                   100.0 * agreement->expected, agreement->correlation),
       "",
       {},
       subjects});
}

}  // namespace

std::vector<StudyFinding> person_findings(const std::vector<MatAgreement>& mats,
                                          const std::vector<RecordingSummary>& summaries,
                                          const StudyLimits& limits) {
  std::vector<StudyFinding> findings;
  for (const MatAgreement& mat : mats) {
    for (const PersonAgreement& person : mat.persons) {
      if (disagrees(person, limits)) findings.push_back(finding_of(person, summaries, limits));
    }
    for (const Exchange& exchange : exchanges_among(mat.persons, limits)) {
      findings.push_back(finding_of(exchange, mat.persons, summaries));
    }
    add_study(findings, mat, mat.masses, finding_code::masses_disagree, "stated masses", "loads",
              limits);
    add_study(findings, mat, mat.statures, finding_code::statures_disagree, "stated statures",
              "lengths on the mat", limits);
  }
  return findings;
}

}  // namespace matfit
