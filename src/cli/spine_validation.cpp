#include "cli/spine_validation.hpp"

#include "cli/spine_validation_figures.hpp"
#include "generated/version.hpp"
#include "pipeline/spine_scores.hpp"
#include "stages/write/number_text.hpp"
#include "stages/write/phrases.hpp"
#include "stages/write/validation_page.hpp"
#include "types/spine_names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace matfit {

namespace {

constexpr SpineBasis bases[] = {SpineBasis::curve, SpineBasis::preset, SpineBasis::none};

std::vector<std::string> quantities() {
  std::vector<std::string> names(spine_metric_names.begin(), spine_metric_names.end());
  names.emplace_back(all_level_heights);
  return names;
}

std::string shown(double value, int decimals = 2) {
  return std::isfinite(value) ? page_number(value, decimals) : "–";
}

std::string percent(double share) { return shown(100.0 * share, 1); }

std::string whole(std::size_t count) { return fmt::format("{}", count); }

// What a table of groups shows of each score.
struct Shown {
  const char* key;  // of its caption
  std::string (*cell)(const SpineScore&);
};

constexpr Shown shown_by_group[] = {
    {"validation.rmse", [](const SpineScore& s) { return shown(s.rmse); }},
    {"validation.over_regression", [](const SpineScore& s) { return shown(s.over_regression); }},
    {"validation.coverage", [](const SpineScore& s) { return percent(s.coverage); }},
    {"validation.bias", [](const SpineScore& s) { return shown(s.bias); }},
    {"validation.width", [](const SpineScore& s) { return shown(s.width); }},
    {"validation.correlation", [](const SpineScore& s) { return shown(s.correlation); }},
    {"validation.told", [](const SpineScore& s) { return whole(s.told); }}};

// Builds the page of one evaluation.
class Validation {
 public:
  explicit Validation(const SpineEvaluation& evaluation)
      : evaluation_(evaluation), groups_(groups_of(evaluation.spines)) {
    for (const JudgedSpine& spine : evaluation.spines) all_.push_back(&spine);
  }

  ValidationReport report(const std::string& command) const {
    ValidationReport report;
    report.title = text("title");
    report.subtitle = text("subtitle");
    report.facts = {
        {text("command"), command},
        {text("version"), version},
        {text("cases"), whole(all_.size())},
        {text("failed"), whole(evaluation_.failures.size())},
        {text("seed"), fmt::format("{}", evaluation_.seed)},
        {text("stated"), text(evaluation_.measured_breadths ? "stated_breadths" : "stated_plain")}};
    report.sections = {varied(),   by_basis(), beside_simple_ways(),
                       by_group(), by_level(), {text("plots_title"), {text("plots_note")}, {}, {}}};
    for (const std::string& quantity : quantities()) {
      if (score(quantity).told > 0) report.sections.push_back(plots_of(quantity));
    }
    if (!evaluation_.failures.empty()) {
      report.sections.push_back({text("failed"), evaluation_.failures, {}, {}});
    }
    return report;
  }

 private:
  std::string text(const char* key) const { return phrases_.at(std::string("validation.") + key); }

  SpineScore score(const std::string& quantity, SpineBasis basis = SpineBasis::curve) const {
    return score_of(all_, quantity, basis);
  }

  ValidationSection varied() const {
    ValidationSection section{text("varied_title"), {}, {}, {}};
    for (const char* key : {"varied_world", "varied_body", "varied_mattress", "varied_mat",
                            "varied_departures", "varied_honest"}) {
      section.notes.push_back(text(key));
    }
    ValidationTable table{text("groups_caption"), {text("group"), text("cases")}, {}};
    for (const SpineGroup& group : groups_) {
      table.rows.push_back({group_name(group), whole(group.spines.size())});
    }
    section.tables.push_back(table);
    return section;
  }

  std::vector<std::string> score_columns(const char* first) const {
    std::vector<std::string> columns = {text(first)};
    for (const char* key : {"cases", "told", "rmse", "bias", "coverage", "width", "correlation",
                            "regression", "over_regression", "inversion", "springs"}) {
      columns.push_back(phrases_.at(std::string("validation.short.") + key));
    }
    return columns;
  }

  static std::vector<std::string> score_row(const std::string& name, const SpineScore& s) {
    return {name,
            whole(s.cases),
            whole(s.told),
            shown(s.rmse),
            shown(s.bias),
            percent(s.coverage),
            shown(s.width),
            shown(s.correlation),
            shown(s.regression_rmse),
            shown(s.over_regression),
            shown(s.inversion_rmse),
            shown(s.springs_rmse)};
  }

  ValidationSection by_basis() const {
    ValidationSection section{text("basis_title"), {text("columns_note")}, {}, {}};
    for (const SpineBasis basis : bases) {
      ValidationTable table{
          text(("basis_" + std::string(name_of(basis))).c_str()), score_columns("quantity"), {}};
      for (const std::string& quantity : quantities()) {
        const SpineScore s = score(quantity, basis);
        if (s.told > 0) table.rows.push_back(score_row(quantity, s));
      }
      section.tables.push_back(table);
    }
    return section;
  }

  ValidationTable targets() const {
    ValidationTable table{text("targets_caption"),
                          {text("quantity"), text("short.rmse"), text("at_most"), text("holds"),
                           text("short.over_regression"), text("at_most"), text("holds")},
                          {}};
    const auto holds = [this](double value, double most) {
      return text(value <= most ? "yes" : "no");
    };
    for (const SpineTarget& target : spine_targets()) {
      const SpineScore s = score(target.quantity);
      if (s.told == 0) continue;
      table.rows.push_back(
          {target.quantity, shown(s.rmse), target.rmse ? shown(*target.rmse, 1) : "–",
           target.rmse ? holds(s.rmse, *target.rmse) : "–", shown(s.over_regression),
           shown(target.over_regression), holds(s.over_regression, target.over_regression)});
    }
    return table;
  }

  ValidationSection beside_simple_ways() const {
    ValidationSection section{text("ways_title"), {text("ways_note")}, {targets()}, {}};
    for (const char* unit : {"_deg", "_mm"}) {
      std::vector<std::string> names;
      for (const std::string& quantity : quantities()) {
        if (quantity.ends_with(unit) && score(quantity).told > 0) names.push_back(quantity);
      }
      section.figures.push_back(
          {errors_figure(all_, names, text(std::string("error" + std::string(unit)).c_str()),
                         phrases_),
           text(std::string("error_caption" + std::string(unit)).c_str())});
    }
    return section;
  }

  ValidationSection by_group() const {
    ValidationSection section{text("groups_title"), {text("groups_note")}, {}, {}};
    for (const Shown& what : shown_by_group) {
      ValidationTable table{phrases_.at(what.key), {text("group")}, {}};
      for (const std::string& quantity : quantities()) {
        table.columns.push_back(phrases_.at("validation.head." + quantity));
      }
      for (const SpineGroup& group : groups_) {
        std::vector<std::string> row = {group_name(group)};
        for (const std::string& quantity : quantities()) {
          row.push_back(what.cell(score_of(group.spines, quantity, SpineBasis::curve)));
        }
        table.rows.push_back(row);
      }
      section.tables.push_back(table);
    }
    return section;
  }

  ValidationSection plots_of(const std::string& quantity) const {
    return {quantity,
            {},
            {},
            {{truth_figure(all_, quantity, phrases_), text("truth_caption")},
             {calibration_figure(all_, quantity, phrases_), text("calibration_caption")},
             {coverage_figure(groups_, quantity, phrases_), text("coverage_caption")}}};
  }

  ValidationSection by_level() const {
    ValidationSection section{text("levels_title"), {text("levels_note")}, {}, {}};
    ValidationTable table{text("basis_curve"), score_columns("quantity"), {}};
    for (const std::string& level : level_height_names()) {
      table.rows.push_back(score_row(level, score(level)));
    }
    section.tables.push_back(table);
    return section;
  }

  const SpineEvaluation& evaluation_;
  const Phrases phrases_{"en"};
  Spines all_;
  std::vector<SpineGroup> groups_;
};

}  // namespace

std::string command_of(const EvaluateSpinesOptions& options) {
  std::string departure;
  if (options.departures.size() > 1) {
    departure = " --departure all";
  } else if (options.departures != std::vector{Departure::none}) {
    departure = " --departure " + std::string(name_of(options.departures.front()));
  }
  return fmt::format("matfit evaluate --truth {} --seed {}{}{}", options.cases, options.seed,
                     departure, options.measured_breadths ? " --measured-breadths" : "");
}

std::string spine_validation_page(const SpineEvaluation& evaluation,
                                  const EvaluateSpinesOptions& options) {
  return validation_page(Validation(evaluation).report(command_of(options)), version);
}

}  // namespace matfit
