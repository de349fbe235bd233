#pragma once

#include "stages/fit/trunk_model.hpp"

#include <Eigen/Core>

#include <optional>

namespace matfit {

// Everything about somebody lying there but the unknowns.
struct TrunkCase {
  Posture posture;
  const BodyEstimate& person;
  const SkinStations& stations;
  const Anthropometry& known;
  const MattressResponse& mattress;
  const MattressPresets& presets;
  std::optional<double> pillow_height_m;
};

TrunkModel model_of(const TrunkCase& lying, const Eigen::VectorXd& unknowns);

// The trunk at rest, and what one standard deviation of each unknown does to it.
struct TrunkLinearization {
  bool side = false;
  Eigen::VectorXd at;  // the unknowns
  TrunkRest rest;
  Eigen::MatrixXd rise;            // nodes x unknowns
  Eigen::MatrixXd sink;            // trunk nodes x unknowns
  Eigen::RowVectorXd head_load_n;  // unknowns
  double head_weight_n = 0.0;
};

// `start_m`: rises of the nodes near the answer, where some are known.
TrunkLinearization linearized(const TrunkCase& lying, const Eigen::VectorXd& unknowns,
                              const Eigen::VectorXd* start_m = nullptr);

}  // namespace matfit
