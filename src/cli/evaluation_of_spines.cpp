#include "cli/evaluations.hpp"
#include "cli/spine_evaluation_text.hpp"
#include "cli/spine_validation.hpp"
#include "pipeline/knowledge.hpp"
#include "stages/write/whole_file.hpp"

#include <fmt/format.h>

namespace matfit {

int run_spine_evaluation(const EvaluationSetting& setting, EvaluateSpinesOptions options,
                         const std::optional<std::string>& page, Terminal& terminal) {
  options.seed = setting.seed;
  options.jobs = setting.jobs;
  options.progress = terminal.progress_of_steps();
  const SpineEvaluation evaluation = evaluate_spines(load_knowledge(setting.calibration), options);
  terminal.info(fmt::format(
      "seconds of work: {:.0f} making, {:.0f} calibrate, {:.0f} fit_body, {:.0f} fit_spine",
      evaluation.making_s, evaluation.calibrating_s, evaluation.body_s, evaluation.spine_s));
  const int code = print_evaluation(
      evaluation.failures, setting.json ? as_json(evaluation) : as_text(evaluation), terminal);
  if (page) write_whole_file(*page, spine_validation_page(evaluation, options));
  return code;
}

}  // namespace matfit
