#include "stages/indent/indentation_knowledge.hpp"

#include "types/error.hpp"
#include "types/units.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <string>
#include <utility>

namespace matfit {

namespace {

// Of foam under the 203 mm disc: p[kPa] = 0.1379 ILD[lbf].
constexpr double disc_pa_per_lbf = 137.9;

bool within(double value, const std::array<double, 2>& band) {
  return value >= band[0] && value <= band[1];
}

}  // namespace

IndentationKnowledge load_indentation_knowledge(const std::filesystem::path& calibration_folder) {
  const std::string file = (calibration_folder / "indentation.toml").string();
  toml::table root;
  try {
    root = toml::parse_file(file);
  } catch (const toml::parse_error& error) {
    throw UsageError(fmt::format("{}: line {}: {}", file, error.source().begin.line,
                                 std::string(error.description())));
  }
  const auto band = [&](const char* key) -> std::array<double, 2> {
    const auto low = root["ild25"][key][0].value<double>();
    const auto high = root["ild25"][key][1].value<double>();
    if (!low || !high || !(*low > 0.0) || !(*high > *low)) {
      throw UsageError(fmt::format("{}: ild25.{}: expected two rising numbers over 0", file, key));
    }
    return {*low, *high};
  };
  return {band("plausible_lbf"), band("usual_lbf")};
}

void require_plausible_firmness(const MeasuredCurve& curve, const IndenterTest& test,
                                const IndentationKnowledge& known) {
  if (!curve.force_25_n || test.force_unit.empty()) return;
  const double ild_lbf = *curve.force_25_n / test.area_m2 / disc_pa_per_lbf;
  if (within(ild_lbf, known.plausible_ild25_lbf)) return;
  const std::array<std::pair<const char*, double>, 3> units = {
      {{"N", 1.0}, {"kg", standard_gravity_m_per_s2}, {"lbf", n_per_lbf}}};
  double stated = 1.0;
  for (const auto& [name, newtons] : units) {
    if (test.force_unit == name) stated = newtons;
  }
  std::string meant;
  for (const auto& [name, newtons] : units) {
    if (test.force_unit == name) continue;
    if (within(ild_lbf * newtons / stated, known.usual_ild25_lbf)) {
      meant += fmt::format("{}{}", meant.empty() ? "" : " or ", name);
    }
  }
  throw InputError(
      {test.file, curve.zone.empty() ? "the column of force" : "zone " + curve.zone,
       fmt::format("a firmness of {:.3g} lbf (ILD25) from values in {}", ild_lbf, test.force_unit),
       fmt::format("{:.3g} to {:.3g} lbf{}", known.plausible_ild25_lbf[0],
                   known.plausible_ild25_lbf[1],
                   meant.empty() ? "" : "; in " + meant + " it would be usual"),
       "correct the unit in the header, the indenter or the thickness, or say --units-checked"});
}

}  // namespace matfit
