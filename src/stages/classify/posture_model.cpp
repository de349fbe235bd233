#include "stages/classify/posture_model.hpp"

#include "stages/classify/gradient_features.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace matfit {

namespace {

constexpr int supine_class = 0;
constexpr int prone_class = 1;
constexpr int left_class = 2;
constexpr int right_class = 3;

// Logits of a map and of its mirror image, which must agree after a swap of left and right.
struct MirrorPair {
  Eigen::VectorXd seen;
  Eigen::VectorXd mirrored;
};

MirrorPair logits_of(const NetworkEnsemble& networks, const RegistrationOptions& registration,
                     const Eigen::ArrayXXd& map, const MatGeometry& geometry) {
  const Eigen::ArrayXXd flipped = map.rowwise().reverse();
  return {networks.logits(gradient_features(register_body(map, geometry, registration).image)),
          networks.logits(gradient_features(register_body(flipped, geometry, registration).image))};
}

// Mean over the stated pitch and some a little off it: bodies differ in size and mats in how true
// their stated pitch is, and an answer that hangs on either is none.
MirrorPair over_pitches(const NetworkEnsemble& networks, const RegistrationOptions& registration,
                        const Eigen::ArrayXXd& map, const MatGeometry& geometry) {
  struct Scale {
    double rows;
    double cols;
  };
  constexpr std::array<Scale, 4> scales{{{0.90, 0.96}, {0.96, 0.90}, {1.04, 1.10}, {1.10, 1.04}}};
  MirrorPair sum = logits_of(networks, registration, map, geometry);
  for (const Scale& scale : scales) {
    MatGeometry scaled = geometry;
    scaled.row_pitch_m *= scale.rows;
    scaled.col_pitch_m *= scale.cols;
    const MirrorPair pair = logits_of(networks, registration, map, scaled);
    sum.seen += pair.seen;
    sum.mirrored += pair.mirrored;
  }
  constexpr double views = 1.0 + scales.size();
  return {sum.seen / views, sum.mirrored / views};
}

}  // namespace

std::size_t class_of(Posture posture) {
  const auto found = std::find(model_postures.begin(), model_postures.end(), posture);
  if (found == model_postures.end()) {
    throw std::invalid_argument("class_of: a posture that is not lying has no class");
  }
  return static_cast<std::size_t>(found - model_postures.begin());
}

PostureModel::PostureModel(RegistrationOptions registration, NetworkEnsemble posture,
                           NetworkEnsemble upright, Provenance provenance)
    : registration_(registration),
      posture_(std::move(posture)),
      upright_(std::move(upright)),
      provenance_(std::move(provenance)) {
  const int features = gradient_feature_count(registered_rows, registered_cols);
  if (posture_.feature_count() != features || upright_.feature_count() != features ||
      posture_.class_count() != static_cast<int>(model_postures.size()) ||
      upright_.class_count() != 2) {
    throw std::invalid_argument("PostureModel: the networks do not fit the features");
  }
}

PostureProbabilities PostureModel::predict(const Eigen::ArrayXXd& map,
                                           const MatGeometry& geometry) const {
  const MirrorPair pair = over_pitches(posture_, registration_, map, geometry);
  Eigen::VectorXd logits(4);
  logits[supine_class] = 0.5 * (pair.seen[supine_class] + pair.mirrored[supine_class]);
  logits[prone_class] = 0.5 * (pair.seen[prone_class] + pair.mirrored[prone_class]);
  logits[left_class] = 0.5 * (pair.seen[left_class] + pair.mirrored[right_class]);
  logits[right_class] = 0.5 * (pair.seen[right_class] + pair.mirrored[left_class]);
  const Eigen::VectorXd p = softmax(logits / posture_.temperature);
  PostureProbabilities out{};
  for (std::size_t i = 0; i < model_postures.size(); ++i) {
    out[static_cast<std::size_t>(model_postures[i])] = p[static_cast<Eigen::Index>(i)];
  }
  return out;
}

PostureProbabilities PostureModel::predict(const PressureField& field) const {
  const Eigen::ArrayXXd map = canonical_from_recording(field.pressure_pa, field.orientation);
  return predict(map, canonical_geometry(field.geometry, field.orientation));
}

double PostureModel::upright_log_odds(const Eigen::ArrayXXd& map,
                                      const MatGeometry& geometry) const {
  const MirrorPair pair = logits_of(upright_, registration_, map, geometry);
  const Eigen::VectorXd mean = 0.5 * (pair.seen + pair.mirrored);
  return (mean[1] - mean[0]) / upright_.temperature;
}

}  // namespace matfit
