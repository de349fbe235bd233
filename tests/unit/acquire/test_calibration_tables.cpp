#include "stages/acquire/indenter_table.hpp"
#include "stages/acquire/level_table.hpp"

#include "files.hpp"
#include "support/temporary_folder.hpp"
#include "types/units.hpp"

#include <gmock/gmock.h>

namespace matfit::test {
namespace {

class LevelTable : public testing::Test {
 protected:
  std::vector<LevelEntry> read(const std::string& text) const {
    return read_level_table(write_file(folder_.path() / "levels.csv", text));
  }
  std::string refusal(const std::string& text) const {
    return input_error_of([&] { read(text); });
  }
  TemporaryFolder folder_;
};

TEST_F(LevelTable, TellsPressuresMassesAndDirections) {
  write_file(folder_.path() / "mats.csv", "mat_id,rows,cols\nbed,8,4\n");
  const auto levels = read(
      "path;pressure_mmhg;pressure_kpa;mass_kg;area_cm2;direction;mat_id\n"
      "a.txt;0;;;;;\nb.txt;50;;;;up;bed\nc.txt;;7.5;;;down;\nd.txt;;;20;400;;\ne.txt;;;35;mat;;\n");
  ASSERT_EQ(levels.size(), 5U);
  EXPECT_EQ(levels[0].load.pressure_pa, 0.0);
  EXPECT_EQ(levels[0].path, folder_.path() / "a.txt");
  EXPECT_DOUBLE_EQ(levels[1].load.pressure_pa.value(), 50.0 * pa_per_mmhg);
  EXPECT_EQ(levels[1].load.direction, LoadDirection::up);
  EXPECT_EQ(levels[1].read.rows, 8);
  EXPECT_FALSE(levels[0].read.rows);
  EXPECT_DOUBLE_EQ(levels[2].load.pressure_pa.value(), 7500.0);
  EXPECT_EQ(levels[2].load.direction, LoadDirection::down);
  EXPECT_DOUBLE_EQ(levels[3].load.mass_kg.value(), 20.0);
  EXPECT_DOUBLE_EQ(levels[3].load.area_m2.value(), 0.04);
  EXPECT_FALSE(levels[4].load.area_m2);
  EXPECT_EQ(levels[4].load.place, "line 6");
}

TEST_F(LevelTable, NamesTheLineOfALoadThatIsNotClear) {
  EXPECT_THAT(refusal("path,pressure_mmhg,mass_kg\na.txt,10,5\n"), testing::HasSubstr("line 2"));
  EXPECT_THAT(refusal("path,pressure_mmhg\na.txt,\n"), testing::HasSubstr("one of pressure_mmhg"));
  EXPECT_THAT(refusal("path,mass_kg,area_cm2\na.txt,5,\n"), testing::HasSubstr("column area_cm2"));
  EXPECT_THAT(refusal("path,pressure_mmhg,direction\na.txt,5,left\n"),
              testing::HasSubstr("got 'left', expected up or down"));
  EXPECT_THAT(refusal("path,pressure_mmhg,mat_id\na.txt,5,bed\n"), testing::HasSubstr("mats.csv"));
  EXPECT_THAT(refusal("path,pressure_mmhg\na.txt,-5\n"), testing::HasSubstr("pressure_mmhg"));
  EXPECT_THAT(usage_error_of([&] { read("path,psi\na.txt,5\n"); }), testing::HasSubstr("psi"));
}

class IndenterTable : public testing::Test {
 protected:
  std::filesystem::path write(const std::string& name, const std::string& text) const {
    return write_file(folder_.path() / name, text);
  }
  IndenterTest read(const std::string& text) const {
    return read_indenter_tables({write("test.csv", text)}, {0.04, CurveKind::disc_203mm}, 0.15);
  }
  TemporaryFolder folder_;
};

TEST_F(IndenterTable, TakesUnitsFromTheHeader) {
  EXPECT_DOUBLE_EQ(read("force_n,depth_mm\n5,10\n").specimens[0].readings[0].force_n, 5.0);
  EXPECT_DOUBLE_EQ(read("force_lbf,depth_mm\n5,10\n").specimens[0].readings[0].force_n,
                   5.0 * n_per_lbf);
  EXPECT_DOUBLE_EQ(read("force_kg,depth_mm\n5,10\n").specimens[0].readings[0].force_n,
                   5.0 * standard_gravity_m_per_s2);
  EXPECT_DOUBLE_EQ(read("pressure_kpa,depth_mm\n5,10\n").specimens[0].readings[0].force_n, 200.0);
  EXPECT_DOUBLE_EQ(read("force_n,depth_inch\n5,2\n").specimens[0].readings[0].depth_m, 0.0508);
  EXPECT_EQ(read("force_kg,indentation_mm\n5,2\n").force_unit, "kg");
  EXPECT_EQ(read("force_n,depth_mm\n5,10\n").specimens[0].thickness_m, 0.15);
}

TEST_F(IndenterTable, TellsZonesAndLayersApart) {
  const IndenterTest test = read(
      "zone,y_from_mm,y_to_mm,layer,thickness_mm,force_n,depth_mm,cycle\n"
      "hip,700,1100,top,50,0,0,1\nhip,700,1100,top,50,9,5,1\nhip,700,1100,base,100,0,0,1\n"
      "back,0,700,,,0,0,2\n");
  ASSERT_EQ(test.specimens.size(), 3U);
  EXPECT_EQ(test.specimens[0].readings.size(), 2U);
  EXPECT_EQ(test.specimens[1].layer, "base");
  EXPECT_EQ(test.specimens[1].thickness_m, 0.1);
  EXPECT_EQ(test.specimens[0].y_to_m, 1.1);
  EXPECT_EQ(test.specimens[2].zone, "back");
  EXPECT_EQ(test.specimens[2].readings[0].cycle, 2);
}

TEST_F(IndenterTable, NamesZonesAfterSeveralFiles) {
  const IndenterTest test = read_indenter_tables(
      {write("hip.csv", "force_n,depth_mm\n5,10\n"), write("back.csv", "force_n,depth_mm\n5,10\n")},
      {0.04, CurveKind::disc_203mm}, std::nullopt);
  ASSERT_EQ(test.specimens.size(), 2U);
  EXPECT_EQ(test.specimens[0].zone, "hip");
  EXPECT_EQ(test.specimens[1].zone, "back");
}

TEST_F(IndenterTable, RefusesWhatIsNoTest) {
  EXPECT_THAT(usage_error_of([&] { read("force_n,force_lbf,depth_mm\n5,1,10\n"); }),
              testing::HasSubstr("both hold values"));
  EXPECT_THAT(usage_error_of([&] { read("force_n,cycle\n5,1\n"); }),
              testing::HasSubstr("depth_mm, indentation_mm or depth_inch"));
  EXPECT_THAT(input_error_of([&] { read("force_n,depth_mm\n5,10\n6,\n"); }),
              testing::HasSubstr("line 3, column depth_mm"));
  EXPECT_THAT(input_error_of([&] { read("force_n,depth_mm\n"); }),
              testing::HasSubstr("no readings"));
  EXPECT_THAT(input_error_of([&] { read("zone,force_n,depth_mm\na/b,5,10\n"); }),
              testing::HasSubstr("column zone"));
  EXPECT_THAT(
      input_error_of([&] { read("zone,y_from_mm,y_to_mm,force_n,depth_mm\na,90,10,5,10\n"); }),
      testing::HasSubstr("more than y_from_mm"));
}

}  // namespace
}  // namespace matfit::test
