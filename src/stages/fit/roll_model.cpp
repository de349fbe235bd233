#include "stages/fit/roll_model.hpp"

#include "numeric/statistics.hpp"
#include "stages/fit/knowledge_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace matfit {

namespace {

constexpr double strip_m = 0.075;
constexpr Eigen::Index strip_count = roll_feature_count / 2;
constexpr double loaded_share = 0.06;   // of the highest readings
constexpr double above_shoulder = 0.1;  // of the trunk's length
constexpr double below_hip = 0.2;
constexpr double ridge = 10.0;
constexpr double feature_unit_m = 0.01;

// The direction in the recording that a person on that side faces.
Eigen::Vector2d facing_of(const PressureField& field, Posture posture) {
  const auto to = [&](double x) {
    return recording_from_canonical(Eigen::Vector2d(x, 0.0), field.geometry, field.orientation);
  };
  const Eigen::Vector2d high_columns = to(1.0) - to(0.0);
  return posture == Posture::left ? high_columns : Eigen::Vector2d(-high_columns);
}

double loaded_limit(const PressureField& field) {
  std::vector<double> loads;
  for (const double p : field.pressure_pa.reshaped()) {
    if (p > 0.0) loads.push_back(p);
  }
  return loads.empty() ? 0.0 : loaded_share * quantile(std::move(loads), 0.97);
}

Logistic logistic_at(const KnowledgeFile& file, const std::string& key) {
  const std::vector<double> weight =
      file.numbers(key + ".weight", static_cast<std::size_t>(roll_feature_count), -1e6, 1e6);
  return {file.number(key + ".intercept", -1e6, 1e6),
          Eigen::Map<const Eigen::VectorXd>(weight.data(), roll_feature_count)};
}

Eigen::VectorXd vector_at(const KnowledgeFile& file, const std::string& key, double low) {
  const std::vector<double> values =
      file.numbers(key, static_cast<std::size_t>(roll_feature_count), low, 1e6);
  return Eigen::Map<const Eigen::VectorXd>(values.data(), roll_feature_count);
}

std::string list_text(const Eigen::VectorXd& values) {
  return fmt::format("[{:.6g}]", fmt::join(values.begin(), values.end(), ", "));
}

}  // namespace

std::optional<Eigen::VectorXd> roll_features(const PressureField& field, Posture posture,
                                             const BodyFit& body) {
  if (!is_side(posture)) return std::nullopt;
  const bool left = posture == Posture::left;
  const auto& shoulder = body.at(left ? Landmark::left_shoulder : Landmark::right_shoulder);
  const auto& hip = body.at(left ? Landmark::left_hip : Landmark::right_hip);
  if (!shoulder || !hip) return std::nullopt;
  const Eigen::Vector2d trunk = hip->position_m - shoulder->position_m;
  const double length_m = trunk.norm();
  const double limit = loaded_limit(field);
  if (!(length_m > 0.1) || !(limit > 0.0)) return std::nullopt;
  const Eigen::Vector2d along = trunk / length_m;
  Eigen::Vector2d across(along.y(), -along.x());
  if (across.dot(facing_of(field, posture)) < 0.0) across = -across;
  std::vector<double> loaded;
  for (const double p : field.pressure_pa.reshaped()) {
    if (p > limit) loaded.push_back(p);
  }
  const double usual = quantile(std::move(loaded), 0.9);
  const MatGeometry& g = field.geometry;
  const double unit = g.cell_area_m2() / length_m / feature_unit_m;
  Eigen::VectorXd features = Eigen::VectorXd::Zero(roll_feature_count);
  for (int c = 0; c < g.cols; ++c) {
    for (int r = 0; r < g.rows; ++r) {
      const double pressure = field.pressure_pa(r, c);
      if (!(pressure > limit)) continue;
      const Eigen::Vector2d from_shoulder =
          Eigen::Vector2d((c + 0.5) * g.col_pitch_m, (r + 0.5) * g.row_pitch_m) -
          shoulder->position_m;
      const double share = from_shoulder.dot(along) / length_m;
      if (share < -above_shoulder || share > 1.0 + below_hip) continue;
      const auto strip = static_cast<Eigen::Index>(
          std::floor(from_shoulder.dot(across) / strip_m + 0.5 * strip_count));
      if (strip < 0 || strip >= strip_count) continue;
      features[2 * strip] += unit;
      features[2 * strip + 1] += unit * std::sqrt(pressure / usual);
    }
  }
  return features;
}

RollEstimate RollModel::predict(const Eigen::VectorXd& features) const {
  const Eigen::VectorXd x = (features - mean).cwiseQuotient(sd);
  const double any = propped.probability(x);
  const double high = steep.probability(x);
  RollEstimate out;
  out.probability = {1.0 - any, any * (1.0 - high), any * high};
  if (std::max(any, 1.0 - any) >= least_confidence) out.propped = any > 0.5;
  const auto best = std::max_element(out.probability.begin(), out.probability.end());
  if (*best >= least_confidence) {
    out.roll = all_rolls[static_cast<std::size_t>(best - out.probability.begin())];
  }
  return out;
}

RollModel train_roll_model(const std::vector<RollSample>& samples) {
  const auto count = static_cast<Eigen::Index>(samples.size());
  Eigen::MatrixXd x(count, roll_feature_count);
  for (Eigen::Index i = 0; i < count; ++i) {
    x.row(i) = samples[static_cast<std::size_t>(i)].features.transpose();
  }
  if (count < 3) throw std::invalid_argument("train_roll_model: too few samples");
  RollModel model;
  model.mean = x.colwise().mean();
  x.rowwise() -= model.mean.transpose();
  // A strip that nobody touches says nothing.
  model.sd = (x.colwise().squaredNorm() / static_cast<double>(count)).cwiseSqrt().cwiseMax(1e-3);
  x.array().rowwise() /= model.sd.transpose().array();
  std::vector<int> is_propped;
  std::vector<int> is_steep;
  std::vector<Eigen::Index> propped;
  for (Eigen::Index i = 0; i < count; ++i) {
    const Roll truth = samples[static_cast<std::size_t>(i)].truth;
    is_propped.push_back(truth == Roll::none ? 0 : 1);
    if (truth == Roll::none) continue;
    propped.push_back(i);
    is_steep.push_back(truth == Roll::steep ? 1 : 0);
  }
  model.propped = fit_logistic(x, is_propped, ridge);
  model.steep = fit_logistic(x(propped, Eigen::all), is_steep, ridge);
  return model;
}

RollModel load_roll_model(const std::filesystem::path& path) {
  const KnowledgeFile file(path);
  file.require_format("matfit-roll-model");
  RollModel model;
  model.mean = vector_at(file, "mean", -1e6);
  model.sd = vector_at(file, "sd", 1e-6);
  model.propped = logistic_at(file, "propped");
  model.steep = logistic_at(file, "steep");
  model.least_confidence = file.number("least_confidence", 1.0 / 3.0, 1.0);
  return model;
}

std::string roll_model_text(const RollModel& model) {
  std::string text =
      "# Roll of a body on its side, told from the contact behind and before its trunk. Written "
      "by\n"
      "# matfit train --roll; what the features are stands at roll_features().\n\n"
      "format = \"matfit-roll-model\"\nformat_version = 1\n";
  text += fmt::format("least_confidence = {:.3g}  # below it the answer is undecided\n",
                      model.least_confidence);
  text += fmt::format("mean = {}\nsd = {}\n", list_text(model.mean), list_text(model.sd));
  for (const auto& [name, logistic] :
       {std::pair("propped", &model.propped), std::pair("steep", &model.steep)}) {
    text += fmt::format("\n[{}]\nintercept = {:.6g}\nweight = {}\n", name, logistic->intercept,
                        list_text(logistic->weight));
  }
  text += "\n[provenance]\n";
  for (const auto& [name, value] : model.provenance) {
    text += fmt::format("{} = '''{}'''\n", name, value);
  }
  return text;
}

}  // namespace matfit
