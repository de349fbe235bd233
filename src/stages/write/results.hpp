#pragma once

#include "types/result.hpp"
#include "types/study_finding.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

// The results folder, as the README lays it out:
//   run.json  summary.csv  bouts.csv  hotspots.csv  comparison.csv  index.html
//   reports/SUBJECT.html  recordings/ID.json  recordings/ID.h5
// Every file appears whole or not at all, missing parent folders are made, and the same results
// give the same bytes on every run; only run.json holds times. Writers throw UsageError where the
// folder cannot be written.
namespace matfit {

// --- names -------------------------------------------------------------------------------------

// A file name without extension for an id: the id itself where it is short and plain
// (A-Z a-z 0-9 . _ -), else its plain characters with eight digits of a hash, so that two ids never
// share a file.
std::string file_stem(const std::string& id);
std::filesystem::path recording_json_path(const std::filesystem::path& folder,
                                          const std::string& recording_id);
std::filesystem::path recording_arrays_path(const std::filesystem::path& folder,
                                            const std::string& recording_id);

// --- one recording -----------------------------------------------------------------------------

// Load over time, for recordings/ID.h5; all three have one value a frame.
struct LoadTrace {
  std::vector<double> time_s;
  std::vector<double> load_n;  // NaN where not valid
  std::vector<std::uint8_t> valid;
};

// recordings/ID.json: schema "matfit-result", version 1.
void write_recording_json(const RecordingResult& result, const std::filesystem::path& path);

// recordings/ID.h5: a mean map, its sd and the repaired cells of each bout, the posture timeline
// and, where given, the load over time.
void write_recording_arrays(const RecordingResult& result, const std::optional<LoadTrace>& load,
                            const std::filesystem::path& path);

// The result as the two files hold it. Without the arrays' file the maps are empty (0 x 0).
// Throws InputError naming file and key for a file that is not such a result.
RecordingResult read_recording_result(const std::filesystem::path& json_path,
                                      const std::filesystem::path& arrays_path);

// --- the study ---------------------------------------------------------------------------------

struct RunInput {
  std::string recording_id;
  std::string path;
  std::string format;
  std::string sha256;
};

struct RunTable {
  std::string path;
  std::string sha256;
};

// How a run came about: the content of run.json.
struct RunInfo {
  std::string study;  // title of the index page; empty: "Sleep study"
  std::string version;
  std::vector<std::string> command_line;
  std::vector<std::pair<std::string, std::string>> effective_options;
  std::vector<RunInput> inputs;                                // in input order, failed ones too
  std::vector<RunTable> tables;                                // of the studies
  std::vector<std::pair<std::string, std::string>> knowledge;  // file or model -> id or SHA-256
  std::vector<std::string> recording_ids;                      // analysed, in input order
  std::vector<RecordingFailure> failures;
  std::vector<StudyFinding> findings = {};  // across the recordings
  std::string started_utc;                  // ISO 8601
  double wall_s = 0.0;
  int threads = 1;
};

void write_run_json(const RunInfo& run, const std::filesystem::path& path);
RunInfo read_run_json(const std::filesystem::path& path);

// CSV tables, UTF-8, comma, dot decimals, rows in the order of `results`. Columns: tables.cpp.
void write_summary_csv(const std::vector<RecordingResult>& results,
                       const std::filesystem::path& path);
void write_bouts_csv(const std::vector<RecordingResult>& results,
                     const std::filesystem::path& path);
void write_hotspots_csv(const std::vector<RecordingResult>& results,
                        const std::filesystem::path& path);
// Only subjects that lay on several mattresses; a header alone where there is none.
void write_comparison_csv(const std::vector<RecordingResult>& results,
                          const std::filesystem::path& path);

struct PageOptions {
  std::string study;    // title of the index page; empty: "Sleep study"
  std::string version;  // of the program that analysed, for the foot of the pages
  std::string language = "en";
  std::vector<StudyFinding> findings = {};  // across the recordings, for the index page
};

// index.html and one page a person in reports/; a recording without a person has its own page.
// Pages hold everything they need, and show the values as recordings/ID.json rounds them, so that
// pages made again from the stored results are the same bytes.
void write_pages(const std::filesystem::path& folder, const std::vector<RecordingResult>& results,
                 const std::vector<RecordingFailure>& failures, const PageOptions& options = {});

// Pages again from a results folder, without analysing: reads run.json and recordings/.
// Throws InputError or UsageError naming what is missing.
void write_pages_again(const std::filesystem::path& folder);

}  // namespace matfit
