#include "stages/acquire/hdf5_subject_and_mattress.hpp"

#include "stages/acquire/curve_check.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace matfit {

std::optional<Subject> hdf5_subject(const Hdf5Statements& stated) {
  if (!stated.file().has_group("/subject")) return std::nullopt;
  const std::string group = "/subject";
  Subject subject;
  subject.id = stated.text(group, "id");
  const auto sex_named = [](std::string_view text) -> std::optional<Sex> {
    if (text == "female") return Sex::female;
    if (text == "male") return Sex::male;
    return std::nullopt;
  };
  subject.sex = stated.word<Sex>(group, "sex", sex_named, "female or male");
  subject.age_years = stated.number(group, "age_years", limits::age_years);
  subject.stature_m = stated.number(group, "stature_cm", limits::stature_cm, 1e2);
  subject.mass_kg = stated.number(group, "mass_kg", limits::mass_kg);
  subject.shoulder_breadth_m =
      stated.number(group, "shoulder_breadth_mm", limits::shoulder_breadth_mm, 1e3);
  subject.waist_breadth_m = stated.number(group, "waist_breadth_mm", limits::waist_breadth_mm, 1e3);
  subject.hip_breadth_m = stated.number(group, "hip_breadth_mm", limits::hip_breadth_mm, 1e3);
  return subject;
}

std::optional<Mattress> hdf5_mattress(const Hdf5Statements& stated) {
  if (!stated.file().has_group("/mattress")) return std::nullopt;
  const std::string group = "/mattress";
  Mattress mattress;
  mattress.id = stated.text(group, "id");
  mattress.name = stated.text(group, "name");
  mattress.firmness = stated.number(group, "firmness", limits::firmness);
  mattress.thickness_m = stated.number(group, "thickness_mm", limits::thickness_mm, 1e3);
  mattress.age_years = stated.number(group, "age_years", limits::mattress_age_years);
  mattress.material = stated.text(group, "material");
  mattress.shear_n_per_m = stated.number(group, "shear_kn_per_m", limits::shear_kn_per_m, 1e-3);
  mattress.curve_kind = stated
                            .word<CurveKind>(group, "curve_kind", curve_kind_named,
                                             "one of uniform, disc_203mm, platen_344mm")
                            .value_or(CurveKind::uniform);
  if (!stated.file().has_dataset("/mattress/curve")) return mattress;
  mattress.curve_relative_sd = stated.number(group, "curve_relative_sd", limits::curve_relative_sd);
  const h5::Dataset curve = stated.file().dataset("/mattress/curve");
  if (curve.shape().size() != 2 || curve.shape()[1] != 2 || !curve.numeric()) {
    stated.refuse("dataset /mattress/curve", "another shape",
                  "numbers of [points, 2]: indentation_mm, pressure_kpa");
  }
  const std::vector<double> values = curve.read<double>();
  std::vector<CurveRow> rows;
  for (std::size_t i = 0; i + 1 < values.size(); i += 2) {
    rows.push_back({values[i], values[i + 1],
                    "dataset /mattress/curve, point " + std::to_string(i / 2) + " (from 0)"});
  }
  mattress.curve = checked_curve(rows, stated.path());
  return mattress;
}

}  // namespace matfit
