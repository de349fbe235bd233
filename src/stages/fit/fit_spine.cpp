#include "stages/fit/fit_spine.hpp"

#include "stages/fit/body_estimate.hpp"
#include "stages/fit/field_blocks.hpp"
#include "stages/fit/sinkage.hpp"
#include "stages/fit/spine_height.hpp"
#include "stages/fit/spine_metrics.hpp"
#include "stages/fit/spine_plane.hpp"
#include "stages/fit/trunk_axis.hpp"

#include "numeric/random.hpp"
#include "numeric/unit_gaussian.hpp"
#include "types/spine_names.hpp"
#include "types/units.hpp"

#include <array>
#include <cmath>
#include <string>
#include <vector>

namespace matfit {

namespace {

constexpr std::size_t level_t7 = 7, level_t12 = 12, level_l2 = 14, level_l3 = 15, level_l4 = 16;

double at_share(const Eigen::VectorXd& knots, double share) {
  const double place = share * (SpineKnots::count - 1) / SpineKnots::last_share;
  const auto k = std::min<Eigen::Index>(static_cast<Eigen::Index>(place), SpineKnots::count - 2);
  const double u = place - static_cast<double>(k);
  return (1.0 - u) * knots[k] + u * knots[k + 1];
}

// Places along the axis of the knots C7 to S1, from C7 down.
Eigen::VectorXd along_c7_to_s1(const TrunkAxis& axis) {
  Eigen::VectorXd along(SpineKnots::s1 + 1);
  for (int k = 0; k <= SpineKnots::s1; ++k) along[k] = SpineKnots::share(k) * axis.spine_length_m();
  return along;
}

Eigen::MatrixXd normals(Eigen::Index unknowns, const FitSpineOptions& options,
                        std::uint64_t stream) {
  Random random(derived_seed(options.seed, stream));
  return opposite_normals(unknowns, options.draws / 2, random);
}

void add_plane_metrics(const CurvePosterior& plane, const Eigen::VectorXd& along,
                       const FitSpineOptions& options, SpineFit& fit) {
  const Eigen::MatrixXd draws = plane.draws(normals(plane.unknowns(), options, 0));
  std::vector<double> bends;
  for (Eigen::Index i = 0; i < draws.cols(); ++i) {
    bends.push_back(bend_mm(along, draws.col(i).head(along.size())));
  }
  fit.metrics["midline_bend_mm"] = size_from_draws(bends);
}

// From the line through the shoulders to the line through the hips, seen from above.
void add_twist(const BodyFit& body, const PressureField& recording_field, SpineFit& fit) {
  const auto& ls = body.at(Landmark::left_shoulder);
  const auto& rs = body.at(Landmark::right_shoulder);
  const auto& lh = body.at(Landmark::left_hip);
  const auto& rh = body.at(Landmark::right_hip);
  if (!ls || !rs || !lh || !rh) return;
  const auto place = [&](const LandmarkEstimate& e) {
    return canonical_from_recording(e.position_m, recording_field.geometry,
                                    recording_field.orientation);
  };
  const Eigen::Vector2d shoulders = place(*rs) - place(*ls);
  const Eigen::Vector2d hips = place(*rh) - place(*lh);
  constexpr double least_breadth_m = 0.05;
  if (shoulders.norm() < least_breadth_m || hips.norm() < least_breadth_m) return;
  const double twist =
      std::atan2(shoulders.x() * hips.y() - shoulders.y() * hips.x(), shoulders.dot(hips));
  const double seen_sd = std::hypot(std::hypot(ls->sd_m(), rs->sd_m()) / shoulders.norm(),
                                    std::hypot(lh->sd_m(), rh->sd_m()) / hips.norm());
  // Shoulders and hips seldom lie turned against each other by more than some degrees, which the
  // marks of a broad back tell only roughly.
  constexpr double usual_rad = 0.10;
  const double trust = usual_rad * usual_rad / (usual_rad * usual_rad + seen_sd * seen_sd);
  fit.metrics["shoulder_hip_twist_deg"] =
      gaussian_estimate(trust * twist * deg_per_rad, std::sqrt(trust) * seen_sd * deg_per_rad);
}

void add_side_metrics(const SpineHeightFit& height, const Eigen::VectorXd& along,
                      const Anthropometry& known, const Eigen::MatrixXd& drawn, SpineFit& fit) {
  std::vector<double> tilt, rms, largest, angle;
  const Eigen::Index t12 = SpineKnots::nearest(known.spine_level_share[level_t12]);
  const Eigen::MatrixXd heights = height.heights(drawn);
  for (Eigen::Index i = 0; i < heights.cols(); ++i) {
    const SideAlignment a = side_alignment(along, heights.col(i).head(along.size()), t12);
    tilt.push_back(a.tilt_deg);
    rms.push_back(a.rms_deviation_mm);
    largest.push_back(a.max_deviation_mm);
    angle.push_back(a.thoracolumbar_angle_deg);
  }
  fit.metrics["tilt_deg"] = estimate_from_draws(tilt);
  fit.metrics["rms_deviation_mm"] = size_from_draws(rms);
  fit.metrics["max_deviation_mm"] = size_from_draws(largest);
  fit.metrics["thoracolumbar_angle_deg"] = estimate_from_draws(angle);
}

void add_back_metrics(const SpineHeightFit& height, const Eigen::VectorXd& along, double belly,
                      const Anthropometry& known, const Eigen::MatrixXd& drawn, SpineFit& fit) {
  std::vector<double> depth, angle;
  const auto knot = [&](std::size_t level) {
    return SpineKnots::nearest(known.spine_level_share[level]);
  };
  const Eigen::MatrixXd heights = height.heights(drawn);
  const Eigen::MatrixXd neutrals = height.neutrals(drawn);
  for (Eigen::Index i = 0; i < heights.cols(); ++i) {
    const auto change = [&](const auto& measure) {
      return measure(heights.col(i).head(along.size())) -
             measure(neutrals.col(i).head(along.size()));
    };
    depth.push_back(change([&](const Eigen::VectorXd& curve) {
      return lordosis_depth_mm(along, curve, knot(level_t7), belly);
    }));
    angle.push_back(change([&](const Eigen::VectorXd& curve) {
      return lordosis_angle_deg(along, curve, knot(level_t12), knot(level_l2), knot(level_l4),
                                belly);
    }));
  }
  fit.metrics["lordosis_depth_change_mm"] = estimate_from_draws(depth);
  fit.metrics["lordosis_angle_change_deg"] = estimate_from_draws(angle);
}

// The person's neutral spine as it would lie here. Beyond S1 it follows the curve itself.
Eigen::VectorXd neutral_line(const SpineHeightFit& height, const Eigen::VectorXd& along) {
  const Eigen::Index n = along.size();
  Eigen::VectorXd line = height.mean_height();
  const Eigen::VectorXd& neutral = height.neutral_m;
  line.head(n) = laid_onto(along, neutral.head(n), line.head(n));
  return line;
}

void add_sinks(const SpineHeightFit& height, const TrunkAxis& axis, const Anthropometry& known,
               SpineFit& fit) {
  constexpr double patch_sd_m = 0.004;
  const auto add = [&](const char* name, double share) {
    const Eigen::Index k = SpineKnots::nearest(share);
    const double sd = std::hypot((height.sink_modes.row(k) * height.root).norm(), patch_sd_m);
    fit.metrics[name] = positive_estimate(mm_per_m * height.sink_m[k], mm_per_m * sd);
  };
  add("thorax_sink_mm", known.spine_level_share[level_t7]);
  add("lumbar_sink_mm", known.spine_level_share[level_l3]);
  add("pelvis_sink_mm", axis.share_at(axis.hip_m));
}

}  // namespace

SpineFit fit_spine(const PressureField& field, Posture posture, const BodyFit& body,
                   const std::optional<Subject>& subject, const std::optional<Mattress>& mattress,
                   const UnitEvidence& units, const Anthropometry& known,
                   const MattressPresets& presets, const FitSpineOptions& options) {
  SpineFit fit;
  fit.plane = is_side(posture) ? SpinePlane::frontal : SpinePlane::sagittal;
  if (!is_lying(posture)) {
    fit.status = FitStatus::unknown_posture;
    fit.note = "the spine is fitted for lying postures only";
    return fit;
  }
  const BodyEstimate person = body_estimate(subject, known);
  const std::optional<TrunkAxis> axis = trunk_axis(body, field, posture, person, known);
  if (!axis) {
    fit.status = FitStatus::too_little_contact;
    fit.note = "shoulders or pelvis were not found on the mat";
    return fit;
  }
  const PressureField working = in_blocks(canonical_from_recording(field));
  const CurvePosterior plane = fit_spine_plane(working, posture, *axis, person, known);
  const Eigen::VectorXd along = along_c7_to_s1(*axis);
  add_plane_metrics(plane, along, options, fit);
  add_twist(body, field, fit);

  const std::optional<MattressResponse> response = mattress_response(mattress, presets);
  std::optional<SpineHeightFit> height;
  if (response) {
    fit.basis = response->basis();
    const Sinkage sink = sinkage(working, *response, presets, units);
    const SpineSupport support = spine_support(working, sink, posture, *axis, plane.curve());
    height = fit_spine_height(support, posture, person, known, *response, presets,
                              subject ? subject->pillow_height_m : std::nullopt);
    add_sinks(*height, *axis, known, fit);
    const Eigen::MatrixXd drawn = normals(height->root.cols(), options, 1);
    if (is_side(posture)) {
      add_side_metrics(*height, along, known, drawn, fit);
    } else {
      add_back_metrics(*height, along, posture == Posture::prone ? -1.0 : 1.0, known, drawn, fit);
    }
    constexpr double noticeable_share = 0.02;
    if (sink.bottomed_share > noticeable_share)
      fit.note = "the mattress bottoms out under the load";
  } else {
    fit.note = "without the mattress's stiffness the heights stay unknown";
  }

  const Eigen::VectorXd across_sd = plane.covariance().diagonal().cwiseSqrt();
  const Eigen::VectorXd z = height ? height->mean_height() : Eigen::VectorXd();
  const Eigen::VectorXd z_sd = height ? height->height_sd() : Eigen::VectorXd();
  const Eigen::VectorXd neutral = height ? neutral_line(*height, along) : Eigen::VectorXd();
  for (std::size_t i = 0; i < spine_level_count; ++i) {
    const double share = known.spine_level_share[i];
    const Eigen::Vector2d place =
        recording_from_canonical(axis->point(axis->along_at(share), at_share(plane.curve(), share)),
                                 field.geometry, field.orientation);
    SpineLevel level;
    level.level = spine_level_names[i];
    level.x_m = place.x();
    level.y_m = place.y();
    if (height) {
      level.z_m = at_share(z, share);
      level.neutral_z_m = at_share(neutral, share);
    }
    level.sd_m = at_share(height ? z_sd : across_sd, share);
    fit.levels.push_back(level);
  }
  fit.status =
      body.status == FitStatus::converged ? FitStatus::converged : FitStatus::not_converged;
  return fit;
}

}  // namespace matfit
