#include "cli/evaluations.hpp"
#include "cli/roll_text.hpp"
#include "pipeline/batch.hpp"
#include "pipeline/knowledge.hpp"
#include "pipeline/train_roll.hpp"

namespace matfit {

int run_roll_evaluation(const EvaluationSetting& setting,
                        const std::optional<std::string>& roll_model, Terminal& terminal) {
  std::vector<StudyEntry> entries = setting.entries;
  std::erase_if(entries, [](const StudyEntry& e) { return !e.roll_rad; });
  Knowledge known = load_knowledge(setting.calibration);
  if (roll_model) known.roll = load_roll_model(*roll_model);
  BatchOptions batch;
  batch.jobs = setting.jobs;
  const std::vector<BatchItem> items = analyze_batch(entries, known, batch);
  std::vector<std::string> failures;
  for (const BatchItem& item : items) {
    if (item.failure) failures.push_back(item.failure->message);
  }
  return print_evaluation(failures, as_text(compare_rolls(entries, items), "person"), terminal);
}

}  // namespace matfit
