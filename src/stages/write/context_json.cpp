#include "stages/write/context_json.hpp"

#include "stages/write/json_values.hpp"

namespace matfit {

using nlohmann::ordered_json;

ordered_json json_of(const MatDescription& mat) {
  ordered_json out = {{"model", mat.model},
                      {"rows", mat.geometry.rows},
                      {"cols", mat.geometry.cols},
                      {"row_pitch_mm", number(mat.geometry.row_pitch_m * mm_per_m, 5)},
                      {"col_pitch_mm", number(mat.geometry.col_pitch_m * mm_per_m, 5)},
                      {"head_end", name_of(mat.head_end)},
                      {"view", name_of(mat.view)}};
  set_if(out, "geometry_source", mat.geometry_source);
  set_if(out, "orientation_source", mat.orientation_source);
  set_if(out, "pitch_sd_mm", mat.pitch_sd_m, mm_per_m, 5);
  set_if(out, "full_scale", mat.full_scale, 1.0, 6);
  set_if(out, "profile", mat.profile);
  return out;
}

ordered_json json_of(const Subject& s) {
  ordered_json out = {{"id", s.id}};
  if (s.sex) out["sex"] = *s.sex == Sex::female ? "female" : "male";
  set_if(out, "age_years", s.age_years);
  set_if(out, "stature_cm", s.stature_m, 100.0);
  set_if(out, "mass_kg", s.mass_kg);
  set_if(out, "shoulder_breadth_mm", s.shoulder_breadth_m, mm_per_m);
  set_if(out, "waist_breadth_mm", s.waist_breadth_m, mm_per_m);
  set_if(out, "hip_breadth_mm", s.hip_breadth_m, mm_per_m);
  if (s.usual_position) out["usual_position"] = name_of(*s.usual_position);
  if (s.pregnant) out["pregnant"] = *s.pregnant;
  if (!s.pain_sites.empty()) out["pain_sites"] = s.pain_sites;
  set_if(out, "pain_pattern", s.pain_pattern);
  if (!s.symptoms.empty()) out["symptoms"] = s.symptoms;
  set_if(out, "pillow_height_mm", s.pillow_height_m, mm_per_m);
  return out;
}

ordered_json json_of(const Mattress& m) {
  ordered_json out = {{"id", m.id}};
  set_if(out, "name", m.name);
  set_if(out, "firmness", m.firmness);
  set_if(out, "thickness_mm", m.thickness_m, mm_per_m);
  set_if(out, "age_years", m.age_years);
  set_if(out, "material", m.material);
  if (!m.curve.empty()) {
    ordered_json curve = ordered_json::array();
    for (const CurvePoint& p : m.curve) {
      curve.push_back(
          {number(p.indentation_m * mm_per_m, 4), number(p.pressure_pa / pa_per_kpa, 6)});
    }
    out["curve_mm_kpa"] = curve;
    out["curve_kind"] = name_of(m.curve_kind);
    set_if(out, "curve_relative_sd", m.curve_relative_sd, 1.0, 4);
  }
  set_if(out, "shear_kn_per_m", m.shear_n_per_m, 1e-3, 6);
  return out;
}

MatDescription mat_of(const JsonNode& node) {
  MatDescription mat;
  mat.model = node.at("model").text();
  mat.geometry = {node.at("rows").integer(), node.at("cols").integer(), mm_of(node, "row_pitch_mm"),
                  mm_of(node, "col_pitch_mm")};
  mat.head_end = node.at("head_end").named(head_end_named, "a head end");
  mat.view = node.at("view").named(view_named, "a view");
  mat.geometry_source = text_or_empty(node, "geometry_source");
  mat.orientation_source = text_or_empty(node, "orientation_source");
  mat.pitch_sd_m = optional_of(node, "pitch_sd_mm", m_per_mm);
  mat.full_scale = optional_of(node, "full_scale");
  mat.profile = text_or_empty(node, "profile");
  return mat;
}

Subject subject_of(const JsonNode& node) {
  Subject s;
  s.id = node.at("id").text();
  if (node.has("sex")) s.sex = node.at("sex").text() == "female" ? Sex::female : Sex::male;
  s.age_years = optional_of(node, "age_years");
  s.stature_m = optional_of(node, "stature_cm", 1e-2);
  s.mass_kg = optional_of(node, "mass_kg");
  s.shoulder_breadth_m = optional_of(node, "shoulder_breadth_mm", m_per_mm);
  s.waist_breadth_m = optional_of(node, "waist_breadth_mm", m_per_mm);
  s.hip_breadth_m = optional_of(node, "hip_breadth_mm", m_per_mm);
  if (node.has("usual_position")) {
    s.usual_position = node.at("usual_position").named(posture_named, "a posture");
  }
  if (node.has("pregnant")) s.pregnant = node.at("pregnant").truth();
  using Texts = std::vector<std::string>;
  if (node.has("pain_sites")) s.pain_sites = node.at("pain_sites").as<Texts>("a list of texts");
  s.pain_pattern = text_or_empty(node, "pain_pattern");
  if (node.has("symptoms")) s.symptoms = node.at("symptoms").as<Texts>("a list of texts");
  s.pillow_height_m = optional_of(node, "pillow_height_mm", m_per_mm);
  return s;
}

Mattress mattress_of(const JsonNode& node) {
  Mattress m;
  m.id = node.at("id").text();
  m.name = text_or_empty(node, "name");
  m.firmness = optional_of(node, "firmness");
  m.thickness_m = optional_of(node, "thickness_mm", m_per_mm);
  m.age_years = optional_of(node, "age_years");
  m.material = text_or_empty(node, "material");
  if (node.has("curve_mm_kpa")) {
    for (const JsonNode& point : node.at("curve_mm_kpa").items()) {
      const std::vector<JsonNode> pair = point.items();
      if (pair.size() != 2) point.fail("", "", "indentation and pressure");
      m.curve.push_back({pair[0].number() * m_per_mm, pair[1].number() * pa_per_kpa});
    }
    m.curve_kind = node.at("curve_kind").named(curve_kind_named, "a curve kind");
    m.curve_relative_sd = optional_of(node, "curve_relative_sd");
  }
  m.shear_n_per_m = optional_of(node, "shear_kn_per_m", 1e3);
  return m;
}

}  // namespace matfit
