#pragma once

#include "made_up_maps.hpp"
#include "stages/classify/train_posture_model.hpp"

#include <vector>

namespace matfit::test {

// Caricatures on usual_mat: enough to tell whether a model learns, mirrors and turns.
Eigen::ArrayXXd caricature(Posture posture);

// Each posture for the people "a" and "b".
std::vector<TrainingSample> caricatures();

// Small and quick.
TrainingOptions small_training();

// Trained on the caricatures, once a program.
const PostureModel& caricature_model();

}  // namespace matfit::test
