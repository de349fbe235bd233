#include "pipeline/calibrate_mat.hpp"

#include "pipeline/batch.hpp"
#include "stages/calibrate/profile_file.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"
#include "types/units.hpp"

#include "numeric/random.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <fstream>

namespace matfit::test {
namespace {

constexpr int rows = 40;
constexpr int cols = 20;
constexpr double pitch_m = 0.045;

// Counts of a mat whose response bends: gains of cells and an offset each.
double reading_of(int cell, double mmhg) {
  const double gain = std::exp(0.2 * std::sin(1.0 + 12.9898 * cell));
  return 30.0 + 5.0 * std::cos(3.7 * cell) + gain * 14.0 * std::pow(mmhg, 0.6);
}

void write_frames(const std::filesystem::path& path, const std::vector<double>& mmhg,
                  std::uint64_t seed) {
  Random random(seed);
  std::ofstream out(path);
  for (int t = 0; t < 20; ++t) {
    for (int i = 0; i < rows * cols; ++i) {
      const double value =
          reading_of(i, mmhg[static_cast<std::size_t>(i)]) + random.normal(0.0, 1.0);
      out << std::lround(value) << ((i + 1) % cols == 0 ? '\n' : ' ');
    }
  }
}

// Somebody on the back, in mmHg.
std::vector<double> somebody() {
  std::vector<double> mmhg(rows * cols, 0.0);
  const auto add = [&](double row, double col, double half_rows, double half_cols, double height) {
    for (int r = 0; r < rows; ++r) {
      for (int c = 0; c < cols; ++c) {
        const double rest =
            1.0 - std::pow((r - row) / half_rows, 2) - std::pow((c - col) / half_cols, 2);
        double& cell = mmhg[static_cast<std::size_t>(r * cols + c)];
        if (rest > 0.0) cell = std::max(cell, height * std::sqrt(rest));
      }
    }
  };
  add(3.0, 9.5, 2.2, 2.0, 40.0);
  add(10.0, 9.5, 5.0, 4.5, 32.0);
  add(18.0, 9.5, 4.0, 4.5, 62.0);
  add(28.0, 7.5, 8.0, 1.8, 24.0);
  add(28.0, 11.5, 8.0, 1.8, 24.0);
  return mmhg;
}

TEST(CalibrateMat, MakesStudiesTellAbsolutePressure) {
  const TemporaryFolder folder;
  const std::filesystem::path levels = folder.path() / "levels";
  const std::filesystem::path study = folder.path() / "study";
  std::filesystem::create_directories(levels);
  std::filesystem::create_directories(study);
  const std::string mats = "mat_id,rows,cols,row_pitch_mm,col_pitch_mm,head_end,view,units";
  const std::string bed = "bed,40,20,45,45,first_row,above,raw";
  std::ofstream(levels / "mats.csv") << mats << '\n' << bed << '\n';
  std::ofstream table(levels / "levels.csv");
  table << "path,pressure_mmhg,mat_id\n";
  for (const int mmhg : {0, 5, 10, 20, 35, 60, 90, 130}) {
    const std::string name = "p" + std::to_string(mmhg) + ".txt";
    write_frames(levels / name, std::vector<double>(rows * cols, mmhg), 10U + mmhg);
    table << name << ',' << mmhg << ",bed\n";
  }
  table.close();
  const LearnedProfile learned =
      calibrate_mat({levels / "levels.csv", "bed", {}, 0.0}, [](std::size_t, std::size_t) {});
  write_learned_profile(learned, study / "bed.json", "test");
  EXPECT_EQ(profile_json(read_profile(study / "bed.json")), profile_json(learned.profile));
  EXPECT_TRUE(std::filesystem::exists(study / "bed.certificate.json"));
  EXPECT_TRUE(std::filesystem::exists(study / "bed.certificate.html"));

  const std::vector<double> truth = somebody();
  write_frames(study / "a.txt", truth, 5);
  double load_n = 0.0;
  for (const double mmhg : truth) load_n += mmhg * pa_per_mmhg * pitch_m * pitch_m;
  std::ofstream(study / "recordings.csv")
      << "recording_id,path,subject_id,mattress_id,mat_id,calibration\n"
      << "with,a.txt,P1,,bed,bed.json\nwithout,a.txt,P1,,bed,\nwrong,a.txt,P1,,bed,a.txt\n";
  std::ofstream(study / "subjects.csv")
      << "subject_id,mass_kg\nP1," << load_n / standard_gravity_m_per_s2 << '\n';
  std::ofstream(study / "mats.csv") << mats << '\n' << bed << '\n';

  const Knowledge known = load_knowledge(project_folder() / "calibration");
  const std::vector<BatchItem> items = analyze_batch(entries_of(study), known, {});
  ASSERT_EQ(items.size(), 3U);
  ASSERT_TRUE(items[0].result) << items[0].failure->message;
  ASSERT_TRUE(items[1].result) << items[1].failure->message;
  const RecordingResult& with = *items[0].result;
  const RecordingResult& without = *items[1].result;
  EXPECT_EQ(with.quality.units.source, "profile");
  EXPECT_TRUE(with.quality.units.absolute);
  EXPECT_NEAR(with.quality.load_over_weight.value(), 1.0, 0.03);
  EXPECT_EQ(without.quality.units.source, "body_weight");
  EXPECT_FALSE(without.quality.units.absolute);
  ASSERT_FALSE(with.bouts.empty());
  ASSERT_FALSE(without.bouts.empty());
  const double highest = 62.0 * pa_per_mmhg;
  EXPECT_NEAR(with.bouts[0].field.pressure_pa.maxCoeff(), highest, 0.04 * highest);
  EXPECT_LT(without.bouts[0].field.pressure_pa.maxCoeff(), 0.9 * highest);
  // A file that is no profile fails the recording that names it, and no other.
  ASSERT_TRUE(items[2].failure);
  EXPECT_THAT(items[2].failure->message, testing::HasSubstr("a.txt: line 1"));
}

}  // namespace
}  // namespace matfit::test
