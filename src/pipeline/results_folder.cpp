#include "pipeline/results_folder.hpp"

#include "pipeline/study_checks.hpp"
#include "types/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace matfit {

namespace {

namespace fs = std::filesystem;

// What a run writes at the top of its folder.
constexpr std::array<const char*, 8> own_entries = {"run.json",     "summary.csv",    "bouts.csv",
                                                    "hotspots.csv", "comparison.csv", "index.html",
                                                    "reports",      "recordings"};

bool is_own(const fs::path& name) {
  return std::find(own_entries.begin(), own_entries.end(), name.string()) != own_entries.end();
}

// Whether an earlier run ended here: only then are the files of these names ours to remove.
bool holds_a_run(const fs::path& folder) {
  if (!fs::is_regular_file(folder / "run.json")) return false;
  try {
    read_run_json(folder / "run.json");
    return true;
  } catch (const InputError&) {
    return false;
  }
}

bool is_inside(const fs::path& path, const fs::path& folder) {
  const fs::path relative = fs::weakly_canonical(path).lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

void remove_files(const fs::path& folder, const std::vector<std::string>& extensions) {
  if (!fs::is_directory(folder)) return;
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string extension = entry.path().extension().string();
    if (std::find(extensions.begin(), extensions.end(), extension) != extensions.end()) {
      files.push_back(entry.path());
    }
  }
  for (const fs::path& file : files) fs::remove(file);
}

}  // namespace

ResultFormats result_formats_named(const std::vector<std::string>& words) {
  ResultFormats formats;
  for (const std::string& word : words) {
    if (word == "json") {
      formats.json = true;
    } else if (word == "csv") {
      formats.csv = true;
    } else if (word == "h5") {
      formats.h5 = true;
    } else if (word == "html") {
      formats.html = true;
    } else {
      throw UsageError(fmt::format("--formats: got '{}', expected some of json,csv,h5,html", word));
    }
  }
  if (words.empty()) throw UsageError("--formats: expected some of json,csv,h5,html");
  return formats;
}

ResultsFolder::ResultsFolder(fs::path folder, ResultFormats formats,
                             const std::vector<StudyEntry>& inputs)
    : folder_(std::move(folder)), formats_(formats) {
  const auto refuse = [this](const std::string& why) {
    throw UsageError(
        fmt::format("--out {}: {}; name an empty or new folder", folder_.string(), why));
  };
  std::error_code fault;
  fs::create_directories(folder_, fault);
  if (!fs::is_directory(folder_)) refuse(fault ? fault.message() : "a file is in the way");
  const fs::path canonical = fs::canonical(folder_);
  for (const StudyEntry& input : inputs) {
    if (is_inside(input.path, canonical)) {
      refuse(fmt::format("the recording {} lies in it", input.path.string()));
    }
  }
  if (fs::is_empty(folder_)) return;
  for (const auto& entry : fs::directory_iterator(folder_)) {
    const std::string name = entry.path().filename().string();
    if (!is_own(name)) refuse(fmt::format("holds '{}', which is not a result of matfit", name));
  }
  if (!holds_a_run(folder_)) refuse("is not empty and holds no finished run of matfit");
  remove_files(folder_, {".json", ".csv", ".html"});
  remove_files(folder_ / "reports", {".html"});
  remove_files(folder_ / "recordings", {".json", ".h5"});
}

void ResultsFolder::store(const RecordingResult& result) const {
  if (formats_.json)
    write_recording_json(result, recording_json_path(folder_, result.recording_id));
  if (formats_.h5) {
    write_recording_arrays(result, std::nullopt,
                           recording_arrays_path(folder_, result.recording_id));
  }
}

void ResultsFolder::finish(const std::vector<BatchItem>& items, RunInfo run) const {
  std::vector<RecordingResult> results;
  for (const BatchItem& item : items) {
    RunInput input{item.recording_id, item.path, "", ""};
    if (item.result) {
      input.format = item.result->input_format;
      input.sha256 = item.result->input_sha256;
      run.recording_ids.push_back(item.recording_id);
      results.push_back(*item.result);
    } else {
      run.failures.push_back(*item.failure);
    }
    run.inputs.push_back(std::move(input));
  }
  for (const std::size_t i : mark_findings(results, run.findings)) {
    if (formats_.json) {
      write_recording_json(results[i], recording_json_path(folder_, results[i].recording_id));
    }
  }
  if (formats_.csv) {
    write_summary_csv(results, folder_ / "summary.csv");
    write_bouts_csv(results, folder_ / "bouts.csv");
    write_hotspots_csv(results, folder_ / "hotspots.csv");
    write_comparison_csv(results, folder_ / "comparison.csv");
  }
  if (formats_.html) {
    write_pages(folder_, results, run.failures, {run.study, run.version, "en", run.findings});
  }
  write_run_json(run, folder_ / "run.json");
}

}  // namespace matfit
