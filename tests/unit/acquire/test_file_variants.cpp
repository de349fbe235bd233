#include "files.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"
#include "variant_samples.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace matfit {
namespace {

using test::Variant;
using test::VariantSample;

class FileVariants : public testing::TestWithParam<VariantSample> {
 protected:
  Recording read(const std::string& text) {
    return read_recording(test::write_file(folder_.path() / "export.csv", text),
                          GetParam().options);
  }
  test::TemporaryFolder folder_;
};

TEST_P(FileVariants, give_the_same_recording_or_one_clear_error) {
  const VariantSample& sample = GetParam();
  const Recording original = read(sample.text);
  ASSERT_EQ(original.format, sample.format);
  for (const Variant& variant : test::file_variants()) {
    const std::string text = variant.of(sample.text, sample.parted);
    const bool ambiguous = sample.ambiguous.contains(variant.name);
    try {
      const std::string other = test::difference(original, read(text));
      EXPECT_EQ(other, "") << "<" << variant.name << ">\n" << text.substr(0, 900);
      EXPECT_FALSE(ambiguous) << variant.name << " is read after all";
    } catch (const InputError& error) {
      EXPECT_TRUE(ambiguous) << "<" << variant.name << "> " << error.what() << "\n"
                             << text.substr(0, 900);
      EXPECT_FALSE(error.fault().expected.empty() || error.fault().remedy.empty()) << error.what();
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryFormat, FileVariants, testing::ValuesIn(test::variant_samples()),
                         [](const testing::TestParamInfo<VariantSample>& sample) {
                           std::string name = sample.param.name;
                           for (char& c : name) c = c == ' ' ? '_' : c;
                           return name;
                         });

}  // namespace
}  // namespace matfit
