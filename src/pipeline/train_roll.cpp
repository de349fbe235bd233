#include "pipeline/train_roll.hpp"

#include "pipeline/middle_bout.hpp"
#include "pipeline/posture_samples.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace matfit {

namespace {

RollModel model_of(const std::vector<RollSample>& samples, const std::string& left_out) {
  std::vector<RollSample> seen;
  std::copy_if(samples.begin(), samples.end(), std::back_inserter(seen),
               [&](const RollSample& sample) { return sample.subject_id != left_out; });
  for (const Roll roll : all_rolls) {
    if (std::any_of(seen.begin(), seen.end(), [&](auto& s) { return s.truth == roll; })) continue;
    throw UsageError("train --roll: no side-lying recording with a roll of " +
                     std::string(name_of(roll)) + " degrees" +
                     (left_out.empty() ? "" : " once " + left_out + " is left out") +
                     "; fill the column roll_deg of recordings.csv");
  }
  return train_roll_model(seen);
}

void count(const RollEstimate& estimate, Roll truth, RollHeldOut& row) {
  const std::size_t answer = estimate.roll ? static_cast<std::size_t>(*estimate.roll) : roll_count;
  ++row.answers[static_cast<std::size_t>(truth)][answer];
}

}  // namespace

Roll roll_of_angle(double roll_rad) {
  constexpr double rad_per_deg = pi / 180.0;
  if (roll_rad <= 10.0 * rad_per_deg) return Roll::none;
  return roll_rad <= 50.0 * rad_per_deg ? Roll::low : Roll::steep;
}

TrainedRoll train_roll(const std::vector<StudyEntry>& entries,
                       const std::vector<BatchItem>& items) {
  TrainedRoll out;
  std::vector<RollSample> samples;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!entries[i].roll_rad || !items[i].result) continue;
    const BoutResult* bout = middle_bout(*items[i].result);
    const auto features =
        bout == nullptr ? std::nullopt : roll_features(bout->field, bout->bout.posture, bout->body);
    if (!features) {
      out.unused.push_back(entries[i].recording_id);
      continue;
    }
    samples.push_back({person_of(entries[i]), *features, roll_of_angle(*entries[i].roll_rad)});
  }
  std::map<std::string, RollHeldOut> rows;
  for (const RollSample& sample : samples) rows[sample.subject_id].subject_id = sample.subject_id;
  for (auto& [subject, row] : rows) {
    const RollModel model = model_of(samples, subject);
    for (const RollSample& sample : samples) {
      if (sample.subject_id == subject) count(model.predict(sample.features), sample.truth, row);
    }
  }
  for (const auto& [subject, row] : rows) out.held_out.push_back(row);
  out.model = model_of(samples, "");
  return out;
}

std::vector<RollHeldOut> compare_rolls(const std::vector<StudyEntry>& entries,
                                       const std::vector<BatchItem>& items) {
  std::map<std::string, RollHeldOut> rows;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!entries[i].roll_rad || !items[i].result) continue;
    const BoutResult* bout = middle_bout(*items[i].result);
    RollHeldOut& row = rows[person_of(entries[i])];
    row.subject_id = person_of(entries[i]);
    count(bout != nullptr && bout->roll ? *bout->roll : RollEstimate(),
          roll_of_angle(*entries[i].roll_rad), row);
  }
  std::vector<RollHeldOut> out;
  for (const auto& [subject, row] : rows) out.push_back(row);
  return out;
}

}  // namespace matfit
