#include "stages/write/comparison.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace matfit {

std::vector<std::pair<Grade, std::size_t>> grade_counts(const RecordingGroup& recordings) {
  std::vector<std::pair<Grade, std::size_t>> counts;
  for (const Grade grade : all_grades) {
    const auto count =
        std::count_if(recordings.begin(), recordings.end(),
                      [&](const RecordingResult* r) { return r->quality.grade == grade; });
    if (count > 0) counts.emplace_back(grade, static_cast<std::size_t>(count));
  }
  return counts;
}

double lying_s(const RecordingResult& result) {
  double total = 0.0;
  for (const BoutResult& b : result.bouts) {
    if (is_lying(b.bout.posture)) total += b.bout.end_s - b.bout.start_s;
  }
  return total;
}

namespace {

double weight_of(const RecordingResult& result) {
  constexpr double shortest_s = 1.0;  // a recording of one frame has no length but counts
  return std::max(lying_s(result), shortest_s);
}

Estimate weighted_mean(const RecordingGroup& recordings, Estimate FitAssessment::*part) {
  Estimate sum{0.0, 0.0, 0.0, 0.0};
  double weights = 0.0;
  for (const RecordingResult* r : recordings) {
    const Estimate& e = r->fit.*part;
    if (!e.known()) continue;
    const double weight = weight_of(*r);
    sum.value += weight * e.value;
    sum.sd += weight * e.sd;
    sum.ci95_low += weight * e.ci95_low;
    sum.ci95_high += weight * e.ci95_high;
    weights += weight;
  }
  if (weights == 0.0) return {};
  return {sum.value / weights, sum.sd / weights, sum.ci95_low / weights, sum.ci95_high / weights};
}

// The verdict that holds for most of the time lain, undecided time included.
Verdict common_verdict(const RecordingGroup& recordings) {
  // As among the bouts of one recording: a bare majority could turn over with one more night.
  constexpr double needed_share = 0.6;
  std::map<Verdict, double> lain_s;
  double all_s = 0.0;
  for (const RecordingResult* r : recordings) {
    lain_s[r->fit.verdict] += weight_of(*r);
    all_s += weight_of(*r);
  }
  for (const auto& [verdict, time_s] : lain_s) {
    if (verdict != Verdict::undecided && time_s >= needed_share * all_s) return verdict;
  }
  return Verdict::undecided;
}

bool verdicts_differ(const RecordingGroup& recordings) {
  std::set<Verdict> decided;
  for (const RecordingResult* r : recordings) decided.insert(r->fit.verdict);
  decided.erase(Verdict::undecided);
  return decided.size() > 1;
}

// Groups in the order of their first recording.
template <typename Key>
std::vector<RecordingGroup> grouped(const RecordingGroup& recordings, const Key& key) {
  std::vector<RecordingGroup> groups;
  for (const RecordingResult* r : recordings) {
    const auto group = std::find_if(groups.begin(), groups.end(), [&](const RecordingGroup& g) {
      return key(*g.front()) == key(*r);
    });
    if (group == groups.end()) {
      groups.push_back({r});
    } else {
      group->push_back(r);
    }
  }
  return groups;
}

}  // namespace

std::vector<RecordingGroup> grouped_by_mattress(const RecordingGroup& recordings) {
  return grouped(recordings, [](const RecordingResult& r) { return r.mattress_id; });
}

ComparisonRow row_of(const RecordingGroup& recordings) {
  ComparisonRow row;
  row.subject_id = recordings.front()->subject_id;
  row.mattress_id = recordings.front()->mattress_id;
  if (recordings.front()->mattress) row.mattress_name = recordings.front()->mattress->name;
  row.recordings = recordings.size();
  for (const RecordingResult* r : recordings) row.lying_s += lying_s(*r);
  row.alignment = weighted_mean(recordings, &FitAssessment::alignment);
  row.pressure_relief = weighted_mean(recordings, &FitAssessment::pressure_relief);
  row.support = weighted_mean(recordings, &FitAssessment::support);
  row.score = weighted_mean(recordings, &FitAssessment::score);
  row.verdict = common_verdict(recordings);
  row.verdicts_differ = verdicts_differ(recordings);
  return row;
}

std::vector<ComparisonRow> compare_mattresses(const std::vector<RecordingResult>& results) {
  RecordingGroup named;
  for (const RecordingResult& r : results) {
    if (!r.subject_id.empty() && !r.mattress_id.empty()) named.push_back(&r);
  }
  std::vector<ComparisonRow> rows;
  for (const RecordingGroup& subject :
       grouped(named, [](const RecordingResult& r) { return r.subject_id; })) {
    const std::vector<RecordingGroup> mattresses = grouped_by_mattress(subject);
    if (mattresses.size() < 2) continue;
    for (const RecordingGroup& mattress : mattresses) rows.push_back(row_of(mattress));
  }
  return rows;
}

}  // namespace matfit
