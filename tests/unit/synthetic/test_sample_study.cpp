#include "pipeline/simulated_study.hpp"

#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace matfit {
namespace {

namespace fs = std::filesystem;

std::map<std::string, std::string> bytes_of_folder(const fs::path& folder) {
  std::map<std::string, std::string> bytes;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    bytes[fs::relative(entry.path(), folder).generic_string()] =
        std::string(std::istreambuf_iterator<char>(file), {});
  }
  return bytes;
}

TEST(SimulatedStudy, OverwritesNothing) {
  const test::TemporaryFolder folder;
  std::ofstream(folder.path() / "recordings.csv") << "mine";
  EXPECT_THROW(write_simulated_study({}, folder.path()), UsageError);
  EXPECT_THROW(write_simulated_study({}, folder.path() / "recordings.csv"), UsageError);
  EXPECT_EQ(bytes_of_folder(folder.path()),
            (std::map<std::string, std::string>{{"recordings.csv", "mine"}}));
  EXPECT_NO_THROW(write_simulated_study({}, folder.path() / "new"));
}

TEST(SampleStudy, IsMadeAgainByteForByteFromItsSeedFile) {
  const fs::path sample = test::project_folder() / "datasets" / "sample";
  const test::TemporaryFolder folder;
  write_simulated_study(read_study_plan(sample / "sample.toml"), folder.path());
  const auto made = bytes_of_folder(folder.path());
  const auto kept = bytes_of_folder(sample / "study");
  ASSERT_GE(kept.size(), 20U);
  for (const auto& [name, bytes] : kept) {
    ASSERT_TRUE(made.contains(name)) << name;
    EXPECT_TRUE(made.at(name) == bytes) << name << " differs";
  }
  EXPECT_EQ(made.size(), kept.size());
}

TEST(SampleStudy, StaysSmall) {
  std::uintmax_t total = 0;
  for (const auto& [name, bytes] :
       bytes_of_folder(test::project_folder() / "datasets" / "sample" / "study")) {
    total += bytes.size();
  }
  EXPECT_LT(total, 3'000'000U);
}

}  // namespace
}  // namespace matfit
