#include "cli/spine_validation.hpp"

#include "cli/spine_evaluation_text.hpp"
#include "numeric/random.hpp"
#include "stages/write/number_text.hpp"
#include "types/spine_names.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace matfit {
namespace {

using testing::HasSubstr;
using testing::Not;

// Cases that tell every metric, with errors as large as stated.
SpineEvaluation made_up(std::size_t cases) {
  SpineEvaluation evaluation;
  evaluation.seed = 41;
  Random random(7);
  constexpr Posture postures[] = {Posture::supine, Posture::left};
  for (std::size_t i = 0; i < cases; ++i) {
    JudgedSpine spine;
    spine.index = i;
    spine.posture = postures[i % 2];
    spine.mat = i % 3 == 0 ? "coarse" : "fine";
    spine.firmness = i % 5 == 0 ? "soft" : "firm";
    spine.body_mass_index = 18.0 + static_cast<double>(i % 20);
    std::vector<std::string> names(spine_metric_names.begin(), spine_metric_names.end());
    names.insert(names.end(), level_height_names().begin(), level_height_names().end());
    for (const std::string& name : names) {
      const double truth = random.normal(0.0, 5.0);
      spine.truth[name] = truth;
      for (SpineEstimates& told : spine.told) {
        told[name] = gaussian_estimate(truth + random.normal(0.0, 2.0), 2.0);
      }
      spine.regression[name] = truth + random.normal(0.0, 4.0);
      spine.springs[name] = truth + random.normal(0.0, 9.0);
    }
    evaluation.spines.push_back(spine);
  }
  return evaluation;
}

// The cells of the row of that name in the table of that caption.
std::vector<std::string> row_of(const std::string& page, const std::string& caption,
                                const std::string& name) {
  const std::size_t table = page.find("<caption>" + caption + "</caption>");
  if (table == std::string::npos) return {};
  const std::size_t end = page.find("</table>", table);
  const std::size_t row = page.find("<th scope=\"row\">" + name + "</th>", table);
  if (row > end) return {};
  std::vector<std::string> cells;
  const std::string open = "<td class=\"right\">";
  const std::size_t row_end = page.find("</tr>", row);
  for (std::size_t at = page.find(open, row); at < row_end; at = page.find(open, at + 1)) {
    const std::size_t from = at + open.size();
    cells.push_back(page.substr(from, page.find('<', from) - from));
  }
  return cells;
}

std::string shown(const nlohmann::json& value, int decimals, double factor = 1.0) {
  return value.is_null() ? "–" : page_number(factor * value.get<double>(), decimals);
}

TEST(SpineValidationPage, HoldsTheFiguresOfTheOtherOutputs) {
  const SpineEvaluation evaluation = made_up(60);
  const std::string page = spine_validation_page(evaluation, {.cases = 60, .progress = {}});
  const auto figures = nlohmann::json::parse(as_json(evaluation));
  std::size_t compared = 0;
  for (const auto& group : figures["groups"]) {
    if (group["basis"] != "curve") continue;
    const bool all = group["trait"] == "all";
    const std::string name =
        all ? "all" : group["trait"].get<std::string>() + ": " + group["name"].get<std::string>();
    const auto rmse = row_of(page, "Root mean square error", name);
    const auto held =
        row_of(page, "Share of 95 % intervals that hold the truth, in per cent", name);
    ASSERT_EQ(rmse.size(), spine_metric_names.size() + 1) << name;
    ASSERT_EQ(held.size(), rmse.size()) << name;
    for (std::size_t i = 0; i < spine_metric_names.size(); ++i) {
      const auto& score = group["scores"][spine_metric_names[i]];
      EXPECT_EQ(rmse[i], shown(score["rmse"], 2)) << name << " " << spine_metric_names[i];
      EXPECT_EQ(held[i], shown(score["coverage"], 1, 100.0)) << name;
      ++compared;
    }
    if (!all) continue;
    const auto row = row_of(page, "Mattress known by its measured curve", "tilt_deg");
    const auto& score = group["scores"]["tilt_deg"];
    ASSERT_EQ(row.size(), 11U);
    EXPECT_EQ(row[0], std::to_string(score["cases"].get<int>()));
    EXPECT_EQ(row[3], shown(score["bias"], 2));
    EXPECT_EQ(row[5], shown(score["width"], 2));
    EXPECT_EQ(row[6], shown(score["correlation"], 2));
    EXPECT_EQ(row[7], shown(score["regression_rmse"], 2));
    EXPECT_EQ(row[8], shown(score["over_regression"], 2));
    EXPECT_EQ(row[9], "–");  // no inversion was made
    EXPECT_EQ(row[10], shown(score["springs_rmse"], 2));
  }
  EXPECT_GT(compared, 100U);
}

TEST(SpineValidationPage, SaysHowItWasMade) {
  SpineEvaluation evaluation = made_up(4);
  evaluation.measured_breadths = true;
  evaluation.failures = {"truth-7: fell <off>"};
  EvaluateSpinesOptions options{.cases = 2, .seed = 41, .progress = {}};
  options.departures = {Departure::shear};
  options.measured_breadths = true;
  const std::string page = spine_validation_page(evaluation, options);
  EXPECT_THAT(page, HasSubstr("matfit evaluate --truth 2 --seed 41 --departure shear "
                              "--measured-breadths"));
  EXPECT_THAT(page, HasSubstr("the measured breadths of shoulders"));
  EXPECT_THAT(page, HasSubstr("truth-7: fell &lt;off&gt;"));
  options.departures = {Departure::none, Departure::shear};
  EXPECT_THAT(command_of(options), HasSubstr("--departure all"));
  EXPECT_EQ(command_of({.cases = 9, .seed = 3, .progress = {}}),
            "matfit evaluate --truth 9 --seed 3");
}

TEST(SpineValidationPage, NeedsNothingElseAndEscapesNames) {
  SpineEvaluation evaluation = made_up(20);
  for (JudgedSpine& spine : evaluation.spines) spine.mat = "fine";
  std::string page = spine_validation_page(evaluation, {.cases = 20, .progress = {}});
  for (std::size_t at; (at = page.find("http://www.w3.org/2000/svg")) != std::string::npos;) {
    page.erase(at, 26);
  }
  for (const char* outside : {"http", "src=", "@import", "url(", "<link", "<script", "{{"}) {
    EXPECT_THAT(page, Not(HasSubstr(outside)));
  }
  const auto count = [&page](const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = page.find(part); at != std::string::npos; at = page.find(part, at + 1)) {
      ++found;
    }
    return found;
  };
  // Three plots a quantity and two of the errors.
  EXPECT_EQ(count("<svg"), 3 * (spine_metric_names.size() + 1) + 2);
  for (const std::string element : {"svg", "section", "table", "tr", "td", "figure", "div"}) {
    EXPECT_EQ(count("<" + element + " ") + count("<" + element + ">"), count("</" + element + ">"))
        << element;
  }
}

TEST(SpineValidationPage, StandsWithoutAnyCase) {
  const std::string page = spine_validation_page({}, {.cases = 1, .progress = {}});
  EXPECT_THAT(page, HasSubstr("</html>"));
  EXPECT_THAT(page, Not(HasSubstr("nan")));
}

}  // namespace
}  // namespace matfit
