#include "stages/score/load_knowledge.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

struct NeededConstant {
  std::string_view name;
  bool has_reason;
  std::vector<std::string_view> figures;
};

const std::vector<NeededConstant>& needed_constants() {
  static const std::vector<NeededConstant> needed = {
      {"verdict_probability", true, {"verdict", "probability", "needed"}},
      {"pressure_alone_probability", true, {"needed"}},
      {"posture_confidence", true, {"posture", "probability", "needed"}},
      {"right_needs_every_axis", true, {"axes"}},
      {"contradiction_share", true, {}},
      {"uncertain_figure_share", true, {"label", "value", "unit", "low", "high", "line"}},
      {"deciding_figure_probability", true, {"label", "value", "unit", "low", "high", "line"}},
      {"score_known_weight", true, {"axes"}},
      {"recording_verdict_share", true, {"needed"}},
      {"usual_position_weight", true, {"posture", "percent"}},
      {"saturated_share_limit", true, {"percent"}},
      {"grade_c_sd_factor", true, {"grade", "axes"}},
      {"spine_fit_needed", true, {}},
      {"spine_basis_needed", true, {}},
      {"spine_plane_needed", true, {}},
      {"assessed_bout_needed", true, {}},
      {"pregnancy_excludes_alignment", true, {}},
      {"posture_known", true, {"posture"}},
      {"figure_missing", true, {"axis", "label"}},
      {"mattress_old_years", true, {"age_years"}},
      {"mattress_worn_years", false, {}},
      {"hardness_loss_share", false, {}},
      {"repeat_cv_peak_pressure", false, {}},
      {"repeat_cv_mean_pressure", false, {}},
      {"repeat_cv_lumbar_share", false, {}},
      {"response_exponent", false, {}},
      {"response_exponent_sd", false, {}},
      {"relevant_posture_share", false, {}},
      {"long_recording_s", false, {}},
      {"one_side_share", false, {}},
      {"finding_probability", false, {}},
      {"twist_line_deg", false, {}},
      {"advice_limit", false, {}},
  };
  return needed;
}

constexpr std::array<std::string_view, sign_count> sign_names = {
    "none", "misaligned", "sunk", "bottomed", "pressed", "hollow"};

Axis axis_named(const CheckedTable& table, std::string_view key, const std::string& name) {
  for (std::size_t i = 0; i < axis_count; ++i) {
    if (name_of(static_cast<Axis>(i)) == name) return static_cast<Axis>(i);
  }
  table.fail(key, name, "alignment, pressure_relief or support");
}

PassLine read_line(CheckedTable& table, KnowledgeContext& context) {
  PassLine line;
  line.id = unique_id(table, context);
  line.axis = axis_named(table, "axis", table.text("axis"));
  line.postures = read_postures(table, "postures");
  line.measure = table.text("measure");
  line.magnitude = table.flag("magnitude", false);
  line.required = table.flag("required", false);
  line.full = table.number("full");
  line.good = table.number("good");
  line.fair = table.number("fair");
  line.zero = table.number("zero");
  const bool rising = line.full < line.good && line.good < line.fair && line.fair < line.zero;
  const bool falling = line.full > line.good && line.good > line.fair && line.fair > line.zero;
  if (!rising && !falling) {
    table.fail("full", fmt::format("{}", line.full), "full, good, fair, zero in order");
  }
  if (table.has("sign")) {
    const std::string sign = table.text("sign");
    const auto at = std::find(sign_names.begin(), sign_names.end(), sign);
    if (at == sign_names.end()) {
      table.fail("sign", sign, "misaligned, sunk, bottomed, pressed or hollow");
    }
    line.sign = static_cast<Sign>(at - sign_names.begin());
  }
  line.unit = table.text("unit");
  line.label = localised(table.table("label"), context);
  line.source = written_sources(table, context);
  line.evidence = evidence_grade(table, context);
  table.finish();
  return line;
}

void read_constants(CheckedTable& root, KnowledgeContext& context, Thresholds& thresholds) {
  for (CheckedTable& table : root.tables("constant")) {
    Constant constant;
    constant.id = unique_id(table, context);
    const std::string name = table.text("name");
    const auto& needed = needed_constants();
    const auto known = std::find_if(needed.begin(), needed.end(),
                                    [&name](const auto& each) { return each.name == name; });
    if (known == needed.end()) table.fail("name", name, "a constant that the score uses");
    constant.value = table.number("value");
    if (!(constant.value > 0.0)) table.fail("value", "not above zero", "a number above zero");
    if (known->has_reason) {
      constant.reason = localised(table.table("reason"), context);
      check_figures(table, "reason", constant.reason, known->figures);
    }
    written_sources(table, context);
    evidence_grade(table, context);
    table.finish();
    if (!thresholds.constants.emplace(name, constant).second) {
      table.fail("name", name, "each constant once");
    }
  }
  for (const NeededConstant& each : needed_constants()) {
    if (!thresholds.constants.contains(each.name)) {
      root.fail("constant", "none of that name", fmt::format("a constant '{}'", each.name));
    }
  }
}

void read_names(CheckedTable table, const KnowledgeContext& context, Thresholds& thresholds) {
  for (const std::string_view key :
       {"alignment", "pressure_relief", "support", "unknown", "empty", "supine", "prone", "left",
        "right_side", "sitting", "too_soft", "right", "too_firm", "undecided"}) {
    thresholds.names.emplace(key, localised(table.table(key), context));
  }
  table.finish();
}

ShoulderHeadRegression read_regression(CheckedTable& table, std::string_view key) {
  const std::vector<double> v = table.numbers(key, 4);
  return {v[0], v[1], v[2], v[3]};
}

PillowGeometry read_pillow(CheckedTable table, const KnowledgeContext& context) {
  PillowGeometry pillow;
  written_sources(table, context);
  evidence_grade(table, context);
  const std::vector<double> sink = table.numbers("differential_sink_mm", 2);
  pillow.differential_sink_mm = sink[0];
  pillow.differential_sink_sd_mm = sink[1];
  CheckedTable male = table.table("male");
  pillow.male_biacromial = read_regression(male, "biacromial_mm");
  pillow.male_head = read_regression(male, "head_breadth_mm");
  male.finish();
  CheckedTable female = table.table("female");
  pillow.female_biacromial = read_regression(female, "biacromial_mm");
  pillow.female_head = read_regression(female, "head_breadth_mm");
  female.finish();
  table.finish();
  return pillow;
}

void read_axes(CheckedTable table, const KnowledgeContext& context, Thresholds& thresholds) {
  double sum = 0.0;
  for (std::size_t i = 0; i < axis_count; ++i) {
    CheckedTable axis = table.table(name_of(static_cast<Axis>(i)));
    AxisRule& rule = thresholds.axes[i];
    const std::string combine = axis.text("combine");
    if (combine != "worst" && combine != "mean") axis.fail("combine", combine, "worst or mean");
    rule.combine = combine == "worst" ? Combine::worst : Combine::mean;
    rule.weight = axis.number("weight");
    if (!(rule.weight > 0.0)) axis.fail("weight", "not above zero", "a weight above zero");
    written_sources(axis, context);
    evidence_grade(axis, context);
    axis.finish();
    sum += rule.weight;
  }
  table.finish();
  if (std::abs(sum - 1.0) > 1e-9) {
    table.fail("", fmt::format("{}", sum), "weights of the axes that sum to 1");
  }
}

}  // namespace

Thresholds load_thresholds(const std::filesystem::path& path, KnowledgeContext& context) {
  const toml::table parsed = parse_toml_file(path);
  CheckedTable root(parsed, path.string(), "");
  read_head(root, "matfit-thresholds", context);
  Thresholds thresholds;
  CheckedTable scale = root.table("scale");
  thresholds.score_at_good = scale.number("good");
  thresholds.score_at_fair = scale.number("fair");
  scale.finish();
  if (!(100.0 > thresholds.score_at_good && thresholds.score_at_good > thresholds.score_at_fair &&
        thresholds.score_at_fair > 0.0)) {
    root.fail("scale", "another order", "100 > good > fair > 0");
  }
  read_axes(root.table("axes"), context, thresholds);
  read_names(root.table("names"), context, thresholds);
  for (CheckedTable& table : root.tables("line")) {
    thresholds.lines.push_back(read_line(table, context));
  }
  read_constants(root, context, thresholds);
  thresholds.pillow = read_pillow(root.table("pillow"), context);
  root.finish();
  return thresholds;
}

}  // namespace matfit
