#include "cli/evaluations.hpp"
#include "cli/night_evaluation_text.hpp"

namespace matfit {

int run_night_evaluation(const EvaluationSetting& setting, const JudgingModels& models,
                         EvaluateNightsOptions options, Terminal& terminal) {
  options.seed = setting.seed;
  options.jobs = setting.jobs;
  options.progress = terminal.progress_of_steps();
  const NightEvaluation evaluation =
      evaluate_nights(setting.entries, setting.known, models.as_function(), options);
  std::vector<std::string> failures = models.failures;
  failures.insert(failures.end(), evaluation.failures.begin(), evaluation.failures.end());
  return print_evaluation(
      failures,
      setting.json ? as_json(evaluation, models.split) : as_text(evaluation, models.split),
      terminal);
}

}  // namespace matfit
