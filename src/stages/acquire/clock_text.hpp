#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace matfit {

// A date as its text may be read, in days since 1970-01-01. The two differ where day and month are
// both numbers up to 12; one is absent where it would be no date.
struct DateReading {
  std::optional<std::int64_t> day_first;
  std::optional<std::int64_t> month_first;
};

// What a clock showed.
struct ClockReading {
  double seconds = 0.0;  // since midnight, or since the hour where only minutes were written
  bool hours = true;     // false: "21:17.9", minutes and seconds, as spreadsheets show a time
};

struct TimeStamp {
  std::optional<DateReading> date;
  ClockReading clock;
};

// "2022 Aug 16", "Thursday, 16 February 2017", "12/2/2019", "16.8.2022", "2022-08-16"; absent for
// anything else. Two digits of a year are of this century.
std::optional<DateReading> date_in(std::string_view text);

// "08:21:17.982", "6:21:52.34PM", "11:26:22 a.m.", "08:21", "21:17,9"; absent for anything else.
std::optional<ClockReading> clock_in(std::string_view text);

// A time of day with or without a date before, after or around it: "12/2/2019 6:21:52.34PM",
// "Tue Aug 16 08:21:17 2022", "2022-08-16T08:21:17Z". Absent for anything else; a zone is ignored,
// for a recording is made in one.
std::optional<TimeStamp> time_stamp_in(std::string_view text);

// The same from two cells; what is no date leaves the stamp without one.
std::optional<TimeStamp> time_stamp_in(std::string_view date, std::string_view time);

}  // namespace matfit
