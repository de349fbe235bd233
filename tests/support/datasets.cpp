#include "support/datasets.hpp"

#include <cstdlib>

namespace matfit::test {

std::filesystem::path project_folder() { return MATFIT_SOURCE_FOLDER; }

std::optional<std::filesystem::path> real_recordings() {
  const char* named = std::getenv("MATFIT_DATASETS");
  const std::filesystem::path folder =
      named != nullptr ? std::filesystem::path(named) : project_folder() / "../shared/datasets";
  if (!std::filesystem::is_directory(folder)) return std::nullopt;
  return std::filesystem::canonical(folder);
}

}  // namespace matfit::test
