#include "pipeline/analyze.hpp"

#include "stages/calibrate/grade.hpp"
#include "stages/fit/hip_load.hpp"
#include "stages/hotspots/pressure_errors.hpp"
#include "stages/hotspots/pressure_summary.hpp"
#include "stages/score/advise.hpp"
#include "stages/score/assess.hpp"
#include "types/time_gaps.hpp"

namespace matfit {

namespace {

// A frame lasts until the next one; the last lasts as long as frames usually do.
double duration_s(const std::vector<double>& time_s) {
  if (time_s.size() < 2) return 0.0;
  return time_s.back() - time_s.front() + frame_interval_s(time_s);
}

RecordingResult described(const Recording& recording) {
  RecordingResult result;
  result.recording_id = recording.id;
  result.subject_id = recording.subject ? recording.subject->id : "";
  result.mattress_id = recording.mattress ? recording.mattress->id : "";
  result.condition = recording.condition;
  result.duration_s = duration_s(recording.time_s);
  result.frames = recording.size();
  result.mat = recording.mat;
  result.subject = recording.subject;
  result.mattress = recording.mattress;
  result.input_path = recording.path;
  result.input_format = recording.format;
  result.input_sha256 = recording.sha256;
  result.notes = recording.notes;
  return result;
}

// Adds what only the orientation tells: whether the side of view is known.
void judge_view(Quality& quality, const Orientation& orientation,
                const CalibrationKnowledge& known) {
  const double unknown = orientation.view == View::unknown ? 1.0 : 0.0;
  add_to_grade(quality, {{"unknown_view", {unknown, ""}}}, known.rules);
}

}  // namespace

Observation observe(const Recording& recording, const Knowledge& known,
                    const AnalyzeOptions& options) {
  Observation out{calibrate(recording, known.calibration, options.calibrate), described(recording)};
  ClassifyOptions classify_options = options.classify;
  classify_options.labels = recording.labels;
  classify_options.bouts.least_confidence = known.calibration.least_posture_confidence;
  const PostureTimeline timeline = classify(out.series, known.postures, classify_options);
  // Only the timeline knows whether the labels told the view.
  out.series.orientation = timeline.orientation;
  judge_view(out.series.quality, timeline.orientation, known.calibration);
  RecordingResult& result = out.result;
  result.quality = out.series.quality;
  result.orientation = timeline.orientation;
  result.movement = timeline.movement;
  for (const PostureBout& bout : timeline.bouts) {
    BoutResult seen;
    seen.bout = bout;
    seen.field = mean_field(out.series, bout.first_frame, bout.last_frame, timeline.orientation);
    result.bouts.push_back(std::move(seen));
  }
  return out;
}

RecordingResult observed_result(const Recording& recording, const Knowledge& known,
                                const AnalyzeOptions& options) {
  return observe(recording, known, options).result;
}

RecordingResult analyze(const Recording& recording, const Knowledge& known,
                        const AnalyzeOptions& options) {
  Observation observed = observe(recording, known, options);
  const PressureSeries& series = observed.series;
  RecordingResult& result = observed.result;
  FitBodyOptions body_options = options.fit_body;
  if (recording.mat.pitch_sd_m) {
    body_options.pitch_relative_sd = *recording.mat.pitch_sd_m / recording.mat.geometry.row_pitch_m;
  }
  for (BoutResult& out : result.bouts) {
    const PostureBout& bout = out.bout;
    out.body =
        fit_body(out.field, bout.posture, recording.subject, known.anthropometry, body_options);
    if (const auto features = roll_features(out.field, bout.posture, out.body)) {
      out.roll = known.roll.predict(*features);
    }
    out.spine =
        fit_spine(out.field, bout.posture, out.body, recording.subject, recording.mattress,
                  result.quality.units, known.anthropometry, known.mattresses, options.fit_spine);
    out.spine = with_doubts(std::move(out.spine), bout.posture, out.roll,
                            hip_load_ratio(out.field, bout.posture, out.body, known.anthropometry),
                            known.lying);
    out.pressure =
        with_errors(summarise_pressure(out.field, out.body, bout.posture, options.hotspots),
                    result.quality.units, result.quality.repaired_load_sd);
    out.hotspots = with_errors(find_hotspots(series, bout, out.field, out.body, options.hotspots),
                               result.quality.units, options.hotspots.dose_threshold_pa);
    out.fit =
        assess_bout(out, result.quality, recording.subject, recording.mattress, known.guidance);
  }
  result.fit = assess_recording(result, known.guidance);
  result.advice = advice_for(result, known.guidance);
  result.referral = referrals_for(recording.subject, known.guidance);
  return std::move(result);
}

}  // namespace matfit
