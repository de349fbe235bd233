#include "pipeline/people_maps_of_study.hpp"

#include "pipeline/lying_load.hpp"
#include "pipeline/parallel_outcomes.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "stages/classify/classify.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <utility>

namespace matfit {

namespace {

struct EntryMaps {
  MatDescription mat;
  PressureUnit unit = PressureUnit::raw;
  std::vector<PersonMap> maps;
  CreepTrial creep;
  std::string not_flat;  // why its maps do not tell of the response; empty: they do
  std::string left_out;
};

std::string in_lower_case(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string reason_not_flat(const Recording& recording, const Quality& quality,
                            const std::vector<std::string>& tilted_words) {
  const std::string condition = in_lower_case(recording.condition);
  for (const std::string& word : tilted_words) {
    if (condition.find(in_lower_case(word)) != std::string::npos) {
      return fmt::format("its condition is '{}'", recording.condition);
    }
  }
  for (const QualityReason& reason : quality.reasons) {
    if (reason.code == "off_the_mat") return "part of the body is beside the mat";
  }
  return "";
}

// Stretches of one label, as bouts.
std::vector<PostureBout> labelled_bouts(const std::vector<Posture>& labels) {
  std::vector<PostureBout> bouts;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (bouts.empty() || bouts.back().posture != labels[i]) {
      bouts.emplace_back();
      bouts.back().first_frame = i;
      bouts.back().posture = labels[i];
    }
    bouts.back().last_frame = i + 1;
  }
  return bouts;
}

std::vector<PostureBout> lies_of(const Recording& recording, const PressureSeries& series,
                                 const Knowledge& known, std::size_t most) {
  ClassifyOptions classify_options;
  classify_options.bouts.least_confidence = known.calibration.least_posture_confidence;
  std::vector<PostureBout> bouts = recording.labels.empty()
                                       ? classify(series, known.postures, classify_options).bouts
                                       : labelled_bouts(recording.labels);
  std::erase_if(bouts, [](const PostureBout& bout) { return !is_lying(bout.posture); });
  if (bouts.size() > most) {
    std::stable_sort(bouts.begin(), bouts.end(), [](const PostureBout& a, const PostureBout& b) {
      return a.last_frame - a.first_frame > b.last_frame - b.first_frame;
    });
    bouts.resize(most);
  }
  return bouts;
}

// Mean and highest reading over a bout's valid frames in which the person lies; no reading where
// there is none.
void read_lie(const PressureSeries& series, const PostureBout& bout, double least_n,
              double pa_per_unit, PersonMap& map) {
  Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(series.geometry.cells());
  double frames = 0.0;
  for (std::size_t i = bout.first_frame; i < bout.last_frame; ++i) {
    if (series.valid[i] == 0 || !(series.load_n[i] >= least_n)) continue;
    const Eigen::ArrayXd frame = series.frames_pa->read(i, 1).row(0).transpose().cast<double>();
    sum += frame;
    map.highest_reading = std::max(map.highest_reading, frame.maxCoeff() / pa_per_unit);
    frames += 1.0;
  }
  if (frames == 0.0) return;
  sum /= frames * pa_per_unit;
  using RowMajor = Eigen::Array<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  map.reading = Eigen::Map<const RowMajor>(sum.data(), series.geometry.rows, series.geometry.cols);
}

EntryMaps maps_of(const StudyEntry& entry, const Knowledge& known,
                  const PeopleMapsOptions& options) {
  EntryMaps out;
  Recording recording = read_entry(entry);
  recording.mat.profile.clear();  // readings are wanted, not what somebody made of them
  const PressureSeries series = calibrate(recording, known.calibration);
  out.mat = recording.mat;
  out.unit = recording.unit;
  if (series.quality.grade == Grade::f) {
    const auto& reasons = series.quality.reasons;
    out.left_out = "quality F" + (reasons.empty() ? "" : ": " + reasons.front().text);
    return out;
  }
  out.not_flat = reason_not_flat(recording, series.quality, options.tilted_words);
  out.creep = creep_trial(recording, series, person_of(entry));
  const double pa_per_unit = series.quality.units.scale_to_mmhg * pa_per_mmhg;
  const double least_n = least_lying_load_n(series);
  for (const PostureBout& bout : lies_of(recording, series, known, options.most_lies)) {
    PersonMap map;
    map.recording_id = entry.recording_id;
    map.person = person_of(entry);
    if (recording.subject) map.mass_kg = recording.subject->mass_kg;
    map.posture = bout.posture;
    read_lie(series, bout, least_n, pa_per_unit, map);
    if (map.reading.size() > 0) out.maps.push_back(std::move(map));
  }
  if (out.maps.empty()) out.left_out = "nobody lies in a posture that is known";
  return out;
}

void require_same_mat(const EntryMaps& found, const std::string& id, const PeopleMaps& first) {
  const MatGeometry& a = first.geometry;
  const MatGeometry& b = found.mat.geometry;
  if (a.rows != b.rows || a.cols != b.cols || found.unit != first.unit) {
    throw UsageError(fmt::format(
        "{}: {} x {} cells in {} beside {} x {} in {}; a profile is of one mat: name its "
        "recordings only",
        id, b.rows, b.cols, name_of(found.unit), a.rows, a.cols, name_of(first.unit)));
  }
}

}  // namespace

PeopleMaps people_maps_of(const std::vector<StudyEntry>& entries, const Knowledge& known,
                          const PeopleMapsOptions& options) {
  auto outcomes =
      outcomes_in_parallel(entries.size(), options.jobs, "reading", options.progress,
                           [&](std::size_t i) { return maps_of(entries[i], known, options); });
  PeopleMaps out;
  out.failures = failures_of(entries, outcomes);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!outcomes[i].value) continue;
    EntryMaps& found = *outcomes[i].value;
    const std::string& id = entries[i].recording_id;
    if (!found.left_out.empty()) out.left_out.push_back(id + ": " + found.left_out);
    if (found.maps.empty()) continue;
    if (out.recordings == 0) {
      out.geometry = found.mat.geometry;
      out.unit = found.unit;
      out.model = found.mat.model;
    }
    require_same_mat(found, id, out);
    ++out.recordings;
    if (!found.not_flat.empty()) out.not_flat.push_back(id + ": " + found.not_flat);
    if (found.not_flat.empty()) out.creep.push_back(std::move(found.creep));
    for (PersonMap& map : found.maps) {
      if (found.not_flat.empty()) out.flat.push_back(map);
      out.all.push_back(std::move(map));
    }
  }
  return out;
}

}  // namespace matfit
