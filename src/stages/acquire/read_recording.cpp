#include "stages/acquire/read_recording.hpp"

#include "stages/acquire/formats.hpp"
#include "stages/acquire/hdf5_reader.hpp"
#include "stages/acquire/mat_statements.hpp"
#include "stages/acquire/npy_reader.hpp"
#include "stages/acquire/pmatdata_reader.hpp"
#include "stages/acquire/popu_reader.hpp"
#include "stages/acquire/recording_ids.hpp"
#include "stages/acquire/text_reader.hpp"
#include "types/error.hpp"

namespace matfit {

namespace {

std::string listed_formats() {
  std::string list;
  for (const FormatDescription& format : known_formats()) {
    list += (list.empty() ? "" : ", ") + format.id;
  }
  return list;
}

std::string format_of(const std::filesystem::path& path, const ReadOptions& options) {
  const Sniffed sniffed = sniff_format(path);
  if (options.format) return *options.format;
  const bool described = options.rows && options.cols;
  if (sniffed.text && described) return "text";
  if (sniffed.format.empty()) {
    throw InputError({path.string(), "", "", "one of the formats " + listed_formats(),
                      sniffed.reason + "; see matfit formats, or export plain text and give --rows "
                                       "--cols --row-pitch-mm --col-pitch-mm"});
  }
  return sniffed.format;
}

Recording read_as(const std::string& format, const std::filesystem::path& path,
                  const ReadOptions& options) {
  if (format == "hdf5") return read_hdf5_recording(path, options);
  if (format == "pmatdata-i") return read_pmatdata_i(path, options);
  if (format == "pmatdata-ii") return read_pmatdata_ii(path, options);
  if (format == "popu") return read_popu_recording(path, options);
  if (format == "text") return read_text_recording(path, options);
  if (format == "npy") return read_npy_recording(path, options);
  throw UsageError("format '" + format + "' is not known; expected one of " + listed_formats());
}

}  // namespace

Recording read_recording(const std::filesystem::path& path, const ReadOptions& options) {
  Recording recording = read_as(format_of(path, options), path, options);
  settle_statements(options, recording);
  if (recording.id.empty()) recording.id = id_from_file_name(path);
  return recording;
}

}  // namespace matfit
