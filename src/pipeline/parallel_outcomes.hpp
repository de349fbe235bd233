#pragma once

#include "stages/acquire/study.hpp"

#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace matfit {

using StepProgress =
    std::function<void(const std::string& what, std::size_t done, std::size_t total)>;

// Runs task(0) to task(count - 1) on so many threads, in any order, with OpenCV's own threads off;
// `finished` is called from the workers after each. What a task throws ends the run and is thrown.
void for_each_in_parallel(std::size_t count, int jobs, const std::function<void(std::size_t)>& task,
                          const std::function<void(std::size_t index, std::size_t done)>& finished);

// The same; progress may be empty and is called from the workers.
void for_each_in_parallel(std::size_t count, int jobs, const std::string& what,
                          const StepProgress& progress,
                          const std::function<void(std::size_t)>& task);

// What one task gave, or why it gave nothing.
template <typename Value>
struct Outcome {
  std::optional<Value> value;
  std::string failure;
};

// What work(0) to work(count - 1) give, in that order whatever the number of threads; one that
// throws a std::exception is one failure.
template <typename Work>
auto outcomes_in_parallel(std::size_t count, int jobs, const std::string& what,
                          const StepProgress& progress, const Work& work) {
  std::vector<Outcome<std::invoke_result_t<Work, std::size_t>>> outcomes(count);
  for_each_in_parallel(count, jobs, what, progress, [&](std::size_t i) {
    try {
      outcomes[i].value = work(i);
    } catch (const std::exception& fault) {
      outcomes[i].failure = fault.what();
    }
  });
  return outcomes;
}

// "ID: REASON" of the entries that failed, in their order.
template <typename Value>
std::vector<std::string> failures_of(const std::vector<StudyEntry>& entries,
                                     const std::vector<Outcome<Value>>& outcomes) {
  std::vector<std::string> failures;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (outcomes[i].value) continue;
    failures.push_back(entries[i].recording_id + ": " + outcomes[i].failure);
  }
  return failures;
}

}  // namespace matfit
