#include "stages/acquire/hdf5_reader.hpp"

#include "stages/acquire/frame_order.hpp"
#include "stages/acquire/hdf5_frames.hpp"
#include "stages/acquire/hdf5_statements.hpp"
#include "stages/acquire/hdf5_subject_and_mattress.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/recording_ids.hpp"
#include "stages/acquire/sha256.hpp"
#include "stages/acquire/trial_reading.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace matfit {

namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

void require_format(const Hdf5Statements& stated) {
  const auto format = stated.file().text_attribute("/", "format");
  if (format != "matfit-recording") {
    stated.refuse("attribute format of /", format.value_or(""), "'matfit-recording'");
  }
  const auto version = stated.file().number_attribute("/", "format_version");
  if (version != 1.0) {
    stated.refuse("attribute format_version of /", version ? number_text(*version) : "none",
                  "1, the only version there is");
  }
}

void read_mat(const Hdf5Statements& stated, MatDescription& mat) {
  mat.geometry_source = "file";
  mat.orientation_source = "unknown";
  if (!stated.file().has_group("/mat")) return;
  mat.model = stated.text("/mat", "model");
  mat.geometry.row_pitch_m =
      stated.number("/mat", "row_pitch_mm", limits::pitch_mm, 1e3).value_or(0);
  mat.geometry.col_pitch_m =
      stated.number("/mat", "col_pitch_mm", limits::pitch_mm, 1e3).value_or(0);
  const auto head_end =
      stated.word<HeadEnd>("/mat", "head_end", head_end_named,
                           "one of first_row, last_row, first_col, last_col, unknown");
  const auto view = stated.word<View>("/mat", "view", view_named, "one of above, below, unknown");
  mat.head_end = head_end.value_or(HeadEnd::unknown);
  mat.view = view.value_or(View::unknown);
  if (mat.head_end != HeadEnd::unknown || mat.view != View::unknown) {
    mat.orientation_source = "file";
  }
  constexpr Limits any_positive = {1e-9, 1e9, "positive"};
  mat.pitch_sd_m = stated.number("/mat", "pitch_sd_mm", limits::pitch_mm_sd, 1e3);
  mat.full_scale = stated.number("/mat", "full_scale", any_positive);
  mat.zero_below = stated.number("/mat", "zero_below", any_positive);
  // An import keeps what the original's format or user had said.
  const auto geometry_source = stated.file().text_attribute("/mat", "geometry_source");
  const auto orientation_source = stated.file().text_attribute("/mat", "orientation_source");
  if (geometry_source) mat.geometry_source = *geometry_source;
  if (orientation_source) mat.orientation_source = *orientation_source;
}

// Places of frames that an import put in the order of their times.
std::vector<std::size_t> reordered_frames(const Hdf5Statements& stated, std::size_t frames) {
  if (!stated.file().has_dataset("/reordered_frames")) return {};
  const std::string place = "dataset /reordered_frames";
  const h5::Dataset dataset = stated.file().dataset("/reordered_frames");
  if (dataset.shape().size() != 1 || !dataset.numeric())
    stated.refuse(place, "", "a list of numbers");
  std::vector<std::size_t> out;
  for (const double number : dataset.read<double>()) {
    if (!(number >= 0.0 && number < static_cast<double>(frames)) || number != std::floor(number) ||
        (!out.empty() && number <= static_cast<double>(out.back()))) {
      stated.refuse(place, number_text(number), "places of frames (from 0), rising");
    }
    out.push_back(static_cast<std::size_t>(number));
  }
  return out;
}

void read_times(const Hdf5Statements& stated, const ReadOptions& options, Recording& recording) {
  recording.time_source = stated.file().text_attribute("/", "time_source").value_or("file");
  if (stated.file().has_dataset("/timestamps")) {
    const h5::Dataset times = stated.file().dataset("/timestamps");
    if (times.shape() != h5::Shape{recording.size()} || !times.numeric()) {
      stated.refuse("dataset /timestamps", std::to_string(times.rows()) + " values",
                    std::to_string(recording.size()) + " numbers, one a frame");
    }
    recording.reordered_frames = reordered_frames(stated, recording.size());
    if (!options.sample_rate_hz) {
      take_times(times.read<double>(), "dataset /timestamps", recording);
    }
    return;
  }
  const auto rate = stated.number("/frames", "sample_rate_hz", limits::sample_rate_hz);
  if (rate) {
    recording.time_s = regular_times(recording.size(), *rate);
  } else if (!options.sample_rate_hz) {
    stated.refuse("dataset /timestamps", "none",
                  "times, or attribute sample_rate_hz of /frames, or --sample-rate-hz");
  }
}

std::vector<Posture> labels_in(const Hdf5Statements& stated, std::size_t frames) {
  if (!stated.file().has_dataset("/labels/posture")) return {};
  const h5::Dataset dataset = stated.file().dataset("/labels/posture");
  if (dataset.shape() != h5::Shape{frames} || !dataset.numeric()) {
    stated.refuse("dataset /labels/posture", std::to_string(dataset.rows()) + " values",
                  std::to_string(frames) + " whole numbers, one a frame");
  }
  const std::vector<std::int64_t> numbers = dataset.read<std::int64_t>();
  std::vector<Posture> labels;
  labels.reserve(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (numbers[i] < 0 || numbers[i] >= static_cast<std::int64_t>(posture_count)) {
      stated.refuse("dataset /labels/posture, frame " + std::to_string(i) + " (from 0)",
                    std::to_string(numbers[i]),
                    "0 unknown, 1 empty, 2 supine, 3 prone, 4 left, 5 right or 6 sitting");
    }
    labels.push_back(static_cast<Posture>(numbers[i]));
  }
  return labels;
}

Recording recording_in(const Hdf5Statements& stated, const ReadOptions& options) {
  require_format(stated);
  Recording recording;
  recording.path = stated.path();
  recording.format = "hdf5";
  recording.id = stated.text("/", "id");
  if (!recording.id.empty() && !is_recording_id(recording.id)) {
    stated.refuse("attribute id of /", recording.id, "letters, digits, . _ - (not a dot first)");
  }
  recording.condition = stated.text("/", "condition");
  recording.sensor = stated.text("/", "sensor");
  recording.notes = lines_of(stated.text("/", "notes"));
  read_hdf5_frames(stated, options, recording);
  read_mat(stated, recording.mat);
  recording.labels = labels_in(stated, recording.size());
  read_times(stated, options, recording);
  recording.subject = hdf5_subject(stated);
  recording.mattress = hdf5_mattress(stated);
  return recording;
}

}  // namespace

bool is_hdf5_recording(const FileHead& head) {
  if (!h5::is_hdf5(head.path)) return false;
  const bool signed_first = head.bytes.starts_with("\x89HDF");
  const auto format = [&] { return h5::File::open(head.path).text_attribute("/", "format"); };
  if (!survives_reading(format)) return signed_first;
  try {
    return format() == "matfit-recording";
  } catch (const h5::Error&) {
    return signed_first;
  }
}

Recording read_hdf5_recording(const std::filesystem::path& path, const ReadOptions& options) {
  const auto try_all_parts = [&] {
    const Recording recording = recording_in(Hdf5Statements(path), options);
    const std::size_t last = recording.size() - 1;
    for (const std::size_t frame : {std::size_t{0}, last / 2, last})
      recording.frames->read(frame, 1);
  };
  if (!survives_reading(try_all_parts)) {
    throw InputError({path.string(), "", "damage on which the HDF5 library itself fails",
                      "a whole, readable HDF5 recording", "copy or export the file again"});
  }
  try {
    Recording recording = recording_in(Hdf5Statements(path), options);
    recording.sha256 = sha256_of_file(path);
    return recording;
  } catch (const h5::Error& error) {
    throw damaged_hdf5(error, path.string());
  }
}

}  // namespace matfit
