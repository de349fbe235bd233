#include "stages/acquire/unit_text.hpp"

#include "stages/acquire/utf8_text.hpp"
#include "types/units.hpp"

#include <string>

namespace matfit {

namespace {

constexpr double pa_per_technical_atmosphere = standard_gravity_m_per_s2 * 1e4;  // kgf/cm2

// Lower case, without blanks and signs for a power, the square as 2: "N / cm^2" becomes "n/cm2".
// A square in the old Latin alphabet, which a line of bytes may hold, counts too.
std::string bare(std::string_view text) {
  std::string out;
  for (const char c : lower_case(utf8_text(text))) {
    if (c != ' ' && c != '^' && c != '.') out += c;
  }
  for (std::size_t at = out.find("\u00b2"); at != std::string::npos; at = out.find("\u00b2")) {
    out.replace(at, std::string_view("\u00b2").size(), "2");
  }
  return out;
}

struct NamedFactor {
  std::string_view name;
  double factor;
};

template <std::size_t N>
std::optional<double> factor_named(const NamedFactor (&table)[N], std::string_view name) {
  for (const NamedFactor& entry : table) {
    if (entry.name == name) return entry.factor;
  }
  return std::nullopt;
}

constexpr NamedFactor pascals[] = {
    {"pa", 1.0},
    {"hpa", 100.0},
    {"kpa", 1e3},
    {"mpa", 1e6},
    {"mbar", 100.0},
    {"bar", 1e5},
    {"psi", pa_per_psi},
    {"lb/in2", pa_per_psi},
    {"lbf/in2", pa_per_psi},
    {"lbs/in2", pa_per_psi},
    {"n/cm2", 1e4},
    {"n/mm2", 1e6},
    {"n/m2", 1.0},
    {"kg/cm2", pa_per_technical_atmosphere},
    {"kgf/cm2", pa_per_technical_atmosphere},
    {"g/cm2", pa_per_technical_atmosphere / 1e3},
    {"gf/cm2", pa_per_technical_atmosphere / 1e3},
    {"inhg", 25.4 * pa_per_mmhg},
    {"cmh2o", pa_per_technical_atmosphere / 1e3},
    {"mmh2o", pa_per_technical_atmosphere / 1e4},
    {"atm", 101325.0},
};

constexpr NamedFactor metres[] = {
    {"mm", 1e-3},
    {"millimeter", 1e-3},
    {"millimeters", 1e-3},
    {"millimetre", 1e-3},
    {"millimetres", 1e-3},
    {"cm", 1e-2},
    {"centimeter", 1e-2},
    {"centimeters", 1e-2},
    {"centimetre", 1e-2},
    {"centimetres", 1e-2},
    {"m", 1.0},
    {"meter", 1.0},
    {"meters", 1.0},
    {"metre", 1.0},
    {"metres", 1.0},
    {"in", m_per_inch},
    {"inch", m_per_inch},
    {"inches", m_per_inch},
    {"\"", m_per_inch},
    {"um", 1e-6},
    {"ft", 12.0 * m_per_inch},
    {"feet", 12.0 * m_per_inch},
};

constexpr NamedFactor newtons[] = {
    {"n", 1.0},
    {"kn", 1e3},
    {"newton", 1.0},
    {"newtons", 1.0},
    {"kg", standard_gravity_m_per_s2},
    {"kgf", standard_gravity_m_per_s2},
    {"kgs", standard_gravity_m_per_s2},
    {"g", standard_gravity_m_per_s2 / 1e3},
    {"gf", standard_gravity_m_per_s2 / 1e3},
    {"lb", pa_per_psi* m_per_inch* m_per_inch},
    {"lbs", pa_per_psi* m_per_inch* m_per_inch},
    {"lbf", pa_per_psi* m_per_inch* m_per_inch},
};

}  // namespace

std::optional<PressureScale> pressure_scale_of(std::string_view text) {
  if (trimmed(text) == "mPa") return std::nullopt;
  const std::string name = bare(text);
  if (name == "mmhg" || name == "torr") return PressureScale{PressureUnit::mmhg, 1.0};
  for (const std::string_view raw : {"raw", "rawcounts", "rawsum", "counts", "count", "digits"}) {
    if (name == raw) return PressureScale{PressureUnit::raw, 1.0};
  }
  const auto pa = factor_named(pascals, name);
  if (!pa) return std::nullopt;
  return PressureScale{PressureUnit::kpa, *pa / pa_per_kpa};
}

std::optional<double> metres_in(std::string_view text) { return factor_named(metres, bare(text)); }

std::optional<double> square_metres_in(std::string_view text) {
  std::string name = bare(text);
  if (name.starts_with("sq")) {
    name.erase(0, 2);
  } else if (name.ends_with('2')) {
    name.pop_back();
  } else {
    return std::nullopt;
  }
  const auto side = factor_named(metres, name);
  if (!side) return std::nullopt;
  return *side * *side;
}

std::optional<double> newtons_in(std::string_view text) {
  return factor_named(newtons, bare(text));
}

}  // namespace matfit
