#pragma once

#include "pipeline/batch.hpp"
#include "stages/acquire/study.hpp"
#include "stages/fit/roll_model.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace matfit {

// A labelled roll as a number of degrees, in the steps that a model knows: up to 10 none, to 50
// low.
Roll roll_of_angle(double roll_rad);

// Answers of models that had not seen the person: [truth][none, low, steep, undecided].
struct RollHeldOut {
  std::string subject_id;
  std::array<std::array<std::size_t, roll_count + 1>, roll_count> answers{};
};

struct TrainedRoll {
  RollModel model;
  std::vector<RollHeldOut> held_out;  // in the order of the names
  std::vector<std::string> unused;    // labelled entries that show no side-lying trunk
};

// From analysed recordings with a labelled roll (`items` in the order of `entries`), the bout in
// the middle of each. Throws UsageError where a kind of roll is missing, for somebody left out too.
TrainedRoll train_roll(const std::vector<StudyEntry>& entries, const std::vector<BatchItem>& items);

// What results say of the entries' labelled rolls, as in RollHeldOut, by person.
std::vector<RollHeldOut> compare_rolls(const std::vector<StudyEntry>& entries,
                                       const std::vector<BatchItem>& items);

}  // namespace matfit
