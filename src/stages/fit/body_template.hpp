#pragma once

#include "stages/fit/body_estimate.hpp"

#include "types/body.hpp"
#include "types/posture.hpp"

#include <Eigen/Core>

#include <array>
#include <cstddef>
#include <optional>
#include <vector>

namespace matfit {

// A lying body as the mat feels it. Its nodes are points in the body frame; its parts are soft
// capsules of pressure between them; its priors say how far apart anthropometry puts them.

inline constexpr std::size_t template_node_count = 10;  // the most that a template has

// A point fixed to the body: a weighted sum of nodes plus `span` times the (width-scaled) vector
// from the template's low-column to its high-column shoulder.
struct TemplatePoint {
  std::array<double, template_node_count> weight{};
  double span = 0.0;
};

// Relative load amplitude * exp(-d^2 / (2 sigma^2)), d the distance to the segment from-to.
struct TemplatePart {
  TemplatePoint from;
  TemplatePoint to;
  double sigma_m = 0.0;
  int amplitude = 0;  // which amplitude
};

enum class BodyAxis { along, across };  // head to feet; towards high columns

// (sum of weight * node) . axis = scale * length, with sd; robust: far misses count little.
struct TemplatePrior {
  std::array<double, template_node_count> weight{};
  BodyAxis axis = BodyAxis::along;
  double length_m = 0.0;
  double sd_m = 0.0;
  bool robust = false;
};

// Distance between two nodes = scale * length, with sd, seen from above: a bent limb lies shorter,
// so far misses count little.
struct TemplateLength {
  int from = 0;
  int to = 0;
  double length_m = 0.0;
  double sd_m = 0.0;
};

// How the search for a start links the nodes: a tree, parents first.
struct TemplateLink {
  int node = 0;
  int parent = -1;                        // -1: the root
  Eigen::Vector2d offset_m{0.0, 0.0};     // from the parent
  Eigen::Vector2d offset_sd_m{0.0, 0.0};  // across, along
  double blob_sigma_m = 0.0;              // size of the load that marks the node
  double strength = 0.0;                  // how much that load counts; 0: kept at its offset
  bool topmost = false;                   // nothing of the body lies above it
};

// A leg, which the search for a start swings about the trunk's lower end.
struct TemplateLeg {
  int knee = 0;
  int heel = 0;
  TemplatePoint hip;
  double thigh_m = 0.0;
  double shank_m = 0.0;
  // Directions seen from above: 0 = straight down the body, positive towards high columns.
  Normal thigh_angle_rad;
  Normal knee_bend_rad;          // of the shank against the thigh
  bool may_be_raised = false;    // knee off the mat: only the heel presses, nearer to the trunk
  bool stands_for_both = false;  // the other leg lies on the mat too, but no part is drawn for it
};

// What of the load shows the eye where a landmark is: its peak near a bony part; the waist, where
// the trunk's load is least along the body, in the middle of it or at its height only; the seat,
// where the trunk's load is most, at its height only.
enum class LoadMark { none, peak, waist, waist_along, seat_along };

// A place by proportion between two landmarks, as indices among the template's: share 0 is at the
// first one, 1 at the second.
struct PlaceBetween {
  std::size_t first = 0;
  std::size_t second = 0;
  double share = 0.0;
};

// What a point means to the user, and what load must be near for it to count as seen.
struct TemplateLandmark {
  TemplatePoint place;
  Landmark landmark = Landmark::head;
  std::optional<Landmark> also;         // another name of the same place
  std::vector<TemplatePoint> evidence;  // load at any of them shows that the part is there
  // How well the load's place tells the body part's. Two annotators' marks on PmatData I set it,
  // for what a mark of the same name means to different eyes.
  double definition_sd_m = 0.0;
  int own_part = -1;  // the part whose load it is; under another part's load it is not seen
  // Seen from above, the limb or head must reach this far from its root: a bent limb stands off the
  // mat, and a head on the chest is none.
  TemplatePoint root;
  double least_reach_m = 0.0;
  // How far a straight limb, or the head, reaches. A limb that lies shorter is bent, or has lost
  // its end to another load, which the map does not tell: the error grows by half of what is
  // missing.
  double usual_reach_m = 0.0;
  LoadMark mark = LoadMark::none;
  double mark_kernel_m = 0.0;               // sd of the blur in which the mark is sought
  std::optional<PlaceBetween> mark_sought;  // absent: at the landmark's own place
};

struct BodyTemplate {
  int nodes = 0;
  int low_shoulder = -1;  // the nodes that span the trunk; -1: parts have no span
  int high_shoulder = -1;
  TemplatePoint trunk_top;     // the trunk's axis runs from here
  TemplatePoint trunk_bottom;  // to here
  double trunk_length_m = 0.0;
  std::vector<TemplatePart> parts;
  std::vector<Normal> log_amplitude;
  std::vector<TemplatePrior> priors;
  std::vector<TemplateLength> lengths;
  std::vector<TemplateLink> links;
  std::vector<TemplateLeg> legs;
  std::vector<TemplateLandmark> landmarks;
  double log_scale_sd = 0.0;  // of the body's length on the mat
  double log_width_sd = 0.0;
};

// `posture` must be a lying one; `pitch_relative_sd` is the mat's own uncertainty of scale.
BodyTemplate body_template(const BodyEstimate& body, const Anthropometry& known, Posture posture,
                           double pitch_relative_sd);

}  // namespace matfit
