#include "stages/fit/anthropometry.hpp"

#include "stages/fit/knowledge_file.hpp"
#include "types/units.hpp"

#include <string>

namespace matfit {

namespace {

Normal read_normal(const KnowledgeFile& file, const std::string& key, double low, double high,
                   double unit) {
  const std::vector<double> pair = file.numbers(key, 2, 0.0, high);
  if (pair[0] < low || pair[1] <= 0.0) file.fail(key, "a mean and a standard deviation above 0");
  return {pair[0] * unit, pair[1] * unit};
}

Normal read_fraction(const KnowledgeFile& file, const std::string& key) {
  return read_normal(file, key, 0.0, 1.0, 1.0);
}

SegmentMassShare read_mass_share(const KnowledgeFile& file, const std::string& table) {
  const auto share = [&](const char* name) { return file.number(table + "." + name, 0.0, 0.5); };
  file.require_source(table);
  const SegmentMassShare s = {share("head"),        share("upper_trunk"), share("middle_trunk"),
                              share("lower_trunk"), share("upper_arm"),   share("forearm"),
                              share("hand"),        share("thigh"),       share("shank"),
                              share("foot")};
  const double sum = s.head + s.upper_trunk + s.middle_trunk + s.lower_trunk +
                     2.0 * (s.upper_arm + s.forearm + s.hand + s.thigh + s.shank + s.foot);
  if (sum < 0.995 || sum > 1.005) file.fail(table, "shares that sum to 1");
  return s;
}

HeightFraction read_heights(const KnowledgeFile& file, const std::string& table) {
  const auto height = [&](const char* name) { return read_fraction(file, table + "." + name); };
  file.require_source(table);
  return {height("c7"),     height("acromion"),    height("chest"),      height("tenth_rib"),
          height("waist"),  height("iliac_crest"), height("trochanter"), height("buttock"),
          height("crotch"), height("mid_patella"), height("malleolus")};
}

BodyRegression read_regression(const KnowledgeFile& file, const std::string& key) {
  return {file.number(key + ".a", -1000.0, 1000.0) * m_per_mm,
          file.number(key + ".b", -1000.0, 1000.0) * m_per_mm,
          file.number(key + ".c", 0.0, 10.0) * m_per_mm,
          file.number(key + ".see", 1.0, 100.0) * m_per_mm};
}

BreadthRegression read_breadths(const KnowledgeFile& file, const std::string& table) {
  const auto line = [&](const char* name) { return read_regression(file, table + "." + name); };
  file.require_source(table);
  return {line("biacromial_breadth"), line("bideltoid_breadth"), line("chest_breadth"),
          line("chest_depth"),        line("waist_breadth"),     line("waist_depth"),
          line("hip_breadth"),        line("buttock_depth"),     line("head_breadth")};
}

ContactHeight read_contact(const KnowledgeFile& file, const std::string& table) {
  const auto height = [&](const char* name) { return read_fraction(file, table + "." + name); };
  file.require_source(table);
  return {height("head"),   height("shoulder"), height("waist"),
          height("pelvis"), height("knee"),     height("heel")};
}

MarkHeight read_marks(const KnowledgeFile& file, const std::string& table) {
  const auto height = [&](const char* name) { return read_fraction(file, table + "." + name); };
  file.require_source(table);
  return {height("head"), height("shoulder"), height("waist"), height("pelvis")};
}

std::vector<double> read_level_shares(const KnowledgeFile& file) {
  const std::vector<double> heights =
      file.numbers("spine.relative_height", spine_level_count - 1, 1.0, 100.0);
  std::vector<double> shares = {0.0};
  for (const double h : heights) shares.push_back(shares.back() + h);
  for (double& share : shares) share /= shares.back();
  return shares;
}

SexAnthropometry read_sex(const KnowledgeFile& file, const std::string& sex) {
  SexAnthropometry a;
  file.require_source("population." + sex);
  a.stature_m = read_normal(file, "population." + sex + ".stature_mm", 1000.0, 2500.0, m_per_mm);
  a.body_mass_index = read_normal(file, "population." + sex + ".body_mass_index", 10.0, 60.0, 1.0);
  a.mass_share = read_mass_share(file, "segment_mass_share." + sex);
  a.height = read_heights(file, "height_fraction." + sex);
  a.breadth = read_breadths(file, "regression." + sex);
  return a;
}

}  // namespace

Anthropometry load_anthropometry(const std::filesystem::path& path) {
  const KnowledgeFile file(path);
  file.require_format("matfit-anthropometry");
  Anthropometry a;
  a.by_sex[static_cast<std::size_t>(Sex::male)] = read_sex(file, "male");
  a.by_sex[static_cast<std::size_t>(Sex::female)] = read_sex(file, "female");
  file.require_source("extrapolation");
  a.body_mass_index_limit = file.number("extrapolation.bmi_limit", 20.0, 60.0);
  a.error_growth_per_body_mass_index = file.number("extrapolation.growth_per_bmi", 0.0, 1.0);
  file.require_source("measured_breadth");
  a.measured_breadth_sd_m = file.number("measured_breadth.sd_mm", 1.0, 50.0) * m_per_mm;
  file.require_source("spine");
  a.spine_level_share = read_level_shares(file);
  a.s1_below_iliac_crest_fraction = file.number("spine.s1_below_iliac_crest", 0.0, 0.1);
  const auto spine_mm = [&](const char* name) {
    return read_normal(file, std::string("spine.") + name, 0.0, 300.0, m_per_mm);
  };
  a.lordosis_depth_m = spine_mm("lordosis_depth_mm");
  a.kyphosis_depth_m = spine_mm("kyphosis_depth_mm");
  a.under_skin_thorax_m = spine_mm("under_skin_thorax_mm");
  a.under_skin_waist_m = spine_mm("under_skin_waist_mm");
  a.under_skin_pelvis_m = spine_mm("under_skin_pelvis_mm");
  a.contact_on_back = read_contact(file, "contact_height.back");
  a.contact_on_side = read_contact(file, "contact_height.side");
  a.marks_on_back = read_marks(file, "mark_height.back");
  a.marks_on_side = read_marks(file, "mark_height.side");
  return a;
}

}  // namespace matfit
