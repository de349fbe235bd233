#include "stages/acquire/number_line.hpp"

#include "stages/acquire/number_cell.hpp"
#include "stages/acquire/utf8_text.hpp"
#include "types/error.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <limits>

namespace matfit {

namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool is_mark(char c, const NumberSyntax& syntax) {
  return c == ';' || (c == ',' && syntax.comma_parts);
}

bool is_separator(char c, const NumberSyntax& syntax) { return is_blank(c) || is_mark(c, syntax); }

[[noreturn]] void refuse(const std::string& file, std::size_t line_number, std::size_t column,
                         std::string_view value, const std::string& expected,
                         const std::string& remedy = "mend or remove that line") {
  throw InputError({file,
                    "line " + std::to_string(line_number) + ", number " + std::to_string(column),
                    utf8_text(value), expected, remedy});
}

// The end of the cell that begins at `at`, its quotes included.
const char* end_of_cell(const char* at, const char* end, const NumberSyntax& syntax) {
  if (at != end && *at == '"') at = std::find(at + 1, end, '"');
  return std::find_if(at, end, [&](char c) { return is_separator(c, syntax); });
}

// Without blanks and one pair of quotes around it.
std::string_view bare_cell(const char* at, const char* end) {
  std::string_view cell = trimmed(std::string_view(at, end));
  if (cell.size() >= 2 && cell.front() == '"' && cell.back() == '"') {
    cell = trimmed(cell.substr(1, cell.size() - 2));
  }
  return cell;
}

template <typename Action>
void for_each_cell(std::string_view line, const NumberSyntax& syntax, const Action& action) {
  const char* const end = line.data() + line.size();
  for (const char* at = line.data(); at != end;) {
    if (is_separator(*at, syntax)) {
      ++at;
    } else {
      const char* const stop = end_of_cell(at, end, syntax);
      action(bare_cell(at, stop));
      at = stop;
    }
  }
}

// The usual cell, digits with or without decimals: both numbers are whole ones that a float holds
// exactly, so that their quotient is the nearest float. Null where there is more to the cell.
const char* read_short(const char* at, const char* end, NumberSyntax& syntax, float& value) {
  constexpr std::uint32_t exact = 1U << 24;
  constexpr std::array<float, 8> powers = {1e0F, 1e1F, 1e2F, 1e3F, 1e4F, 1e5F, 1e6F, 1e7F};
  const char known = syntax.decimal_sign.value_or(syntax.comma_parts ? '.' : '\0');
  const char sign = known == ',' && syntax.comma_parts ? '\0' : known;
  std::uint32_t digits = 0;
  std::size_t decimals = 0;
  bool fraction = false;
  const char* const begin = at;
  for (; at != end; ++at) {
    const auto digit = static_cast<unsigned char>(*at - '0');
    if (digit < 10) {
      digits = 10 * digits + digit;
      decimals += fraction ? 1 : 0;
      if (digits >= exact || decimals == powers.size()) return nullptr;
    } else if (*at == sign && !fraction && at != begin) {
      fraction = true;
    } else {
      break;
    }
  }
  if (at == begin || (at != end && !is_separator(*at, syntax))) return nullptr;
  if (fraction) syntax.decimal_sign = sign;
  value = static_cast<float>(digits) / powers[decimals];
  return at;
}

// What other numbers of the line tell of "1.234" and "1,234".
struct Company {
  std::optional<char> decimal_sign{};
  bool whole_numbers = false;  // without any sign
  float least_whole_but_zero = 1000.0F;
  float greatest_whole = 0.0F;

  // As where whole numbers are printed in groups of three.
  bool only_small_wholes() const {
    return least_whole_but_zero < 1000.0F && greatest_whole < 1000.0F;
  }
};

Company company_in(std::string_view line, const NumberSyntax& syntax) {
  Company company;
  for_each_cell(line, syntax, [&](std::string_view cell) {
    const NumberCell number = number_cell(cell, std::nullopt);
    if (!company.decimal_sign) company.decimal_sign = number.decimal_sign;
    const bool whole = number.value && cell.find_first_of(".,eE") == std::string_view::npos;
    if (!whole) return;
    company.whole_numbers = true;
    const float size = std::abs(*number.value);
    company.greatest_whole = std::max(company.greatest_whole, size);
    if (size > 0.0F) {
      company.least_whole_but_zero = std::min(company.least_whole_but_zero, size);
    }
  });
  return company;
}

// Reads the cells of one line.
class CellReader {
 public:
  CellReader(std::string_view line, NumberSyntax& syntax) : line_(line), syntax_(syntax) {}

  std::optional<float> read(std::string_view cell) {
    ambiguous_ = false;
    if (!syntax_.absent.empty() && cell == syntax_.absent) {
      return std::numeric_limits<float>::quiet_NaN();
    }
    NumberCell number = number_cell(cell, syntax_.decimal_sign);
    if (!syntax_.decimal_sign && (number.ambiguous || may_group(cell))) number = settled(cell);
    // A point that was once taken for the decimal sign stays it.
    const bool point = number.value && cell.find('.') != std::string_view::npos;
    if (!syntax_.decimal_sign) {
      syntax_.decimal_sign = number.decimal_sign;
      if (!syntax_.decimal_sign && point) syntax_.decimal_sign = '.';
    }
    return number.value;
  }

  bool ambiguous() const { return ambiguous_; }

 private:
  // Where commas part no numbers, a point may have been put in by a country that writes 1.234 for
  // 1234.
  bool may_group(std::string_view cell) const {
    return !syntax_.comma_parts && cell.find('.') != std::string_view::npos &&
           !number_cell(cell, std::nullopt).decimal_sign && number_cell(cell, ',').value;
  }

  // By what the other numbers of the line tell. Beside whole numbers they need not be fractions:
  // parted by semicolons any, else such as are left of numbers in groups.
  NumberCell settled(std::string_view cell) {
    if (!company_) company_ = company_in(line_, syntax_);
    if (company_->decimal_sign) {
      NumberCell number = number_cell(cell, company_->decimal_sign);
      number.decimal_sign = company_->decimal_sign;
      return number;
    }
    const bool semicolons = syntax_.semicolons || line_.find(';') != std::string_view::npos;
    const NumberCell number = number_cell(cell, std::nullopt);
    ambiguous_ = number.ambiguous || (semicolons && company_->whole_numbers) ||
                 (!syntax_.comma_parts && company_->only_small_wholes());
    return ambiguous_ ? NumberCell{} : number;
  }

  std::string_view line_;
  NumberSyntax& syntax_;
  std::optional<Company> company_;
  bool ambiguous_ = false;
};

}  // namespace

std::size_t append_numbers(std::string_view line, NumberSyntax& syntax, const std::string& file,
                           std::size_t line_number, std::vector<float>& values) {
  const char* at = line.data();
  const char* const end = at + line.size();
  std::size_t count = 0;
  CellReader cells(line, syntax);
  bool marked = false;        // a comma, semicolon or tab parts numbers of this line
  bool without_mark = false;  // so does a blank alone
  const auto skip_blanks = [&] {
    const char* const begin = at;
    while (at != end && is_blank(*at)) ++at;
    return std::find(begin, at, '\t') != at;
  };
  const auto nothing_follows = [&] {
    return std::all_of(at, end, [&](char c) { return c == '"' || is_separator(c, syntax); });
  };
  for (skip_blanks(); at != end; skip_blanks()) {
    if (is_mark(*at, syntax)) {
      if (nothing_follows()) break;
      refuse(file, line_number, count + 1, "", "a number, not an empty cell");
    }
    float value = 0.0F;
    const char* next = read_short(at, end, syntax, value);
    if (next == nullptr) {
      next = end_of_cell(at, end, syntax);
      const std::string_view cell = bare_cell(at, next);
      if (cell.empty() && nothing_follows()) break;
      const auto read = cells.read(cell);
      if (cells.ambiguous()) {
        refuse(file, line_number, count + 1, cell, "a number that is either whole or a fraction",
               "save the numbers without thousands separators");
      }
      if (!read) refuse(file, line_number, count + 1, std::string_view(at, next), "a number");
      value = *read;
    }
    values.push_back(value);
    ++count;
    at = next;
    const bool tab = skip_blanks();
    if (nothing_follows()) break;
    const bool mark = is_mark(*at, syntax);
    marked = marked || mark || tab;
    without_mark = without_mark || !(mark || tab);
    if (marked && without_mark) {
      refuse(file, line_number, count, std::string_view(next - 1, end_of_cell(at, end, syntax)),
             "one kind of separator between all numbers of a line",
             "save the numbers without thousands separators");
    }
    if (mark) ++at;
  }
  return count;
}

std::optional<float> number_of_cell(std::string_view cell, std::string_view line,
                                    NumberSyntax& syntax) {
  if (cell.empty()) return std::nullopt;
  float value = 0.0F;
  const char* const end = cell.data() + cell.size();
  if (read_short(cell.data(), end, syntax, value) == end) return value;
  return CellReader(line, syntax).read(cell);
}

std::size_t count_numbers(std::string_view line, const NumberSyntax& syntax) {
  std::size_t count = 0;
  bool inside = false;
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    const bool separator = is_separator(c, syntax) && !quoted;
    count += !separator && !inside ? 1 : 0;
    inside = !separator;
  }
  return count;
}

bool only_numbers(std::string_view line) {
  bool digit = false;
  for (const char c : line) {
    if (is_digit(c)) {
      digit = true;
    } else if (std::string_view("+-.,;eE \t\"").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return digit;
}

NumberSyntax syntax_of(std::string_view line, const std::vector<std::size_t>& expected_counts) {
  constexpr NumberSyntax parting{};
  constexpr NumberSyntax sign{.comma_parts = false};
  if (line.find(';') != std::string_view::npos) return sign;
  const auto fits = [&](const NumberSyntax& syntax) {
    const std::size_t count = count_numbers(line, syntax);
    return count > 1 && std::find(expected_counts.begin(), expected_counts.end(), count) !=
                            expected_counts.end();
  };
  const bool no_comma = line.find(',') == std::string_view::npos;
  return fits(sign) && (no_comma || !fits(parting)) ? sign : parting;
}

}  // namespace matfit
