#include "pipeline/study_checks.hpp"

#include "pipeline/finding_codes.hpp"
#include "pipeline/person_agreement.hpp"
#include "pipeline/recording_copies.hpp"
#include "types/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <map>
#include <numeric>
#include <string>

namespace matfit {

namespace {

// Recordings that are copies of each other, directly or through others.
class CopyGroups {
 public:
  explicit CopyGroups(std::size_t count) : leader_(count) {
    std::iota(leader_.begin(), leader_.end(), std::size_t{0});
  }
  std::size_t leader(std::size_t i) const {
    while (leader_[i] != i) i = leader_[i];
    return i;
  }
  void join(std::size_t a, std::size_t b) {
    const std::size_t one = leader(a);
    const std::size_t other = leader(b);
    leader_[std::max(one, other)] = std::min(one, other);
  }

 private:
  std::vector<std::size_t> leader_;
};

std::string listed(const std::vector<std::string>& ids) {
  constexpr std::size_t most = 6;
  const auto shown = static_cast<std::ptrdiff_t>(std::min(most, ids.size()));
  const std::string text = fmt::format("{}", fmt::join(ids.begin(), ids.begin() + shown, ", "));
  return ids.size() > most ? fmt::format("{} and {} more", text, ids.size() - most) : text;
}

void add_once(std::vector<std::string>& ids, const std::string& id) {
  if (!id.empty() && std::find(ids.begin(), ids.end(), id) == ids.end()) ids.push_back(id);
}

StudyFinding copy_finding(std::size_t leader, const std::vector<RecordingCopy>& copies,
                          const CopyGroups& groups,
                          const std::vector<RecordingSummary>& summaries) {
  StudyFinding finding;
  finding.code = finding_code::duplicate_recording;
  std::vector<std::string> mattresses;
  for (std::size_t i = 0; i < summaries.size(); ++i) {
    if (groups.leader(i) != leader) continue;
    finding.recording_ids.push_back(summaries[i].recording_id);
    add_once(finding.subject_ids, summaries[i].subject_id);
    add_once(mattresses, summaries[i].mattress_id);
  }
  bool same_file = true;
  bool mirrored = false;
  double least = 1.0;
  for (const RecordingCopy& copy : copies) {
    if (groups.leader(copy.first) != leader) continue;
    same_file = same_file && copy.same_file;
    mirrored = mirrored || copy.mirrored;
    least = std::min(least, copy.likeness);
  }
  std::string who;
  if (finding.subject_ids.size() > 1)
    who += fmt::format(", of persons {}", listed(finding.subject_ids));
  if (mattresses.size() > 1) who += fmt::format(", on mattresses {}", listed(mattresses));
  finding.text = fmt::format("{} hold the same recording{}: {}", listed(finding.recording_ids), who,
                             same_file ? "their files are the same"
                                       : fmt::format("their maps are alike by {:.4f}{}", least,
                                                     mirrored ? " after mirroring" : ""));
  return finding;
}

}  // namespace

std::vector<StudyFinding> with_effects(std::vector<StudyFinding> findings,
                                       const std::vector<FindingRule>& rules) {
  for (StudyFinding& finding : findings) {
    const auto rule = std::find_if(rules.begin(), rules.end(),
                                   [&](const FindingRule& r) { return r.code == finding.code; });
    if (rule == rules.end()) {
      throw UsageError("quality.toml: expected a [[finding]] with the code " + finding.code);
    }
    finding.effect = rule->effect;
    finding.affects = rule->affects;
  }
  return findings;
}

std::vector<std::size_t> mark_findings(std::vector<RecordingResult>& results,
                                       const std::vector<StudyFinding>& findings) {
  std::map<std::string, std::vector<QualityReason>> reasons;
  for (const StudyFinding& f : findings) {
    for (const std::string& id : f.recording_ids)
      reasons[id].push_back({f.code, f.text, f.effect, Grade::a, f.affects});
  }
  std::vector<std::size_t> changed;
  for (std::size_t i = 0; i < results.size(); ++i) {
    std::vector<QualityReason>& own = results[i].quality.reasons;
    const auto stale = std::remove_if(own.begin(), own.end(), [](const QualityReason& r) {
      return std::find(finding_code::all.begin(), finding_code::all.end(), r.code) !=
             finding_code::all.end();
    });
    const bool had = stale != own.end();
    own.erase(stale, own.end());
    const auto found = reasons.find(results[i].recording_id);
    if (found != reasons.end()) own.insert(own.end(), found->second.begin(), found->second.end());
    if (had || found != reasons.end()) changed.push_back(i);
  }
  return changed;
}

std::vector<StudyFinding> study_findings(const std::vector<RecordingSummary>& summaries,
                                         const StudyLimits& limits) {
  std::vector<StudyFinding> findings;
  const std::vector<RecordingCopy> copies = find_copies(summaries, limits);
  CopyGroups groups(summaries.size());
  for (const RecordingCopy& copy : copies) groups.join(copy.first, copy.second);
  std::vector<std::size_t> leaders;
  for (const RecordingCopy& copy : copies) {
    const std::size_t leader = groups.leader(copy.first);
    if (std::find(leaders.begin(), leaders.end(), leader) == leaders.end()) {
      leaders.push_back(leader);
    }
  }
  std::sort(leaders.begin(), leaders.end());
  for (const std::size_t leader : leaders) {
    findings.push_back(copy_finding(leader, copies, groups, summaries));
  }
  const std::vector<StudyFinding> persons =
      person_findings(compare_persons(summaries, limits), summaries, limits);
  findings.insert(findings.end(), persons.begin(), persons.end());
  return findings;
}

}  // namespace matfit
