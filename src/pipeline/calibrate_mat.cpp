#include "pipeline/calibrate_mat.hpp"

#include "pipeline/read_options.hpp"
#include "stages/acquire/level_table.hpp"
#include "stages/calibrate/profile_file.hpp"
#include "stages/write/certificate.hpp"
#include "stages/write/whole_file.hpp"

namespace matfit {

LearnedProfile calibrate_mat(const CalibrateMatRequest& request, const ReadingProgress& progress) {
  const std::vector<LevelEntry> entries = read_level_table(request.levels_csv);
  std::vector<LoadedRecording> recordings;
  for (const LevelEntry& entry : entries) {
    progress(recordings.size(), entries.size());
    ReadOptions options = entry.read;
    override_with(options, request.read);
    recordings.push_back({entry.load, read_recording(entry.path, options)});
  }
  progress(entries.size(), entries.size());
  return learn_response_from_loads(
      recordings, {request.profile_id, request.levels_csv.string(), request.reference_relative_sd});
}

void write_learned_profile(const LearnedProfile& learned, const std::filesystem::path& path,
                           const std::string& version) {
  std::filesystem::path stem = path;
  stem.replace_extension();
  write_whole_file(path, profile_json(learned.profile));
  write_whole_file(stem.string() + ".certificate.json", certificate_json(learned.certificate));
  write_whole_file(stem.string() + ".certificate.html",
                   certificate_page(learned.certificate, version));
}

}  // namespace matfit
