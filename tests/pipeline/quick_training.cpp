#include "quick_training.hpp"

#include "support/datasets.hpp"

namespace matfit::test {

std::vector<StudyEntry> sample_entries() {
  return read_study(test::project_folder() / "datasets/sample/study").entries;
}

CalibrationKnowledge knowledge() {
  return load_calibration_knowledge(test::project_folder() / "calibration");
}

TrainPosturesOptions quick_training(int jobs) {
  TrainPosturesOptions options;
  options.synthetic = 4;
  options.samples.maps_per_recording = 1;
  options.samples.other_mats = 1;
  options.samples.jobs = jobs;
  options.training.variants_real = 1;
  options.training.variants_synthetic = 1;
  for (NetworkTraining* t : {&options.training.posture, &options.training.upright}) {
    t->hidden_units = 8;
    t->networks = 1;
    t->epochs = 1;
  }
  return options;
}

}  // namespace matfit::test
