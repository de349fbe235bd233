#pragma once

#include "pipeline/posture_samples.hpp"
#include "stages/classify/posture_model.hpp"
#include "stages/classify/train_posture_model.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace matfit {

struct TrainPosturesOptions {
  TrainingOptions training;
  PostureSampleOptions samples;
  int synthetic = 9600;  // made-up sleepers, dealt out to the networks
  std::uint64_t seed = 1;
  std::vector<std::string> exclude_subjects;
  bool leave_one_subject_out = true;  // else no figures and a temperature of 1
  std::string command;                // for the provenance
  std::string data;                   // what the recordings are, with source and licence

  // The one seed of everything random in here.
  void use_seed(std::uint64_t value);
};

// One held-out person.
struct HeldOutRow {
  std::string subject_id;
  std::size_t maps = 0;
  std::size_t right = 0;           // posture
  std::size_t head_end_right = 0;  // head end withheld, rows of the mat known to lie along
  std::size_t other_mat_maps = 0;  // the same recordings as mats of other makes would show them
  std::size_t other_mat_right = 0;
  std::array<std::array<std::size_t, 4>, 4> confusion{};  // [truth][answer], as model_postures
};

struct TrainedPostures {
  PostureModel model;
  std::vector<HeldOutRow> held_out;     // in the order of the names
  std::vector<std::string> unlabelled;  // ids of entries that gave no map
  std::vector<std::string> failures;    // "ID: REASON"
  std::size_t real_maps = 0;
  std::size_t synthetic_maps = 0;
};

// Everything but the final networks, shared by train and by evaluate's splits.
struct PostureCorpus {
  std::vector<TrainingSample> samples;
  TrainingFeatures features;
  // Of the real people, as mats of other makes would show them: never trained on. Empty where
  // nobody is to be left out.
  std::vector<TrainingSample> by_other_mats;
  std::vector<std::string> subjects;    // real people, sorted
  std::vector<std::string> unlabelled;  // ids of entries that gave no map
  std::vector<std::string> failures;    // "ID: REASON"
};

PostureCorpus posture_corpus(const std::vector<StudyEntry>& entries,
                             const CalibrationKnowledge& known,
                             const TrainPosturesOptions& options);

// A model that has seen nobody of `held_out`; synthetic sleepers always count as seen.
PostureModel model_without(const PostureCorpus& corpus, const std::vector<std::string>& held_out,
                           const TrainPosturesOptions& options,
                           const Temperatures& temperatures = {});

// Posture networks from labelled recordings and made-up sleepers. The figures in the provenance
// come from people left out, one at a time; the temperature too. Throws UsageError where no entry
// gives a labelled map.
TrainedPostures train_postures(const std::vector<StudyEntry>& entries,
                               const CalibrationKnowledge& known,
                               const TrainPosturesOptions& options);

}  // namespace matfit
