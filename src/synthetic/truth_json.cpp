#include "synthetic/truth_json.hpp"

#include <nlohmann/json.hpp>

#include <cmath>

namespace matfit {
namespace {

using Json = nlohmann::ordered_json;

double shown(double value) {
  const double rounded = std::round(1000.0 * value) / 1000.0;
  return rounded == 0.0 ? 0.0 : rounded;  // no minus zero
}

Json bout_json(const TrueBout& bout) {
  const SyntheticTruth& truth = bout.truth;
  Json out;
  out["start_s"] = shown(bout.start_s);
  out["end_s"] = shown(bout.end_s);
  out["posture"] = std::string(name_of(truth.posture));
  Json& landmarks = out["landmarks"] = Json::object();
  for (std::size_t i = 0; i < landmark_count; ++i) {
    const Eigen::Vector2d& p = truth.landmarks_m[i];
    landmarks[std::string(name_of(static_cast<Landmark>(i)))] = {{"x_mm", shown(1000.0 * p.x())},
                                                                 {"y_mm", shown(1000.0 * p.y())}};
  }
  Json& spine = out["spine"] = Json::object();
  spine["plane"] = is_side(truth.posture) ? "frontal" : "sagittal";
  Json& levels = spine["levels"] = Json::array();
  for (const TrueSpineLevel& level : truth.spine) {
    levels.push_back({{"level", level.level},
                      {"x_mm", shown(1000.0 * level.x_m)},
                      {"y_mm", shown(1000.0 * level.y_m)},
                      {"z_mm", shown(1000.0 * level.z_m)},
                      {"neutral_z_mm", shown(1000.0 * level.neutral_z_m)}});
  }
  Json& metrics = spine["metrics"] = Json::object();
  for (const auto& [name, value] : truth.metrics) metrics[name] = shown(value);
  out["weight_n"] = shown(truth.weight_n);
  out["load_on_mat_n"] = shown(truth.load_on_mat_n);
  return out;
}

}  // namespace

std::string truth_json(const SimulatedRecording& simulated) {
  Json out;
  out["schema"] = "matfit-truth";
  out["schema_version"] = 1;
  out["recording_id"] = simulated.recording.id;
  Json& bouts = out["bouts"] = Json::array();
  for (const TrueBout& bout : simulated.bouts) bouts.push_back(bout_json(bout));
  return out.dump(2) + "\n";
}

}  // namespace matfit
