#pragma once

#include "stages/acquire/read_recording.hpp"
#include "stages/learn/learn_response_from_loads.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace matfit {

struct CalibrateMatRequest {
  std::filesystem::path levels_csv;
  std::string profile_id;
  ReadOptions read;  // wins over mats.csv and the files
  double reference_relative_sd = 0.0;
};

// Called before each recording is read.
using ReadingProgress = std::function<void(std::size_t done, std::size_t total)>;

// The profile of a mat from the recordings that a table of levels names, with its certificate.
LearnedProfile calibrate_mat(const CalibrateMatRequest& request, const ReadingProgress& progress);

// The profile at `path`; beside it the certificate as PATH's stem with .certificate.json and
// .certificate.html.
void write_learned_profile(const LearnedProfile& learned, const std::filesystem::path& path,
                           const std::string& version);

}  // namespace matfit
