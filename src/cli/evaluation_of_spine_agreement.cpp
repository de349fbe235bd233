#include "cli/evaluations.hpp"
#include "cli/spine_agreement_text.hpp"
#include "pipeline/batch.hpp"
#include "pipeline/knowledge.hpp"
#include "pipeline/spine_agreement.hpp"

namespace matfit {

int run_spine_agreement(const EvaluationSetting& setting, Terminal& terminal) {
  BatchOptions batch;
  batch.jobs = setting.jobs;
  const std::vector<BatchItem> items =
      analyze_batch(setting.entries, load_knowledge(setting.calibration), batch);
  std::vector<std::string> failures;
  for (const BatchItem& item : items) {
    if (item.failure) failures.push_back(item.failure->message);
  }
  return print_evaluation(
      failures,
      as_text(spine_agreement(setting.entries, items), spine_doubt_counts(setting.entries, items)),
      terminal);
}

}  // namespace matfit
