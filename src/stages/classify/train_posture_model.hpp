#pragma once

#include "stages/classify/augmentation.hpp"
#include "stages/classify/posture_model.hpp"

#include <Eigen/Core>

#include <cstdint>
#include <string>
#include <vector>

namespace matfit {

// A labelled map and the person on it; people are what splits keep apart.
struct TrainingSample {
  LabelledMap map;  // in the body frame
  std::string subject_id;
  bool synthetic = false;
};

struct TrainingOptions {
  RegistrationOptions registration;
  AugmentationOptions augmentation;
  NetworkTraining posture;
  NetworkTraining upright = {.hidden_units = 32, .networks = 2, .epochs = 5};
  int variants_real = 12;         // augmented variants of a real map that one network sees
  int variants_synthetic = 4;     // and of a synthetic one
  double synthetic_weight = 1.0;  // of all synthetic samples against all real ones
  // Studies without a posture teach that real maps never show it, and made-up sleepers that only
  // they do. For this share of the real maps only the postures that occur among them compete.
  double competing_share = 0.75;
  std::uint64_t seed = 1;
};

// Divisors of the logits (feature_network.hpp).
struct Temperatures {
  double posture = 1.0;
  double upright = 1.0;
};

// Features of every sample and its variants, made once and shared by the folds of a split. Each
// network of the ensemble has variants and made-up sleepers of its own, so that what one draw shows
// by chance is not what all have learned.
struct TrainingFeatures {
  static constexpr int all_networks = -1;
  Eigen::MatrixXf upright;  // features x variants, row 0 at the head
  // The same bodies upside down, or across; only columns whose network learns the head end.
  Eigen::MatrixXf not_upright;
  std::vector<int> posture_class;   // one a variant, index into model_postures
  std::vector<std::size_t> sample;  // the sample that a variant came from
  std::vector<int> network;         // the one that learns from it, or all_networks
};

// Throws std::invalid_argument for a sample whose posture is not one of model_postures.
TrainingFeatures training_features(const std::vector<TrainingSample>& samples,
                                   const TrainingOptions& options);

// Learns from the samples with `use[i]` set; the same arguments give the same model, bit by bit.
// Throws std::invalid_argument for more networks of the head end than of the posture.
PostureModel train_posture_model(const std::vector<TrainingSample>& samples,
                                 const TrainingFeatures& features, const std::vector<char>& use,
                                 const TrainingOptions& options, Provenance provenance,
                                 const Temperatures& temperatures = {});

}  // namespace matfit
