#pragma once

#include <string>

namespace matfit {

// Numbers as text for CSV, JSON and pages: dot decimals whatever the locale, never "-0".

// Exactly `decimals` places; empty for a value that is not finite.
std::string fixed_text(double value, int decimals);

// The double nearest to fixed_text(value, decimals); NaN stays NaN.
double rounded(double value, int decimals);

// As fixed_text with the minus sign of typography, for pages.
std::string page_number(double value, int decimals);

// Seconds as people say them: "42 s", "12 min", "1 h 05 min".
std::string duration_text(double seconds);

}  // namespace matfit
