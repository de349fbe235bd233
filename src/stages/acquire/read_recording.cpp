#include "stages/acquire/read_recording.hpp"

#include "stages/acquire/format_table.hpp"
#include "stages/acquire/formats.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/recording_ids.hpp"
#include "types/error.hpp"

#include <algorithm>

namespace matfit {

namespace {

std::string listed_formats() {
  std::string list;
  for (const Format& format : format_table()) {
    list += (list.empty() ? "" : ", ") + std::string(format.id);
  }
  return list;
}

const Format& format_of(const std::filesystem::path& path, const ReadOptions& options) {
  const Sniffed sniffed = sniff_format(path);
  if (options.format) {
    const Format* const given = format_named(*options.format);
    if (given != nullptr) return *given;
    throw UsageError("format '" + *options.format + "' is not known; expected one of " +
                     listed_formats());
  }
  if (sniffed.grid_is_open && options.rows && options.cols) return *format_named("text");
  if (sniffed.format.empty()) {
    const char* const grid =
        sniffed.grid_is_open ? " or, for frames of numbers only, give --rows and --cols" : "";
    // "what it is: how to make it readable"
    const std::size_t colon = sniffed.reason.find(": ");
    throw InputError({path.string(), "", sniffed.reason.substr(0, colon),
                      "a recording in a known format",
                      colon == std::string::npos ? std::string("see matfit formats") + grid
                                                 : sniffed.reason.substr(colon + 2)});
  }
  return *format_named(sniffed.format);
}

[[noreturn]] void refuse_sensor(const std::filesystem::path& path, const ReadOptions& options,
                                const std::string& expected) {
  throw InputError({path.string(), "", options.sensor.value_or(""), expected,
                    "give --sensor, or the column sensor in the study's recordings.csv"});
}

// Whether the file has several; InputError unless one of them is meant.
bool require_one_sensor(const Format& format, const std::filesystem::path& path,
                        const ReadOptions& options) {
  if (format.sensors == nullptr) return false;
  const std::vector<std::string> sensors = format.sensors(path);
  if (sensors.empty()) return false;  // no frame at all, which the reader will say
  const bool found =
      options.sensor ? std::find(sensors.begin(), sensors.end(), *options.sensor) != sensors.end()
                     : sensors.size() <= 1;
  if (found) return sensors.size() > 1;
  std::string list;
  for (const std::string& sensor : sensors) list += (list.empty() ? "'" : ", '") + sensor + "'";
  refuse_sensor(path, options, "one of the file's sensors " + list);
}

}  // namespace

Recording read_recording(const std::filesystem::path& path, const ReadOptions& options) {
  const Format& format = format_of(path, options);
  const bool several = require_one_sensor(format, path, options);
  Recording recording = format.read(path, options);
  if (options.sensor && recording.sensor != *options.sensor) {
    refuse_sensor(path, options,
                  recording.sensor.empty() ? "no sensor: the file holds one without a name"
                                           : "the file's only sensor '" + recording.sensor + "'");
  }
  settle_statements(options, recording);
  if (recording.id.empty()) {
    recording.id = several ? id_of_sensor(path, recording.sensor) : id_from_file_name(path);
  }
  return recording;
}

std::vector<std::string> sensors_in(const std::filesystem::path& path) {
  const Format* const format = format_named(sniff_format(path).format);
  return format == nullptr || format->sensors == nullptr ? std::vector<std::string>{}
                                                         : format->sensors(path);
}

}  // namespace matfit
