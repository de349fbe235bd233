#include "cli/inspection_text.hpp"
#include "stages/calibrate/calibrate.hpp"
#include "stages/write/inspection.hpp"
#include "support/datasets.hpp"
#include "support/temporary_folder.hpp"
#include "unit/calibrate/made_recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <fstream>
#include <iterator>
#include <string>

namespace matfit {
namespace {

using test::made_recording;
using testing::HasSubstr;
using testing::Not;

// Somebody turns between frames 19 and 20 of 40; frame 30 comes as number 10.
Recording with_a_frame_out_of_order() {
  const Recording turn =
      made_recording(40, [](std::size_t t) { return test::lying_body(t < 20 ? 0 : 6); });
  return test::with_frames(turn, [](FrameBlock& frames) {
    const FrameBlock kept = frames;
    frames.row(10) = kept.row(30);
    frames.middleRows(11, 20) = kept.middleRows(10, 20);
  });
}

Recording with_a_swapped_frame_too() {
  return test::with_frames(with_a_frame_out_of_order(), [](FrameBlock& frames) {
    frames.row(5) = (2.0F * frames.row(5)).unaryExpr(&test::byte_swapped).eval();
  });
}

// All that is said of a recording, in each of the ways in which it is said.
struct Said {
  std::string text;
  std::string json;
  std::string page;
};

Said said_of(const Recording& recording) {
  const PressureSeries series =
      calibrate(recording, load_calibration_knowledge(test::project_folder() / "calibration"));
  const Inspection inspection = inspection_of(recording, series);
  const test::TemporaryFolder folder;
  write_inspection_page(inspection, "1.2.3", folder.path() / "page.html");
  std::ifstream page(folder.path() / "page.html");
  return {inspection_text(inspection),
          inspection_json(recording, series),
          {std::istreambuf_iterator<char>(page), {}}};
}

TEST(FramesLeftOut, OutOfOrderAreNowhereCalledCorrupt) {
  const Said said = said_of(with_a_frame_out_of_order());
  for (const std::string& all : {said.text, said.json, said.page}) {
    EXPECT_THAT(all, HasSubstr("1 frame(s) left out (10 out of order)"));
    EXPECT_THAT(all, Not(HasSubstr("corrupt")));
  }
  EXPECT_THAT(said.text, HasSubstr("1: 10 out of order"));
  EXPECT_THAT(said.page, HasSubstr("1: 10 out of order"));
  const auto quality = nlohmann::json::parse(said.json)["quality"];
  EXPECT_EQ(quality["invalid"],
            nlohmann::json::parse(R"([{"frame": 10, "reason": "out_of_order"}])"));
  EXPECT_EQ(quality["reasons"][0]["code"], "invalid_frames");
}

TEST(FramesLeftOut, AreEachGivenTheirReason) {
  const Said said = said_of(with_a_swapped_frame_too());
  for (const std::string& all : {said.text, said.json, said.page}) {
    EXPECT_THAT(all, HasSubstr("2 frame(s) left out (5 byte swapped, 10 out of order)"));
  }
}

}  // namespace
}  // namespace matfit
