#include "stages/write/number_text.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <limits>

namespace matfit {

std::string fixed_text(double value, int decimals) {
  if (!std::isfinite(value)) return {};
  std::string text = fmt::format("{:.{}f}", value, decimals);
  const bool is_zero = text.find_first_not_of("-0.") == std::string::npos;
  if (is_zero && text.front() == '-') text.erase(0, 1);
  return text;
}

double rounded(double value, int decimals) {
  if (!std::isfinite(value)) return std::numeric_limits<double>::quiet_NaN();
  const std::string text = fixed_text(value, decimals);
  double out = 0.0;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out;
}

std::string page_number(double value, int decimals) {
  std::string text = fixed_text(value, decimals);
  if (!text.empty() && text.front() == '-') text.replace(0, 1, "\u2212");
  return text;
}

std::string duration_text(double seconds) {
  if (!std::isfinite(seconds)) return {};
  const auto whole = static_cast<long long>(std::lround(seconds));
  if (whole < 120) return fmt::format("{}\u00a0s", whole);
  const long long minutes = (whole + 30) / 60;
  if (minutes < 60) return fmt::format("{}\u00a0min", minutes);
  return fmt::format("{}\u00a0h {:02}\u00a0min", minutes / 60, minutes % 60);
}

}  // namespace matfit
