#include "pipeline/person_agreement.hpp"

#include "numeric/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

namespace matfit {

namespace {

constexpr std::size_t least_others = 3;

struct Figure {
  double stated = 0.0;
  double log_seen = 0.0;
  double log_sd = 0.0;  // of repeats
};

using Figures = std::vector<std::optional<Figure>>;  // one a person

struct PersonValues {
  std::optional<double> stated;
  std::vector<double> seen;
};

// The repeats' middle, or their upper quartile where a bent knee only ever shortens.
std::optional<Figure> figure_of(const PersonValues& values, double quantile_of_repeats) {
  if (!values.stated || !(*values.stated > 0.0) || values.seen.empty()) return std::nullopt;
  std::vector<double> logs;
  for (const double v : values.seen) logs.push_back(std::log(v));
  const double scatter = logs.size() > 1 ? robust_sd(logs) : 0.0;
  return Figure{*values.stated, quantile(logs, quantile_of_repeats),
                scatter / std::sqrt(static_cast<double>(logs.size()))};
}

double log_ratio(const Figure& figure) { return figure.log_seen - std::log(figure.stated); }

// Against the median of the others, whose own error counts.
std::optional<StatedAgainstSeen> judged(const Figures& figures, std::size_t person,
                                        double usual_sd) {
  if (!figures[person]) return std::nullopt;
  std::vector<double> others;
  for (std::size_t i = 0; i < figures.size(); ++i) {
    if (i != person && figures[i]) others.push_back(log_ratio(*figures[i]));
  }
  if (others.size() < least_others) return std::nullopt;
  const Figure& own = *figures[person];
  const double off = log_ratio(own) - median(others);
  const double of_median = 1.2533 * std::max(usual_sd, robust_sd(others)) /
                           std::sqrt(static_cast<double>(others.size()));
  const double sd =
      std::sqrt(usual_sd * usual_sd + own.log_sd * own.log_sd + of_median * of_median);
  const double seen = own.stated * std::exp(off);
  return StatedAgainstSeen{own.stated, gaussian_estimate(seen, seen * sd), off / sd};
}

std::vector<double> ranks_of(const std::vector<double>& values) {
  std::vector<double> ranks;
  for (const double v : values) {
    double rank = 0.0;
    for (const double w : values) rank += w < v ? 1.0 : w == v ? 0.5 : 0.0;
    ranks.push_back(rank);
  }
  return ranks;
}

std::optional<StudyAgreement> agreement_of(const Figures& figures, double usual_sd) {
  std::vector<double> ratios, stated, seen;
  double of_repeats = 0.0;
  for (const std::optional<Figure>& figure : figures) {
    if (!figure) continue;
    ratios.push_back(log_ratio(*figure));
    stated.push_back(figure->stated);
    seen.push_back(figure->log_seen);
    of_repeats += figure->log_sd * figure->log_sd;
  }
  if (ratios.size() <= least_others) return std::nullopt;
  StudyAgreement out;
  out.people = ratios.size();
  const auto n = static_cast<double>(ratios.size());
  out.scatter = robust_sd(ratios);
  out.expected = std::sqrt(usual_sd * usual_sd + of_repeats / n);
  const double rank_correlation = correlation(ranks_of(stated), ranks_of(seen));
  out.correlation = std::isfinite(rank_correlation) ? rank_correlation : 0.0;
  return out;
}

// The power under which people's own recordings differ least; 1 where none has three.
std::size_t steadiest_exponent(
    const std::map<std::string, std::vector<const RecordingSummary*>>& recordings_of) {
  std::size_t best = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t e = 0; e < load_exponents.size(); ++e) {
    std::vector<double> scatter;
    for (const auto& [person, recordings] : recordings_of) {
      std::vector<double> logs;
      for (const RecordingSummary* r : recordings) {
        if (r->absolute) return 0;
        if (r->loads) logs.push_back(std::log((*r->loads)[e]));
      }
      if (logs.size() >= 3) scatter.push_back(robust_sd(logs));
    }
    if (scatter.empty()) return 0;
    // The sum is meant to be the load under every power, so the scatters compare as they are.
    const double now = median(scatter);
    if (now < least) {
      least = now;
      best = e;
    }
  }
  return best;
}

MatAgreement compare_on_mat(const std::string& mat, const std::vector<std::size_t>& members,
                            const std::vector<RecordingSummary>& summaries,
                            const StudyLimits& limits) {
  MatAgreement out;
  out.mat = mat;
  std::map<std::string, std::vector<const RecordingSummary*>> recordings_of;
  for (const std::size_t i : members) {
    const std::string& id = summaries[i].subject_id;
    recordings_of[id].push_back(&summaries[i]);
    const auto known = std::find_if(out.persons.begin(), out.persons.end(),
                                    [&](const PersonAgreement& p) { return p.subject_id == id; });
    if (known != out.persons.end()) {
      known->recordings.push_back(i);
    } else {
      out.persons.push_back({id, {i}, {}, {}});
    }
  }
  const std::size_t exponent = steadiest_exponent(recordings_of);
  out.load_exponent = load_exponents[exponent];
  Figures masses, statures;
  for (const PersonAgreement& person : out.persons) {
    PersonValues mass, stature;
    for (const std::size_t i : person.recordings) {
      const RecordingSummary& r = summaries[i];
      if (!mass.stated) mass.stated = r.mass_kg;
      if (!stature.stated) stature.stated = r.stature_m;
      if (r.loads) mass.seen.push_back((*r.loads)[exponent]);
      if (r.length_m) stature.seen.push_back(*r.length_m);
    }
    masses.push_back(figure_of(mass, 0.5));
    statures.push_back(figure_of(stature, 0.75));
  }
  for (std::size_t i = 0; i < out.persons.size(); ++i) {
    out.persons[i].mass_kg = judged(masses, i, limits.load_over_mass_sd);
    out.persons[i].stature_m = judged(statures, i, limits.length_over_stature_sd);
  }
  out.masses = agreement_of(masses, limits.load_over_mass_sd);
  out.statures = agreement_of(statures, limits.length_over_stature_sd);
  return out;
}

}  // namespace

std::vector<MatAgreement> compare_persons(const std::vector<RecordingSummary>& summaries,
                                          const StudyLimits& limits) {
  std::vector<std::string> mats;
  std::map<std::string, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    if (summaries[i].subject_id.empty()) continue;
    std::vector<std::size_t>& of_mat = members[summaries[i].mat];
    if (of_mat.empty()) mats.push_back(summaries[i].mat);
    of_mat.push_back(i);
  }
  std::vector<MatAgreement> out;
  for (const std::string& mat : mats) {
    out.push_back(compare_on_mat(mat, members[mat], summaries, limits));
  }
  return out;
}

}  // namespace matfit
