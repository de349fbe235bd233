#include "h5/error.hpp"
#include "h5/file.hpp"
#include "stages/write/result_json.hpp"
#include "stages/write/results.hpp"
#include "stages/write/whole_file.hpp"
#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>

#include <fstream>

namespace matfit {

namespace fs = std::filesystem;

namespace {

using FloatMap = Eigen::Array<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using ByteMap = Eigen::Array<std::uint8_t, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr h5::Storage compressed{.compressed = true, .deflate_level = 4};

std::string bout_group(std::size_t index) { return fmt::format("/bouts/{:05}", index); }

template <typename Map>
void write_map(h5::File& file, const std::string& name, const Map& map) {
  const h5::Shape shape = {static_cast<std::size_t>(map.rows()),
                           static_cast<std::size_t>(map.cols())};
  using Value = typename Map::Scalar;
  file.write_dataset<Value>(
      name, shape, std::span<const Value>(map.data(), static_cast<std::size_t>(map.size())),
      compressed);
}

void write_mmhg(h5::File& file, const std::string& name, const Eigen::ArrayXXd& pa) {
  write_map(file, name, FloatMap((pa / pa_per_mmhg).cast<float>()));
  file.write_attribute(name, "units", "mmHg");
}

void write_bout(h5::File& file, const std::string& group, const BoutResult& bout) {
  file.make_group(group);
  file.write_attribute(group, "start_s", bout.bout.start_s);
  file.write_attribute(group, "end_s", bout.bout.end_s);
  file.write_attribute(group, "posture", name_of(bout.bout.posture));
  if (bout.field.pressure_pa.size() == 0) return;
  write_mmhg(file, group + "/mean", bout.field.pressure_pa);
  if (bout.field.sd_pa.size() > 0) write_mmhg(file, group + "/sd", bout.field.sd_pa);
  if (bout.field.repaired.size() > 0) {
    write_map(file, group + "/repaired", ByteMap(bout.field.repaired.cast<std::uint8_t>()));
  }
}

template <typename T>
void write_list(h5::File& file, const std::string& name, const std::vector<T>& values) {
  if (values.empty()) return;
  file.write_dataset<T>(name, {values.size()}, std::span<const T>(values), compressed);
}

void write_timeline(h5::File& file, const std::vector<BoutResult>& bouts) {
  std::vector<double> start_s, end_s;
  std::vector<std::uint8_t> posture;
  for (const BoutResult& b : bouts) {
    start_s.push_back(b.bout.start_s);
    end_s.push_back(b.bout.end_s);
    posture.push_back(static_cast<std::uint8_t>(b.bout.posture));
  }
  file.make_group("/timeline");
  write_list(file, "/timeline/start_s", start_s);
  write_list(file, "/timeline/end_s", end_s);
  write_list(file, "/timeline/posture", posture);
}

template <typename Scalar, typename Target>
Target read_map(const h5::File& file, const std::string& name, const MatGeometry& geometry,
                const fs::path& path) {
  const h5::Dataset dataset = file.dataset(name);
  const h5::Shape expected = {static_cast<std::size_t>(geometry.rows),
                              static_cast<std::size_t>(geometry.cols)};
  if (dataset.shape() != expected) {
    throw InputError({path.string(), "dataset " + name, "another shape",
                      fmt::format("{} x {}", geometry.rows, geometry.cols),
                      "analyse the recording again"});
  }
  const std::vector<Scalar> values = dataset.read<Scalar>();
  using RowMajor = Eigen::Array<Scalar, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  return Eigen::Map<const RowMajor>(values.data(), geometry.rows, geometry.cols)
      .template cast<typename Target::Scalar>();
}

void read_fields(RecordingResult& result, const fs::path& path) {
  using BoolMap = Eigen::Array<bool, Eigen::Dynamic, Eigen::Dynamic>;
  const h5::File file = h5::File::open(path);
  for (std::size_t i = 0; i < result.bouts.size(); ++i) {
    const std::string group = bout_group(i);
    if (!file.has_dataset(group + "/mean")) continue;
    PressureField& field = result.bouts[i].field;
    const MatGeometry& geometry = result.mat.geometry;
    field.geometry = geometry;
    field.orientation = result.orientation;
    field.absolute = result.quality.units.absolute;
    field.pressure_pa =
        read_map<float, Eigen::ArrayXXd>(file, group + "/mean", geometry, path) * pa_per_mmhg;
    if (file.has_dataset(group + "/sd")) {
      field.sd_pa =
          read_map<float, Eigen::ArrayXXd>(file, group + "/sd", geometry, path) * pa_per_mmhg;
    }
    if (file.has_dataset(group + "/repaired")) {
      field.repaired = read_map<std::uint8_t, BoolMap>(file, group + "/repaired", geometry, path);
    }
  }
}

}  // namespace

void write_recording_json(const RecordingResult& result, const fs::path& path) {
  write_whole_file(path, json_from_result(result).dump(
                             2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) +
                             "\n");
}

void write_recording_arrays(const RecordingResult& result, const std::optional<LoadTrace>& load,
                            const fs::path& path) {
  write_whole_file(path, [&](const fs::path& temporary) {
    try {
      h5::File file = h5::File::create(temporary);
      file.write_attribute("/", "format", "matfit-arrays");
      file.write_attribute("/", "format_version", std::int64_t{1});
      file.write_attribute("/", "recording_id", result.recording_id);
      file.make_group("/bouts");
      for (std::size_t i = 0; i < result.bouts.size(); ++i) {
        write_bout(file, bout_group(i), result.bouts[i]);
      }
      write_timeline(file, result.bouts);
      if (load) {
        file.make_group("/load");
        write_list(file, "/load/time_s", load->time_s);
        write_list(file, "/load/load_n", load->load_n);
        write_list(file, "/load/valid", load->valid);
      }
      file.close();
    } catch (const h5::Error& fault) {
      throw UsageError(fmt::format("cannot write {}: {}", path.string(), fault.problem()));
    }
  });
}

RecordingResult read_recording_result(const fs::path& json_path, const fs::path& arrays_path) {
  std::ifstream in(json_path, std::ios::binary);
  if (!in) {
    throw InputError({json_path.string(), "", "", "a readable result file",
                      "check the results folder or analyse the recording again"});
  }
  nlohmann::ordered_json document;
  try {
    document = nlohmann::ordered_json::parse(in);
  } catch (const nlohmann::json::parse_error& fault) {
    throw InputError({json_path.string(), fmt::format("byte {}", fault.byte), "", "JSON",
                      "analyse the recording again"});
  }
  RecordingResult result = result_from_json(document, json_path.string());
  if (!fs::exists(arrays_path)) return result;
  try {
    read_fields(result, arrays_path);
  } catch (const h5::Error& fault) {
    throw InputError(
        {arrays_path.string(), fault.object(), "", fault.problem(), "analyse the recording again"});
  }
  return result;
}

}  // namespace matfit
