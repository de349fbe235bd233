#include "stages/write/inspection.hpp"
#include "stages/write/json_values.hpp"
#include "stages/write/load_range.hpp"
#include "stages/write/quality_json.hpp"
#include "types/time_gaps.hpp"

namespace matfit {

using nlohmann::ordered_json;

namespace {

ordered_json gaps_json(const std::vector<double>& time_s) {
  ordered_json list = ordered_json::array();
  for (const TimeGap& gap : gaps_in(time_s)) {
    list.push_back({{"first_frame", gap.first_frame},
                    {"after_s", number(time_s[gap.first_frame - 1], 3)},
                    {"length_s", number(gap.length_s, 3)}});
  }
  return list;
}

}  // namespace

std::string inspection_json(const Recording& recording, const PressureSeries& series) {
  const MatDescription& mat = recording.mat;
  const MatGeometry& g = mat.geometry;
  const std::vector<double>& time_s = recording.time_s;
  ordered_json out;
  out["schema"] = "matfit-inspection";
  out["schema_version"] = 1;
  out["recording_id"] = recording.id;
  out["path"] = recording.path;
  out["format"] = recording.format;
  out["sha256"] = recording.sha256;
  out["notes"] = recording.notes;
  out["mat"] = {{"model", mat.model},
                {"rows", g.rows},
                {"cols", g.cols},
                {"row_pitch_mm", number(mm_per_m * g.row_pitch_m, 3)},
                {"col_pitch_mm", number(mm_per_m * g.col_pitch_m, 3)},
                {"pitch_sd_mm",
                 mat.pitch_sd_m ? number(mm_per_m * *mat.pitch_sd_m, 3) : ordered_json(nullptr)},
                {"geometry_source", mat.geometry_source},
                {"head_end", name_of(mat.head_end)},
                {"view", name_of(mat.view)},
                {"orientation_source", mat.orientation_source}};
  out["frames"] = recording.size();
  out["duration_s"] = number(time_s.empty() ? 0.0 : time_s.back() - time_s.front(), 3);
  out["frame_interval_s"] =
      time_s.size() < 2 ? ordered_json(nullptr) : number(frame_interval_s(time_s), 6);
  out["time_source"] = recording.time_source;
  out["reordered_frames"] = recording.reordered_frames;
  out["gaps"] = gaps_json(time_s);
  out["unit_source"] = recording.unit_source;
  const auto load = load_range(series);
  out["load_n"] = load ? ordered_json{{"lowest", number(load->lowest_n, 1)},
                                      {"median", number(load->median_n, 1)},
                                      {"highest", number(load->highest_n, 1)}}
                       : ordered_json(nullptr);
  out["noise_mmhg"] = number(series.noise_pa / pa_per_mmhg, 4);
  out["quality"] = json_of(series.quality, series.orientation);
  return out.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace matfit
