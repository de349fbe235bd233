#pragma once

#include "types/recording.hpp"

namespace matfit::test {

// A recording in which everything is known: three frames of 2 x 3 cells.
inline Recording example_recording() {
  Recording recording;
  recording.id = "night-1";
  recording.mat.model = "test mat";
  recording.mat.geometry = {2, 3, 0.0284, 0.024};
  recording.mat.head_end = HeadEnd::last_row;
  recording.mat.view = View::below;
  recording.mat.geometry_source = "format";
  recording.mat.orientation_source = "command line";
  recording.mat.pitch_sd_m = 0.002;
  recording.mat.full_scale = 1000.0;
  recording.unit = PressureUnit::mmhg;
  FrameBlock frames(3, 6);
  for (Eigen::Index i = 0; i < frames.size(); ++i) frames.data()[i] = static_cast<float>(40 * i);
  recording.frames = std::make_shared<MemoryFrames>(frames);
  recording.time_s = {0.0, 0.5, 2.25};
  recording.time_source = "command line";
  recording.condition = "flat";
  recording.format = "text";
  recording.labels = {Posture::empty, Posture::supine, Posture::sitting};
  Subject subject;
  subject.id = "P1";
  subject.sex = Sex::female;
  subject.age_years = 41;
  subject.stature_m = 1.68;
  subject.mass_kg = 61.5;
  subject.shoulder_breadth_m = 0.362;
  subject.waist_breadth_m = 0.291;
  subject.hip_breadth_m = 0.355;
  recording.subject = subject;
  Mattress mattress;
  mattress.id = "M1";
  mattress.name = "made up";
  mattress.firmness = 6;
  mattress.thickness_m = 0.18;
  mattress.age_years = 3;
  mattress.material = "foam";
  mattress.curve = {{0.0, 0.0}, {0.02, 1300.0}, {0.06, 4100.0}};
  mattress.curve_kind = CurveKind::disc_203mm;
  mattress.curve_relative_sd = 0.06;
  mattress.shear_n_per_m = 450.0;
  recording.mattress = mattress;
  return recording;
}

}  // namespace matfit::test
