#include "stages/write/inspection.hpp"

#include "stages/write/inspection_figures.hpp"
#include "support/temporary_folder.hpp"
#include "types/units.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

namespace matfit {
namespace {

using testing::HasSubstr;
using testing::Not;

Inspection example() {
  Inspection out;
  out.recording_id = "night <1>";
  out.facts = {{"format", "text & more"}};
  out.quality.grade = Grade::c;
  out.quality.reasons = {{"dead_line", "column 2 is dead", "repaired from its neighbours"}};
  out.quality.dead_cols = {2};
  out.quality.hot_cells = {{1, 0}};
  out.mean.geometry = {3, 4, 0.02, 0.01};
  out.mean.pressure_pa = Eigen::ArrayXXd::Constant(3, 4, 10.0 * pa_per_mmhg);
  out.absent.assign(12, 0);
  out.absent[11] = 1;
  for (int i = 0; i < 20; ++i) {
    out.time_s.push_back(10.0 + i);
    out.load_n.push_back(600.0 + i);
    out.valid.push_back(1);
  }
  out.valid[5] = 0;
  out.quality.invalid = {{5, "torn"}};
  return out;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

std::string page_of(const Inspection& inspection) {
  const test::TemporaryFolder folder;
  write_inspection_page(inspection, "1.2.3", folder.path() / "page.html");
  std::ifstream in(folder.path() / "page.html");
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(InspectionPage, says_grade_reasons_and_facts_with_every_text_escaped) {
  const std::string page = page_of(example());
  EXPECT_THAT(page, HasSubstr("Grade C"));
  EXPECT_THAT(page, HasSubstr("dead_line"));
  EXPECT_THAT(page, HasSubstr("Column 2 is dead."));
  EXPECT_THAT(page, HasSubstr("night &lt;1&gt;"));
  EXPECT_THAT(page, HasSubstr("text &amp; more"));
  EXPECT_THAT(page, Not(HasSubstr("night <1>")));
  EXPECT_THAT(page, Not(HasSubstr("href=\"http")));
  EXPECT_THAT(page, Not(HasSubstr("src=")));
}

TEST(InspectionPage, shows_no_map_and_no_load_where_no_frame_is_usable) {
  Inspection empty = example();
  empty.mean = {};
  empty.valid.assign(empty.valid.size(), 0);
  const std::string page = page_of(empty);
  EXPECT_THAT(page, HasSubstr("No frame can be used"));
  EXPECT_THAT(page, Not(HasSubstr("<svg")));
}

TEST(CellMapFigure, crosses_each_cell_of_a_dead_column_and_rings_a_hot_cell) {
  const std::string svg =
      cell_map_figure(example(), {100.0 * pa_per_mmhg, {"mmHg"}}, Phrases("en"));
  EXPECT_EQ(count_of(svg, "<line"), 6U);  // two strokes for each of the column's three cells
  EXPECT_EQ(count_of(svg, "<ellipse"), 1U);
  EXPECT_EQ(count_of(svg, "x=\"30\" y=\"40\" width=\"10\" height=\"20\""), 1U);  // the absent cell
}

TEST(LoadFigure, breaks_the_line_at_a_frame_left_out_and_ticks_it) {
  const std::string svg = load_figure(example(), Phrases("en"));
  EXPECT_EQ(count_of(svg, "<polyline"), 2U);
  EXPECT_EQ(count_of(svg, "#8a3b12"), 1U);
}

TEST(LoadFigure, is_thinned_for_a_night) {
  Inspection night = example();
  night.quality.invalid.clear();
  night.time_s.resize(100000);
  night.load_n.assign(100000, 500.0);
  night.valid.assign(100000, 1);
  for (std::size_t i = 0; i < night.time_s.size(); ++i)
    night.time_s[i] = 0.1 * static_cast<double>(i);
  night.load_n[54321] = 900.0;
  const std::string svg = load_figure(night, Phrases("en"));
  EXPECT_LT(svg.size(), 40000U);
  EXPECT_THAT(svg, HasSubstr("900"));  // a short peak is not lost
}

}  // namespace
}  // namespace matfit
