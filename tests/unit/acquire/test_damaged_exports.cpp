#include "files.hpp"
#include "numeric/random.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <iterator>
#include <string>

namespace matfit {
namespace {

using test::TemporaryFolder;
using test::write_file;

std::string text_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// What every recording keeps, whatever the file was like.
void expect_sound(const Recording& recording, const std::string& how) {
  ASSERT_GT(recording.size(), 0U) << how;
  ASSERT_EQ(recording.time_s.size(), recording.size()) << how;
  for (std::size_t i = 1; i < recording.time_s.size(); ++i) {
    ASSERT_GT(recording.time_s[i], recording.time_s[i - 1]) << how;
  }
  const FrameBlock frames = recording.frames->read(0, recording.size());
  ASSERT_EQ(frames.cols(), recording.mat.geometry.cells()) << how;
  ASSERT_FALSE(frames.isInf().any()) << how;
}

// Cuts, changed bytes and lines left out or doubled, at places drawn from a fixed seed.
std::string damaged(const std::string& whole, Random& random, std::string& how) {
  const auto place = [&] {
    return static_cast<std::size_t>(random.uniform(0.0, static_cast<double>(whole.size())));
  };
  const std::size_t at = place();
  const std::size_t line = std::min(whole.rfind('\n', at) + 1, whole.size());
  const std::size_t next = std::min(whole.find('\n', line) + 1, whole.size());
  std::string text = whole;
  switch (static_cast<int>(random.uniform(0.0, 5.0))) {
    case 0: how = "cut at " + std::to_string(at); return text.substr(0, at);
    case 1:
      how = "byte " + std::to_string(at);
      text[at] = static_cast<char>(random.uniform(0.0, 256.0));
      return text;
    case 2:
      how = "without the line at " + std::to_string(line);
      if (next > line) text.erase(line, next - line);
      return text;
    case 3:
      how = "twice the line at " + std::to_string(line);
      if (next > line) text.insert(line, whole.substr(line, next - line));
      return text;
    default:
      how = "digit at " + std::to_string(at);
      text[at] = "0123456789-.,eE\t ;xB"[static_cast<std::size_t>(random.uniform(0.0, 20.0))];
      return text;
  }
}

int refused(const std::string& whole, const ReadOptions& options, int times, unsigned seed) {
  const TemporaryFolder folder;
  Random random(seed);
  int count = 0;
  for (int i = 0; i < times; ++i) {
    std::string how;
    const auto path = write_file(folder.path() / "damaged", damaged(whole, random, how));
    try {
      expect_sound(read_recording(path, options), how);
    } catch (const InputError& error) {
      ++count;
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << how;
    }
  }
  return count;
}

ReadOptions with_pitch() {
  ReadOptions options;
  options.row_pitch_m = options.col_pitch_m = 0.01;
  return options;
}

TEST(DamagedExports, of_tactilus_kitronyx_and_boditrak_give_errors_or_sound_recordings) {
  std::string tactilus;
  std::string kitronyx;
  std::string boditrak;
  for (int t = 0; t < 5; ++t) {
    tactilus += "FRAME " + std::to_string(t + 1) + "(mmHg)\nFri Aug 26 16:45:0" +
                std::to_string(t) + " 2022\n";
    kitronyx += " Frame Index: " + std::to_string(t) + ", Measurement Time(sec): 0" +
                std::to_string(t) + ".50\n\n";
    boditrak += "5x4  0.000000-200.000000 mmHg\n";
    for (int r = 0; r < 4; ++r) {
      for (int c = 0; c < 5; ++c) {
        const std::string number = std::to_string(10 * r + c + t);
        tactilus += std::string(6 - number.size(), ' ') + number;
        kitronyx += number + (c < 4 ? "," : "");
        boditrak += std::string(4 - number.size(), ' ') + number;
      }
      tactilus += "\n";
      kitronyx += "\n";
      boditrak += "\n";
    }
    tactilus += "\nMaximum pressure\t\t34.0 mmHg\n\n";
  }
  for (const std::string& text : {tactilus, kitronyx, boditrak}) {
    const int count = refused(text, with_pitch(), 250, 11);
    EXPECT_GT(count, 60);  // most damage shows
    EXPECT_LT(count, 250);
  }
}

TEST(DamagedExports, of_novels_samples_give_errors_or_sound_recordings) {
  MATFIT_REAL_RECORDINGS(datasets);
  const auto samples = datasets / "vendor/pressuRe-samples";
  for (const char* name : {"pliance_test.asc", "emed_test.lst"}) {
    EXPECT_GT(refused(text_of(samples / name), {}, 25, 12), 3) << name;
  }
}

}  // namespace
}  // namespace matfit
