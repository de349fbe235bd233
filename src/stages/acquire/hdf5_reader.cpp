#include "stages/acquire/hdf5_reader.hpp"

#include "h5/error.hpp"
#include "h5/file.hpp"
#include "stages/acquire/curve_check.hpp"
#include "stages/acquire/finite_values.hpp"
#include "stages/acquire/frame_order.hpp"
#include "stages/acquire/limits.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/recording_ids.hpp"
#include "stages/acquire/sha256.hpp"
#include "stages/acquire/trial_reading.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <stdexcept>
#include <vector>

namespace matfit {

namespace {

InputError damaged(const h5::Error& error, const std::string& file) {
  return InputError({file, error.object(), error.problem(), "a whole, readable HDF5 recording",
                     "copy or export the file again"});
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

class Hdf5Frames final : public FrameSource {
 public:
  Hdf5Frames(h5::Dataset frames, int cols, std::vector<std::uint8_t> absent, std::string file)
      : frames_(std::move(frames)),
        cols_(cols),
        absent_(std::move(absent)),
        file_(std::move(file)) {}

  std::size_t size() const override { return frames_.rows(); }

  FrameBlock read(std::size_t first, std::size_t count) const override {
    if (first > size() || count > size() - first) {
      throw std::out_of_range("frames beyond the end of the recording");
    }
    FrameBlock block(static_cast<Eigen::Index>(count),
                     static_cast<Eigen::Index>(frames_.row_size()));
    try {
      frames_.read_rows<float>(
          first, count, std::span<float>(block.data(), static_cast<std::size_t>(block.size())));
    } catch (const h5::Error& error) {
      throw damaged(error, file_);
    }
    for (std::size_t c = 0; c < absent_.size(); ++c) {
      if (absent_[c] != 0) block.col(static_cast<Eigen::Index>(c)) = 0.0F;
    }
    require_finite(block, first, cols_, file_);
    for (std::size_t c = 0; c < absent_.size(); ++c) {
      if (absent_[c] == 0) continue;
      block.col(static_cast<Eigen::Index>(c)) = std::numeric_limits<float>::quiet_NaN();
    }
    return block;
  }

 private:
  h5::Dataset frames_;
  int cols_;
  std::vector<std::uint8_t> absent_;
  std::string file_;
};

// Reads the statements of one file, each with its place in the error.
class RecordingFile {
 public:
  explicit RecordingFile(const std::filesystem::path& path)
      : file_(h5::File::open(path)), path_(path.string()) {}

  Recording read(const ReadOptions& options) const {
    require_format();
    Recording recording;
    recording.path = path_;
    recording.format = "hdf5";
    recording.id = file_.text_attribute("/", "id").value_or("");
    if (!recording.id.empty() && !is_recording_id(recording.id)) {
      refuse("attribute id of /", recording.id, "letters, digits, . _ - (not a dot first)");
    }
    recording.condition = file_.text_attribute("/", "condition").value_or("");
    recording.sensor = file_.text_attribute("/", "sensor").value_or("");
    recording.notes = lines_of(file_.text_attribute("/", "notes").value_or(""));
    read_frames(options, recording);
    read_mat(recording.mat);
    recording.labels = labels(recording.size());
    read_times(options, recording);
    recording.subject = subject();
    recording.mattress = mattress();
    return recording;
  }

 private:
  [[noreturn]] void refuse(const std::string& place, const std::string& value,
                           const std::string& expected) const {
    throw InputError({path_, place, value, expected, "write the file again with it mended"});
  }

  void require_format() const {
    const auto format = file_.text_attribute("/", "format");
    if (format != "matfit-recording") {
      refuse("attribute format of /", format.value_or(""), "'matfit-recording'");
    }
    const auto version = file_.number_attribute("/", "format_version");
    if (version != 1.0) {
      refuse("attribute format_version of /", version ? number_text(*version) : "none",
             "1, the only version there is");
    }
  }

  // A number in the file's unit, divided by `units_per_si` into SI.
  std::optional<double> number(const std::string& group, const char* name, const Limits& limits,
                               double units_per_si = 1.0) const {
    const auto value = file_.number_attribute(group, name);
    if (!value) return std::nullopt;
    require_within(*value, limits, path_, std::string("attribute ") + name + " of " + group);
    return *value / units_per_si;
  }

  template <typename T>
  std::optional<T> word(const std::string& group, const char* name,
                        const std::function<std::optional<T>(std::string_view)>& named,
                        const std::string& expected) const {
    const auto text = file_.text_attribute(group, name);
    if (!text || text->empty()) return std::nullopt;
    const std::optional<T> value = named(*text);
    if (!value) refuse(std::string("attribute ") + name + " of " + group, *text, expected);
    return value;
  }

  void read_frames(const ReadOptions& options, Recording& recording) const {
    if (!file_.has_dataset("/frames")) refuse("dataset /frames", "none", "the frames");
    h5::Dataset frames = file_.dataset("/frames");
    if (frames.shape().size() != 3 || frames.rows() == 0 || frames.row_size() == 0 ||
        !frames.numeric()) {
      std::string shape = "shape";
      for (const std::size_t extent : frames.shape())
        shape.append(" ").append(std::to_string(extent));
      refuse("dataset /frames", shape, "numbers of [frames, rows, cols], none of them 0");
    }
    MatGeometry& geometry = recording.mat.geometry;
    require_within(static_cast<double>(frames.rows()), limits::frames, path_, "dataset /frames");
    require_grid_within_limits(static_cast<double>(frames.shape()[1]),
                               static_cast<double>(frames.shape()[2]), path_, "dataset /frames");
    geometry.rows = static_cast<int>(frames.shape()[1]);
    geometry.cols = static_cast<int>(frames.shape()[2]);
    require_same_grid(options, path_, geometry);
    recording.integer_counts =
        frames.element() == h5::Element::uint8 || frames.element() == h5::Element::uint16;
    const auto unit =
        word<PressureUnit>("/frames", "units", pressure_unit_named, "one of mmHg, kPa, raw");
    if (!unit && !options.unit) {
      refuse("attribute units of /frames", "none", "one of mmHg, kPa, raw");
    }
    recording.unit = unit.value_or(PressureUnit::raw);
    recording.unit_source = "file";
    recording.mat.absent = absent_cells(geometry);
    recording.frames =
        std::make_shared<Hdf5Frames>(std::move(frames), geometry.cols, recording.mat.absent, path_);
  }

  std::vector<std::uint8_t> absent_cells(const MatGeometry& geometry) const {
    if (!file_.has_dataset("/mat/absent")) return {};
    const h5::Dataset absent = file_.dataset("/mat/absent");
    const h5::Shape grid = {static_cast<std::size_t>(geometry.rows),
                            static_cast<std::size_t>(geometry.cols)};
    if (absent.shape() != grid || absent.element() != h5::Element::uint8) {
      refuse("dataset /mat/absent", "another shape or type", "uint8 of [rows, cols]");
    }
    return absent.read<std::uint8_t>();
  }

  void read_mat(MatDescription& mat) const {
    mat.geometry_source = "file";
    mat.orientation_source = "unknown";
    if (!file_.has_group("/mat")) return;
    mat.model = file_.text_attribute("/mat", "model").value_or("");
    mat.geometry.row_pitch_m = number("/mat", "row_pitch_mm", limits::pitch_mm, 1e3).value_or(0);
    mat.geometry.col_pitch_m = number("/mat", "col_pitch_mm", limits::pitch_mm, 1e3).value_or(0);
    const auto head_end = word<HeadEnd>("/mat", "head_end", head_end_named,
                                        "one of first_row, last_row, first_col, last_col, unknown");
    const auto view = word<View>("/mat", "view", view_named, "one of above, below, unknown");
    mat.head_end = head_end.value_or(HeadEnd::unknown);
    mat.view = view.value_or(View::unknown);
    if (mat.head_end != HeadEnd::unknown || mat.view != View::unknown) {
      mat.orientation_source = "file";
    }
    constexpr Limits any_positive = {1e-9, 1e9, "positive"};
    mat.pitch_sd_m = number("/mat", "pitch_sd_mm", limits::pitch_mm_sd, 1e3);
    mat.full_scale = number("/mat", "full_scale", any_positive);
    mat.zero_below = number("/mat", "zero_below", any_positive);
    // An import keeps what the original's format or user had said.
    const auto geometry_source = file_.text_attribute("/mat", "geometry_source");
    const auto orientation_source = file_.text_attribute("/mat", "orientation_source");
    if (geometry_source) mat.geometry_source = *geometry_source;
    if (orientation_source) mat.orientation_source = *orientation_source;
  }

  void read_times(const ReadOptions& options, Recording& recording) const {
    recording.time_source = file_.text_attribute("/", "time_source").value_or("file");
    if (file_.has_dataset("/timestamps")) {
      const h5::Dataset times = file_.dataset("/timestamps");
      if (times.shape() != h5::Shape{recording.size()} || !times.numeric()) {
        refuse("dataset /timestamps", std::to_string(times.rows()) + " values",
               std::to_string(recording.size()) + " numbers, one a frame");
      }
      recording.reordered_frames = reordered_frames(recording.size());
      if (!options.sample_rate_hz) {
        take_times(times.read<double>(), "dataset /timestamps", recording);
      }
      return;
    }
    const auto rate = number("/frames", "sample_rate_hz", limits::sample_rate_hz);
    if (rate) {
      recording.time_s = regular_times(recording.size(), *rate);
    } else if (!options.sample_rate_hz) {
      refuse("dataset /timestamps", "none",
             "times, or attribute sample_rate_hz of /frames, or --sample-rate-hz");
    }
  }

  // Places of frames that an import put in the order of their times.
  std::vector<std::size_t> reordered_frames(std::size_t frames) const {
    if (!file_.has_dataset("/reordered_frames")) return {};
    const std::string place = "dataset /reordered_frames";
    const h5::Dataset dataset = file_.dataset("/reordered_frames");
    if (dataset.shape().size() != 1 || !dataset.numeric()) refuse(place, "", "a list of numbers");
    std::vector<std::size_t> out;
    for (const double number : dataset.read<double>()) {
      if (!(number >= 0.0 && number < static_cast<double>(frames)) ||
          number != std::floor(number) ||
          (!out.empty() && number <= static_cast<double>(out.back()))) {
        refuse(place, number_text(number), "places of frames (from 0), rising");
      }
      out.push_back(static_cast<std::size_t>(number));
    }
    return out;
  }

  std::optional<Subject> subject() const {
    if (!file_.has_group("/subject")) return std::nullopt;
    const std::string group = "/subject";
    Subject subject;
    subject.id = file_.text_attribute(group, "id").value_or("");
    const auto sex_named = [](std::string_view text) -> std::optional<Sex> {
      if (text == "female") return Sex::female;
      if (text == "male") return Sex::male;
      return std::nullopt;
    };
    subject.sex = word<Sex>(group, "sex", sex_named, "female or male");
    subject.age_years = number(group, "age_years", limits::age_years);
    subject.stature_m = number(group, "stature_cm", limits::stature_cm, 1e2);
    subject.mass_kg = number(group, "mass_kg", limits::mass_kg);
    subject.shoulder_breadth_m =
        number(group, "shoulder_breadth_mm", limits::shoulder_breadth_mm, 1e3);
    subject.waist_breadth_m = number(group, "waist_breadth_mm", limits::waist_breadth_mm, 1e3);
    subject.hip_breadth_m = number(group, "hip_breadth_mm", limits::hip_breadth_mm, 1e3);
    return subject;
  }

  std::optional<Mattress> mattress() const {
    if (!file_.has_group("/mattress")) return std::nullopt;
    const std::string group = "/mattress";
    Mattress mattress;
    mattress.id = file_.text_attribute(group, "id").value_or("");
    mattress.name = file_.text_attribute(group, "name").value_or("");
    mattress.firmness = number(group, "firmness", limits::firmness);
    mattress.thickness_m = number(group, "thickness_mm", limits::thickness_mm, 1e3);
    mattress.age_years = number(group, "age_years", limits::mattress_age_years);
    mattress.material = file_.text_attribute(group, "material").value_or("");
    mattress.shear_n_per_m = number(group, "shear_kn_per_m", limits::shear_kn_per_m, 1e-3);
    mattress.curve_kind = word<CurveKind>(group, "curve_kind", curve_kind_named,
                                          "one of uniform, disc_203mm, platen_344mm")
                              .value_or(CurveKind::uniform);
    if (!file_.has_dataset("/mattress/curve")) return mattress;
    mattress.curve_relative_sd = number(group, "curve_relative_sd", limits::curve_relative_sd);
    const h5::Dataset curve = file_.dataset("/mattress/curve");
    if (curve.shape().size() != 2 || curve.shape()[1] != 2 || !curve.numeric()) {
      refuse("dataset /mattress/curve", "another shape",
             "numbers of [points, 2]: indentation_mm, pressure_kpa");
    }
    const std::vector<double> values = curve.read<double>();
    std::vector<CurveRow> rows;
    for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
      rows.push_back({values[i], values[i + 1],
                      "dataset /mattress/curve, point " + std::to_string(i / 2) + " (from 0)"});
    }
    mattress.curve = checked_curve(rows, path_);
    return mattress;
  }

  std::vector<Posture> labels(std::size_t frames) const {
    if (!file_.has_dataset("/labels/posture")) return {};
    const h5::Dataset dataset = file_.dataset("/labels/posture");
    if (dataset.shape() != h5::Shape{frames} || !dataset.numeric()) {
      refuse("dataset /labels/posture", std::to_string(dataset.rows()) + " values",
             std::to_string(frames) + " whole numbers, one a frame");
    }
    const std::vector<std::int64_t> numbers = dataset.read<std::int64_t>();
    std::vector<Posture> labels;
    labels.reserve(numbers.size());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (numbers[i] < 0 || numbers[i] >= static_cast<std::int64_t>(posture_count)) {
        refuse("dataset /labels/posture, frame " + std::to_string(i) + " (from 0)",
               std::to_string(numbers[i]),
               "0 unknown, 1 empty, 2 supine, 3 prone, 4 left, 5 right or 6 sitting");
      }
      labels.push_back(static_cast<Posture>(numbers[i]));
    }
    return labels;
  }

  h5::File file_;
  std::string path_;
};

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
    const Recording recording = RecordingFile(path).read(options);
    const std::size_t last = recording.size() - 1;
    for (const std::size_t frame : {std::size_t{0}, last / 2, last})
      recording.frames->read(frame, 1);
  };
  if (!survives_reading(try_all_parts)) {
    throw InputError({path.string(), "", "damage on which the HDF5 library itself fails",
                      "a whole, readable HDF5 recording", "copy or export the file again"});
  }
  try {
    Recording recording = RecordingFile(path).read(options);
    recording.sha256 = sha256_of_file(path);
    return recording;
  } catch (const h5::Error& error) {
    throw damaged(error, path.string());
  }
}

}  // namespace matfit
