#include "files.hpp"
#include "numeric/random.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"
#include "types/error.hpp"
#include "vendor_texts.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace matfit {
namespace {

// A damaged copy: cut, a stretch lost, bytes changed, lines doubled or exchanged.
std::string damaged(const std::string& text, Random& random) {
  const auto place = [&](std::size_t size) {
    return static_cast<std::size_t>(random.bits() % std::max<std::size_t>(1, size));
  };
  std::string out = text;
  switch (random.integer(0, 5)) {
    case 0: out.resize(place(text.size())); break;
    case 1: {
      const std::size_t at = place(text.size());
      out.erase(at, 1 + place(200));
      break;
    }
    case 2:
      for (int i = 0; i < 3; ++i) out[place(out.size())] = static_cast<char>(random.bits());
      break;
    case 3: {
      const std::size_t at = place(text.size());
      out.insert(at, text.substr(place(text.size()), 40));
      break;
    }
    case 4: {  // a line twice
      const std::size_t begin = text.rfind('\n', place(text.size()));
      if (begin == std::string::npos) break;
      const std::size_t end = text.find('\n', begin + 1);
      out.insert(begin, text.substr(begin, end - begin));
      break;
    }
    default:  // a digit that became another
      for (int i = 0; i < 2; ++i) {
        const std::size_t at = out.find_first_of("0123456789", place(out.size()));
        if (at != std::string::npos) out[at] = static_cast<char>('0' + random.integer(0, 9));
      }
  }
  return out;
}

void expect_sound(const Recording& recording) {
  const MatGeometry& g = recording.mat.geometry;
  ASSERT_GT(recording.size(), 0U);
  ASSERT_EQ(recording.time_s.size(), recording.size());
  EXPECT_TRUE(std::is_sorted(recording.time_s.begin(), recording.time_s.end(),
                             [](double a, double b) { return a <= b; }));
  const FrameBlock block = recording.frames->read(0, recording.size());
  ASSERT_EQ(block.cols(), g.cells());
  for (Eigen::Index cell = 0; cell < block.cols(); ++cell) {
    const bool absent =
        !recording.mat.absent.empty() && recording.mat.absent[static_cast<std::size_t>(cell)] != 0;
    EXPECT_TRUE(absent ? block.col(cell).isNaN().all() : block.col(cell).isFinite().all());
  }
}

// Reads damaged copies; gives how many were accepted.
int accepted(const std::string& text, const ReadOptions& options, int copies, std::uint64_t seed) {
  const test::TemporaryFolder folder;
  int count = 0;
  for (int i = 0; i < copies; ++i) {
    Random random(derived_seed(seed, static_cast<std::uint64_t>(i)));
    const auto path = test::write_file(folder.path() / "d.csv", damaged(text, random));
    try {
      expect_sound(read_recording(path, options));
      ++count;
    } catch (const InputError&) {
    }
  }
  return count;
}

std::string beginning_of(const std::filesystem::path& path, std::size_t bytes) {
  std::ifstream in(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  return text.substr(0, bytes);
}

TEST(DamagedFiles, are_refused_or_give_sound_recordings) {
  ReadOptions pitch;
  pitch.row_pitch_m = pitch.col_pitch_m = 0.0127;
  const std::string wide =
      "Frame,Time,Units,Sensor,Peak Pressure (PSI),S_1_1,S_1_2,S_2_1,S_2_2\n"
      "1,08:21:17.5,PSI,A 1,9,0,9,2,1\n2,08:21:17.6,PSI,A 1,8,0,8,2,1\n"
      "3,08:21:17.7,PSI,A 1,7,0,7,2,1\n";
  EXPECT_GT(accepted(test::TekscanText{}.text(), {}, 200, 1), 0);
  EXPECT_GT(accepted(test::xsensor_text({{}}) + test::xsensor_text({{}}, "08:21:19", "2", ""), {},
                     200, 2),
            0);
  EXPECT_GT(accepted(wide, pitch, 200, 3), 0);
}

TEST(DamagedFiles, with_raw_sums_are_hardly_ever_accepted_with_other_cells) {
  // What is accepted has the cells that were written: the sums see to it.
  const std::string text = test::TekscanText{}.text();
  const test::TemporaryFolder folder;
  const FrameBlock whole =
      read_recording(test::write_file(folder.path() / "w.csv", text)).frames->read(0, 2);
  int other = 0;
  int read = 0;
  for (std::uint64_t i = 0; i < 500; ++i) {
    Random random(derived_seed(4, i));
    const auto path = test::write_file(folder.path() / "d.csv", damaged(text, random));
    try {
      const Recording recording = read_recording(path);
      ++read;
      const FrameBlock cells = recording.frames->read(0, recording.size());
      other += recording.size() == 2 && cells.cols() == whole.cols() &&
                       (cells == whole || (cells.isNaN() && whole.isNaN())).all()
                   ? 0
                   : 1;
    } catch (const InputError&) {
    }
  }
  EXPECT_GT(read, 30);
  EXPECT_LE(other, read / 20);
}

TEST(DamagedFiles, of_vendors_are_refused_or_give_sound_recordings) {
  MATFIT_REAL_RECORDINGS(datasets);
  const auto folder = datasets / "vendor/pressuRe-samples";
  const std::string tekscan = test::replaced(beginning_of(folder / "iscan_test.csv", 20000),
                                             "END_FRAME 309", "END_FRAME 8");
  const std::size_t ninth = tekscan.find("Frame 9,");
  ASSERT_NE(ninth, std::string::npos);
  accepted(tekscan.substr(0, ninth) + "@@\n", {}, 100, 5);
  ReadOptions left;
  left.sensor = "HX210.11.31.M11-DFM-LF S0073";
  accepted(beginning_of(folder / "xsensor_data.csv", 50000), left, 100, 6);
}

}  // namespace
}  // namespace matfit
