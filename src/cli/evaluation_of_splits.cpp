#include "cli/evaluation_text.hpp"
#include "cli/evaluations.hpp"
#include "pipeline/posture_splits.hpp"

#include <utility>

namespace matfit {

int run_split_evaluation(const EvaluationSetting& setting, const std::vector<NamedStudy>& studies,
                         TrainPosturesOptions training, Terminal& terminal) {
  training.use_seed(setting.seed);
  training.samples.jobs = setting.jobs;
  training.samples.progress = terminal.progress_of_steps();
  EvaluatePosturesOptions evaluation;
  evaluation.jobs = setting.jobs;
  evaluation.progress = training.samples.progress;
  const std::vector<OtherGrid> coarse = {{40, 26, setting.seed}, {30, 11, setting.seed}};
  const PostureSplits splits =
      evaluate_posture_splits(studies, setting.known, training, evaluation, coarse);
  return print_evaluation(splits.failures, as_text(splits), terminal);
}

}  // namespace matfit
