#include "pipeline/evaluate_landmarks.hpp"

#include "pipeline/middle_bout.hpp"

#include "numeric/statistics.hpp"
#include "types/error.hpp"

#include <array>
#include <cmath>
#include <fstream>
#include <limits>
#include <map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace matfit {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& path, const std::string& place,
                         const std::string& value, const std::string& expected) {
  throw InputError({path.string(), place, value, expected, "mend the annotation file"});
}

LandmarkAnnotation landmark_from(const std::filesystem::path& path, const std::string& place,
                                 const std::string& name, const nlohmann::json& value) {
  if (!value.is_array() || value.size() != 3 || !value[0].is_number() || !value[1].is_number() ||
      !value[2].is_number_integer()) {
    refuse(path, place + ", landmark " + name, value.dump(), "[column, row, confidence] or null");
  }
  const double confidence = value[2].get<double>();
  if (!(confidence >= 1.0 && confidence <= 3.0)) {
    refuse(path, place + ", landmark " + name, value[2].dump(), "a confidence of 1, 2 or 3");
  }
  return {name, value[0].get<double>(), value[1].get<double>(), value[2].get<int>()};
}

RecordingAnnotation annotation_from(const std::filesystem::path& path, const std::string& key,
                                    const nlohmann::json& value) {
  const std::string place = "recording " + key;
  if (!value.is_object() || !value.contains("posture") || !value["posture"].is_string() ||
      !value.contains("landmarks") || !value["landmarks"].is_object()) {
    refuse(path, place, "", "an object with posture and landmarks");
  }
  RecordingAnnotation annotation;
  annotation.key = key;
  const std::string posture = value["posture"].get<std::string>();
  annotation.posture = posture.substr(0, posture.find(' '));
  for (const auto& [name, at] : value["landmarks"].items()) {
    if (!at.is_null()) annotation.landmarks.push_back(landmark_from(path, place, name, at));
  }
  return annotation;
}

std::string group_of(const std::string& key) {
  const std::size_t first = key.find('_');
  const std::size_t second = first == std::string::npos ? first : key.find('_', first + 1);
  const std::size_t third = second == std::string::npos ? second : key.find('_', second + 1);
  std::string group = key.substr(0, first);
  if (third != std::string::npos) group += " " + key.substr(second + 1, third - second - 1);
  return group;
}

// Image-left is where columns are low. In the body frame the low columns hold the right of a person
// on the back and the left of one on the front.
bool is_persons_left(bool image_left, Posture posture, const Orientation& orientation) {
  const MatGeometry unit = {2, 2, 1.0, 1.0};
  const double low = recording_from_canonical(Eigen::Vector2d(0.5, 1.0), unit, orientation).x();
  const double high = recording_from_canonical(Eigen::Vector2d(1.5, 1.0), unit, orientation).x();
  const bool body_low = image_left == (low < high);
  return body_low == (posture == Posture::prone);
}

std::optional<Landmark> landmark_meant(const std::string& name, Posture posture,
                                       const Orientation& orientation) {
  if (name == "head") return Landmark::head;
  if (name == "pelvis") return Landmark::pelvis;
  if (name == "lumbar" || name == "waist") return Landmark::lumbar;
  const bool paired = name.ends_with("_l") || name.ends_with("_r");
  const std::string part = paired ? name.substr(0, name.size() - 2) : name;
  const bool left = paired ? is_persons_left(name.ends_with("_l"), posture, orientation)
                           : posture == Posture::left;
  if (part == "shoulder") return left ? Landmark::left_shoulder : Landmark::right_shoulder;
  if (part == "hip") return left ? Landmark::left_hip : Landmark::right_hip;
  if (part == "knee") return left ? Landmark::left_knee : Landmark::right_knee;
  if (part == "heel" || part == "ankle") return left ? Landmark::left_heel : Landmark::right_heel;
  return std::nullopt;
}

LandmarkErrorSummary summary_of(const std::vector<const LandmarkError*>& errors) {
  LandmarkErrorSummary s;
  std::vector<double> cells;
  std::vector<double> metres;
  double within_one = 0.0;
  double within_two = 0.0;
  for (const LandmarkError* e : errors) {
    ++s.count;
    if (!e->error_cells) {
      ++s.missing;
      continue;
    }
    cells.push_back(*e->error_cells);
    metres.push_back(e->error_m);
    for (const double z : {e->column_z, e->row_z}) {
      within_one += std::abs(z) <= 1.0 ? 0.5 : 0.0;
      within_two += std::abs(z) <= 2.0 ? 0.5 : 0.0;
    }
  }
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const bool any = !cells.empty();
  const double found = static_cast<double>(cells.size());
  s.median_cells = any ? median(cells) : none;
  s.p90_cells = any ? quantile(cells, 0.9) : none;
  s.median_m = any ? median(metres) : none;
  s.within_one_sd = any ? within_one / found : none;
  s.within_two_sd = any ? within_two / found : none;
  return s;
}

std::vector<LandmarkErrorSummary> summaries_of(const std::vector<LandmarkError>& errors) {
  std::vector<LandmarkErrorSummary> summaries;
  std::map<std::array<std::string, 3>, std::vector<const LandmarkError*>> sets;
  for (const LandmarkError& e : errors) {
    sets[{e.group, e.view, e.landmark}].push_back(&e);
    sets[{e.group, e.view, "all"}].push_back(&e);
  }
  for (const auto& [name, set] : sets) {
    LandmarkErrorSummary s = summary_of(set);
    s.group = name[0];
    s.view = name[1];
    s.landmark = name[2];
    summaries.push_back(s);
  }
  return summaries;
}

}  // namespace

std::vector<RecordingAnnotation> read_landmark_annotations(const std::filesystem::path& path) {
  std::ifstream file(path);
  if (!file) refuse(path, "", "", "a readable file");
  nlohmann::json root;
  try {
    root = nlohmann::json::parse(file);
  } catch (const nlohmann::json::parse_error& e) {
    refuse(path, fmt::format("byte {}", e.byte), "", "JSON");
  } catch (const nlohmann::json::out_of_range&) {
    refuse(path, "", "a number beyond all numbers", "columns and rows of a mat");
  }
  if (!root.is_object()) refuse(path, "", "", "an object of recordings");
  std::vector<RecordingAnnotation> annotations;
  for (const auto& [key, value] : root.items()) {
    annotations.push_back(annotation_from(path, key, value));
  }
  return annotations;
}

std::string pmatdata_key(const std::filesystem::path& path) {
  const std::string stem = path.stem().string();
  const std::string folder = path.parent_path().filename().string();
  const std::filesystem::path above = path.parent_path().parent_path();
  if (above.filename() == "experiment-i") return "I_" + folder + "_" + stem;
  const std::string prefix = "Matrix_";
  if (above.parent_path().filename() == "experiment-ii" && stem.starts_with(prefix)) {
    return "II_" + above.filename().string() + "_" + stem.substr(prefix.size());
  }
  return "";
}

LandmarkEvaluation evaluate_landmarks(const std::vector<RecordingResult>& results,
                                      const std::vector<RecordingAnnotation>& annotations,
                                      const EvaluateLandmarksOptions& options) {
  std::map<std::string, const RecordingResult*> by_key;
  for (const RecordingResult& r : results) {
    const std::string key = pmatdata_key(r.input_path);
    if (!key.empty()) by_key.emplace(key, &r);
  }
  for (const RecordingResult& r : results) by_key.insert_or_assign(r.recording_id, &r);

  LandmarkEvaluation evaluation;
  for (const RecordingAnnotation& annotation : annotations) {
    ++evaluation.annotated;
    const auto found = by_key.find(annotation.key);
    if (found == by_key.end()) continue;
    ++evaluation.evaluated;
    const BoutResult* bout = middle_bout(*found->second);
    const bool same = bout != nullptr && name_of(bout->bout.posture) == annotation.posture;
    if (!same) ++evaluation.other_posture;
    for (const LandmarkAnnotation& mark : annotation.landmarks) {
      if (mark.confidence < options.least_confidence) continue;
      LandmarkError error;
      error.key = annotation.key;
      error.group = group_of(annotation.key);
      error.view = annotation.posture == "left" || annotation.posture == "right" ? "side" : "back";
      const bool paired = mark.name.ends_with("_l") || mark.name.ends_with("_r");
      error.landmark = paired ? mark.name.substr(0, mark.name.size() - 2) : mark.name;
      const auto meant =
          same ? landmark_meant(mark.name, bout->bout.posture, bout->field.orientation)
               : std::nullopt;
      if (meant && bout->body.at(*meant)) {
        const LandmarkEstimate& e = *bout->body.at(*meant);
        const MatGeometry& g = bout->field.geometry;
        const double columns = e.position_m.x() / g.col_pitch_m - 0.5 - mark.column;
        const double rows = e.position_m.y() / g.row_pitch_m - 0.5 - mark.row;
        error.error_cells = std::hypot(columns, rows);
        error.error_m = std::hypot(columns * g.col_pitch_m, rows * g.row_pitch_m);
        const auto z = [&](double miss, double variance_m2, double pitch_m) {
          return miss / std::hypot(std::sqrt(variance_m2) / pitch_m, options.annotator_sd_cells);
        };
        error.column_z = z(columns, e.covariance_m2(0, 0), g.col_pitch_m);
        error.row_z = z(rows, e.covariance_m2(1, 1), g.row_pitch_m);
      }
      evaluation.errors.push_back(error);
    }
  }
  evaluation.summaries = summaries_of(evaluation.errors);
  return evaluation;
}

}  // namespace matfit
