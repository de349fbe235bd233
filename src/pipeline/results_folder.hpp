#pragma once

#include "pipeline/batch.hpp"
#include "stages/write/results.hpp"
#include "types/result.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace matfit {

struct ResultFormats {
  bool json = false;
  bool csv = false;
  bool h5 = false;
  bool html = false;
};

// UsageError for a word that is none of json, csv, h5, html, and for none at all.
ResultFormats result_formats_named(const std::vector<std::string>& words);

// The results folder of one run: files of a recording as it finishes, the study's at the end.
class ResultsFolder {
 public:
  // Clears an earlier run's files out of the folder. UsageError where the folder holds anything
  // else or one of the inputs, so that nothing of the user's is lost.
  ResultsFolder(std::filesystem::path folder, ResultFormats formats,
                const std::vector<StudyEntry>& inputs = {});

  // Safe from several threads.
  void store(const RecordingResult& result) const;

  // Tables, pages and, last of all, run.json: where it stands the run is complete. Inputs, ids and
  // failures are filled in from the items; recordings of a finding get its reason.
  void finish(const std::vector<BatchItem>& items, RunInfo run) const;

 private:
  std::filesystem::path folder_;
  ResultFormats formats_;
};

}  // namespace matfit
