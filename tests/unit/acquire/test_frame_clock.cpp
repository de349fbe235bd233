#include "files.hpp"
#include "stages/acquire/clock_text.hpp"
#include "stages/acquire/frame_clock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace matfit {
namespace {

using test::input_error_of;
using ::testing::AllOf;
using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pointwise;

FrameClock clock_of(const std::vector<std::string>& stamps) {
  FrameClock clock("a.csv");
  std::size_t line = 0;
  for (const std::string& text : stamps) {
    const auto stamp = time_stamp_in(text);
    EXPECT_TRUE(stamp) << text;
    if (stamp) clock.add(*stamp, ++line);
  }
  return clock;
}

// A recording whose frames hold their place in the file.
Recording settled(FrameClock& clock) {
  FrameBlock frames(static_cast<Eigen::Index>(clock.size()), 1);
  for (Eigen::Index i = 0; i < frames.rows(); ++i) frames(i, 0) = static_cast<float>(i);
  Recording recording;
  recording.frames = std::make_shared<MemoryFrames>(std::move(frames));
  clock.settle(recording);
  return recording;
}

Recording settled(const std::vector<std::string>& stamps) {
  FrameClock clock = clock_of(stamps);
  return settled(clock);
}

void expect_times(const std::vector<std::string>& stamps, const std::vector<double>& expected,
                  const std::string& source) {
  FrameClock clock = clock_of(stamps);
  const Recording recording = settled(clock);
  EXPECT_THAT(recording.time_s, Pointwise(DoubleNear(1e-6), expected));
  EXPECT_EQ(recording.time_source, source);
}

TEST(ClockText, reads_clocks_of_twelve_and_twenty_four_hours) {
  const std::vector<std::pair<std::string, double>> cases = {
      {"08:21:17.982", 30077.982}, {" 08:21:17,982 ", 30077.982},
      {"6:21:52.34PM", 66112.34},  {"6:21:52.34 pm", 66112.34},
      {"11:26:22 a.m.", 41182.0},  {"12:00:01 AM", 1.0},
      {"12:00:01 p.m.", 43201.0},  {"23:59", 86340.0},
      {"08:21:17:982", 30077.982}, {"8:21:17Z", 30077.0},
      {"08:21:17+02:00", 30077.0},
  };
  for (const auto& [text, seconds] : cases) {
    ASSERT_TRUE(clock_in(text)) << text;
    EXPECT_NEAR(clock_in(text)->seconds, seconds, 1e-9) << text;
    EXPECT_TRUE(clock_in(text)->hours) << text;
  }
  ASSERT_TRUE(clock_in("21:17.9"));
  EXPECT_NEAR(clock_in("21:17.9")->seconds, 1277.9, 1e-9);
  EXPECT_FALSE(clock_in("21:17.9")->hours);
  for (const char* text : {"", "12", "24:00:00", "8:60:00", "13:00 PM", "0:30 am", "8:21:17x",
                           "08:21:", "8:21:17.", "-1:00:00"}) {
    EXPECT_FALSE(clock_in(text)) << text;
  }
}

TEST(ClockText, reads_dates_in_every_order) {
  for (const char* text :
       {"2022 Aug 16", "16 August 2022", "Tuesday, 16 August 2022", "Aug 16, 2022", "2022-08-16",
        "2022/08/16", "16.08.2022", "8/16/2022", "16/8/22", "Dienstag, 16. August 2022"}) {
    const auto date = date_in(text);
    ASSERT_TRUE(date) << text;
    EXPECT_EQ(date->day_first.value_or(date->month_first.value_or(0)), 19220) << text;
  }
  EXPECT_NE(date_in("12/2/2019")->day_first, date_in("12/2/2019")->month_first);
  EXPECT_EQ(date_in("12.2.2019")->day_first, date_in("12.2.2019")->month_first);
  for (const char* text :
       {"", "2022", "16 Foo 2022", "30 Feb 2022", "31/31/2022", "1/2/3/4", "99999-1-1"}) {
    EXPECT_FALSE(date_in(text)) << text;
  }
}

TEST(ClockText, finds_the_clock_before_after_and_inside_a_date) {
  for (const char* text :
       {"8/16/2022 6:21:52.5PM", "18:21:52.5 16.08.2022", "Tue Aug 16 18:21:52.5 2022",
        "2022-08-16T18:21:52.5Z", "Tuesday, 16 August 2022 6:21:52.5 p.m."}) {
    const auto stamp = time_stamp_in(text);
    ASSERT_TRUE(stamp) << text;
    EXPECT_NEAR(stamp->clock.seconds, 66112.5, 1e-9) << text;
    ASSERT_TRUE(stamp->date) << text;
    EXPECT_EQ(stamp->date->month_first, 19220) << text;
  }
  EXPECT_FALSE(time_stamp_in("08:21:17")->date);
  EXPECT_FALSE(time_stamp_in("nonsense 08:21:17"));
  EXPECT_FALSE(time_stamp_in("16.08.2022"));
}

TEST(FrameClock, goes_over_midnight_with_and_without_a_date) {
  expect_times({"23:59:59", "00:00:00", "00:00:01.5"}, {0, 1, 2.5}, "file (over midnight)");
  expect_times({"12/2/2019 11:59:59PM", "12/3/2019 12:00:01AM"}, {0, 2}, "file");
  // Dates that stand still, as where only the start was kept.
  expect_times({"2022 Aug 16 23:59:59", "2022 Aug 16 00:00:01"}, {0, 2}, "file (over midnight)");
  // Day first: 28 or 1 day on; nobody records 28 days apart.
  expect_times({"2/12/2019 23:00:00", "3/12/2019 01:00:00"}, {0, 7200}, "file");
}

TEST(FrameClock, lets_dates_and_gaps_be) {
  expect_times({"2022-08-16 22:00:00", "2022-08-18 21:00:00"}, {0, 47 * 3600.0}, "file");
  expect_times({"08:00:00", "08:00:01", "09:30:00"}, {0, 1, 5400}, "file");
}

TEST(FrameClock, refuses_a_stamp_that_falls_and_names_its_line) {
  EXPECT_THAT(
      input_error_of([] {
        settled({"08:00:05", "08:00:04.5"});
      }),
      AllOf(HasSubstr("a.csv: line 2: got 'a time 0.5 s before"), HasSubstr("--sample-rate-hz")));
  EXPECT_THAT(input_error_of([] {
                settled({"2022-08-16 08:00:00", "2022-08-14 08:00:00"});
              }),
              HasSubstr("line 2"));
}

TEST(FrameClock, spreads_frames_that_a_coarse_clock_gave_one_stamp) {
  // Ten frames in three seconds: the first second was begun when the recording was.
  expect_times({"08:00:00", "08:00:00", "08:00:01", "08:00:01", "08:00:01", "08:00:01", "08:00:02",
                "08:00:02", "08:00:02", "08:00:02"},
               {0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25},
               "file (clock too coarse for its frames, which were spread)");
  // A gap stays one.
  FrameClock clock = clock_of({"08:00:00", "08:00:00", "08:00:01", "08:00:01", "09:00:00",
                               "09:00:00", "09:00:01", "09:00:01"});
  EXPECT_THAT(
      settled(clock).time_s,
      Pointwise(DoubleNear(1e-6), std::vector<double>{0, 0.5, 1, 1.5, 3600, 3600.5, 3601, 3601.5}));
  EXPECT_THAT(input_error_of([] {
                settled({"08:00:00", "08:00:00"});
              }),
              HasSubstr("every frame has the same"));
}

TEST(FrameClock, knows_the_end_of_summer_time_and_hours_cut_off_by_a_spreadsheet) {
  expect_times({"02:59:59.5", "02:00:00.5"}, {0, 1}, "file (the clock went back one hour)");
  EXPECT_THAT(input_error_of([] { settled({"02:50:00", "02:00:00"}); }), HasSubstr("line 2"));
  expect_times({"59:59.5", "00:00.5"}, {0, 1}, "file (hours were cut off by a spreadsheet)");
}

TEST(FrameClock, takes_elapsed_seconds_too) {
  FrameClock clock("a.csv");
  clock.add(5.0, 1);
  clock.add(5.25, 2);
  const Recording recording = settled(clock);
  EXPECT_THAT(recording.time_s, ElementsAre(0.0, 0.25));
  EXPECT_EQ(recording.time_source, "file");
}

std::vector<double> tenths(int count) {
  std::vector<double> times;
  for (int i = 0; i < count; ++i) times.push_back(0.1 * i);
  return times;
}

FrameClock clock_of_elapsed(const std::vector<double>& times) {
  FrameClock clock("a.csv");
  for (std::size_t i = 0; i < times.size(); ++i) clock.add(times[i], i + 1);
  return clock;
}

std::vector<int> places_in_file(const Recording& recording) {
  const FrameBlock frames = recording.frames->read(0, recording.size());
  std::vector<int> places;
  for (Eigen::Index i = 0; i < frames.rows(); ++i) places.push_back(static_cast<int>(frames(i, 0)));
  return places;
}

TEST(FrameClock, puts_late_and_early_frames_in_order_and_says_which) {
  std::vector<double> times = tenths(40);
  std::swap(times[7], times[8]);
  const double late = times[20];  // written five frames after its time
  times.erase(times.begin() + 20);
  times.insert(times.begin() + 25, late);
  FrameClock clock = clock_of_elapsed(times);
  const Recording recording = settled(clock);
  EXPECT_THAT(recording.time_s, Pointwise(DoubleNear(1e-9), tenths(40)));
  EXPECT_THAT(recording.time_source, "file (2 put in order)");
  const std::vector<int> places = places_in_file(recording);
  EXPECT_EQ(places[7], 8);
  EXPECT_EQ(places[8], 7);
  EXPECT_EQ(places[20], 25);
  EXPECT_EQ(places[21], 20);
  EXPECT_EQ(places[25], 24);
  EXPECT_EQ(places[26], 26);
  ASSERT_EQ(recording.reordered_frames.size(), 2U);
  EXPECT_TRUE(recording.reordered_frames[0] == 7 || recording.reordered_frames[0] == 8);
  EXPECT_EQ(recording.reordered_frames[1], 20U);
}

TEST(FrameClock, puts_frames_about_midnight_in_order) {
  std::vector<std::string> stamps;
  for (int i = 50; i < 60; ++i) stamps.push_back("23:59:" + std::to_string(i));
  for (int i = 10; i < 20; ++i) stamps.push_back("00:00:" + std::to_string(i - 10));
  std::swap(stamps[9], stamps[10]);
  const Recording recording = settled(stamps);
  for (std::size_t i = 0; i < recording.size(); ++i) {
    EXPECT_NEAR(recording.time_s[i], static_cast<double>(i), 1e-9);
  }
  EXPECT_EQ(recording.reordered_frames.size(), 1U);
  EXPECT_THAT(recording.time_source, HasSubstr("over midnight"));
}

TEST(FrameClock, orders_frames_of_a_coarse_clock_whose_stamps_they_share) {
  std::vector<double> times;
  for (int i = 0; i < 40; ++i) times.push_back(i / 4);
  std::swap(times[19], times[20]);
  FrameClock clock = clock_of_elapsed(times);
  const Recording recording = settled(clock);
  EXPECT_EQ(places_in_file(recording)[19], 20);
  EXPECT_EQ(recording.reordered_frames.size(), 1U);
  for (std::size_t i = 1; i < recording.size(); ++i) {
    EXPECT_NEAR(recording.time_s[i] - recording.time_s[i - 1], 0.25, 1e-9);
  }
}

TEST(FrameClock, takes_no_clock_put_back_nor_recordings_strung_together_for_late_frames) {
  const auto with = [](double step_s, std::size_t from) {
    std::vector<double> times = tenths(60);
    for (std::size_t i = from; i < times.size(); ++i) times[i] += step_s;
    return times;
  };
  for (const auto& times :
       {with(-0.15, 30), with(-0.2, 30), with(-0.5, 30), with(-3.0, 30), with(-10.0, 57)}) {
    FrameClock clock = clock_of_elapsed(times);
    EXPECT_THAT(input_error_of([&] { settled(clock); }), HasSubstr("times that do not fall"));
  }
  // A coarse clock put back by two of its steps.
  std::vector<double> times;
  for (int i = 0; i < 60; ++i) times.push_back(i < 40 ? i / 4 : i / 4 - 2);
  FrameClock coarse = clock_of_elapsed(times);
  EXPECT_THAT(input_error_of([&] { settled(coarse); }), HasSubstr("line 41"));
  // A remnant of another recording in front.
  std::vector<double> remnant = tenths(60);
  remnant.front() = 500.0;
  FrameClock with_remnant = clock_of_elapsed(remnant);
  EXPECT_THAT(input_error_of([&] { settled(with_remnant); }), HasSubstr("line 2"));
}

}  // namespace
}  // namespace matfit
