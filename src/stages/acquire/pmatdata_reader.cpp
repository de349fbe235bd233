#include "stages/acquire/pmatdata_reader.hpp"

#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/number_line.hpp"
#include "stages/acquire/text_reader.hpp"

#include <algorithm>

namespace matfit {

namespace {

// No pitch is documented. Head-to-heel lengths of people lying straight, against their stated
// statures, give 27.7 to 29.1 mm along the rows of experiment I; those of experiment II are the
// same within 2 % (five people lay on both mats). Across, the pelvis of these five is 1.18 times as
// many cells wide in I as in II; with cells of II as wide as long, those of I are 24.0 mm wide. An
// inch is the usual guess for I.
constexpr double row_pitch_m = 0.0284;
constexpr double pitch_sd_m = 0.002;

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

// How many whole numbers a line of nothing else holds; else 0.
std::size_t whole_numbers(std::string_view line) {
  const bool plain = line.find_first_not_of("0123456789 \t") == std::string_view::npos;
  return plain ? count_numbers(line, {}) : 0;
}

}  // namespace

bool is_pmatdata_i(const FileHead& head) {
  return whole_numbers(head.first_content()) ==
         static_cast<std::size_t>(pmatdata_i_rows) * pmatdata_i_cols;
}

bool is_pmatdata_ii(const FileHead& head) {
  return whole_numbers(head.first_content()) == pmatdata_ii_cols &&
         std::count_if(head.lines.begin(), head.lines.end(), has_content) == pmatdata_ii_rows;
}

Recording read_pmatdata_i(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording;
  recording.format = "pmatdata-i";
  recording.mat.model = "Vista Medical FSA SoftFlex 2048";
  recording.mat.geometry = {pmatdata_i_rows, pmatdata_i_cols, row_pitch_m, 0.024};
  recording.mat.pitch_sd_m = pitch_sd_m;
  recording.mat.head_end = HeadEnd::first_row;
  recording.mat.full_scale = 1000.0;
  return read_counts(path, options, std::move(recording));
}

Recording read_pmatdata_ii(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording;
  recording.format = "pmatdata-ii";
  recording.mat.model = "Vista Medical BodiTrak BT3510";
  recording.mat.geometry = {pmatdata_ii_rows, pmatdata_ii_cols, row_pitch_m, 0.0284};
  recording.mat.pitch_sd_m = pitch_sd_m;
  recording.mat.head_end = HeadEnd::last_row;
  recording.mat.full_scale = 500.0;
  return read_counts(path, options, std::move(recording));
}

}  // namespace matfit
