#include "stages/write/recording_file.hpp"

#include "h5/file.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace matfit {

namespace {

constexpr std::size_t block_values = std::size_t{1} << 20;

void write_text(h5::File& file, const std::string& object, const char* name,
                const std::string& value) {
  if (!value.empty()) file.write_attribute(object, name, value);
}

std::string joined_lines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += (text.empty() ? "" : "\n") + line;
  return text;
}

// SI inside, the contract's unit in the file: `per_unit` is the SI value of one unit of the file.
void write_number(h5::File& file, const std::string& object, const char* name,
                  const std::optional<double>& value, double per_unit = 1.0) {
  if (value) file.write_attribute(object, name, *value / per_unit);
}

void write_mat(h5::File& file, const MatDescription& mat) {
  file.make_group("/mat");
  file.write_attribute("/mat", "model", mat.model);
  file.write_attribute("/mat", "row_pitch_mm", mat.geometry.row_pitch_m * 1000.0);
  file.write_attribute("/mat", "col_pitch_mm", mat.geometry.col_pitch_m * 1000.0);
  file.write_attribute("/mat", "head_end", name_of(mat.head_end));
  file.write_attribute("/mat", "view", name_of(mat.view));
  write_text(file, "/mat", "geometry_source", mat.geometry_source);
  write_text(file, "/mat", "orientation_source", mat.orientation_source);
  write_number(file, "/mat", "pitch_sd_mm", mat.pitch_sd_m, 0.001);
  write_number(file, "/mat", "full_scale", mat.full_scale);
  write_number(file, "/mat", "zero_below", mat.zero_below);
  if (mat.absent.empty()) return;
  file.write_dataset<std::uint8_t>(
      "/mat/absent",
      {static_cast<std::size_t>(mat.geometry.rows), static_cast<std::size_t>(mat.geometry.cols)},
      mat.absent);
}

void write_subject(h5::File& file, const Subject& subject) {
  file.make_group("/subject");
  write_text(file, "/subject", "id", subject.id);
  if (subject.sex) {
    file.write_attribute("/subject", "sex", *subject.sex == Sex::female ? "female" : "male");
  }
  write_number(file, "/subject", "age_years", subject.age_years);
  write_number(file, "/subject", "stature_cm", subject.stature_m, 0.01);
  write_number(file, "/subject", "mass_kg", subject.mass_kg);
  write_number(file, "/subject", "shoulder_breadth_mm", subject.shoulder_breadth_m, 0.001);
  write_number(file, "/subject", "waist_breadth_mm", subject.waist_breadth_m, 0.001);
  write_number(file, "/subject", "hip_breadth_mm", subject.hip_breadth_m, 0.001);
}

void write_mattress(h5::File& file, const Mattress& mattress) {
  file.make_group("/mattress");
  write_text(file, "/mattress", "id", mattress.id);
  write_text(file, "/mattress", "name", mattress.name);
  write_number(file, "/mattress", "firmness", mattress.firmness);
  write_number(file, "/mattress", "thickness_mm", mattress.thickness_m, 0.001);
  write_number(file, "/mattress", "age_years", mattress.age_years);
  write_text(file, "/mattress", "material", mattress.material);
  write_number(file, "/mattress", "shear_kn_per_m", mattress.shear_n_per_m, 1000.0);
  if (mattress.curve.empty()) return;
  file.write_attribute("/mattress", "curve_kind", name_of(mattress.curve_kind));
  write_number(file, "/mattress", "curve_relative_sd", mattress.curve_relative_sd);
  std::vector<double> curve;
  for (const CurvePoint& point : mattress.curve) {
    curve.push_back(point.indentation_m / 0.001);
    curve.push_back(point.pressure_pa / 1000.0);
  }
  file.write_dataset<double>("/mattress/curve", {mattress.curve.size(), 2}, curve);
}

template <typename T>
void write_blocks(const FrameSource& frames, std::size_t block, h5::Dataset& dataset) {
  std::vector<T> values;
  for (std::size_t first = 0; first < frames.size(); first += block) {
    const std::size_t count = std::min(block, frames.size() - first);
    const FrameBlock read = frames.read(first, count);
    values.resize(static_cast<std::size_t>(read.size()));
    std::transform(read.data(), read.data() + read.size(), values.begin(),
                   [](float value) { return std::isnan(value) ? T{0} : static_cast<T>(value); });
    dataset.write_rows<T>(first, count, values);
  }
}

void write_frames(h5::File& file, const Recording& recording) {
  const MatGeometry& g = recording.mat.geometry;
  const h5::Shape shape = {recording.size(), static_cast<std::size_t>(g.rows),
                           static_cast<std::size_t>(g.cols)};
  const h5::Element element = recording.integer_counts ? h5::Element::uint16 : h5::Element::float32;
  h5::Dataset dataset = file.make_dataset("/frames", shape, element, {.compressed = true});
  // Whole chunks, so that none is compressed twice.
  const std::size_t bytes = recording.integer_counts ? 2 : 4;
  const std::size_t chunk = h5::chunk_shape(shape, bytes).front();
  const std::size_t cells = static_cast<std::size_t>(g.cells());
  const std::size_t block = std::max<std::size_t>(1, block_values / (cells * chunk)) * chunk;
  if (recording.integer_counts) {
    write_blocks<std::uint16_t>(*recording.frames, block, dataset);
  } else {
    write_blocks<float>(*recording.frames, block, dataset);
  }
  file.write_attribute("/frames", "units", name_of(recording.unit));
}

void write_contents(h5::File& file, const Recording& recording) {
  file.write_attribute("/", "format", "matfit-recording");
  file.write_attribute("/", "format_version", std::int64_t{1});
  file.write_attribute("/", "id", recording.id);
  write_text(file, "/", "condition", recording.condition);
  write_text(file, "/", "sensor", recording.sensor);
  write_text(file, "/", "notes", joined_lines(recording.notes));
  write_text(file, "/", "source_format", recording.format);
  write_text(file, "/", "source_sha256", recording.sha256);
  write_text(file, "/", "time_source", recording.time_source);
  write_frames(file, recording);
  file.write_dataset<double>("/timestamps", {recording.size()}, recording.time_s);
  if (!recording.reordered_frames.empty()) {
    const std::vector<std::int64_t> places(recording.reordered_frames.begin(),
                                           recording.reordered_frames.end());
    file.write_dataset<std::int64_t>("/reordered_frames", {places.size()}, places);
  }
  write_mat(file, recording.mat);
  if (recording.subject) write_subject(file, *recording.subject);
  if (recording.mattress) write_mattress(file, *recording.mattress);
  if (!recording.labels.empty()) {
    std::vector<std::uint8_t> labels;
    for (const Posture label : recording.labels) {
      labels.push_back(static_cast<std::uint8_t>(label));
    }
    file.make_group("/labels");
    file.write_dataset<std::uint8_t>("/labels/posture", {labels.size()}, labels);
  }
  file.close();
}

}  // namespace

void write_recording(const Recording& recording, const std::filesystem::path& path) {
  if (!recording.frames || recording.size() == 0 || recording.mat.geometry.cells() <= 0) {
    throw std::invalid_argument("a recording without frames cannot be written");
  }
  if (recording.time_s.size() != recording.size() ||
      (!recording.labels.empty() && recording.labels.size() != recording.size())) {
    throw std::invalid_argument("a recording has one time and, if any, one label for each frame");
  }
  // Beside the target, so that the rename stays within one file system.
  const std::filesystem::path temporary =
      path.parent_path() / ("." + path.filename().string() + ".partial");
  try {
    h5::File file = h5::File::create(temporary);
    write_contents(file, recording);
    std::filesystem::rename(temporary, path);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(temporary, ignored);
    throw;
  }
}

}  // namespace matfit
