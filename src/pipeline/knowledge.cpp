#include "pipeline/knowledge.hpp"

#include "stages/acquire/sha256.hpp"
#include "types/error.hpp"

#include <algorithm>

namespace matfit {

namespace {

namespace fs = std::filesystem;

std::vector<std::pair<std::string, std::string>> file_sums(const fs::path& folder) {
  std::vector<std::pair<std::string, std::string>> sums;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    sums.emplace_back(entry.path().filename().string(), sha256_of_file(entry.path()));
  }
  std::sort(sums.begin(), sums.end());
  return sums;
}

}  // namespace

Knowledge load_knowledge(const fs::path& folder) {
  if (!fs::is_directory(folder)) {
    throw UsageError("--calibration " + folder.string() +
                     ": expected the folder of knowledge files that comes with matfit");
  }
  return {load_calibration_knowledge(folder),
          load_posture_model(folder / "posture_model.bin"),
          load_anthropometry(folder / "anthropometry.toml"),
          load_roll_model(folder / "roll_model.toml"),
          load_mattress_presets(folder / "mattress_presets.toml"),
          load_lying_limits(folder / "lying_limits.toml"),
          load_guidance(folder),
          file_sums(folder)};
}

}  // namespace matfit
