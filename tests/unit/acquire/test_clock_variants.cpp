#include "files.hpp"
#include "stages/acquire/read_recording.hpp"
#include "support/temporary_folder.hpp"
#include "vendor_texts.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace matfit {
namespace {

using test::replaced;
using ::testing::DoubleNear;
using ::testing::HasSubstr;
using ::testing::Pointwise;

// The stamps of two frames half a second apart, about midnight, as countries write them.
const std::vector<std::pair<std::string, std::string>> stamps = {
    {"12/2/2019 11:59:59.75PM", "12/3/2019 12:00:00.25AM"},
    {"2/12/2019 23:59:59.75", "3/12/2019 00:00:00.25"},
    {"02.12.2019 23:59:59,75", "03.12.2019 00:00:00,25"},
    {"2019-12-02 23:59:59.75", "2019-12-03 00:00:00.25"},
    {"2019-12-02T23:59:59.75Z", "2019-12-03T00:00:00.25Z"},
    {"2019/12/02 23:59:59.75", "2019/12/03 0:00:00.25"},
    {"2019 Dec 02 23:59:59.75", "2019 Dec 03 00:00:00.25"},
    {"Monday, 2 December 2019 11:59:59.75 p.m.", "Tuesday, 3 December 2019 12:00:00.25 a.m."},
    {"02-Dec-19 23:59:59.75", "03-Dec-19 00:00:00.25"},
    {"2. Dez 2019 23:59:59,75", "3. Dez 2019 00:00:00,25"},
    {"Mon Dec 02 23:59:59.75 2019", "Tue Dec 03 00:00:00.25 2019"},
    {"31/12/2019 11:59:59.75 pm", "01/01/2020 12:00:00.25 am"},
    {"23:59:59:750", "00:00:00:250"},
};

Recording read(const std::string& text) {
  static const test::TemporaryFolder folder;
  ReadOptions options;
  options.row_pitch_m = options.col_pitch_m = 0.0127;
  return read_recording(test::write_file(folder.path() / "a.csv", text), options);
}

void expect_half_a_second(const std::string& text, const std::string& stamp) {
  EXPECT_THAT(read(text).time_s, Pointwise(DoubleNear(1e-6), {0.0, 0.5})) << stamp;
}

TEST(ClockVariants, of_tekscan_tactilus_and_xsensor_give_the_same_times) {
  for (const auto& [first, second] : stamps) {
    test::TekscanText tekscan;
    tekscan.frame_1 = "Frame 1;;; " + first + ";;;Raw Sum=;;6";
    tekscan.frame_2 = "Frame 2;;; " + second + ";;;Raw Sum=;;21";
    expect_half_a_second(replaced(tekscan.text(), "SECONDS_PER_FRAME 0.1\n", ""), first);
    expect_half_a_second(
        "FRAME 1(mmHg)\n" + first + "\n1\t2\n3\t4\n\nFRAME 2(mmHg)\n" + second + "\n1\t2\n3\t4\n",
        first);
    const std::string frame = "Rows,1\nColumns,2\nPeak Pressure (mmHg),5\nSENSELS\n0,5\n";
    expect_half_a_second("Units:,mmHg\nFRAME,1\nTime,\"" + first + "\"\nSENSOR,A\n" + frame +
                             "FRAME,2\nTime,\"" + second + "\"\nSENSOR,A\n" + frame,
                         first);
    const std::string wide = "Frame,Time,Units,Sensor,S_1_1,S_1_2\n1,\"" + first +
                             "\",mmHg,A,0,5\n2,\"" + second + "\",mmHg,A,0,5\n";
    expect_half_a_second(wide, first);
  }
}

TEST(ClockVariants, keep_a_gap_between_sessions_and_refuse_a_clock_that_falls) {
  const auto tactilus = [](const std::string& last) {
    std::string text;
    for (const std::string& stamp :
         {std::string("2.12.2019 22:00:00"), std::string("2.12.2019 22:00:01"), last}) {
      text += "FRAME 1(mmHg)\n" + stamp + "\n1 2\n3 4\n";
    }
    return text;
  };
  EXPECT_THAT(read(tactilus("4.12.2019 06:30:00")).time_s,
              Pointwise(DoubleNear(1e-6), {0.0, 1.0, 32.5 * 3600.0}));
  EXPECT_THAT(test::input_error_of([&] { read(tactilus("2.12.2019 21:59:00")); }),
              HasSubstr("line 10"));
}

}  // namespace
}  // namespace matfit
