#include "file_variants.hpp"
#include "files.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

namespace matfit {
namespace {

using test::Parted;
using test::Variant;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  std::erase(text, '\r');
  return text;
}

// The worst of them: the small samples of test_file_variants.cpp are read in all.
const std::set<std::string> chosen = {
    "utf16_le", "cr", "padded_doubled", "european_padded", "european_quoted", "thousands_german"};

// Reads the file as it is and in the chosen variants; gives the names of those that were refused.
std::set<std::string> refused(const std::filesystem::path& path, Parted parted,
                              const ReadOptions& options = {}) {
  const test::TemporaryFolder folder;
  const std::string text = text_of(path);
  const Recording original = read_recording(path, options);
  std::set<std::string> names;
  for (const Variant& variant : test::file_variants()) {
    if (!chosen.contains(variant.name)) continue;
    const auto changed = test::write_file(folder.path() / "v.csv", variant.of(text, parted));
    try {
      EXPECT_EQ(test::difference(original, read_recording(changed, options)), "") << variant.name;
    } catch (const InputError& error) {
      EXPECT_FALSE(error.fault().expected.empty() || error.fault().remedy.empty()) << error.what();
      names.insert(variant.name);
    }
  }
  return names;
}

const std::set<std::string> none;

TEST(RealVariants, of_vendors_exports_are_the_same_recordings) {
  MATFIT_REAL_RECORDINGS(datasets);
  const auto samples = datasets / "vendor/pressuRe-samples";
  EXPECT_EQ(refused(samples / "iscan_test.csv", Parted::comma), none);
  EXPECT_EQ(refused(samples / "fscan_testL.asf", Parted::comma), none);
  EXPECT_EQ(refused(samples / "emed_test.lst", Parted::tab), none);
  EXPECT_EQ(refused(samples / "pliance_test.asc", Parted::blanks), none);
  ReadOptions options;
  options.sensor = "HX210.11.31.M11-DFM-LF S0073";
  EXPECT_EQ(refused(samples / "xsensor_data.csv", Parted::comma, options), none);
}

TEST(RealVariants, of_people_in_bed_are_the_same_recordings_or_want_their_grid_told) {
  MATFIT_REAL_RECORDINGS(datasets);
  const std::set<std::string> between_other_marks = {"padded_doubled", "european_padded",
                                                     "european_quoted", "thousands_german"};
  EXPECT_EQ(refused(datasets / "pmatdata/experiment-i/S1/1.txt", Parted::tab), between_other_marks);
  EXPECT_EQ(
      refused(datasets / "pmatdata/experiment-ii/S1/Air_Mat/Matrix_Air_B1.txt", Parted::blanks),
      between_other_marks);
  ReadOptions options;
  options.row_pitch_m = options.col_pitch_m = 0.028;
  EXPECT_EQ(refused(datasets / "popu-preview/tactilus_data/4/supine3_0.json", Parted::not_at_all,
                    options),
            none);
}

}  // namespace
}  // namespace matfit
