#pragma once

#include <filesystem>
#include <optional>

namespace matfit::test {

// The folder of real recordings: MATFIT_DATASETS, else ../shared/datasets beside the project;
// absent where that folder does not exist.
std::optional<std::filesystem::path> real_recordings();

// The project's own folder, for calibration/ and datasets/.
std::filesystem::path project_folder();

}  // namespace matfit::test

// At the start of a test that needs real recordings: skips it with a visible line where they are
// absent, and otherwise defines the variable `name`.
#define MATFIT_REAL_RECORDINGS(name)                                                     \
  const auto name##_found = matfit::test::real_recordings();                             \
  if (!name##_found) GTEST_SKIP() << "real recordings are absent (set MATFIT_DATASETS)"; \
  const std::filesystem::path name = *name##_found
