#pragma once

#include "stages/classify/body_registration.hpp"
#include "stages/classify/feature_network.hpp"
#include "types/posture.hpp"
#include "types/pressure_series.hpp"

#include <array>
#include <cstddef>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace matfit {

// Where a model came from, as lines of name and value: data, split, figures, command, seed.
using Provenance = std::vector<std::pair<std::string, std::string>>;

// The postures that a model tells apart, in the order of its classes.
inline constexpr std::array<Posture, 4> model_postures = {Posture::supine, Posture::prone,
                                                          Posture::left, Posture::right};

// A posture's index there; std::invalid_argument for one that is not lying.
std::size_t class_of(Posture posture);

// Tells posture from a map in the body frame, and which end of a map is the head.
class PostureModel {
 public:
  PostureModel() = default;
  // Throws std::invalid_argument where the networks do not fit the features.
  PostureModel(RegistrationOptions registration, NetworkEnsemble posture, NetworkEnsemble upright,
               Provenance provenance);

  bool empty() const { return posture_.networks.empty(); }

  // Probabilities of supine, prone, left and right for a body that surely lies there. `map` is in
  // the body frame, in any unit. Mirroring the map swaps left and right.
  PostureProbabilities predict(const Eigen::ArrayXXd& map, const MatGeometry& geometry) const;
  // The same for a field in the recording's order; an unknown head end counts as first_row and an
  // unknown view as above.
  PostureProbabilities predict(const PressureField& field) const;

  // Log-odds that row 0 is at the head end of a body that lies along the rows. Negative for a map
  // that is upside down, and for one of a body that lies across.
  double upright_log_odds(const Eigen::ArrayXXd& map, const MatGeometry& geometry) const;

  const RegistrationOptions& registration() const { return registration_; }
  const NetworkEnsemble& posture_networks() const { return posture_; }
  const NetworkEnsemble& upright_networks() const { return upright_; }
  const Provenance& provenance() const { return provenance_; }

 private:
  RegistrationOptions registration_;
  NetworkEnsemble posture_;
  NetworkEnsemble upright_;
  Provenance provenance_;
};

// UsageError naming file, place and what was expected where the file is missing, cut short, of
// another version or damaged.
PostureModel load_posture_model(const std::filesystem::path& path);
// UsageError where the file cannot be written.
void save_posture_model(const PostureModel& model, const std::filesystem::path& path);

}  // namespace matfit
