#pragma once

#include "types/mat_geometry.hpp"

#include <Eigen/Core>

#include <string_view>

namespace matfit {

// What the shape of the contact alone says, before any posture is asked for.
enum class ContactKind { empty, sitting, several_bodies, implausible, body };

// The reason as a code for results; empty for a body and for an empty bed.
std::string_view reason_of(ContactKind kind);

struct ContactRules {
  // A cell counts as loaded above this many standard deviations of an unloaded cell, and above this
  // share of the map's 97 % quantile of positive cells.
  double noise_factor = 5.0;
  double relative_threshold = 0.08;
  // Patches below this are hot cells and folds of the sheet.
  double smallest_patch_m2 = 0.004;
  // With less contact in all a mat is empty.
  double smallest_trace_m2 = 0.01;
  // A grown person on the back has 0.25 m2 and more, on the side 0.15 m2; half a body off the mat
  // still leaves this much.
  double smallest_contact_m2 = 0.045;
  // A seat is larger than a knee, and one patch of it bears more than hands and knees do each.
  double smallest_seat_m2 = 0.06;
  double largest_seat_m2 = 0.30;
  double least_share_of_seat = 0.6;
  // A patch that fills most of a rectangle and whose cells differ little is a thing. Of 530 lying
  // bodies (PmatData, PoPu) none fills more than 0.88 of one, and none has a standard deviation of
  // its loaded cells under 0.53 of their mean.
  double thing_fill = 0.8;
  double thing_evenness = 0.3;
  // A mat that carries less than this share of the recording's usual load is empty.
  double empty_load_share = 0.20;
  // Ninety per cent of a lying body's contact lie within no less than this.
  double shortest_lying_m = 0.60;
  // Two patches beside each other, each at least so large and so long, are two bodies.
  double second_body_m2 = 0.12;
  double second_body_length_m = 0.90;
};

struct Contact {
  ContactKind kind = ContactKind::empty;
  double area_m2 = 0.0;
  double length_m = 0.0;  // of the box that holds 90 % of the contact along either side
  double width_m = 0.0;   // the other side
};

// `map` in any order and unit, `noise` the standard deviation of an unloaded cell in that unit.
// `load_share` is the map's load over the recording's usual load.
Contact contact_of(const Eigen::ArrayXXd& map, const MatGeometry& geometry, double noise,
                   double load_share, const ContactRules& rules = {});

}  // namespace matfit
