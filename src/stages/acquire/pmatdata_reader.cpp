#include "stages/acquire/pmatdata_reader.hpp"

#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/text_reader.hpp"

namespace matfit {

namespace {

Recording read_counts(const std::filesystem::path& path, const ReadOptions& options,
                      Recording recording) {
  recording.path = path.string();
  recording.mat.geometry_source = "format";
  recording.mat.orientation_source = "format";
  recording.mat.view = View::below;
  recording.unit = PressureUnit::raw;
  recording.unit_source = "format";
  recording.time_source = "format";
  require_same_grid(options, recording.path, recording.mat.geometry);
  read_text_frames(recording);
  recording.time_s = regular_times(recording.size(), 1.0);
  return recording;
}

}  // namespace

Recording read_pmatdata_i(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording;
  recording.format = "pmatdata-i";
  recording.mat.model = "Vista Medical FSA SoftFlex 2048";
  // No pitch is documented. Head-to-heel lengths of the nine people lying straight, against their
  // stated statures, give 27.7 to 29.1 mm along the rows; nothing in the data tells the columns',
  // for which an inch is the usual assumption.
  recording.mat.geometry = {pmatdata_i_rows, pmatdata_i_cols, 0.0284, 0.0254};
  recording.mat.pitch_sd_m = 0.002;
  recording.mat.head_end = HeadEnd::first_row;
  recording.mat.full_scale = 1000.0;
  return read_counts(path, options, std::move(recording));
}

Recording read_pmatdata_ii(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording;
  recording.format = "pmatdata-ii";
  recording.mat.model = "Vista Medical BodiTrak BT3510";
  recording.mat.geometry = {pmatdata_ii_rows, pmatdata_ii_cols, 0.0284, 0.0284};
  recording.mat.pitch_sd_m = 0.002;
  recording.mat.head_end = HeadEnd::last_row;
  recording.mat.full_scale = 500.0;
  return read_counts(path, options, std::move(recording));
}

}  // namespace matfit
