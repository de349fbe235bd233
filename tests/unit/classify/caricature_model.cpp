#include "caricature_model.hpp"

namespace matfit::test {

Eigen::ArrayXXd caricature(Posture posture) {
  Eigen::ArrayXXd map = Eigen::ArrayXXd::Zero(usual_mat.rows, usual_mat.cols);
  if (posture == Posture::supine || posture == Posture::prone) {
    map = lying_body(usual_mat, 0.4);
    if (posture == Posture::prone) {
      add_patch(map, usual_mat, 0.4, 0.5, 0.2, 0.15, 9000.0);
      add_patch(map, usual_mat, 0.1, 0.3, 0.06, 0.12, 4000.0);
    }
    return map;
  }
  const double forwards = posture == Posture::left ? 1.0 : -1.0;
  add_patch(map, usual_mat, 0.4, 0.16, 0.07, 0.10, 3000.0);
  add_patch(map, usual_mat, 0.4, 0.45, 0.10, 0.18, 5000.0);
  add_patch(map, usual_mat, 0.4, 0.90, 0.10, 0.18, 6000.0);
  add_patch(map, usual_mat, 0.4 + 0.16 * forwards, 1.05, 0.16, 0.07, 3000.0);
  add_patch(map, usual_mat, 0.4 + 0.26 * forwards, 1.25, 0.06, 0.20, 2500.0);
  return map;
}

std::vector<TrainingSample> caricatures() {
  std::vector<TrainingSample> samples;
  for (const Posture p : model_postures) {
    for (const char* person : {"a", "b"}) {
      TrainingSample sample;
      sample.map.pressure = caricature(p);
      sample.map.geometry = usual_mat;
      sample.map.posture = p;
      sample.subject_id = person;
      samples.push_back(sample);
    }
  }
  return samples;
}

TrainingOptions small_training() {
  TrainingOptions options;
  options.variants_real = 12;
  options.posture.hidden_units = options.upright.hidden_units = 16;
  options.posture.networks = options.upright.networks = 1;
  options.posture.epochs = options.upright.epochs = 40;
  options.posture.learning_rate = options.upright.learning_rate = 5e-3;
  return options;
}

const PostureModel& caricature_model() {
  static const PostureModel model = [] {
    const std::vector<TrainingSample> samples = caricatures();
    const TrainingOptions options = small_training();
    return train_posture_model(samples, training_features(samples, options),
                               std::vector<char>(samples.size(), 1), options,
                               {{"people", "a b"}, {"note", "caricatures"}});
  }();
  return model;
}

}  // namespace matfit::test
