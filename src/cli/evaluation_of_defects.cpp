#include "cli/defect_evaluation_text.hpp"
#include "cli/evaluations.hpp"
#include "pipeline/evaluate_defects.hpp"

namespace matfit {

int run_defect_evaluation(const EvaluationSetting& setting, Terminal& terminal) {
  EvaluateDefectsOptions options;
  options.seed = setting.seed;
  options.jobs = setting.jobs;
  options.progress = terminal.progress_of_steps();
  const DefectEvaluation evaluation = evaluate_defects(setting.entries, setting.known, options);
  return print_evaluation(evaluation.failures,
                          setting.json ? as_json(evaluation) : as_text(evaluation), terminal);
}

}  // namespace matfit
