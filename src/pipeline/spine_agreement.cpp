#include "pipeline/spine_agreement.hpp"

#include "numeric/statistics.hpp"
#include "pipeline/middle_bout.hpp"
#include "types/spine_names.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

namespace matfit {

namespace {

// The bout that stands for a recording; null where none has the posture that the study labels.
const BoutResult* judged_bout(const StudyEntry& entry, const BatchItem& item) {
  const BoutResult* bout = item.result ? middle_bout(*item.result) : nullptr;
  const bool other = bout != nullptr && entry.posture && *entry.posture != bout->bout.posture;
  return other ? nullptr : bout;
}

struct Lie {
  std::string subject_id;
  std::string mattress_id;
  Posture posture = Posture::unknown;
  const SpineFit* spine = nullptr;
};

struct Difference {
  std::string subject_id;
  double value = 0.0;
  double sd = 0.0;      // of the difference
  double one_sd = 0.0;  // of one of the two
  double z() const { return value / sd; }
};

std::vector<Lie> undoubted_lies(const std::vector<StudyEntry>& entries,
                                const std::vector<BatchItem>& items) {
  std::vector<Lie> lies;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const BoutResult* bout = judged_bout(entries[i], items[i]);
    if (bout == nullptr || bout->spine.status != FitStatus::converged) continue;
    if (!bout->spine.doubts.empty()) continue;
    lies.push_back(
        {entries[i].subject_id, entries[i].mattress_id, bout->bout.posture, &bout->spine});
  }
  return lies;
}

std::optional<SpineComparison> comparison_of(const Lie& a, const Lie& b) {
  if (a.subject_id.empty() || a.subject_id != b.subject_id || a.mattress_id != b.mattress_id) {
    return std::nullopt;
  }
  if (a.posture == b.posture) return SpineComparison::repeat;
  if (is_side(a.posture) && b.posture == mirrored(a.posture)) return SpineComparison::mirror;
  return std::nullopt;
}

double share_within(const std::vector<Difference>& differences, double sds) {
  return static_cast<double>(
             std::count_if(differences.begin(), differences.end(),
                           [sds](const Difference& d) { return std::abs(d.z()) <= sds; })) /
         static_cast<double>(differences.size());
}

SpineAgreement summarised(const std::vector<Difference>& differences) {
  SpineAgreement out;
  std::vector<double> sds;
  std::map<std::string, std::vector<Difference>> by_person;
  for (const Difference& d : differences) {
    out.rms_difference += d.value * d.value;
    out.rms_z += d.z() * d.z();
    sds.push_back(d.one_sd);
    by_person[d.subject_id].push_back(d);
  }
  const auto count = static_cast<double>(differences.size());
  out.rms_difference = std::sqrt(out.rms_difference / count);
  out.rms_z = std::sqrt(out.rms_z / count);
  out.median_sd = quantile(std::move(sds), 0.5);
  out.pairs = differences.size();
  out.people = by_person.size();
  out.within_two_sd = share_within(differences, 2.0);
  out.within_half_sd = share_within(differences, 0.5);
  out.least_person_within_two_sd = 1.0;
  for (const auto& [person, own] : by_person) {
    out.least_person_within_two_sd =
        std::min(out.least_person_within_two_sd, share_within(own, 2.0));
  }
  return out;
}

}  // namespace

std::string_view name_of(SpineComparison comparison) {
  return comparison == SpineComparison::repeat ? "repeat" : "mirror";
}

std::vector<SpineAgreement> spine_agreement(const std::vector<StudyEntry>& entries,
                                            const std::vector<BatchItem>& items) {
  const std::vector<Lie> lies = undoubted_lies(entries, items);
  // By mattress, comparison and place of the metric in the contract's order.
  std::map<std::tuple<std::string, SpineComparison, std::size_t>, std::vector<Difference>> groups;
  for (std::size_t i = 0; i < lies.size(); ++i) {
    for (std::size_t k = i + 1; k < lies.size(); ++k) {
      const Lie& a = lies[i];
      const Lie& b = lies[k];
      const auto comparison = comparison_of(a, b);
      if (!comparison) continue;
      for (std::size_t m = 0; m < spine_metric_names.size(); ++m) {
        const auto first = a.spine->metrics.find(spine_metric_names[m]);
        const auto second = b.spine->metrics.find(spine_metric_names[m]);
        if (first == a.spine->metrics.end() || second == b.spine->metrics.end()) continue;
        const double value = first->second.value - second->second.value;
        const double sd = std::hypot(first->second.sd, second->second.sd);
        if (!std::isfinite(value) || !(sd > 0.0)) continue;
        groups[{a.mattress_id, *comparison, m}].push_back(
            {a.subject_id, value, sd, first->second.sd});
      }
    }
  }
  std::vector<SpineAgreement> out;
  for (const auto& [group, differences] : groups) {
    SpineAgreement row = summarised(differences);
    row.mattress_id = std::get<0>(group);
    row.comparison = std::get<1>(group);
    row.metric = spine_metric_names[std::get<2>(group)];
    out.push_back(std::move(row));
  }
  return out;
}

std::vector<SpineDoubtCount> spine_doubt_counts(const std::vector<StudyEntry>& entries,
                                                const std::vector<BatchItem>& items) {
  std::map<std::pair<std::string, std::string>, SpineDoubtCount> counts;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const BoutResult* bout = judged_bout(entries[i], items[i]);
    if (bout == nullptr) continue;
    SpineDoubtCount& count = counts[{entries[i].mattress_id, entries[i].condition}];
    const std::vector<SpineDoubt>& doubts = bout->spine.doubts;
    for (std::size_t d = 0; d < all_spine_doubts.size(); ++d) {
      if (std::find(doubts.begin(), doubts.end(), all_spine_doubts[d]) != doubts.end()) {
        ++count.recordings[d];
      }
    }
    if (doubts.empty()) ++count.recordings.back();
  }
  std::vector<SpineDoubtCount> out;
  for (auto& [group, count] : counts) {
    std::tie(count.mattress_id, count.condition) = group;
    out.push_back(count);
  }
  return out;
}

}  // namespace matfit
