#pragma once

#include "numeric/logistic.hpp"
#include "types/body.hpp"
#include "types/posture.hpp"
#include "types/pressure_series.hpp"
#include "types/roll.hpp"

#include <Eigen/Core>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

// What a wedge or pillow shows on a map: contact behind or before a trunk on its side. Between
// shoulder and hip, in strips of 75 mm from 0.45 m behind the trunk's axis to 0.45 m before it, the
// contact's mean width in units of 10 mm and the same weighted by the pressure's root. Absent for
// other postures and without those landmarks.
std::optional<Eigen::VectorXd> roll_features(const PressureField& field, Posture posture,
                                             const BodyFit& body);

inline constexpr Eigen::Index roll_feature_count = 24;

// Tells a body's roll from the features: first whether it is propped at all, then how steeply.
struct RollModel {
  Eigen::VectorXd mean;  // of each feature over the training set
  Eigen::VectorXd sd;
  Logistic propped;
  Logistic steep;                 // of those that are
  double least_confidence = 0.6;  // below it the answer is undecided
  // Where it came from, as lines of name and value.
  std::vector<std::pair<std::string, std::string>> provenance;

  RollEstimate predict(const Eigen::VectorXd& features) const;
};

struct RollSample {
  std::string subject_id;
  Eigen::VectorXd features;
  Roll truth = Roll::none;
};

// Throws std::invalid_argument unless every kind of roll is among the samples.
RollModel train_roll_model(const std::vector<RollSample>& samples);

// calibration/roll_model.toml; UsageError names file, line, key and what was expected.
RollModel load_roll_model(const std::filesystem::path& path);
// The file's text.
std::string roll_model_text(const RollModel& model);

}  // namespace matfit
