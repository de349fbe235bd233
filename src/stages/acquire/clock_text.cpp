#include "stages/acquire/clock_text.hpp"

#include "stages/acquire/utf8_text.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <vector>

namespace matfit {

namespace {

// Reads whole numbers, letters and marks one after the other.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::size_t at() const { return at_; }
  bool done() const { return at_ == text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }

  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  bool take_any(std::string_view marks) {
    if (done() || marks.find(text_[at_]) == std::string_view::npos) return false;
    ++at_;
    return true;
  }
  void skip_blanks() {
    while (take(' ') || take('\t')) {
    }
  }
  // One to `most` digits.
  std::optional<int> number(std::size_t most) {
    std::size_t end = at_;
    int value = 0;
    while (end < text_.size() && is_digit(text_[end]) && end - at_ < most) {
      value = 10 * value + (text_[end++] - '0');
    }
    if (end == at_) return std::nullopt;
    at_ = end;
    return value;
  }
  // The digits after a decimal sign, as a fraction of one.
  std::optional<double> fraction() {
    if (!is_digit(peek())) return std::nullopt;
    double value = 0.0;
    double place = 1.0;
    while (is_digit(peek())) {
      value = 10.0 * value + (text_[at_++] - '0');
      place *= 10.0;
    }
    return value / place;
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

enum class Half { none, morning, afternoon };

// "AM", "a.m.", "p. m." at the scanner's place, blanks before it allowed.
Half half_of_day(Scanner& scanner) {
  Scanner ahead = scanner;
  ahead.skip_blanks();
  const bool afternoon = ahead.peek() == 'p';
  if (!ahead.take_any("ap")) return Half::none;
  ahead.take('.');
  ahead.skip_blanks();
  if (!ahead.take('m')) return Half::none;
  ahead.take('.');
  scanner = ahead;
  return afternoon ? Half::afternoon : Half::morning;
}

void skip_zone(Scanner& scanner) {
  Scanner ahead = scanner;
  if (ahead.take('z')) {
    scanner = ahead;
    return;
  }
  if (!ahead.take_any("+-") || !ahead.number(2)) return;
  ahead.take(':');
  if (ahead.number(2)) scanner = ahead;
}

std::optional<double> seconds_of(int hours, int minutes, double seconds, Half half) {
  if (minutes > 59 || seconds >= 61.0) return std::nullopt;  // 60: a leap second
  if (half == Half::none) {
    if (hours > 23) return std::nullopt;
  } else {
    if (hours < 1 || hours > 12) return std::nullopt;
    hours = hours % 12 + (half == Half::afternoon ? 12 : 0);
  }
  return 3600.0 * hours + 60.0 * minutes + seconds;
}

// A clock's reading from the scanner's place on; moves behind it where there is one.
std::optional<ClockReading> take_clock(Scanner& scanner) {
  Scanner ahead = scanner;
  const auto first = ahead.number(2);
  if (!first || !ahead.take(':')) return std::nullopt;
  const auto second = ahead.number(2);
  if (!second) return std::nullopt;
  ClockReading reading;
  if (ahead.take_any(".,")) {  // minutes and seconds only
    const auto fraction = ahead.fraction();
    if (!fraction || *first > 59 || *second > 59) return std::nullopt;
    reading.hours = false;
    reading.seconds = 60.0 * *first + *second + *fraction;
  } else {
    double seconds = 0.0;
    if (ahead.take(':')) {
      const auto third = ahead.number(2);
      if (!third) return std::nullopt;
      seconds = *third;
      if (ahead.take_any(".,:")) {
        const auto fraction = ahead.fraction();
        if (!fraction) return std::nullopt;
        seconds += *fraction;
      }
    }
    const auto total = seconds_of(*first, *second, seconds, half_of_day(ahead));
    if (!total) return std::nullopt;
    reading.seconds = *total;
  }
  skip_zone(ahead);
  scanner = ahead;
  return reading;
}

// 1 to 12 for a month's English or German name, by its first three letters.
int month_named(std::string_view word) {
  constexpr std::array<std::string_view, 12> english = {"jan", "feb", "mar", "apr", "may", "jun",
                                                        "jul", "aug", "sep", "oct", "nov", "dec"};
  for (std::size_t i = 0; i < english.size(); ++i) {
    if (word.starts_with(english[i])) return static_cast<int>(i) + 1;
  }
  if (word.starts_with("m\u00e4r") || word.starts_with("mrz")) return 3;
  if (word.starts_with("mai")) return 5;
  if (word.starts_with("okt")) return 10;
  if (word.starts_with("dez")) return 12;
  return 0;
}

bool is_weekday(std::string_view word) {
  constexpr std::array<std::string_view, 14> days = {
      "mon",    "tue",      "wed",      "thu",        "fri",     "sat",     "sun",
      "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"};
  return std::any_of(days.begin(), days.end(),
                     [word](std::string_view day) { return word.starts_with(day); });
}

struct DateParts {
  struct Number {
    int value;
    std::size_t digits;
  };
  std::vector<Number> numbers;
  int month = 0;    // named; 0: not
  char mark = ' ';  // between the numbers
};

std::optional<DateParts> date_parts(std::string_view text) {
  DateParts parts;
  for (std::size_t at = 0; at < text.size();) {
    if (is_digit(text[at])) {
      const std::size_t begin = at;
      int value = 0;
      while (at < text.size() && is_digit(text[at]) && at - begin < 5) {
        value = 10 * value + (text[at++] - '0');
      }
      parts.numbers.push_back({value, at - begin});
    } else if (std::string_view(" \t,./-").find(text[at]) != std::string_view::npos) {
      const bool between = !parts.numbers.empty() && text[at] != ' ' && text[at] != ',';
      if (between) parts.mark = text[at];
      ++at;
    } else {
      const std::size_t end = std::min(text.find_first_of(" \t,./-0123456789", at), text.size());
      const std::string_view word = text.substr(at, end - at);
      const int month = month_named(word);
      if (month != 0 && parts.month == 0) {
        parts.month = month;
      } else if (!is_weekday(word) && word != "t" && word != "th" && word != "st") {
        return std::nullopt;
      }
      at = end;
    }
  }
  return parts;
}

std::optional<std::int64_t> day_number(const DateParts::Number& year, int month, int day) {
  if (year.digits != 4 && year.digits != 2) return std::nullopt;
  const std::chrono::year_month_day date{
      std::chrono::year(year.digits == 2 ? 2000 + year.value : year.value),
      std::chrono::month(static_cast<unsigned>(month)),
      std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

}  // namespace

std::optional<DateReading> date_in(std::string_view text) {
  const auto parts = date_parts(lower_case(trimmed(text)));
  if (!parts) return std::nullopt;
  const auto& numbers = parts->numbers;
  DateReading reading;
  if (parts->month != 0) {
    if (numbers.size() != 2) return std::nullopt;
    const bool year_first = numbers[0].digits == 4;
    reading.day_first = reading.month_first =
        day_number(numbers[year_first ? 0 : 1], parts->month, numbers[year_first ? 1 : 0].value);
  } else {
    if (numbers.size() != 3) return std::nullopt;
    if (numbers[0].digits == 4) {
      reading.day_first = reading.month_first =
          day_number(numbers[0], numbers[1].value, numbers[2].value);
    } else {
      reading.day_first = day_number(numbers[2], numbers[1].value, numbers[0].value);
      // Nobody who writes dots puts the month first.
      reading.month_first = parts->mark == '.'
                                ? reading.day_first
                                : day_number(numbers[2], numbers[0].value, numbers[1].value);
    }
  }
  if (!reading.day_first && !reading.month_first) return std::nullopt;
  return reading;
}

std::optional<ClockReading> clock_in(std::string_view text) {
  const std::string lower = lower_case(trimmed(text));
  Scanner scanner(lower);
  const auto reading = take_clock(scanner);
  return scanner.done() ? reading : std::nullopt;
}

std::optional<TimeStamp> time_stamp_in(std::string_view text) {
  const std::string lower = lower_case(trimmed(text));
  const std::size_t colon = lower.find(':');
  if (colon == std::string::npos) return std::nullopt;
  std::size_t begin = colon;
  while (begin > 0 && is_digit(lower[begin - 1])) --begin;
  const std::string_view whole(lower);
  Scanner scanner(whole.substr(begin));
  const auto clock = take_clock(scanner);
  if (!clock) return std::nullopt;
  const std::string rest =
      std::string(whole.substr(0, begin)) + " " + std::string(whole.substr(begin + scanner.at()));
  TimeStamp stamp{std::nullopt, *clock};
  if (trimmed(rest).empty()) return stamp;
  stamp.date = date_in(rest);
  if (!stamp.date) return std::nullopt;
  return stamp;
}

std::optional<TimeStamp> time_stamp_in(std::string_view date, std::string_view time) {
  std::optional<TimeStamp> stamp = time_stamp_in(time);
  if (stamp && !stamp->date) stamp->date = date_in(date);
  return stamp;
}

}  // namespace matfit
