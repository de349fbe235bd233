#include "stages/classify/classify.hpp"

#include "stages/classify/head_end.hpp"
#include "stages/classify/movement.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace matfit {

namespace {

constexpr double sure = 0.97;  // of what the contact alone decides

std::size_t index_of(Posture p) { return static_cast<std::size_t>(p); }

// Sure of `posture`; the rest is spread over the others, which Viterbi's path then may still take.
PostureProbabilities nearly_certain(Posture posture) {
  PostureProbabilities p;
  p.fill((1.0 - sure) / static_cast<double>(posture_count - 1));
  p[index_of(posture)] = sure;
  return p;
}

PostureProbabilities of_a_body(PostureProbabilities p) {
  constexpr double other = 0.002;  // empty, sitting and unknown, each, for a body's contact
  for (double& v : p) v *= 1.0 - 3.0 * other;
  p[index_of(Posture::empty)] += other;
  p[index_of(Posture::sitting)] += other;
  p[index_of(Posture::unknown)] += other;
  return p;
}

// What one stretch says under each head end that is possible.
struct Reading {
  StillStretch still;
  ContactKind contact = ContactKind::empty;
  std::vector<PostureProbabilities> by_head_end;
  std::vector<double> upright_log_odds;
};

PostureProbabilities probabilities_of(const Reading& reading, std::size_t head_end) {
  switch (reading.contact) {
    case ContactKind::empty: return nearly_certain(Posture::empty);
    case ContactKind::sitting: return nearly_certain(Posture::sitting);
    case ContactKind::several_bodies:
    case ContactKind::implausible: return nearly_certain(Posture::unknown);
    case ContactKind::body: break;
  }
  return of_a_body(reading.by_head_end[head_end]);
}

std::vector<Reading> read_stretches(const PressureSeries& series, const PostureModel& model,
                                    const std::vector<HeadEnd>& head_ends,
                                    const ClassifyOptions& options) {
  const double usual_n = usual_load_n(series);
  std::vector<Reading> readings;
  for_each_still_stretch(
      series, options.stillness, [&](const StillStretch& still, const Eigen::ArrayXXd& mean_pa) {
        Reading reading;
        reading.still = still;
        const double share = usual_n > 0.0 ? still.load_n / usual_n : 0.0;
        reading.contact =
            contact_of(mean_pa, series.geometry, series.noise_pa, share, options.contact).kind;
        if (reading.contact == ContactKind::body) {
          for (const HeadEnd head_end : head_ends) {
            Orientation orientation = series.orientation;
            orientation.head_end = head_end;
            const Eigen::ArrayXXd map = canonical_from_recording(mean_pa, orientation);
            const MatGeometry geometry = canonical_geometry(series.geometry, orientation);
            reading.by_head_end.push_back(model.predict(map, geometry));
            reading.upright_log_odds.push_back(
                head_ends.size() > 1 ? model.upright_log_odds(map, geometry) : 0.0);
          }
        }
        readings.push_back(std::move(reading));
      });
  return readings;
}

HeadEndChoice head_end_of(const std::vector<Reading>& readings,
                          const std::vector<HeadEnd>& head_ends) {
  if (head_ends.size() == 1) return {head_ends.front(), 1.0};
  std::vector<HeadEndEvidence> evidence;
  double bodies = 0.0;
  for (const HeadEnd h : head_ends) evidence.push_back({h, 0.0});
  for (const Reading& reading : readings) {
    if (reading.contact != ContactKind::body) continue;
    // A long stretch shows the body better than a moment of turning.
    const double weight = std::min(reading.still.duration_s, 10.0);
    bodies += weight;
    for (std::size_t k = 0; k < head_ends.size(); ++k) {
      evidence[k].log_odds += weight * reading.upright_log_odds[k];
    }
  }
  return chosen_head_end(evidence, bodies);
}

// How well the readings agree with the stated sides as they are, less how well when mirrored.
// Stretches of one recording show the same body, so that they count as no more than three looks.
double view_log_odds(const std::vector<ReadStretch>& stretches,
                     const std::vector<Posture>& labels) {
  constexpr double most_looks = 3.0;
  double sum = 0.0;
  double looks = 0.0;
  for (const ReadStretch& s : stretches) {
    double label = 0.0;
    for (std::size_t i = s.still.first_frame; i < s.still.last_frame; ++i) {
      label += labels[i] == Posture::left ? 1.0 : labels[i] == Posture::right ? -1.0 : 0.0;
    }
    if (label == 0.0) continue;
    const double odds = std::log(std::max(s.probabilities[index_of(Posture::left)], 1e-4) /
                                 std::max(s.probabilities[index_of(Posture::right)], 1e-4));
    sum += label > 0.0 ? odds : -odds;
    looks += 1.0;
  }
  return looks > 0.0 ? sum * std::min(looks, most_looks) / looks : 0.0;
}

void swap_sides(ReadStretch& stretch) {
  std::swap(stretch.probabilities[index_of(Posture::left)],
            stretch.probabilities[index_of(Posture::right)]);
}

// Without a view a side stays a side, but which one is open.
void share_sides(PostureBout& bout) {
  double& left = bout.probabilities[index_of(Posture::left)];
  double& right = bout.probabilities[index_of(Posture::right)];
  left = right = 0.5 * (left + right);
  if (is_side(bout.posture)) bout.confidence = left;
}

// Fills in the orientation's view where it is not given and the labels tell it; the stretches'
// sides are swapped for a view from below.
void find_view(std::vector<ReadStretch>& stretches, const ClassifyOptions& options,
               Orientation& orientation) {
  orientation.view_source = ViewSource::given;
  orientation.view_confidence = 1.0;
  if (orientation.view != View::unknown) return;
  orientation.view_source = ViewSource::unknown;
  orientation.view_confidence = 0.5;
  if (options.labels.empty()) return;
  const double odds = view_log_odds(stretches, options.labels);
  if (std::abs(odds) < options.least_view_log_odds) return;
  orientation.view = odds > 0.0 ? View::above : View::below;
  orientation.view_source = ViewSource::labels;
  orientation.view_confidence = 1.0 / (1.0 + std::exp(-std::abs(odds)));
  if (odds < 0.0) std::for_each(stretches.begin(), stretches.end(), swap_sides);
}

}  // namespace

PostureTimeline classify(const PressureSeries& series, const PostureModel& model,
                         const ClassifyOptions& options) {
  if (model.empty()) throw std::invalid_argument("classify: the posture model is not loaded");
  if (!options.labels.empty() && options.labels.size() != series.size()) {
    throw std::invalid_argument("classify: one label a frame is needed");
  }
  const std::vector<HeadEnd> head_ends =
      possible_head_ends(series.geometry, series.orientation.head_end);
  const std::vector<Reading> readings = read_stretches(series, model, head_ends, options);
  const HeadEndChoice head = head_end_of(readings, head_ends);
  const auto chosen = std::find(head_ends.begin(), head_ends.end(), head.head_end);
  const auto head_index = chosen == head_ends.end()
                              ? std::size_t{0}
                              : static_cast<std::size_t>(chosen - head_ends.begin());

  std::vector<ReadStretch> stretches;
  for (const Reading& reading : readings) {
    stretches.push_back({reading.still, probabilities_of(reading, head_index),
                         std::string(reason_of(reading.contact))});
  }

  PostureTimeline timeline;
  timeline.orientation = series.orientation;
  Orientation& orientation = timeline.orientation;
  orientation.head_end = head.head_end;
  orientation.head_end_confidence = head.confidence;
  find_view(stretches, options, orientation);
  orientation.inferred = head_ends.size() > 1 || orientation.view_source != ViewSource::given;
  orientation.confidence = orientation.head_end_confidence * orientation.view_confidence;
  timeline.bouts = bouts_of(stretches, series.time_s, options.bouts);
  if (orientation.view == View::unknown) {
    std::for_each(timeline.bouts.begin(), timeline.bouts.end(), share_sides);
  }
  timeline.movements =
      movements_in(timeline.bouts, stretches, series.time_s, options.bouts.longest_pause_s);
  timeline.movement = movement_of(timeline.bouts, timeline.movements);
  return timeline;
}

}  // namespace matfit
