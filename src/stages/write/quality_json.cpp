#include "stages/write/quality_json.hpp"

#include "stages/write/json_values.hpp"

namespace matfit {

using nlohmann::ordered_json;

namespace {

ordered_json json_of(const std::vector<QualityReason>& reasons) {
  ordered_json list = ordered_json::array();
  for (const QualityReason& r : reasons) {
    list.push_back({{"code", r.code},
                    {"text", r.text},
                    {"effect", r.effect},
                    {"cap", name_of(r.cap)},
                    {"affects", json_of(r.affects)}});
  }
  return list;
}

std::vector<QualityReason> reasons_of(const JsonNode& node) {
  std::vector<QualityReason> reasons;
  for (const JsonNode& r : node.items()) {
    QualityReason reason = {r.at("code").text(), r.at("text").text(), r.at("effect").text(),
                            r.at("cap").named(grade_named, "A, B, C or F")};
    if (r.has("affects")) reason.affects = result_parts_of(r.at("affects"));
    reasons.push_back(reason);
  }
  return reasons;
}

ordered_json json_of(const std::vector<LinePart>& parts) {
  ordered_json list = ordered_json::array();
  for (const LinePart& p : parts) {
    list.push_back({{p.is_row ? "row" : "col", p.line}, {"first", p.first}, {"last", p.last - 1}});
  }
  return list;
}

std::vector<LinePart> parts_of(const JsonNode& node) {
  std::vector<LinePart> parts;
  for (const JsonNode& p : node.items()) {
    const bool is_row = p.has("row");
    parts.push_back({is_row, p.at(is_row ? "row" : "col").integer(), p.at("first").integer(),
                     p.at("last").integer() + 1});
  }
  return parts;
}

std::vector<int> lines_of(const JsonNode& node, const char* key) {
  if (!node.has(key)) return {};
  return node.at(key).as<std::vector<int>>("line numbers");
}

ordered_json json_of(const std::vector<BridgedLines>& bridged) {
  ordered_json list = ordered_json::array();
  for (const BridgedLines& b : bridged) {
    list.push_back({{b.rows ? "rows" : "cols", {b.first_line, b.last_line - 1}},
                    {"first", b.first},
                    {"last", b.last - 1},
                    {"load_share", number(b.load_share, 4)}});
  }
  return list;
}

std::vector<BridgedLines> bridged_of(const JsonNode& node) {
  std::vector<BridgedLines> bridged;
  for (const JsonNode& b : node.items()) {
    const bool rows = b.has("rows");
    const auto lines =
        b.at(rows ? "rows" : "cols").as<std::array<int, 2>>("the first and the last line");
    bridged.push_back({rows, lines[0], lines[1] + 1, b.at("first").integer(),
                       b.at("last").integer() + 1, number_of(b, "load_share")});
  }
  return bridged;
}

ordered_json json_of(const std::vector<Leakage>& leakage) {
  ordered_json list = ordered_json::array();
  for (const Leakage& l : leakage) {
    list.push_back({{"along", l.along_rows ? "rows" : "cols"},
                    {"share", number(l.share, 4)},
                    {"least", number(l.least, 4)}});
  }
  return list;
}

std::vector<Leakage> leakage_of(const JsonNode& node) {
  std::vector<Leakage> leakage;
  for (const JsonNode& l : node.items()) {
    leakage.push_back(
        {l.at("along").text() == "rows", number_of(l, "share"), number_of(l, "least")});
  }
  return leakage;
}

// Of each the first line beyond the boundary.
ordered_json json_of(const std::vector<GainStep>& steps) {
  ordered_json list = ordered_json::array();
  for (const GainStep& s : steps) {
    list.push_back({{s.between_rows ? "row" : "col", s.line},
                    {"factor", number(s.factor, 4)},
                    {"relative_sd", number(s.relative_sd, 4)},
                    {"poses", s.poses}});
  }
  return list;
}

std::vector<GainStep> gain_steps_of(const JsonNode& node) {
  std::vector<GainStep> steps;
  for (const JsonNode& s : node.items()) {
    const bool rows = s.has("row");
    steps.push_back({rows, s.at(rows ? "row" : "col").integer(), number_of(s, "factor"),
                     number_of(s, "relative_sd"), s.at("poses").integer()});
  }
  return steps;
}

ordered_json json_of(const std::optional<RepeatedFrames>& repeated) {
  if (!repeated) return nullptr;
  return {{"frames", repeated->count}, {"longest_s", number(repeated->longest_s, 3)}};
}

// Shares of the value after one second, for each factor ten in time.
ordered_json json_of(const CreepFigures& creep) {
  return {{"kind", name_of(creep.kind)},
          {"rate_per_decade", number(creep.rate_per_decade.value, 6)},
          {"sd", number(creep.rate_per_decade.sd, 6)},
          {"spread_per_decade", number(creep.spread_per_decade.value, 6)},
          {"spread_sd", number(creep.spread_per_decade.sd, 6)},
          {"lying_since_s", optional_number(creep.lying_since_s, 3)},
          {"readable_from_s", optional_number(creep.readable_from_s, 3)},
          {"load_growth_at_end", number(creep.load_growth_at_end, 6)},
          {"contact_growth_at_end", number(creep.contact_growth_at_end, 6)},
          {"compensated", creep.compensated}};
}

CreepFigures creep_of(const JsonNode& node) {
  CreepFigures creep;
  creep.kind = node.at("kind").named(load_course_named, "a course of the load");
  creep.rate_per_decade =
      gaussian_estimate(number_of(node, "rate_per_decade"), number_of(node, "sd"));
  creep.spread_per_decade =
      gaussian_estimate(number_of(node, "spread_per_decade"), number_of(node, "spread_sd"));
  creep.lying_since_s = node.at("lying_since_s").optional_number();
  creep.readable_from_s = node.at("readable_from_s").optional_number();
  creep.load_growth_at_end = number_of(node, "load_growth_at_end");
  creep.contact_growth_at_end = number_of(node, "contact_growth_at_end");
  creep.compensated = node.at("compensated").truth();
  return creep;
}

ordered_json json_of(const UnitEvidence& units) {
  ordered_json errors = ordered_json::array();
  for (const PressureError& e : units.error) {
    errors.push_back({{"pressure_mmhg", number(e.pressure_pa / pa_per_mmhg, 4)},
                      {"relative_sd", number(e.relative_sd, 4)}});
  }
  return {{"given", units.given},
          {"scale_to_mmhg", number(units.scale_to_mmhg, 8)},
          {"source", units.source},
          {"absolute", units.absolute},
          {"relative_sd", optional_number(units.relative_sd, 4)},
          {"response_known", units.response_known},
          {"error", errors}};
}

UnitEvidence units_of(const JsonNode& node) {
  UnitEvidence units = {node.at("given").text(),
                        number_of(node, "scale_to_mmhg"),
                        node.at("source").text(),
                        node.at("absolute").truth(),
                        node.at("relative_sd").optional_number(),
                        node.at("response_known").truth(),
                        {}};
  for (const JsonNode& e : node.at("error").items()) {
    units.error.push_back({pa_of(e, "pressure_mmhg"), number_of(e, "relative_sd")});
  }
  return units;
}

ordered_json json_of(const Orientation& orientation) {
  return {{"head_end", name_of(orientation.head_end)},
          {"view", name_of(orientation.view)},
          {"source", orientation.inferred || !orientation.known() ? "inferred" : "given"},
          {"confidence", number(orientation.confidence, 4)},
          {"head_end_confidence", number(orientation.head_end_confidence, 4)},
          {"view_confidence", number(orientation.view_confidence, 4)},
          {"view_source", name_of(orientation.view_source)}};
}

}  // namespace

ordered_json json_of(const std::vector<ResultPart>& parts) {
  ordered_json list = ordered_json::array();
  for (const ResultPart part : parts) list.push_back(name_of(part));
  return list;
}

std::vector<ResultPart> result_parts_of(const JsonNode& node) {
  std::vector<ResultPart> parts;
  for (const JsonNode& part : node.items()) {
    parts.push_back(part.named(result_part_named, "a part of the results"));
  }
  return parts;
}

ordered_json json_of(const Quality& q, const Orientation& orientation) {
  ordered_json invalid = ordered_json::array();
  for (const InvalidFrame& f : q.invalid) {
    invalid.push_back({{"frame", f.frame}, {"reason", f.reason}});
  }
  return {{"grade", name_of(q.grade)},
          {"reasons", json_of(q.reasons)},
          {"load_over_weight", optional_number(q.load_over_weight, 4)},
          {"dead_cells", q.dead_cells},
          {"dead_rows", q.dead_rows},
          {"dead_cols", q.dead_cols},
          {"dead_parts", json_of(q.dead_parts)},
          {"weak_rows", q.weak_rows},
          {"weak_cols", q.weak_cols},
          {"stuck_rows", q.hot_rows},
          {"stuck_cols", q.hot_cols},
          {"hot_cells", q.hot_cells},
          {"bridged", json_of(q.bridged)},
          {"leakage", json_of(q.leakage)},
          {"gain_steps", json_of(q.gain_steps)},
          {"repaired_load",
           {{"share", number(q.repaired_load_share, 4)},
            {"relative_sd", number(q.repaired_load_sd, 4)}}},
          {"saturated_share", number(q.saturated_share, 6)},
          {"invalid_frames", q.invalid_frames},
          {"invalid", invalid},
          {"repeated", json_of(q.repeated)},
          {"raw",
           {{"background", number(q.raw.background, 4)},
            {"noise", number(q.raw.noise, 4)},
            {"background_from_empty_frames", q.raw.background_from_empty_frames},
            {"saturation", optional_number(q.raw.saturation, 4)}}},
          {"creep", json_of(q.creep)},
          {"orientation", json_of(orientation)},
          {"units", json_of(q.units)}};
}

Quality quality_of(const JsonNode& node) {
  using Cells = std::vector<std::array<int, 2>>;
  Quality q;
  q.grade = node.at("grade").named(grade_named, "A, B, C or F");
  q.reasons = reasons_of(node.at("reasons"));
  q.load_over_weight = node.at("load_over_weight").optional_number();
  q.dead_cells = node.at("dead_cells").as<Cells>("pairs of row and column");
  q.hot_cells = node.at("hot_cells").as<Cells>("pairs of row and column");
  q.dead_rows = lines_of(node, "dead_rows");
  q.dead_cols = lines_of(node, "dead_cols");
  if (node.has("dead_parts")) q.dead_parts = parts_of(node.at("dead_parts"));
  q.weak_rows = lines_of(node, "weak_rows");
  q.weak_cols = lines_of(node, "weak_cols");
  q.hot_rows = lines_of(node, "stuck_rows");
  q.hot_cols = lines_of(node, "stuck_cols");
  if (node.has("bridged")) q.bridged = bridged_of(node.at("bridged"));
  if (node.has("leakage")) q.leakage = leakage_of(node.at("leakage"));
  if (node.has("gain_steps")) q.gain_steps = gain_steps_of(node.at("gain_steps"));
  if (node.has("repaired_load")) {
    q.repaired_load_share = number_of(node.at("repaired_load"), "share");
    q.repaired_load_sd = number_of(node.at("repaired_load"), "relative_sd");
  }
  q.saturated_share = number_of(node, "saturated_share");
  q.invalid_frames = node.at("invalid_frames").count();
  for (const JsonNode& f : node.at("invalid").items()) {
    q.invalid.push_back({f.at("frame").count(), f.at("reason").text()});
  }
  if (node.has("repeated") && !node.at("repeated").is_null()) {
    const JsonNode repeated = node.at("repeated");
    q.repeated = {repeated.at("frames").count(), number_of(repeated, "longest_s")};
  }
  const JsonNode raw = node.at("raw");
  q.raw = {number_of(raw, "background"), number_of(raw, "noise"),
           raw.at("background_from_empty_frames").truth(), raw.at("saturation").optional_number()};
  q.creep = creep_of(node.at("creep"));
  q.units = units_of(node.at("units"));
  return q;
}

Orientation orientation_of(const JsonNode& node) {
  return {node.at("head_end").named(head_end_named, "a head end"),
          node.at("view").named(view_named, "a view"),
          node.at("source").text() == "inferred",
          number_of(node, "confidence"),
          number_of(node, "head_end_confidence"),
          number_of(node, "view_confidence"),
          node.at("view_source").named(view_source_named, "given, labels or unknown")};
}

}  // namespace matfit
